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
_DEEP = 64
"""What lies deeper than this counts as several nodes, one more for each so many levels: its lines begin with that much space."""


class Room:
    """For how many nodes more there is room, and how deep the value is in which they are counted."""

    __slots__ = ("depth", "left")

    def __init__(self) -> None:
        self.left = SIZES.get().output_nodes
        self.depth = 0


def deep_force(value: Value, skip_not_exported: bool = False, room: Room | None = None) -> Value:
    """Force everything in a value (in weak head normal form), pending contracts applied; returns the value.

    A record's missing definitions are found first, then its fields are forced from the last to the first, so that a faulty
    program always reports the same error. `skip_not_exported` leaves out fields that are not exported. `room`: by default for as
    many nodes as the run allows.
    """
    kind = type(value)
    if kind not in _COMPOUND:
        return value
    if room is None:
        room = Room()
    if kind is Array:
        items = value.items
        _enter(len(items) + 1, room)
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
        room.depth -= 1
    elif kind is Variant:
        value.arg = deep_force(whnf(value.arg), skip_not_exported, room)
    elif kind is Sealed:
        raise BlameError(value.label, value)
    else:
        _force_fields(value, skip_not_exported, room)
    return value


def _force_fields(record: Record, skip_not_exported: bool, room: Room) -> None:
    shape = record.shape
    slots = record.slots
    uniform = shape.uniform
    for i in shape.undefined:
        if not (skip_not_exported and shape.defs[i].not_exported):
            raise MissingDefinition(shape.names[i], record)
    _enter(len(slots) + 1, room)
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
    room.depth -= 1


def _enter(count: int, room: Room) -> None:
    """Count an array or record of so many nodes, which lies in those that were entered before."""
    depth = room.depth = room.depth + 1
    room.left -= count if depth < _DEEP else count * (1 + depth // _DEEP)
    if room.left < 0:
        raise output_too_large()


def _count(text: str, room: Room) -> None:
    """Count a long string."""
    room.left -= len(text) // _SHARE
    if room.left < 0:
        raise output_too_large()
