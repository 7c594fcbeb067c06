"""Numbers as text and as doubles: the rules of every format in one place.

A number is an `int` where integral, else a `Fraction`, of any size. CPython refuses to convert an `int` of more than 4,300 digits
to or from text, and takes quadratic time where it does not, so the conversions of long numbers stand here too (`digits_of`,
`integer_of`).

Sources: evaluation.md §3 (number to string, doubles to numbers), serialization.md §3 (exported numbers).
"""

from __future__ import annotations

import math
import sys
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

Number = int | Fraction

LARGEST_EXPONENT: Final = 1_000_000
"""Exact decimals with larger exponents are refused (`OverflowError`): a few characters must not fill the memory."""

_SMALLEST_MANTISSA: Final = 2**52  # of normal doubles
_MOST_UNITS: Final = 2**1074  # the smallest doubles are multiples of the reciprocal
LARGEST_DOUBLE: Final = int(sys.float_info.max)
SMALLEST_INTEGER: Final = -(2**63)  # integers from here to LARGEST_INTEGER are exported exactly
LARGEST_INTEGER: Final = 2**64 - 1

_SAFE_DIGITS: Final = 512  # `int` and `str` convert so many whatever limit the host has set (at least 640)
_SAFE_BITS: Final = 1700  # 512 digits at most
_SIGNIFICANT: Final = 16
_POWERS_OF_TEN: Final = [10**exponent for exponent in range(32)]


# Exact conversions


