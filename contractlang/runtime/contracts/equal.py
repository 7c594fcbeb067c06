"""`std.contract.Equal`: delayed equality, and the merge of two arrays (`contracts.md`, section 8.1)."""

from __future__ import annotations

from contractlang.runtime.equality import equal
from contractlang.runtime.errors import BlameError
from contractlang.runtime.label import Annotation, Label
from contractlang.runtime.operands import class_name
from contractlang.runtime.record import is_present, lazy_field
from contractlang.runtime.shape import Shape, frozen_shape
from contractlang.runtime.show import show
from contractlang.runtime.thunk import lazy_element, whnf
from contractlang.runtime.values import (
    UNSET,
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

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

MERGED_ARRAYS = "<merged arrays>"
"""The `unit` of the annotation of the contract that merging two arrays applies."""


def apply_equal(constant: Lazy, label: Label, value: Lazy) -> Value:
    """The value, checked to be equal to the constant: class, fields and lengths at once, contents when they are used."""
    expected = whnf(constant)
    found = whnf(value)
    for one in (expected, found):
        if type(one) is Sealed:
            raise BlameError(one.label, one)
    kind = type(expected)
    if kind is Record or kind is SealedRecord:
        if isinstance(found, Record):
            return _equal_records(expected, found, label)
    elif kind is Array:
        if type(found) is Array:
            return _equal_arrays(expected, found, label)
    elif kind is Variant and type(found) is Variant:
        if expected.tag is found.tag:
            return Variant(found.tag, [_equal_code, expected.arg, label, found.arg])
        raise BlameError(label, found)
    elif class_name(expected) == class_name(found):
        if equal(expected, found):
            return found
        raise BlameError(label.append_note(f"it must equal {show(expected)}"), found)
    raise BlameError(_explained(label, _kinds_differ(expected, found), expected), found)


def _kinds_differ(expected: Value, found: Value) -> str:
    if type(expected) is EnumTag and type(found) is Variant:
        return "expected an enum tag, got an enum variant"
    if type(expected) is Variant and type(found) is EnumTag:
        return "expected an enum variant, got an enum tag"
    return f"expected `{_kind(expected)}`, got `{_kind(found)}`"


def _kind(value: Value) -> str:
    name = class_name(value)
    return "Enum" if name.startswith("Enum") else name


def _explained(label: Label, message: str, expected: Value) -> Label:
    kind = _kind(expected).lower()
    note = f"`std.contract.Equal some_{kind}` requires that the checked value is equal to the {kind} `some_{kind}`."
    return label.with_message(message).append_note(note)


def _equal_code(thunk: Thunk) -> Value:
    _, constant, label, value = thunk
    return apply_equal(constant, label, value)


def _equal_element(source: tuple[Any, ...], index: int) -> Value:
    _, expected, label, found = source
    return apply_equal(lazy_element(expected, index), label, lazy_element(found, index))


def _equal_arrays(expected: Array, found: Array, label: Label) -> Array:
    count, given = len(expected.items), len(found.items)
    if count != given:
        message = f"array length mismatch (expected `{count}`, got `{given}`)"
        raise BlameError(_explained(label, message, expected), found)
    if not count:
        return found
    return Array([UNSET] * count, (_equal_element, expected, label.array(), found))


def _present(shape: Shape) -> set[str]:
    return {name for i, name in enumerate(shape.names) if is_present(shape, i)}


def _equal_records(expected: Record, found: Record, label: Label) -> Record:
    wanted, given = _present(expected.shape), _present(found.shape)
    for what, names in (("extra", sorted(given - wanted)), ("missing", sorted(wanted - given))):
        if names:
            message = f"{what} field{'s' if len(names) > 1 else ''} `{', '.join(names)}`"
            raise BlameError(_explained(label, message, expected), found)
    shape = found.shape
    slots: list[Lazy] = []
    for i, name in enumerate(shape.names):
        if name in wanted and shape.defs[i].sources:
            constant = lazy_field(expected, expected.shape.index[name])
            slots.append([_equal_code, constant, label.field(name), lazy_field(found, i)])
        else:
            slots.append(UNSET)
    return Record(frozen_shape(shape), None, slots)


def merge_equal_arrays(left: Array, right: Array) -> Array:
    """The merge of two arrays: the right one, under the contract that it equals the left one."""
    label = Label(Annotation(MERGED_ARRAYS, 0, 0)).with_value(right)
    label = label.with_message("cannot merge unequal arrays").append_note(
        "Arrays can only be merged if they are equal."
    )
    return _equal_arrays(left, right, label)
