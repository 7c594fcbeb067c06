"""Primitives on arrays: taking apart, building and mapping. Folds and searches stand in `folds.py`, orders in `sorting.py`.

Those that the library alone calls rely on the contracts of its annotations: their arrays are arrays, and their functions, which
they get unevaluated, are forced when they are first needed.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from contractlang.runtime.errors import OtherError
from contractlang.runtime.limits import HARMLESS, check_array
from contractlang.runtime.operands import wrong_operand
from contractlang.runtime.primops.sharing import append, concat, part, plain_items
from contractlang.runtime.thunk import apply1, apply2, element, force, lazy_element, lazy_elements, whnf
from contractlang.runtime.values import UNSET, Array, Function, Lazy, Value
from contractlang.text.numbers import number_exact

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

LARGEST_INDEX = 2**64 - 1
LARGEST_SIZE = 2**32 - 1
"""The longest array that the language allows."""
EAGER_SIZE = 1_000_000
"""Ranges up to this size are filled at once."""

_NUMBERS = frozenset((int, Fraction))

__all__ = ["PRIMITIVES", "concat"]


def _array(operator: str, position: int, value: Value) -> Array:
    if type(value) is not Array:
        raise wrong_operand(operator, position, "Array", value)
    return value


# ---- taking apart


def length(array: Value) -> int:
    return len(_array("array/length", 0, array).items)


def at(array: Value, index: Value) -> Value:
    array = _array("array/at", 1, array)
    count = len(array.items)
    if type(index) is int and 0 <= index < count:
        return element(array, index)
    position = _index("array/at", 2, "second argument", index)
    if not count:
        raise OtherError("array/at: index out of bounds. Can't index into an empty array.")
    raise OtherError(f"array/at: index out of bounds. Expected an index between 0 and {count}, got {position}")


def _index(operator: str, position: int, argument: str, value: Value) -> int:
    """A number that can be an index, in range or not."""
    if type(value) not in _NUMBERS:
        raise wrong_operand(operator, position, "Number", value)
    if type(value) is int and 0 <= value <= LARGEST_INDEX:
        return value
    raise OtherError(
        f"{operator} expects its {argument} to be a positive integer smaller than {LARGEST_INDEX}, got {number_exact(value)}"
    )


def slice_(start: Value, end: Value, array: Value) -> Array:
    for position, value in enumerate((start, end), 1):
        if type(value) not in _NUMBERS:
            raise wrong_operand("array/slice", position, "Number", value)
    array = _array("array/slice", 3, array)
    first = _index("array/slice", 1, "first argument (start)", start)
    last = _index("array/slice", 2, "second argument (end)", end)
    count = len(array.items)
    if not first <= last <= count:
        raise OtherError(
            f"array/slice: index out of bounds. Expected `start <= end <= {count}`, "
            f"but got `start={first}` and `end={last}`."
        )
    return part(array, first, last)


def at_or(index: Value, array: Value, default: Lazy) -> Value:
    """The element at an index, which is a natural number, or the default if there is none."""
    if index < len(array.items):
        return element(array, index)
    return whnf(default)


# ---- building


def affordable(count: int) -> int:
    """A size, if it is one that can be had."""
    if count > HARMLESS:
        check_array(count)
    return count


def _size(count: Value) -> int:
    """A number that can be the size of an array."""
    if type(count) not in _NUMBERS:
        raise wrong_operand("array/generate", 1, "Number", count)
    if count < 0:
        raise OtherError(
            f"array/generate expects its first argument to be a positive number, got {number_exact(count)}"
        )
    if type(count) is not int or count > LARGEST_SIZE:
        raise OtherError(
            f"array/generate expects its first argument to be an integer smaller than {LARGEST_SIZE}, got {number_exact(count)}"
        )
    return affordable(count)


def generate(count: Value, function: Lazy) -> Array:
    return Array([UNSET] * _size(count), (_generated, function))


def _generated(source: tuple[Any, ...], index: int) -> Value:
    function = source[1]
    if type(function) is list:
        function = function[1] if function[0] is None else force(function)
    if type(function) is Function and function.arity == 1:
        return function.code(function.env, index)
    return apply1(function, index)


def replicate(count: Value, value: Lazy) -> Array:
    return Array([value] * _size(count))


def range_step(start: Value, end: Value, step: Value) -> Array:
    """`start`, `start + step`, … below `end`; the contracts of the library see to it that `start ≤ end` and `step > 0`."""
    if type(start) is int and type(end) is int and type(step) is int:
        count = _size(-((start - end) // step))
        if count <= EAGER_SIZE:
            return Array(list(range(start, end, step)))
    else:
        count = _size(-int((Fraction(start) - end) // step))
    return Array([UNSET] * count, (_step, start, step))


def _step(source: tuple[Any, ...], index: int) -> Value:
    _, start, step = source
    value = start + index * step
    return value if type(value) is int else (value.numerator if value.denominator == 1 else value)


def prepend(array: Array, value: Lazy) -> Array:
    return Array([value, *lazy_elements(array)])


def intersperse(array: Array, separator: Lazy) -> Array:
    items = lazy_elements(array)
    if len(items) < 2:
        return array
    result: list[Lazy] = [separator] * affordable(2 * len(items) - 1)
    result[::2] = items
    return Array(result)


def flatten(array: Array) -> Array:
    result: list[Lazy] = []
    for i in range(len(array.items)):
        _extend(result, _elements(element(array, i)))
    return Array(result)


def flat_map(array: Array, function: Lazy) -> Array:
    result: list[Lazy] = []
    count = len(array.items)
    if count:
        function = whnf(function)
        for i in range(count):
            _extend(result, _elements(apply1(function, lazy_element(array, i))))
    return Array(result)


def _extend(result: list[Lazy], items: list[Lazy]) -> None:
    affordable(len(result) + len(items))
    result.extend(items)


def _elements(array: Value) -> list[Lazy]:
    inner = _array("(@)", 2, array)
    return inner.items if inner.source is None else lazy_elements(inner)


# ---- mapping


def map_(array: Value, function: Lazy) -> Array:
    return Array([UNSET] * len(_array("array/map", 0, array).items), (_mapped, array, function))


def _mapped(source: tuple[Any, ...], index: int) -> Value:
    _, array, function = source
    if type(function) is list:
        function = function[1] if function[0] is None else force(function)
    if type(function) is Function and function.arity == 1:
        return function.code(function.env, lazy_element(array, index))
    return apply1(function, lazy_element(array, index))


def map_with_index(array: Array, function: Lazy) -> Array:
    return Array([UNSET] * len(array.items), (_mapped_with_index, array, function))


def _mapped_with_index(source: tuple[Any, ...], index: int) -> Value:
    _, array, function = source
    if type(function) is list:
        function = function[1] if function[0] is None else force(function)
    return apply2(function, index, lazy_element(array, index))


def zip_with(left: Array, right: Array, function: Lazy) -> Array:
    count = min(len(left.items), len(right.items))
    return Array([UNSET] * count, (_zipped, left, right, function))


def _zipped(source: tuple[Any, ...], index: int) -> Value:
    _, left, right, function = source
    if type(function) is list:
        function = function[1] if function[0] is None else force(function)
    return apply2(function, lazy_element(left, index), lazy_element(right, index))


def reverse(array: Array) -> Array:
    if array.source is None:
        return Array(plain_items(array)[::-1])
    return Array([UNSET] * len(array.items), (_reversed, array, len(array.items) - 1))


def _reversed(source: tuple[Any, ...], index: int) -> Value:
    _, array, last = source
    return element(array, last - index)


PRIMITIVES: dict[str, Callable[..., Any]] = {
    "array/length": length,
    "array/at": at,
    "array/slice": slice_,
    "array/map": map_,
    "array/generate": generate,
    "array/at_or": at_or,
    "array/replicate": replicate,
    "array/range_step": range_step,
    "array/append": append,
    "array/prepend": prepend,
    "array/intersperse": intersperse,
    "array/flatten": flatten,
    "array/flat_map": flat_map,
    "array/map_with_index": map_with_index,
    "array/zip_with": zip_with,
    "array/reverse": reverse,
}
