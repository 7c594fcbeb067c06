"""JSON numbers as `std.deserialize` reads them (stdlib.md §12): machine integers exactly, all others through a double.

The reference does not round correctly, so neither does this: programs see which rational a literal becomes. (Imported files are
exact decimals: `numbers.decimal_number`.)
"""

from __future__ import annotations

import math

from contractlang.text.numbers import (
    LARGEST_INTEGER,
    SMALLEST_INTEGER,
    Number,
    bounded_exponent,
    decimal_number,
    float_to_number,
    integer_of,
)

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

_POWERS: Final = [float(f"1e{exponent}") for exponent in range(309)]


def machine_integer(text: str) -> Number:
    """The number of a literal without point and exponent; `OverflowError` when it is out of range."""
    if len(text) < 19:
        return int(text)
    value = integer_of(text)
    return value if SMALLEST_INTEGER <= value <= LARGEST_INTEGER else approximate_number(text)


def approximate_number(text: str) -> Number:
    """The number of any other literal; `OverflowError` when it is out of range."""
    mantissa, exponent = text, 0
    if "e" in text or "E" in text:
        mantissa, _, written = text.replace("E", "e").partition("e")
        exponent = bounded_exponent(written)
    elif len(text) <= 16 and _is_simplest(text):
        return decimal_number(text)
    negative = text[0] == "-"
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    significand, taken = _take_digits(0, whole)
    exponent += len(whole) - taken
    significand, taken = _take_digits(significand, fraction)
    exponent -= taken
    value = float_to_number(_scaled(significand, exponent))
    return -value if negative else value


def _is_simplest(text: str) -> bool:
    """Whether a decimal of at most 15 digits surely is the simplest rational that rounds to its double.

    So few digits round to the nearest double. Two fractions with denominators up to d are at least 1/d² apart, so that a simpler
    one that rounds to the same double would have to be further away than the next double.
    """
    denominator = 10.0 ** (len(text) - 1 - text.find("."))
    return denominator * denominator * math.ulp(float(text)) < 1.0


def _take_digits(significand: int, digits: str) -> tuple[int, int]:
    """The unsigned 64-bit significand with as many digits appended as fit, and how many did."""
    for taken, digit in enumerate(digits):
        longer = significand * 10 + int(digit)
        if longer > LARGEST_INTEGER:
            return significand, taken
        significand = longer
    return significand, len(digits)


def _scaled(significand: int, exponent: int) -> float:
    """`significand * 10^exponent` in double arithmetic, rounded at every step."""
    value = float(significand)
    while value and exponent < -308:
        value /= 1e308
        exponent += 308
    if not value:
        return 0.0
    if exponent > 308:
        raise OverflowError("number out of range")
    value = value * _POWERS[exponent] if exponent >= 0 else value / _POWERS[-exponent]
    if math.isinf(value):
        raise OverflowError("number out of range")
    return value
