"""Merging values: `a & b` (`merging.md`)."""

from __future__ import annotations

from fractions import Fraction

from contractlang.runtime.errors import BlameError, EvaluationError, NonMergeable, SealedTailError
from contractlang.runtime.shape import merged_shape
from contractlang.runtime.thunk import whnf
from contractlang.runtime.values import (
    Array,
    EnumTag,
    Lazy,
    Record,
    Sealed,
    SealedRecord,
    Thunk,
    Value,
    Variant,
)

_new = Record.__new__
_SCALARS = frozenset((int, str, bool, Fraction, type(None)))


def merge(a: Value, b: Value) -> Value:
    """Merge two values in weak head normal form. Raises `NonMergeable`, or blames where arrays differ."""
    kind = type(a)
    if kind is Record and type(b) is Record:
        return merge_records(a, b)
    if kind is type(b):
        if kind in _SCALARS:
            if a == b:
                return a
        elif kind is EnumTag:
            if a is b:
                return a
        elif kind is Variant:
            if a.tag is b.tag:
                return Variant(a.tag, [merge_code, a.arg, b.arg])
        elif kind is Array:
            return merge_arrays(a, b)
    if isinstance(a, Record) and isinstance(b, Record):
        # A sealed record merges with the empty record alone.
        if _is_empty(b):
            return a
        if _is_empty(a):
            return b
    raise _not_mergeable(a, b)


def _is_empty(value: Value) -> bool:
    return type(value) is Record and not value.shape.names and not value.shape.open


def _not_mergeable(a: Value, b: Value) -> EvaluationError:
    for value in (a, b):
        if type(value) is Sealed:
            return BlameError(value.label, value)
        if type(value) is SealedRecord and isinstance(a, Record) and isinstance(b, Record):
            label = value.tail.label
            return SealedTailError(label, value, "cannot merge a record sealed by a polymorphic contract")
    return NonMergeable(a, b)


def merge_code(thunk: Thunk) -> Value:
    """Code of the thunk `[merge_code, a, b]`; both lazy."""
    _, a, b = thunk
    return merge(whnf(a), whnf(b))


def merge_records(a: Record, b: Record) -> Record:
    """Merge two records: definitions are kept, recursion is tied anew."""
    shape_a, shape_b = a.shape, b.shape
    if not shape_b.names and not shape_b.open:
        return a
    if not shape_a.names and not shape_a.open:
        return b
    shape = shape_a.merged.get(shape_b)
    if shape is None:
        shape = merged_shape(shape_a, shape_b)
    record = _new(Record)
    record.shape = shape
    record.env = None
    record.slots = shape.template[:]
    parts_a, parts_b = a.parts, b.parts
    record.parts = (parts_a if parts_a is not None else (a,)) + (parts_b if parts_b is not None else (b,))
    return record


def merge_arrays(a: Array, b: Array) -> Array:
    """The right array, its elements checked against the left one's."""
    from contractlang.runtime.contracts.equal import merge_equal_arrays

    return merge_equal_arrays(a, b)


def merge_lazily(a: Lazy, b: Lazy) -> Lazy:
    return [merge_code, a, b]
