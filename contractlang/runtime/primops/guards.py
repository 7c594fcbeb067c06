"""Short cuts around contracts: functions of the library in Python, and guards that let through what certainly passes.

Some members of the library have contracts that look at several arguments together (`std.contract.unstable`). Written in the
language they say precisely what is wrong, but cost ten times as much as what they guard. So the members that programs call most
get a guard: a function that looks whether the arguments are fine, one after the other, and calls the guarded function as soon as
one is not, which finds out what to say.

The functions that the library takes from here (`native`) need all their arguments, so that a guard may evaluate them, and `sort`
knows what the two comparisons mean.
"""

from __future__ import annotations

from collections.abc import Callable

from contractlang.runtime.contracts.arrow import STRICT, call_2, call_3
from contractlang.runtime.errors import BlameError
from contractlang.runtime.primops import arrays, numbers, strings
from contractlang.runtime.primops.orders import EQUAL, GREATER, LESSER
from contractlang.runtime.primops.sharing import part
from contractlang.runtime.record import access, field, is_present
from contractlang.runtime.thunk import apply2, apply3, element, force, whnf
from contractlang.runtime.values import Array, EnumTag, Function, Lazy, Record, Value

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

# ---- functions in Python


def _at(_: None, index: Lazy, array: Lazy) -> Value:
    try:
        position = whnf(index)
    except BlameError as error:
        if not error.label.polarity:
            # An index of the wrong class is told after what is wrong with the array.
            whnf(array)
        raise
    return arrays.at(whnf(array), position)


def _slice(_: None, start: Lazy, end: Lazy, array: Lazy) -> Array:
    return arrays.slice_(whnf(start), whnf(end), whnf(array))


def _get(_: None, name: Lazy, record: Lazy) -> Value:
    text = whnf(name)
    return access(whnf(record), text)


def compare_numbers(_: None, left: Lazy, right: Lazy) -> EnumTag:
    if type(left) is int and type(right) is int:
        return LESSER if left < right else EQUAL if left == right else GREATER
    return numbers.compare(whnf(left), whnf(right))


def compare_strings(_: None, left: Lazy, right: Lazy) -> EnumTag:
    if type(left) is str and type(right) is str:
        return LESSER if left < right else EQUAL if left == right else GREATER
    return strings.compare(whnf(left), whnf(right))


_NATIVE = {
    "array/at": Function(_at, 2, None),
    "array/slice": Function(_slice, 3, None),
    "record/get": Function(_get, 2, None),
    "number/compare": Function(compare_numbers, 2, None),
    "string/compare": Function(compare_strings, 2, None),
}


STRICT.update((compare_numbers, compare_strings))


def native(name: Value) -> Function:
    """The function of this name, with its parameters in the order of the library."""
    return _NATIVE[name]


def innermost(function: Function) -> Callable[..., Value]:
    """The code of a function without the contracts around it."""
    while function.code is call_2 or function.code is call_3:
        function = function.env[0]
    return function.code


# ---- guards


def guard_index(function: Value, guarded: Lazy) -> Value:
    """Guards `std.array.at`; any other function is `guarded` at once."""
    if type(function) is Function and innermost(function) is _at:
        return Function(_guarded_at, 2, guarded)
    return whnf(guarded)


def _guarded_at(guarded: Lazy, index: Lazy, array: Lazy) -> Value:
    if type(index) is list:
        index = index[1] if index[0] is None else force(index)
    if type(index) is int and index >= 0:  # else the array is not looked at
        if type(array) is list:
            array = array[1] if array[0] is None else force(array)
        if type(array) is Array and index < len(array.items):
            return element(array, index)
    return apply2(whnf(guarded), index, array)


def guard_slice(function: Value, guarded: Lazy) -> Value:
    """Guards `std.array.slice`."""
    if type(function) is Function and innermost(function) is _slice:
        return Function(_guarded_slice, 3, guarded)
    return whnf(guarded)


def _guarded_slice(guarded: Lazy, start: Lazy, end: Lazy, array: Lazy) -> Value:
    start = whnf(start)
    if type(start) is int and start >= 0:
        end = whnf(end)
        if type(end) is int and start <= end:
            array = whnf(array)
            if type(array) is Array and end <= len(array.items):
                return part(array, start, end)
    return apply3(whnf(guarded), start, end, array)


def guard_field(function: Value, guarded: Lazy) -> Value:
    """Guards `std.record.get`, whose result has no contract."""
    if type(function) is Function and innermost(function) is _get:
        return Function(_guarded_get, 2, guarded)
    return whnf(guarded)


def _guarded_get(guarded: Lazy, name: Lazy, record: Lazy) -> Value:
    name = whnf(name)
    if type(name) is str:
        record = whnf(record)
        if type(record) is Record:
            index = record.shape.index.get(name)
            if index is not None and is_present(record.shape, index):
                return field(record, index)
    return apply2(whnf(guarded), name, record)


PRIMITIVES: dict[str, Callable[..., Any]] = {
    "function/native": native,
    "guard/index": guard_index,
    "guard/slice": guard_slice,
    "guard/field": guard_field,
}
