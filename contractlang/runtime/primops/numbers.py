"""Primitives on numbers. What cannot be exact goes through doubles and back (`evaluation.md`, section 3)."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from contractlang.runtime.errors import EvaluationError, OtherError
from contractlang.runtime.limits import HARMLESS, check_number
from contractlang.runtime.operands import wrong_operand
from contractlang.runtime.operators import normal, size_in_bits
from contractlang.runtime.primops.orders import EQUAL, GREATER, LESSER
from contractlang.runtime.values import EnumTag, Value
from contractlang.text.errors import TextError
from contractlang.text.numbers import float_to_number, number_exact, number_to_float
from contractlang.text.numbers_from_text import number_from_string

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

Number = int | Fraction
_NUMBERS = frozenset((int, Fraction))
_SMALLEST_EXPONENT, _LARGEST_EXPONENT = -(2**63), 2**63 - 1


def _number(operator: str, position: int, value: Value) -> Number:
    if type(value) not in _NUMBERS:
        raise wrong_operand(operator, position, "Number", value)
    number: Number = value
    return number


# ---- through doubles


def _not_representable(value: float, operation: str) -> EvaluationError:
    """The error for an operation, as the message quotes it, whose result is no number."""
    text = "NaN" if math.isnan(value) else str(value)
    return OtherError(
        f"invalid arithmetic operation: {operation} returned {text}, but {text} isn't representable in Nickel"
    )


def _of_double(name: str, function: Callable[[float], float]) -> Callable[[Value], Number]:
    """A primitive that applies a function of the C library, for which Python raises where C answers NaN."""
    operator = f"number/{name}"

    def primitive(value: Value) -> Number:
        number = _number(operator, 0, value)
        try:
            result = function(number_to_float(number))
        except ValueError:
            result = math.nan
        if not math.isfinite(result):
            raise _not_representable(result, f"{operator}({number_exact(number)})")
        return float_to_number(result)

    return primitive


def arctan2(y: Value, x: Value) -> Number:
    y = _number("number/arctan2", 1, y)
    x = _number("number/arctan2", 2, x)
    return float_to_number(math.atan2(number_to_float(y), number_to_float(x)))


def log(value: Value, base: Value) -> Number:
    value = _number("number/log", 1, value)
    base = _number("number/log", 2, base)
    x = number_to_float(value)
    if x > 0 and base == 2:
        result = math.log2(x)
    elif x > 0 and base == 10:
        result = math.log10(x)
    else:
        result = _quotient(_natural_logarithm(x), _natural_logarithm(number_to_float(base)))
    if not math.isfinite(result):
        raise _not_representable(result, f"number/log({number_exact(value)}, {number_exact(base)})")
    return float_to_number(result)


def _natural_logarithm(x: float) -> float:
    if x > 0:
        return math.log(x)
    return -math.inf if x == 0 else math.nan


def _quotient(dividend: float, divisor: float) -> float:
    """A division of doubles as the hardware does it."""
    if divisor:
        return dividend / divisor
    return math.nan if dividend == 0 or math.isnan(dividend) else math.copysign(math.inf, dividend)


def power(base: Value, exponent: Value) -> Number:
    base = _number("pow", 1, base)
    exponent = _number("pow", 2, exponent)
    if type(exponent) is int and _SMALLEST_EXPONENT <= exponent <= _LARGEST_EXPONENT:
        return _exact_power(base, exponent)
    x, y = number_to_float(base), number_to_float(exponent)
    try:
        result = math.pow(x, y)
    except OverflowError:
        result = math.inf  # an odd exponent would be small enough to be exact, so that the sign of the base is lost
    except ValueError:
        result = math.inf if x == 0 else math.nan
    if not math.isfinite(result):
        raise _not_representable(result, f"{number_exact(base)}^{number_exact(exponent)}")
    return float_to_number(result)


def _exact_power(base: Number, exponent: int) -> Number:
    if base == 0 and exponent < 0:
        raise OtherError(f"division by zero: 0 to the power {exponent}")
    # 0, 1 and −1 stay small however often they are multiplied.
    bits = size_in_bits(base) * abs(exponent)
    if bits > HARMLESS and base not in {-1, 0, 1}:
        check_number(bits)
    if exponent < 0:
        return normal(Fraction(base) ** exponent)
    return normal(base**exponent)


# ---- exact


def compare(a: Value, b: Value) -> EnumTag:
    a = _number("number/compare", 1, a)
    b = _number("number/compare", 2, b)
    if a == b:
        return EQUAL
    return LESSER if a < b else GREATER


def is_integer(value: Value) -> bool:
    return type(_number("number/is_integer", 0, value)) is int


def floor(value: Value) -> int:
    number = _number("number/floor", 0, value)
    return number if type(number) is int else number.numerator // number.denominator


def ceil(value: Value) -> int:
    number = _number("number/ceil", 0, value)
    return number if type(number) is int else -(-number.numerator // number.denominator)


def truncate(value: Value) -> int:
    number = _number("number/truncate", 0, value)
    return floor(number) if number >= 0 else ceil(number)


def from_string(text: Value) -> Number:
    if type(text) is not str:
        raise wrong_operand("number/from_string", 0, "String", text)
    if len(text) > HARMLESS:
        check_number(len(text) * 10 // 3)
    try:
        return number_from_string(text)
    except TextError as error:
        raise OtherError(error.message) from None


PRIMITIVES: dict[str, Callable[..., Any]] = {
    "pow": power,
    "number/log": log,
    "number/sin": _of_double("sin", math.sin),
    "number/cos": _of_double("cos", math.cos),
    "number/tan": _of_double("tan", math.tan),
    "number/arcsin": _of_double("arcsin", math.asin),
    "number/arccos": _of_double("arccos", math.acos),
    "number/arctan": _of_double("arctan", math.atan),
    "number/arctan2": arctan2,
    "number/from_string": from_string,
    "number/compare": compare,
    "number/is_integer": is_integer,
    "number/floor": floor,
    "number/ceil": ceil,
    "number/truncate": truncate,
}
