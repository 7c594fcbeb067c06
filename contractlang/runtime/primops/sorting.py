"""Orders on arrays: a stable merge sort, lexicographic comparison, and dropping equal neighbours.

The comparison is a function of the program, so that nothing of Python's own sorting can be used: it would call back through C, and
deep programs would overflow its stack. The order of calls is fixed by the specification: halves are cut at `floor(n/2)`, the
left one is sorted first, and merging takes its head unless the comparison says `'Greater`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from contractlang.runtime.contracts.apply import apply_contract
from contractlang.runtime.contracts.arrow import call_2
from contractlang.runtime.contracts.enum import EnumContract
from contractlang.runtime.errors import EvaluationError
from contractlang.runtime.primops.guards import compare_numbers, compare_strings
from contractlang.runtime.primops.orders import EQUAL, GREATER, LESSER, ORDERS
from contractlang.runtime.thunk import apply2, element, lazy_element, lazy_elements, whnf
from contractlang.runtime.values import Array, Function, Lazy, Value

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

    Order = tuple[Callable[..., Value], Any, Any, Any]
    """Code and environment of a comparison; the contract of its answers and its label, looked at only for a wrong answer."""

_CLASSES: dict[Callable[..., Value], frozenset[type]] = {
    compare_numbers: frozenset((int, Fraction)),
    compare_strings: frozenset((str,)),
}


def sort(array: Array, comparison: Lazy) -> Array:
    count = len(array.items)
    if count < 2:
        return array
    function = whnf(comparison)
    if type(function) is not Function or function.arity != 2:
        function = Function(_uncurried, 2, function)
    values = _naturally_ordered(function, array)
    if values is not None:
        values.sort()
        return Array(values)
    return Array(_sorted(lazy_elements(array), 0, count, _order(function)))


def _uncurried(function: Value, left: Lazy, right: Lazy) -> Value:
    """Code of a function of two arguments for one that takes them one by one."""
    return apply2(function, left, right)


# ---- comparisons of the library


def _naturally_ordered(function: Function, array: Array) -> list[Value] | None:
    """The elements, if the comparison is the library's own for values of their class: then nobody sees who sorts. All of them are
    evaluated in any case; if that fails, the sort proper finds out which is the first to fail."""
    classes = _compared_classes(function)
    if classes is None:
        return None
    values = []
    for index, item in enumerate(array.items):
        if type(item) is list:
            try:
                item = element(array, index)
            except EvaluationError:
                return None
        if type(item) not in classes:
            return None
        values.append(item)
    return values


def _compared_classes(function: Function) -> frozenset[type] | None:
    """The classes of values that a comparison of the library orders, if it is one: contracts around it must let them pass."""
    classes = _CLASSES.get(_without_contracts(function).code)
    if classes is None:
        return None
    while function.code is call_2:
        inner, domain, accepts, _, domain2, accepts2, _, codomain, _, _ = function.env
        if not ((domain is None or classes <= accepts) and (domain2 is None or classes <= accepts2)):
            return None
        if codomain is not None and not (isinstance(codomain, EnumContract) and codomain.tags >= ORDERS):
            return None
        function = inner
    return classes


def _without_contracts(function: Function) -> Function:
    while function.code is call_2:
        function = function.env[0]
    return function


# ---- comparisons of the program


def _order(function: Function) -> Order:
    """The comparison without the contract of its answers, which the sort itself checks faster."""
    if function.code is call_2:
        inner, domain, _, _, domain2, _, _, codomain, _, label = function.env
        if domain is None and domain2 is None and inner.arity == 2:
            return inner.code, inner.env, codomain, label
    return function.code, function.env, None, None


def _sorted(items: list[Lazy], begin: int, end: int, order: Order) -> list[Lazy]:
    """The items from `begin` up to `end`, which are at least two, in order."""
    count = end - begin
    middle = begin + count // 2
    left = _sorted(items, begin, middle, order) if count > 3 else [items[begin]]
    right = _sorted(items, middle, end, order) if count > 2 else [items[middle]]
    return _merged(left, right, order)


def _merged(left: list[Lazy], right: list[Lazy], order: Order) -> list[Lazy]:
    code, env, codomain, label = order
    result: list[Lazy] = []
    add = result.append
    i = j = 0
    left_count, right_count = len(left), len(right)
    a, b = left[0], right[0]
    while True:
        answer = code(env, a, b)
        if answer is not GREATER and answer is not LESSER and answer is not EQUAL and codomain is not None:
            answer = apply_contract(codomain, label, answer)
        if answer is GREATER:
            add(b[1] if type(b) is list and b[0] is None else b)
            j += 1
            if j == right_count:
                result.extend(left[i:])
                return result
            b = right[j]
        else:
            add(a[1] if type(a) is list and a[0] is None else a)
            i += 1
            if i == left_count:
                result.extend(right[j:])
                return result
            a = left[i]


# ---- more


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
