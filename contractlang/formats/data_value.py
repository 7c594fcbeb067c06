"""Plain Python data, as programs hand it in, to values."""

from __future__ import annotations

import math
from fractions import Fraction

from contractlang.diagnostics.places import path_text
from contractlang.runtime.record import data_record
from contractlang.runtime.values import Array, Value
from contractlang.text.numbers import float_to_number

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class _NotPlain(Exception):
    """Something that is no plain data; `path` leads to it, from its end."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error
        self.path: list[str | int] = []


def data_value(data: Any) -> Value:
    """The value of plain data. Raises `TypeError` or `ValueError`, with the path, for what is none."""
    try:
        return _value(data)
    except _NotPlain as found:
        error = found.error
        if not found.path:
            raise error from None
        raise type(error)(f"{error} (at {path_text(found.path[::-1])})") from None


def _value(data: Any) -> Value:
    kind = type(data)
    if data is None or kind in (bool, int, str):
        return data
    if kind is float:
        if not math.isfinite(data):
            raise _NotPlain(ValueError(f"{data} is no number of the language"))
        return float_to_number(data)
    if isinstance(data, Fraction):
        return data.numerator if data.denominator == 1 else data
    if isinstance(data, dict):
        return data_record(_fields(data))
    if isinstance(data, (list, tuple)):
        return Array(_items(data))
    raise _NotPlain(TypeError(f"a {kind.__name__} is no plain data: {data!r}"))


def _fields(data: dict[Any, Any]) -> dict[str, Value]:
    fields = {}
    for name, item in data.items():
        if not isinstance(name, str):
            raise _NotPlain(TypeError(f"field names are strings, not {type(name).__name__}: {name!r}"))
        try:
            fields[name] = _value(item)
        except _NotPlain as found:
            found.path.append(name)
            raise
    return fields


def _items(data: Sequence[Any]) -> list[Value]:
    items = []
    for index, item in enumerate(data):
        try:
            items.append(_value(item))
        except _NotPlain as found:
            found.path.append(index)
            raise
    return items
