"""Deep forcing (`evaluation.md`, section 11)."""

from __future__ import annotations

from contractlang.runtime.errors import BlameError, MissingDefinition
from contractlang.runtime.record import field
from contractlang.runtime.thunk import element, whnf
from contractlang.runtime.values import Array, Record, Sealed, SealedRecord, Value, Variant

_COMPOUND = frozenset((Record, Array, Variant, SealedRecord, Sealed))


def deep_force(value: Value, skip_not_exported: bool = False) -> Value:
    """Force everything in a value (in weak head normal form), pending contracts applied; returns the value.

    A record's missing definitions are found first, then its fields are forced from the last to the first, so that a faulty
    program always reports the same error. `skip_not_exported` leaves out fields that are not exported.
    """
    kind = type(value)
    if kind not in _COMPOUND:
        return value
    if kind is Array:
        items = value.items
        for i in range(len(items) - 1, -1, -1):
            item = items[i]
            if type(item) is list:
                item = element(value, i)
            if type(item) in _COMPOUND:
                deep_force(item, skip_not_exported)
    elif kind is Variant:
        value.arg = deep_force(whnf(value.arg), skip_not_exported)
    elif kind is Sealed:
        raise BlameError(value.label, value)
    else:
        _force_fields(value, skip_not_exported)
    return value


def _force_fields(record: Record, skip_not_exported: bool) -> None:
    shape = record.shape
    slots = record.slots
    uniform = shape.uniform
    for i in shape.undefined:
        if not (skip_not_exported and shape.defs[i].not_exported):
            raise MissingDefinition(shape.names[i], record)
    for i in range(len(shape.names) - 1, -1, -1):
        item = slots[i]
        if type(item) is list:
            if not uniform:
                definition = shape.defs[i]
                if not definition.sources or (skip_not_exported and definition.not_exported):
                    continue
            item = field(record, i)
        elif skip_not_exported and not uniform and shape.defs[i].not_exported:
            continue
        if type(item) in _COMPOUND:
            deep_force(item, skip_not_exported)
