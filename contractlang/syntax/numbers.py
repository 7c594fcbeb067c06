"""Number literals: exact, and bounded in size."""

from __future__ import annotations

from fractions import Fraction

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.syntax.building import Building
    from contractlang.syntax.nodes import Number

# A number of more digits is a mistake, or meant to fill the memory.
LARGEST_SIZE: Final = 100_000

# Python refuses to convert more digits than 4300 at once, because it would take quadratic time.
PIECE: Final = 2_000

BASES: Final = {"x": 16, "o": 8, "b": 2}


def exact(b: Building, text: str, end: int) -> Number:
    """The value of a literal that ends at `end`: an `int` where integral, else a `Fraction`. One that is too large is reported."""
    if len(text) < PIECE and text.isdigit():
        return int(text)
    value = evaluate(text)
    if value is None:
        b.report("limit-number-size", end - len(text), end, LARGEST_SIZE)
        return 0
    return value


def evaluate(text: str) -> Number | None:
    """The value of a literal, or None: it has more than `LARGEST_SIZE` digits, before or after the decimal point."""
    if text[:1] == "0" and text[1:2] in BASES:
        # Powers of two convert in linear time.
        return int(text[2:], BASES[text[1]]) if len(text) <= LARGEST_SIZE else None
    mantissa, _, exponent_text = text.replace("E", "e").partition("e")
    whole, _, fraction = mantissa.partition(".")
    if len(mantissa) > LARGEST_SIZE:
        return None
    fraction = fraction.rstrip("0")
    digits = decimal(whole + fraction)
    if digits == 0:
        return 0
    negative = exponent_text[:1] == "-"
    exponent_digits = exponent_text.lstrip("+-").lstrip("0")
    if len(exponent_digits) > 9:
        return None
    exponent = int(exponent_digits or "0")
    scale = (-exponent if negative else exponent) - len(fraction)
    if abs(scale) > LARGEST_SIZE:
        return None
    if scale >= 0:
        return digits * _power_of_ten(scale)
    value = Fraction(digits, _power_of_ten(-scale))
    return value.numerator if value.denominator == 1 else value


def decimal(digits: str) -> int:
    """Like `int`, for any number of digits: the halves are converted apart, recursively."""
    if len(digits) <= PIECE:
        return int(digits or "0")
    half = len(digits) // 2
    return decimal(digits[:-half]) * _power_of_ten(half) + decimal(digits[-half:])


def _power_of_ten(exponent: int) -> int:
    power: int = 10**exponent
    return power
