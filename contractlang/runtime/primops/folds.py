"""Primitives that go through an array with a function of the program: folds, searches and selections.

They serve the library alone, whose contracts see to it that arrays are arrays, functions functions, and that functions answer with
values of the promised class. A function is forced when there is an element to call it with, and an accumulator after each call,
as the specification says; `function.code` is called directly where all parameters are given, which saves a frame per element.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from contractlang.runtime.contracts.custom import ERROR, OK
from contractlang.runtime.equality import equal
from contractlang.runtime.merge import merge
from contractlang.runtime.operands import wrong_operand
from contractlang.runtime.primops.sharing import plain_items
from contractlang.runtime.record import data_record
from contractlang.runtime.shape import data_shape
from contractlang.runtime.thunk import apply1, apply2, element, lazy_element, lazy_elements, whnf
from contractlang.runtime.values import Array, EnumTag, Function, Lazy, Record, Sealed, Thunk, Value, Variant, enum_tag

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

SOME = enum_tag("Some")
_SCALARS = frozenset((int, str, bool, Fraction, type(None), EnumTag))


def _not_boolean(value: Value) -> Exception:
    """For a predicate that answered something else: contracts of the library find that out first."""
    return wrong_operand("if", 0, "Bool", value)


# ---- folds


def fold_left(array: Array, function: Lazy, initial: Lazy) -> Value:
    items = plain_items(array)
    count = len(items)
    if not count:
        return whnf(initial)
    function = whnf(function)
    accumulator = initial
    if type(function) is not Function or function.arity != 2:
        for i in range(count):
            accumulator = apply2(function, accumulator, lazy_element(array, i))
        return accumulator
    code, env = function.code, function.env
    for i in range(count):
        item = items[i]
        if type(item) is list:
            item = lazy_element(array, i)
        accumulator = code(env, accumulator, item)
    return accumulator


def fold_right(array: Array, function: Lazy, initial: Lazy) -> Value:
    if not array.items:
        return whnf(initial)
    return _fold_right(whnf(function), array, initial, 0)


def _fold_right(function: Value, array: Array, initial: Lazy, index: int) -> Value:
    rest = initial if index + 1 == len(array.items) else [_fold_right_code, function, array, initial, index + 1]
    return apply2(function, lazy_element(array, index), rest)


def _fold_right_code(thunk: Thunk) -> Value:
    _, function, array, initial, index = thunk
    return _fold_right(function, array, initial, index)


def try_fold_left(array: Array, function: Lazy, initial: Lazy) -> Variant:
    """A left fold that goes on with the argument of `'Ok` and stops at the first `'Error`."""
    accumulator = initial
    count = len(array.items)
    if count:
        function = whnf(function)
        for i in range(count):
            result = apply2(function, accumulator, lazy_element(array, i))
            if type(result) is not Variant or (result.tag is not OK and result.tag is not ERROR):
                raise wrong_operand("array/try_fold_left", 0, "[| 'Ok _, 'Error _ |]", result)
            if result.tag is ERROR:
                return result
            accumulator = whnf(result.arg)
    return Variant(OK, accumulator)


def reduce_left(array: Array, function: Lazy) -> Value:
    """A left fold from the first element of an array that is not empty."""
    count = len(array.items)
    if count == 1:
        return element(array, 0)
    function = whnf(function)
    accumulator = lazy_element(array, 0)
    for i in range(1, count):
        accumulator = apply2(function, accumulator, lazy_element(array, i))
    return accumulator


def reduce_right(array: Array, function: Lazy) -> Value:
    """A right fold from the last element of an array that is not empty, lazy in the rest."""
    last = len(array.items) - 1
    if not last:
        return element(array, 0)
    return _reduce_right(whnf(function), array, last, 0)


def _reduce_right(function: Value, array: Array, last: int, index: int) -> Value:
    rest = lazy_element(array, last) if index + 1 == last else [_reduce_right_code, function, array, last, index + 1]
    return apply2(function, lazy_element(array, index), rest)


def _reduce_right_code(thunk: Thunk) -> Value:
    _, function, array, last, index = thunk
    return _reduce_right(function, array, last, index)


# ---- searches


def all_(array: Array, predicate: Lazy) -> bool:
    return _find(array, predicate, wanted=False) < 0


def any_(array: Array, predicate: Lazy) -> bool:
    return _find(array, predicate, wanted=True) >= 0


def _find(array: Array, predicate: Lazy, *, wanted: bool) -> int:
    """The index of the first element of which the predicate says `wanted`; −1 if there is none."""
    count = len(array.items)
    if count:
        predicate = whnf(predicate)
        for i in range(count):
            answer = apply1(predicate, lazy_element(array, i))
            if answer is wanted:
                return i
            if type(answer) is not bool:
                raise _not_boolean(answer)
    return -1


def elem(array: Array, wanted: Lazy) -> bool:
    count = len(array.items)
    if count:
        first = element(array, 0)
        wanted = whnf(wanted)
        if equal(first, wanted):
            return True
        for i in range(1, count):
            if equal(element(array, i), wanted):
                return True
    return False


# ---- selections


def filter_(array: Array, predicate: Lazy) -> Array:
    return Array(_selected(array, predicate, wanted=True))


def _selected(array: Array, predicate: Lazy, *, wanted: bool) -> list[Lazy]:
    items = plain_items(array)
    kept: list[Lazy] = []
    count = len(items)
    if count:
        predicate = whnf(predicate)
        for i in range(count):
            item = items[i]
            if type(item) is list:
                item = lazy_element(array, i)
            answer = apply1(predicate, item)
            if answer is wanted:
                kept.append(item if type(item) is not list or item[0] is not None else item[1])
            elif type(answer) is not bool:
                raise _not_boolean(answer)
    return kept


def partition(array: Array, predicate: Lazy) -> Record:
    """What satisfies the predicate and what does not, each an array."""
    right: list[Lazy] = []
    wrong: list[Lazy] = []
    count = len(array.items)
    if count:
        predicate = whnf(predicate)
        for i in range(count):
            item = lazy_element(array, i)
            answer = apply1(predicate, item)
            if type(answer) is not bool:
                raise _not_boolean(answer)
            (right if answer else wrong).append(item)
    return data_record({"right": Array(right), "wrong": Array(wrong)})


def filter_map(array: Array, function: Lazy) -> Array:
    kept: list[Lazy] = []
    count = len(array.items)
    if count:
        function = whnf(function)
        for i in range(count):
            answer = apply1(function, lazy_element(array, i))
            if type(answer) is Variant and answer.tag is SOME:
                kept.append(answer.arg)
            elif type(answer) is Sealed:
                raise wrong_operand("array/filter_map", 0, "Enum", answer)
    return Array(kept)


def group(array: Array, key: Lazy) -> Record:
    """A record from key to the array of the elements that have this key, in order."""
    groups: dict[str, list[Lazy]] = {}
    count = len(array.items)
    if count:
        key = whnf(key)
        for i in range(count):
            item = lazy_element(array, i)
            name = apply1(key, item)
            if type(name) is not str:
                raise wrong_operand("array/group", 0, "String", name)
            members = groups.get(name)
            if members is None:
                groups[name] = [item]
            else:
                members.append(item)
    return Record(data_shape(tuple(groups)), None, [Array(members) for members in groups.values()])


def chunk(array: Array, key: Lazy) -> Array:
    """Maximal runs of neighbours with equal keys. The key of an element is asked for before that of its predecessor."""
    items = lazy_elements(array)
    if len(items) < 2:
        return Array([Array(items)]) if items else array
    key = whnf(key)
    run = [items[0]]
    runs = [run]
    previous: Value = None
    for i in range(1, len(items)):
        current = apply1(key, items[i])
        if i == 1:
            previous = apply1(key, items[0])
        if equal(current, previous):
            run.append(items[i])
        else:
            run = [items[i]]
            runs.append(run)
        previous = current
    return Array([Array(members) for members in runs])


def dedup(array: Array) -> Array:
    """The first of equal elements. Numbers, strings, … are looked up; what cannot be hashed is compared with all of its kind."""
    kept: list[Value] = []
    seen: set[Any] = set()
    others: list[Value] = []
    for i in range(len(array.items)):
        item = element(array, i)
        if type(item) in _SCALARS:
            key = (item,) if type(item) is bool else item  # True is 1 to Python, not here
            if key in seen:
                continue
            seen.add(key)
        else:
            if _is_among(item, others):
                continue
            others.append(item)
        kept.append(item)
    return Array(kept)


def _is_among(item: Value, others: list[Value]) -> bool:
    for other in others:  # noqa: SIM110 (`any` would call back through C)
        if equal(other, item):
            return True
    return False


# ---- records


def merge_all(array: Array) -> Record:
    """The merge of an array of records, neighbours first, so that many records take time close to linear."""
    records = [element(array, i) for i in range(len(array.items))]
    while len(records) > 1:
        merged = [merge(records[i], records[i + 1]) for i in range(0, len(records) - 1, 2)]
        if len(records) % 2:
            merged.append(records[-1])
        records = merged
    return records[0] if records else data_record({})


PRIMITIVES: dict[str, Callable[..., Any]] = {
    "array/fold_left": fold_left,
    "array/fold_right": fold_right,
    "array/try_fold_left": try_fold_left,
    "array/reduce_left": reduce_left,
    "array/reduce_right": reduce_right,
    "array/all": all_,
    "array/any": any_,
    "array/elem": elem,
    "array/filter": filter_,
    "array/partition": partition,
    "array/filter_map": filter_map,
    "array/group": group,
    "array/chunk": chunk,
    "array/dedup": dedup,
    "record/merge_all": merge_all,
}
