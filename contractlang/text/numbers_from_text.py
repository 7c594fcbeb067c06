"""Decimal text to exact numbers, and the exact text of a number for messages.

CPython refuses to convert an `int` of more than 4,300 digits to or from text, and takes quadratic time where it does not, so long
digit strings are converted in pieces that are joined pairwise.

Source: primops.md §3 (`number/from_string`), stdlib.md §6 (`NumberLiteral`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from contractlang.text.errors import TextError

LARGEST_EXPONENT: Final = 1_000_000
"""Larger exponents are refused, although the language knows no limit: ten characters must not fill the memory."""

_SAFE_DIGITS: Final = 512  # `int` and `str` convert so many, whatever limit the host has set (it is at least 640)
_SAFE_BITS: Final = 1700  # at most so many digits


def number_from_string(text: str) -> int | Fraction:
    """The exact value of `[+-]? digits [. digits] [e [+-]? digits]`, with a digit before or after the point.

    Raises TextError for any other text, and for an exponent beyond LARGEST_EXPONENT.
    """
    if len(text) <= _SAFE_DIGITS and text.isdecimal() and text.isascii():  # the usual case
        return int(text)
    mantissa, mark, exponent_text = text.replace("E", "e").partition("e")
    digits = mantissa[1:] if mantissa[:1] in {"+", "-"} else mantissa
    whole, _, fraction = digits.partition(".")
    exponent_digits = exponent_text[1:] if exponent_text[:1] in {"+", "-"} else exponent_text
    if not _are_digits(whole + fraction) or (mark and not _are_digits(exponent_digits)):
        raise _invalid(text)
    value = integer_from_digits(whole + fraction)
    if mantissa[0] == "-":
        value = -value
    scale = _exponent(text, exponent_text) if mark else 0
    if value == 0:
        return 0
    if abs(scale) > LARGEST_EXPONENT:
        raise TextError(
            f"number/from_string: the exponent of `{text}` is too large, it must be between "
            f"{-LARGEST_EXPONENT} and {LARGEST_EXPONENT}"
        )
    scale -= len(fraction)
    if scale >= 0:
        return value * _power_of_ten(scale)
    quotient = Fraction(value, _power_of_ten(-scale))
    return quotient.numerator if quotient.denominator == 1 else quotient


def _are_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _invalid(text: str) -> TextError:
    return TextError(f"number/from_string: invalid number literal `{text}`")


def _exponent(text: str, digits: str) -> int:
    significant = digits.lstrip("+-0")
    if (
        len(significant) > 19
        or not -(2**63) <= (value := int(digits[0].rstrip("+0123456789") + (significant or "0"))) < 2**63
    ):
        raise _invalid(text)
    return value


def _power_of_ten(exponent: int) -> int:
    power: int = 5**exponent << exponent  # powers of five need 2.3 times fewer bits
    return power


def integer_from_digits(digits: str) -> int:
    """The integer that ASCII digits denote, however many, faster than in quadratic time."""
    if len(digits) <= _SAFE_DIGITS:
        return int(digits)
    pieces = [int(digits[max(0, end - _SAFE_DIGITS) : end]) for end in range(len(digits), 0, -_SAFE_DIGITS)]
    factor: int = 10**_SAFE_DIGITS
    while len(pieces) > 1:
        if len(pieces) % 2:
            pieces.append(0)
        pieces = [pieces[i + 1] * factor + pieces[i] for i in range(0, len(pieces), 2)]
        factor *= factor
    return pieces[0]


def exact_text(value: int | Fraction) -> str:
    """A number as messages quote it: `n`, or `n/d` where it is not integral."""
    if value.denominator == 1:
        return _integer_text(value.numerator)
    return f"{_integer_text(value.numerator)}/{_integer_text(value.denominator)}"


def _integer_text(value: int) -> str:
    if value.bit_length() <= _SAFE_BITS:
        return str(value)
    if value < 0:
        return "-" + _integer_text(-value)
    # Halve by the largest power 10^(512·2^k) below the value; the recursion is only as deep as that k.
    powers: list[int] = [10**_SAFE_DIGITS]
    while powers[-1] <= value:
        powers.append(powers[-1] * powers[-1])
    powers.pop()
    return _padded(value, powers, len(powers)).lstrip("0")


def _padded(value: int, powers: list[int], level: int) -> str:
    """`value`, which is below the square of the last power, in exactly 512·2^level digits."""
    if level == 0:
        return str(value).zfill(_SAFE_DIGITS)
    high, low = divmod(value, powers[level - 1])
    return _padded(high, powers, level - 1) + _padded(low, powers, level - 1)
