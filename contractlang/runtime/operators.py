"""Infix and prefix operators on values in weak head normal form: the general paths behind the inline ones of generated code."""

from __future__ import annotations

from fractions import Fraction

from contractlang.runtime.equality import equal
from contractlang.runtime.errors import EvaluationError, OperandError, OtherError
from contractlang.runtime.limits import HARMLESS, check_array, check_division, check_number, check_string
from contractlang.runtime.merge import merge
from contractlang.runtime.operands import wrong_operand
from contractlang.runtime.values import Array, EnumTag, Value

Number = int | Fraction
_NUMBERS = frozenset((int, Fraction))


def normal(x: Number) -> Number:
    """A number in its normal representation: integral ones as `int`."""
    if type(x) is Fraction and x.denominator == 1:
        return x.numerator
    return x


def _numbers(operator: str, a: Value, b: Value) -> EvaluationError | None:
    if type(a) not in _NUMBERS:
        return wrong_operand(operator, 1, "Number", a)
    if type(b) not in _NUMBERS:
        return wrong_operand(operator, 2, "Number", b)
    return None


def add(a: Value, b: Value) -> Number:
    wrong = _numbers("(+)", a, b)
    if wrong:
        raise wrong
    if type(a) is Fraction or type(b) is Fraction:
        _check_fractions(a, b)
    return normal(a + b)


def subtract(a: Value, b: Value) -> Number:
    wrong = _numbers("(-)", a, b)
    if wrong:
        raise wrong
    if type(a) is Fraction or type(b) is Fraction:
        _check_fractions(a, b)
    return normal(a - b)


def size_in_bits(x: Number) -> int:
    if type(x) is int:
        return x.bit_length()
    return x.numerator.bit_length() + x.denominator.bit_length()


def multiply(a: Value, b: Value) -> Number:
    wrong = _numbers("(*)", a, b)
    if wrong:
        raise wrong
    if type(a) is int and type(b) is int:
        bits = a.bit_length() + b.bit_length()
        if bits > HARMLESS:
            check_number(bits)
        return a * b
    _check_fractions(a, b)
    return normal(a * b)


def _check_fractions(a: Number, b: Number) -> None:
    """Before arithmetic that has to find common divisors."""
    n, d = a.as_integer_ratio()
    m, e = b.as_integer_ratio()
    bits = n.bit_length() + d.bit_length() + m.bit_length() + e.bit_length()
    if bits > HARMLESS:
        check_division(bits)


def divide(a: Value, b: Value) -> Number:
    wrong = _numbers("(/)", a, b)
    if wrong:
        raise wrong
    if b == 0:
        raise OtherError("division by zero")
    if type(a) is int and type(b) is int:
        bits = a.bit_length() + b.bit_length()
        if bits > HARMLESS:
            check_division(bits)
        quotient, remainder = divmod(a, b)
        return quotient if remainder == 0 else Fraction(a, b)
    _check_fractions(a, b)
    return normal(a / b)


def modulo(a: Value, b: Value) -> Number:
    """The remainder of the division that truncates: it has the sign of the dividend."""
    wrong = _numbers("(%)", a, b)
    if wrong:
        raise wrong
    if b == 0:
        raise OtherError("division by zero (%)")
    _check_fractions(a, b)
    remainder = abs(a) % abs(b)
    return normal(-remainder if a < 0 else remainder)


def negate(a: Value) -> Number:
    if type(a) not in _NUMBERS:
        raise wrong_operand("(-)", 2, "Number", a)
    result: Number = -a
    return result


def less(a: Value, b: Value) -> bool:
    wrong = _numbers("(<)", a, b)
    if wrong:
        raise wrong
    return bool(a < b)


def less_equal(a: Value, b: Value) -> bool:
    wrong = _numbers("(<=)", a, b)
    if wrong:
        raise wrong
    return bool(a <= b)


def greater(a: Value, b: Value) -> bool:
    wrong = _numbers("(>)", a, b)
    if wrong:
        raise wrong
    return bool(a > b)


def greater_equal(a: Value, b: Value) -> bool:
    wrong = _numbers("(>=)", a, b)
    if wrong:
        raise wrong
    return bool(a >= b)


def concatenate(a: Value, b: Value) -> str:
    """`a ++ b`."""
    if type(a) is not str:
        raise wrong_operand("string/concat", 1, "String", a)
    if type(b) is not str:
        raise wrong_operand("string/concat", 2, "String", b)
    length = len(a) + len(b)
    if length > HARMLESS:
        check_string(length)
    return a + b


def concatenate_arrays(a: Value, b: Value) -> Array:
    """`a @ b`."""
    if type(a) is not Array:
        raise wrong_operand("(@)", 1, "Array", a)
    if type(b) is not Array:
        raise wrong_operand("(@)", 2, "Array", b)
    length = len(a.items) + len(b.items)
    if length > HARMLESS:
        check_array(length)
    return concat(a, b)


def negation(a: Value) -> bool:
    """`!a`."""
    if a is True:
        return False
    if a is False:
        return True
    raise wrong_operand("bool/not", 0, "Bool", a)


def bad_operand(operator: str, value: Value) -> EvaluationError:
    """The error for the left operand of `&&` or `||`."""
    return wrong_operand(operator, 1, "Bool", value)


def bad_condition(value: Value) -> EvaluationError:
    """The error for the condition of an `if`, or a guard."""
    return wrong_operand("if", 0, "Bool", value)


def text_of(value: Value) -> str:
    """The text of an interpolated value."""
    kind = type(value)
    if kind is str:
        return str(value)
    if kind is int:
        return str(value) if -(10**15) < value < 10**15 else number_to_string(value)
    if kind is bool:
        return "true" if value else "false"
    if value is None:
        return "null"
    if kind is EnumTag:
        return str(value.name)
    if kind is Fraction:
        return number_to_string(value)
    raise wrong_operand("interpolation", 0, "Stringable", value)


from contractlang.runtime.primops.arrays import concat  # noqa: E402
from contractlang.text.numbers import number_to_string  # noqa: E402

__all__ = ["OperandError", "add", "equal", "merge"]