def digits_of(value: int) -> str:
    """The decimal digits of an integer of any size, in nearly linear time."""
    if value.bit_length() <= _SAFE_BITS:
        return str(value)
    # Pieces of equal width in bits are joined pairwise by `Decimal`, whose multiplication is fast for very long operands.
    context = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
    magnitude = abs(value)
    width = _SAFE_BITS // 8
    raw = magnitude.to_bytes((magnitude.bit_length() + 7) // 8, "little")
    pieces = [Decimal(int.from_bytes(raw[i : i + width], "little")) for i in range(0, len(raw), width)]
    factor = Decimal(1 << (8 * width))
    while len(pieces) > 1:
        if len(pieces) % 2:
            pieces.append(Decimal(0))
        pieces = [context.fma(pieces[i + 1], factor, pieces[i]) for i in range(0, len(pieces), 2)]
        if len(pieces) > 1:
            factor = context.multiply(factor, factor)
    text = format(pieces[0], "f")
    return "-" + text if value < 0 else text


def integer_of(digits: str) -> int:
    """The integer that ASCII digits, with an optional sign, denote; any number of digits."""
    if len(digits) <= _SAFE_DIGITS:
        return int(digits)
    negative = digits[0] == "-"
    if digits[0] in "+-":
        digits = digits[1:]
    width = _SAFE_DIGITS
    pieces = [int(digits[max(0, i - width) : i]) for i in range(len(digits), 0, -width)]
    factor = 10**width
    while len(pieces) > 1:
        if len(pieces) % 2:
            pieces.append(0)
        pieces = [pieces[i + 1] * factor + pieces[i] for i in range(0, len(pieces), 2)]
        factor *= factor
    return -pieces[0] if negative else pieces[0]


def quotient(numerator: int, denominator: int) -> Number:
    """`numerator / denominator` as a number: an `int` where it is integral."""
    whole, rest = divmod(numerator, denominator)
    return Fraction(numerator, denominator) if rest else whole


def decimal_number(text: str) -> Number:
    """The exact value of a decimal: `[+-]digits[.digits][e[+-]digits]`, the digits on either side of the point optional.

    Raises `OverflowError` when the exponent is beyond LARGEST_EXPONENT.
    """
    if "e" in text or "E" in text:
        mantissa, _, written = text.replace("E", "e").partition("e")
        exponent = bounded_exponent(written)
    else:
        mantissa, exponent = text, 0
    whole, _, fraction = mantissa.partition(".")
    value = integer_of(whole + fraction)
    if exponent == 0:
        return quotient(value, _power_of_ten(len(fraction)))
    if value == 0:
        return 0
    if abs(exponent) > LARGEST_EXPONENT:
        raise OverflowError(f"exponents beyond {LARGEST_EXPONENT} are not supported")
    exponent -= len(fraction)
    return value * 10**exponent if exponent >= 0 else quotient(value, 10**-exponent)


def _power_of_ten(exponent: int) -> int:
    return _POWERS_OF_TEN[exponent] if exponent < len(_POWERS_OF_TEN) else int(10**exponent)


def bounded_exponent(digits: str) -> int:
    """An exponent as written, or one as good where its digits are too many: beyond every limit in the same direction."""
    if len(digits) <= 18:
        return int(digits)
    significant = digits.lstrip("+-").lstrip("0")
    value = int(significant or "0") if len(significant) <= 18 else 10**18
    return -value if digits[0] == "-" else value


def number_exact(value: Number) -> str:
    """A number as error messages quote it: `n` or `n/d`."""
    if type(value) is int:
        return digits_of(value)
    return f"{digits_of(value.numerator)}/{digits_of(value.denominator)}"


# Doubles


def number_to_float(value: Number) -> float:
    """The nearest double (ties to even); infinite beyond the range of doubles."""
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def float_to_number(value: float) -> Number:
    """The number that a finite double stands for: exact if integral, else the simplest rational that rounds to it."""
    if value.is_integer():
        return int(value)
    # The magnitude is `mantissa / units`; quarters of a unit describe the interval of what rounds to it.
    numerator, denominator = abs(value).as_integer_ratio()
    units = math.ulp(value).as_integer_ratio()[1]
    mantissa = numerator * (units // denominator)
    closer_below = mantissa == _SMALLEST_MANTISSA and units != _MOST_UNITS  # the next double below is half as far away
    low = 4 * mantissa - (1 if closer_below else 2)
    high = 4 * mantissa + 2
    even = mantissa % 2 == 0  # then the halfway points round to it too
    numerator, denominator = _simplest_between(low, high, 4 * units, closed=even)
    return Fraction(-numerator if value < 0 else numerator, denominator)


def _simplest_between(low: int, high: int, denominator: int, *, closed: bool) -> tuple[int, int]:
    """The rational of smallest denominator between `low` and `high`, positive and over one denominator, by continued fractions.

    As long as no integer lies inside, both ends share their integral part: split it off and go on with the reciprocals
    of the rest, which swaps the ends. (An open end that is an integer leaves the reciprocal 1/0, an infinite end.)
    """
    a, b, c, d = low, denominator, high, denominator  # the interval from a/b to c/d
    earlier_numerator, last_numerator = 0, 1
    earlier_denominator, last_denominator = 1, 0
    while True:
        whole, rest = divmod(a, b)
        step = whole if closed and not rest else whole + 1
        inside = d == 0 or (step * d <= c if closed else step * d < c)
        if not inside:
            step = whole
        earlier_numerator, last_numerator = last_numerator, step * last_numerator + earlier_numerator
        earlier_denominator, last_denominator = last_denominator, step * last_denominator + earlier_denominator
        if inside:
            return last_numerator, last_denominator
        a, b, c, d = d, c - whole * d, b, rest


def is_exportable(value: Number) -> bool:
    """Whether a number lies in the range of doubles, so that every format can represent it."""
    return -LARGEST_DOUBLE <= value <= LARGEST_DOUBLE


# Text


def number_to_string(value: Number) -> str:
    """A number as string interpolation shows it: at most 16 significant digits, half to even (evaluation.md §3)."""
    if type(value) is int and -(10**_SIGNIFICANT) < value < 10**_SIGNIFICANT:
        return str(value)
    digits, exponent = _rounded_digits(abs(value.numerator), value.denominator)
    text = _layout(digits, exponent, "")
    return "-" + text if value < 0 else text


def number_json(value: Number) -> str:
    """A number as JSON and YAML show it (serialization.md §3)."""
    if type(value) is int and SMALLEST_INTEGER <= value <= LARGEST_INTEGER:
        return str(value)
    sign, digits, exponent = _shortest_digits(number_to_float(value))
    return sign + _layout(digits, exponent, ".0")


def number_toml(value: Number) -> str:
    """A number as TOML shows it: never with an exponent (serialization.md §3)."""
    if type(value) is int and SMALLEST_INTEGER <= value <= LARGEST_INTEGER:
        return str(value)
    rounded = number_to_float(value)
    sign, digits, exponent = _shortest_digits(rounded)
    if len(digits) >= 15:  # no double with a tie has fewer
        digits, exponent = _break_tie_upwards(rounded, digits, exponent)
    return sign + _plain(digits, exponent, ".0")


def _rounded_digits(numerator: int, denominator: int) -> tuple[str, int]:
    """The 16 significant digits of a positive rational, without trailing zeros, and the exponent of the first."""
    exponent = math.floor(math.log10(numerator) - math.log10(denominator))  # may be off by one
    while True:
        shift = _SIGNIFICANT - 1 - exponent
        if shift >= 0:
            scaled, rest = divmod(numerator * 10**shift, denominator)
            unit = denominator
        else:
            unit = denominator * 10**-shift
            scaled, rest = divmod(numerator, unit)
        if scaled >= 10**_SIGNIFICANT:
            exponent += 1
        elif scaled < 10 ** (_SIGNIFICANT - 1):
            exponent -= 1
        else:
            break
    if 2 * rest > unit or (2 * rest == unit and scaled % 2):
        scaled += 1
    digits = str(scaled)
    return digits.rstrip("0"), exponent + len(digits) - _SIGNIFICANT


def _shortest_digits(value: float) -> tuple[str, str, int]:
    """Sign, shortest digits that read back to a finite double, and the decimal exponent of the first digit."""
    text = repr(value)
    sign = ""
    if text[0] == "-":
        sign, text = "-", text[1:]
    mantissa, _, written = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return sign, "0", 0
    exponent = int(written or "0") + len(whole) - 1 - (len(whole + fraction) - len(digits))
    return sign, digits.rstrip("0"), exponent


def _break_tie_upwards(value: float, digits: str, exponent: int) -> tuple[str, int]:
    """The digits that TOML has where two shortest strings are equally close: the larger one, not the even one."""
    shift = len(digits) - 1 - exponent
    scaled = abs(Fraction(value)) * Fraction(10) ** shift
    if scaled.denominator != 2 or scaled < int(digits):
        return digits, exponent
    larger = str(int(digits) + 1)
    if float(f"{larger}e{-shift}") != abs(value):
        return digits, exponent
    return larger.rstrip("0"), exponent + len(larger) - len(digits)


def _layout(digits: str, exponent: int, integral_suffix: str) -> str:
    """Digits, the first of which counts 10^exponent, in plain or scientific notation."""
    if -6 < exponent < 16:
        return _plain(digits, exponent, integral_suffix)
    if len(digits) == 1:
        return f"{digits}e{exponent}"
    return f"{digits[0]}.{digits[1:]}e{exponent}"


def _plain(digits: str, exponent: int, integral_suffix: str) -> str:
    if exponent < 0:
        return "0." + "0" * (-exponent - 1) + digits
    if len(digits) <= exponent + 1:
        return digits + "0" * (exponent + 1 - len(digits)) + integral_suffix
    return digits[: exponent + 1] + "." + digits[exponent + 1 :]
