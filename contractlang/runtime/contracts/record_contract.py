"""A record as a contract: the value must be a record without unknown fields, and is then merged with it (`contracts.md`,
section 6)."""

from __future__ import annotations

from contractlang.runtime.contracts.base import NO_TYPES, Contract, Failure
from contractlang.runtime.contracts.extra_fields import ExtraFields, is_tolerated
from contractlang.runtime.errors import BlameError, SealedTailError
from contractlang.runtime.label import Label
from contractlang.runtime.merge import merge_records
from contractlang.runtime.record import indexed, parts_of, without_definitions
from contractlang.runtime.shape import PLAIN, Shape, merged_shape, remember
from contractlang.runtime.thunk import whnf
from contractlang.runtime.values import Lazy, Record, Sealed, SealedRecord, Value

_OPEN = "The record contract might also be too strict: append `, ..` to it to accept records with extra fields."


def check_record(contract: Record, value: Lazy, label: Label) -> Value | Failure:
    """The value merged with a record contract, or the `Failure` that says which fields it must not have."""
    value = whnf(value)
    if type(value) is not Record:
        if type(value) is Sealed:
            raise BlameError(value.label, value)
        if type(value) is SealedRecord:
            raise SealedTailError(value.tail.label, value, "cannot merge a record sealed by a polymorphic contract")
        return Failure(label, "expected a Record")
    ours, theirs = contract.shape, value.shape
    extra = theirs.checked.get(ours)
    if extra is None:
        extra = _extra(theirs, ours)
        remember(theirs.checked, ours, extra)
    if extra:
        found = ExtraFields(extra, [name for name in ours.names if name not in theirs.index])
        if not is_tolerated(label, found):
            quoted = ", ".join(f"`{name}`" for name in extra)
            message = f"extra field{'s' if len(extra) > 1 else ''} {quoted}"
            return Failure(label.with_extra(found), message, (*_misspelled(found), _OPEN))
        value = without_definitions(value, frozenset(extra))
        if not label.is_higher_order:
            return _merge_definitions(value, contract)
    if not ours.names and not ours.open:
        return value
    merged = _merge_under(value, contract, label) if label.is_higher_order else merge_records(value, contract)
    _settle(merged)
    return merged


def _merge_definitions(value: Record, contract: Record) -> Record:
    """The merge as a record of its own, even if no field of the value is left."""
    shape = merged_shape(value.shape, contract.shape)
    return Record(shape, None, shape.template[:], (*parts_of(value), *parts_of(contract)))


def _settle(record: Record) -> None:
    """Take over the fields of plain data that are there already and pass their contracts at once, as most of them do."""
    shape, parts = record.shape, record.parts
    if parts is None:
        return
    ready = shape.ready
    if ready is None:
        ready = shape.ready = _ready(shape)
    slots = record.slots
    for index, part, raw, accepts in ready:
        x = parts[part].slots[raw]
        if type(x) in accepts:
            slots[index] = x


def _ready(shape: Shape) -> list[tuple[int, int, int, frozenset[type]]]:
    """The fields with one source that refers to no sibling, and contracts that the class of the value may settle: where the value
    stands, and the classes."""
    found = []
    for index, definition in enumerate(shape.defs):
        if len(definition.sources) != 1 or not definition.pending:
            continue
        part, code, raw = definition.sources[0]
        accepted = [
            pending.contract.accepts if isinstance(pending.contract, Contract) else NO_TYPES
            for pending in definition.pending
        ]
        accepts = frozenset.intersection(*accepted)
        if code is None and accepts:
            found.append((index, part, index if raw < 0 else raw, accepts))
    return found


def _merge_under(value: Record, contract: Record, label: Label) -> Record:
    """The merge of an argument or result with its record contract, whose fields keep caller and callee apart as the label does."""
    theirs, ours = value.shape, contract.shape
    key = ("under", ours)
    shape: Shape | None = theirs.checked.get(key)
    if shape is None:
        shape = _answerable(merged_shape(theirs, ours), theirs.part_count)
        remember(theirs.checked, key, shape)
    holder = Record(_LABEL_PART, None, [label])
    return Record(shape, None, shape.template[:], (*parts_of(value), *parts_of(contract), holder))


def _answerable(merged: Shape, first: int) -> Shape:
    """The merged shape, with the pending contracts of the parts from `first` on under the label in one more part."""
    part = merged.part_count
    defs = []
    for i, d in enumerate(merged.defs):
        moved = indexed(d, i)
        moved.pending = tuple(p.under(part) if p.part >= first and p.label is not None else p for p in d.pending)
        defs.append(moved)
    shape = Shape(merged.names, tuple(defs), merged.open, part_count=part + 1, place=merged.place)
    shape.hidden = merged.hidden
    return shape


_LABEL_PART = Shape(("label",), (PLAIN,), uniform=True)


def _misspelled(extra: ExtraFields) -> tuple[str, ...]:
    """A note for each extra field that is spelt almost like a known one."""
    notes = tuple(f"Did you mean `{near}` instead of `{name}`?" for name, near in extra.meant().items())
    return notes or ("Have you misspelled a field?",)


def _extra(value: Shape, contract: Shape) -> tuple[str, ...]:
    """The names that a closed record contract does not know. An empty one accepts every record, as merging with it does."""
    if contract.open or not contract.names:
        return ()
    return tuple(name for name in value.names if name not in contract.index)
