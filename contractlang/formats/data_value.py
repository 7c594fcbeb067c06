"""Plain Python data, as programs hand it in, to values."""

from __future__ import annotations

import math
from fractions import Fraction

from contractlang.runtime.record import data_record
from contractlang.runtime.values import Array, Value
from contractlang.text.numbers import float_to_number

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any


def data_value(data: Any) -> Value:
    """The value of plain data. Raises `TypeError` or `ValueError` for what is none."""
    kind = type(data)
    if data is None or kind in (bool, int, str):
        return data
    if kind is float:
        if not math.isfinite(data):
            raise ValueError(f"{data} is no number of the language")
        return float_to_number(data)
    if isinstance(data, Fraction):
        return data.numerator if data.denominator == 1 else data
    if isinstance(data, dict):
        for name in data:
            if not isinstance(name, str):
                raise TypeError(f"field names are strings, not {type(name).__name__}: {name!r}")
        return data_record({name: data_value(item) for name, item in data.items()})
    if isinstance(data, (list, tuple)):
        return Array([data_value(item) for item in data])
    raise TypeError(f"a {kind.__name__} is no plain data: {data!r}")
