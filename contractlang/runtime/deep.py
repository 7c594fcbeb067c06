"""Deep forcing (`evaluation.md`, section 11), which also counts what the forced value has in it: a value may be small and its text
without end, where parts of it are shared."""

from __future__ import annotations

from contractlang.runtime.errors import BlameError, MissingDefinition
from contractlang.runtime.limits import SIZES, output_too_large
from contractlang.runtime.record import field
from contractlang.runtime.thunk import element, whnf
from contractlang.runtime.values import Array, Record, Sealed, SealedRecord, Value, Variant

_COMPOUND = frozenset((Record, Array, Variant, SealedRecord, Sealed))
_LONG = 4096
"""Longer strings count as several nodes, one for each `_SHARE` characters."""
_SHARE = 64


def deep_force(value: Value, skip_not_exported: bool = False, room: list[int] | None = None) -> Value:
    """Force everything in a value (in weak head normal form), pending contracts applied; returns the value.

    A record's missing definitions are found first, then its fields are forced from the last to the first, so that a faulty
    program always reports the same error. `skip_not_exported` leaves out fields that are not exported. `room`: for how many nodes
    more there is room, by default as many as the run allows.
    """
    kind = type(value)
    if kind not in _COMPOUND:
        return value
    if room is None:
        room = [SIZES.get().output_nodes]
    if kind is Array:
        items = value.items
        room[0] -= len(items) + 1
        if room[0] < 0:
            raise output_too_large()
        for i in range(len(items) - 1, -1, -1):
            item = items[i]
            kind = type(item)
            if kind is list:
                item = element(value, i)
                kind = type(item)
            if kind is str:
                if len(item) > _LONG:
                    _count(item, room)
            elif kind in _COMPOUND:
                deep_force(item, skip_not_exported, room)
    elif kind is Variant:
        value.arg = deep_force(whnf(value.arg), skip_not_exported, room)
    elif kind is Sealed:
        raise BlameError(value.label, value)
    else:
        _force_fields(value, skip_not_exported, room)
    return value


def _force_fields(record: Record, skip_not_exported: bool, room: list[int]) -> None:
    shape = record.shape
    slots = record.slots
    uniform = shape.uniform
    for i in shape.undefined:
        if not (skip_not_exported and shape.defs[i].not_exported):
            raise MissingDefinition(shape.names[i], record)
    room[0] -= len(slots) + 1
    if room[0] < 0:
        raise output_too_large()
    for i in range(len(shape.names) - 1, -1, -1):
        item = slots[i]
        kind = type(item)
        if kind is list:
            if not uniform:
                definition = shape.defs[i]
                if not definition.sources or (skip_not_exported and definition.not_exported):
                    continue
            item = field(record, i)
            kind = type(item)
        elif skip_not_exported and not uniform and shape.defs[i].not_exported:
            continue
        if kind is str:
            if len(item) > _LONG:
                _count(item, room)
        elif kind in _COMPOUND:
            deep_force(item, skip_not_exported, room)


def _count(text: str, room: list[int]) -> None:
    """Count a long string."""
    room[0] -= len(text) // _SHARE
    if room[0] < 0:
        raise output_too_large()
