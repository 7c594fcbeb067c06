"""Number literals: exact, and bounded in size."""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.syntax.building import Building
    from contractlang.syntax.nodes import Number

# A number of more digits is a mistake, or meant to fill the memory.
LARGEST_SIZE: Final = 100_000

# Longer digit strings need care: Python refuses to convert them, or takes quadratic time (the host may set the limit to 640).
SAFE_SIZE: Final = 500

BASES: Final = {"x": 16, "o": 8, "b": 2}


def exact(b: Building, text: str, end: int) -> Number:
    """The value of a literal that ends at `end`: an `int` where integral, else a `Fraction`. One that is too large is reported."""
    if len(text) < SAFE_SIZE and text.isdigit():
        return int(text)
    value = evaluate(text)
    if value is None:
        b.report("limit-number-size", end - len(text), end, LARGEST_SIZE)
        return 0
    return value


def evaluate(text: str) -> Number | None:
    """The value of a literal, or None: it has more than `LARGEST_SIZE` digits, before or after the decimal point."""
    if len(text) > LARGEST_SIZE:
        return None
    if text[:1] == "0" and text[1:2] in BASES:
        # Powers of two convert in linear time.
        return int(text[2:], BASES[text[1]])
    mantissa, _, exponent = text.replace("E", "e").partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = fraction.rstrip("0")
    digits = _integer(whole + fraction)
    if digits == 0:
        return 0
    significant = exponent.lstrip("+-").lstrip("0")
    if len(significant) > len(str(LARGEST_SIZE)):
        return None
    scale = int(significant or "0")
    if exponent[:1] == "-":
        scale = -scale
    scale -= len(fraction)
    if abs(scale) > LARGEST_SIZE:
        return None
    power: int = 10 ** abs(scale)
    if scale >= 0:
        return digits * power
    # Imported here because it takes longer than to parse most programs, few of which need it.
    from fractions import Fraction

    value = Fraction(digits, power)
    return value.numerator if value.denominator == 1 else value


def _integer(digits: str) -> int:
    if len(digits) < SAFE_SIZE:
        return int(digits or "0")
    from contractlang.text.numbers import integer_of

    return integer_of(digits)
