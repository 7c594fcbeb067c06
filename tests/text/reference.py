"""What the reference implementation makes of strings: many calls in one program, because starting it costs milliseconds."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable
from typing import Any

import pytest

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def literal(text: str) -> str:
    """A string literal of the language, in ASCII."""
    parts = []
    for char in text:
        code = ord(char)
        if char in '"\\%':
            parts.append("\\" + char)
        elif 32 <= code < 127:
            parts.append(char)
        else:
            parts.append(f"\\u{{{code:x}}}")
    return '"' + "".join(parts) + '"'


def sampler(seed: int) -> random.Random:
    """A generator of test cases, the same in every run."""
    return random.Random(seed)


def evaluate(program: str) -> Any:
    """The exported value of a program."""
    nickel = pytest.importorskip("nickel", reason="the reference implementation is not installed")
    return json.loads(nickel.run(program))


def evaluate_all(terms: Iterable[str]) -> list[Any]:
    """The exported values of many terms."""
    return list(evaluate("[" + ",\n".join(terms) + "]"))


def failure(program: str) -> str | None:
    """The first paragraph of the error that a program ends in, None if it ends in a value."""
    nickel = pytest.importorskip("nickel", reason="the reference implementation is not installed")
    try:
        nickel.run(program)
    except nickel.NickelException as error:
        text = _COLOURS.sub("", str(error)).removeprefix("error: ")
        return re.split(r"\n +┌─", text, maxsplit=1)[0].rstrip()
    return None
