"""`{_ : T}` checks a snapshot of a record; `{_ | C}` makes `C` pending on every field, through later merges too."""

from __future__ import annotations

from contractlang.runtime.contracts.apply import apply_code
from contractlang.runtime.contracts.base import NO_TYPES, Contract, Failure, accepts_of, is_dyn
from contractlang.runtime.errors import BlameError, MissingDefinition, SealedTailError
from contractlang.runtime.label import Label
from contractlang.runtime.record import indexed, lazy_field, parts_of
from contractlang.runtime.shape import PLAIN, FieldDef, Pending, Shape, frozen_shape, remember
from contractlang.runtime.thunk import apply1_code, whnf
from contractlang.runtime.values import UNSET, Lazy, Record, Sealed, SealedRecord, Value

_CONTRACT_PART = Shape(("contract", "label"), (PLAIN, PLAIN), uniform=True)


RECORDS: frozenset[type] = frozenset((Record, SealedRecord))


class DictionaryContract(Contract):
    """`pending` true: `{_ | C}`."""

    __slots__ = ("accepts", "item", "pending")

    def __init__(self, item: Lazy, pending: bool) -> None:
        self.item = item
        self.pending = pending
        self.accepts = RECORDS if is_dyn(item) else NO_TYPES

    def check(self, value: Lazy, label: Label) -> Value | Failure:
        value = whnf(value)
        if type(value) is not Record:
            if type(value) is Sealed:
                raise BlameError(value.label, value)
            if type(value) is not SealedRecord:
                return Failure(label, "not a record")
            if not is_dyn(self.item):
                tail = value.tail
                raise SealedTailError(tail.label, value, "cannot map over a record sealed by a polymorphic contract")
        if is_dyn(self.item):
            return value
        if self.pending:
            return with_pending(value, self.item, label.dictionary())
        shape = value.shape
        for i in shape.undefined:
            raise MissingDefinition(shape.names[i], value)
        return _mapped(value, self.item, label.dictionary())


def _mapped(record: Record, contract: Lazy, label: Label) -> Record:
    accepts = accepts_of(contract)
    shape = record.shape
    frozen = frozen_shape(shape)
    slots: list[Lazy] = []
    changed = frozen is not shape
    for i, x in enumerate(record.slots[: len(shape.names)]):
        if type(x) in accepts:
            slots.append(x)
        elif shape.defs[i].sources:
            changed = True
            slots.append([apply_code, contract, label, lazy_field(record, i)])
        else:
            slots.append(UNSET)
    return Record(frozen, None, slots) if changed else record


def with_pending(
    record: Record, contract: Lazy, label: Label, *, by_name: bool = False, only: str | None = None
) -> Record:
    """The record with one more contract pending on every field; contract and label stand in a part of their own.

    `by_name`: `contract` is a function, and the contract of field `k` is its result for `k`. `only`: on this field alone.
    """
    shape = record.shape
    key = ("contract by name" if by_name else "contract", only)
    extended: Shape | None = shape.extended.get(key)
    if extended is None:
        by = shape.part_count
        defs = []
        for i, d in enumerate(shape.defs):
            moved = indexed(d, i)
            raw = 2 * i if by_name else 0
            pending = Pending(by, None, None, raw, None, None, False, by, raw + 1, covers=by)
            defs.append(
                FieldDef(
                    moved.sources,
                    (*moved.pending, pending) if only is None or only == shape.names[i] else moved.pending,
                    moved.priority,
                    moved.optional,
                    moved.not_exported,
                    moved.places,
                    moved.required,
                    moved.doc,
                )
            )
        extended = Shape(shape.names, tuple(defs), shape.open, part_count=by + 1, place=shape.place)
        extended.hidden = shape.hidden
        remember(shape.extended, key, extended)
    slots: list[Lazy] = [contract, label]
    if by_name:
        slots = [x for name in shape.names for x in ([apply1_code, contract, name], label)]
    holder = Record(_CONTRACT_PART, None, slots)
    return Record(extended, None, [UNSET] * len(shape.names), (*parts_of(record), holder))
