"""Orders on arrays: a stable merge sort, lexicographic comparison, and dropping equal neighbours.

The comparison is a function of the program, so that nothing of Python's own sorting can be used: it would call back through C, and
deep programs would overflow its stack. The order of calls is fixed by the specification: halves are cut at `floor(n/2)`, the
left one is sorted first, and merging takes its head unless the comparison says `'Greater`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contractlang.runtime.thunk import apply2, lazy_element, lazy_elements, whnf
from contractlang.runtime.values import Array, Function, Lazy, Value, enum_tag

LESSER = enum_tag("Lesser")
EQUAL = enum_tag("Equal")
GREATER = enum_tag("Greater")


def sort(array: Array, comparison: Lazy) -> Array:
    items = lazy_elements(array)
    count = len(items)
    if count < 2:
        return array
    function = whnf(comparison)
    if type(function) is not Function or function.arity != 2:
        function = Function(_uncurried, 2, function)
    return Array(_sorted(items, 0, count, function.code, function.env))


def _uncurried(function: Value, left: Lazy, right: Lazy) -> Value:
    """Code of a function of two arguments for one that takes them one by one."""
    return apply2(function, left, right)


def _sorted(items: list[Lazy], begin: int, end: int, code: Callable[..., Value], env: Any) -> list[Lazy]:
    """The items from `begin` up to `end`, which are at least two, in order."""
    count = end - begin
    if count == 2:
        first, second = items[begin], items[begin + 1]
        if code(env, first, second) is GREATER:
            return [second, first]
        return [first, second]
    middle = begin + count // 2
    left = _sorted(items, begin, middle, code, env) if count > 3 else [items[begin]]
    return _merged(left, _sorted(items, middle, end, code, env), code, env)


def _merged(left: list[Lazy], right: list[Lazy], code: Callable[..., Value], env: Any) -> list[Lazy]:
    result: list[Lazy] = []
    add = result.append
    i = j = 0
    left_count, right_count = len(left), len(right)
    a, b = left[0], right[0]
    while True:
        if code(env, a, b) is GREATER:
            add(b)
            j += 1
            if j == right_count:
                result.extend(left[i:])
                return result
            b = right[j]
        else:
            add(a)
            i += 1
            if i == left_count:
                result.extend(right[j:])
                return result
            a = left[i]


def compare(left: Array, right: Array, comparison: Lazy) -> Value:
    """Which array comes first in lexicographic order; nothing behind the first difference is looked at."""
    left_count, right_count = len(left.items), len(right.items)
    count = min(left_count, right_count)
    if count:
        function = whnf(comparison)
        for i in range(count):
            order = apply2(function, lazy_element(left, i), lazy_element(right, i))
            if order is not EQUAL:
                return order
    if left_count == right_count:
        return EQUAL
    return LESSER if left_count < right_count else GREATER


def dedup_sorted(array: Array, comparison: Lazy) -> Array:
    """The elements that do not compare equal to their predecessor."""
    items = lazy_elements(array)
    if len(items) < 2:
        return array
    function = whnf(comparison)
    kept = [items[i] for i in range(1, len(items)) if apply2(function, items[i - 1], items[i]) is not EQUAL]
    return Array([items[0], *kept])


PRIMITIVES: dict[str, Callable[..., Any]] = {
    "array/sort": sort,
    "array/compare": compare,
    "array/dedup_sorted": dedup_sorted,
}
