"""Equality of values (`evaluation.md`, section 5)."""

from __future__ import annotations

from fractions import Fraction

from contractlang.runtime.errors import BlameError, Incomparable, MissingDefinition
from contractlang.runtime.label import Label
from contractlang.runtime.record import field, is_present
from contractlang.runtime.shape import Shape
from contractlang.runtime.thunk import element, whnf
from contractlang.runtime.values import (
    Array,
    CustomContract,
    EnumTag,
    Function,
    Record,
    Sealed,
    Value,
    Variant,
)

_SCALARS = frozenset((int, str, bool, Fraction, type(None)))


def equal(a: Value, b: Value) -> bool:
    """Whether two values in weak head normal form are equal; forces what it compares, and stops at the first difference."""
    kind = type(a)
    if kind in _SCALARS:
        if kind is type(b):
            return bool(a == b)
        if type(b) is Sealed:
            raise BlameError(b.label, b)
        return False
    if kind is EnumTag:
        if type(b) is Sealed:
            raise BlameError(b.label, b)
        return a is b
    return _equal_compound(a, b)


def _equal_compound(a: Value, b: Value) -> bool:
    for value in (a, b):
        if type(value) is Sealed:
            raise BlameError(value.label, value)
    if isinstance(a, Record):
        return isinstance(b, Record) and _equal_records(a, b)
    kind = type(a)
    if kind is not type(b):
        return False
    if kind is Variant:
        return a.tag is b.tag and equal(whnf(a.arg), whnf(b.arg))
    if kind is Array:
        return _equal_arrays(a, b)
    if kind is Function or issubclass(kind, CustomContract):
        raise Incomparable(a, b)
    return kind is Label and a is b


def _equal_arrays(a: Array, b: Array) -> bool:
    count = len(a.items)
    if count != len(b.items):
        return False
    for i in range(count - 1, -1, -1):  # noqa: SIM110 (a generator inside `all` would put user code on the C stack)
        if not equal(element(a, i), element(b, i)):
            return False
    return True


def _present(shape: Shape) -> list[str]:
    return [name for i, name in enumerate(shape.names) if is_present(shape, i)]


def _equal_records(a: Record, b: Record) -> bool:
    """First the first common field, then the others from last to first (see the specification): the order shows in errors."""
    names_a, names_b = _present(a.shape), _present(b.shape)
    index_a, index_b = a.shape.index, b.shape.index
    # An optional field without value counts only where the other side has one.
    if any(name not in index_b for name in names_a) or any(name not in index_a for name in names_b):
        return False
    order = a.shape.names if len(a.shape.names) >= len(b.shape.names) else b.shape.names
    common = [name for name in order if name in index_a and name in index_b]
    pairs = []
    for name in common:
        i, j = index_a[name], index_b[name]
        has_a, has_b = bool(a.shape.defs[i].sources), bool(b.shape.defs[j].sources)
        if has_a != has_b:
            raise MissingDefinition(name, b if has_a else a)
        if has_a:
            pairs.append((i, j))
    if pairs:
        i, j = pairs[0]
        if not equal(field(a, i), field(b, j)):
            return False
        for i, j in reversed(pairs[1:]):
            if not equal(field(a, i), field(b, j)):
                return False
    return True
