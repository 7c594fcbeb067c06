"""What the language takes for a number in a string.

Source: primops.md §3 (`number/from_string`), stdlib.md §6 (`NumberLiteral`).
"""

from __future__ import annotations

from fractions import Fraction

from contractlang.text.errors import TextError
from contractlang.text.numbers import LARGEST_EXPONENT, decimal_number

_LONGEST_INTEGER = 500  # digits that `int` takes, whatever limit the host has set


def number_from_string(text: str) -> int | Fraction:
    """The exact value of `[+-]? digits [. digits] [e [+-]? digits]`, with a digit before or after the point.

    Raises TextError for any other text, and for an exponent beyond LARGEST_EXPONENT.
    """
    if len(text) <= _LONGEST_INTEGER and text.isdecimal() and text.isascii():  # the usual case
        return int(text)
    mantissa, mark, exponent = text.replace("E", "e").partition("e")
    whole, _, fraction = _unsigned(mantissa).partition(".")
    if not _are_digits(whole + fraction) or (mark and not _is_exponent(exponent)):
        raise TextError(f"number/from_string: invalid number literal `{text}`")
    try:
        return decimal_number(text)
    except OverflowError:
        raise TextError(
            f"number/from_string: the exponent of `{text}` is too large, it must be between "
            f"{-LARGEST_EXPONENT} and {LARGEST_EXPONENT}"
        ) from None


def _unsigned(text: str) -> str:
    return text[1:] if text[:1] in {"+", "-"} else text


def _are_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _is_exponent(text: str) -> bool:
    """Digits, perhaps with a sign, whose value 64 bits can hold."""
    digits = _unsigned(text)
    if not _are_digits(digits):
        return False
    significant = digits.lstrip("0")
    return len(significant) <= 19 and int(significant or "0") < 2**63 + text.startswith("-")
