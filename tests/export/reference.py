"""The reference implementation as the differential tests of data formats see it."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from importlib import import_module
from typing import Any

import pytest

try:
    _nickel: Any = import_module("nickel")
except ImportError:
    _nickel = None

needs_reference = pytest.mark.skipif(
    _nickel is None, reason="the reference implementation (py-nickel) is not installed"
)

_COLOURS = re.compile("\x1b\\[[0-9;]*m")


class ReferenceFailure(Exception):
    """What the reference reports, without colours; `headline` is the first line."""

    @property
    def headline(self) -> str:
        return str(self).partition("\n")[0].removeprefix("error: ")


class ReferenceCrash(ReferenceFailure):
    """The reference itself broke down: it says nothing about what is right."""


def run(program: str, import_paths: list[str] | None = None) -> Any:
    """The value of a program as `json.loads` gives it."""
    try:
        return json.loads(_nickel.run(program, import_paths or []))
    except _nickel.NickelException as error:
        raise ReferenceFailure(_COLOURS.sub("", str(error))) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a crash of the reference, which has no class to import
            raise
        raise ReferenceCrash(str(error)) from None


def string_literal(text: str) -> str:
    return '"' + "".join(c if c.isalnum() and c.isascii() else f"\\u{{{ord(c):x}}}" for c in text) + '"'


def literal(data: object) -> str:
    """Data as an expression of the language."""
    if data is None:
        return "null"
    if data is True or data is False:
        return str(data).lower()
    if isinstance(data, Fraction):
        return f"({data.numerator} / {data.denominator})"
    if isinstance(data, int):
        return f"({data})"
    if isinstance(data, str):
        return string_literal(data)
    if isinstance(data, list):
        return "[" + ", ".join(map(literal, data)) + "]"
    return "{" + ", ".join(f"{string_literal(key)} = {literal(value)}" for key, value in data.items()) + "}"
