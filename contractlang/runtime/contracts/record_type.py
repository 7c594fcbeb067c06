"""`{f : T, …}`, closed, open (`; Dyn`) or with a row variable: the fields' presence now, their values when they are used."""

from __future__ import annotations

from contractlang.runtime.contracts.apply import apply_code
from contractlang.runtime.contracts.base import Contract, Failure, accepts_of, is_dyn
from contractlang.runtime.errors import BlameError, MissingDefinition
from contractlang.runtime.label import Label
from contractlang.runtime.record import is_present, lazy_field, without_fields
from contractlang.runtime.shape import FieldDef, Shape, frozen_shape
from contractlang.runtime.thunk import whnf
from contractlang.runtime.values import UNSET, Lazy, Record, Sealed, SealedRecord, SealedTail, Value


class RecordTypeContract(Contract):
    """`tail`: None (closed), "Dyn", or the row variable; `excluded`: the names that must not occur in the row variable's fields,
    also for a `; Dyn` tail that only checks their absence."""

    __slots__ = ("excluded", "fields", "tail")

    def __init__(self, fields: dict[str, Lazy], tail: object, excluded: frozenset[str] = frozenset()) -> None:
        self.fields = fields
        self.tail = tail
        self.excluded = excluded

    def check(self, value: Lazy, label: Label) -> Value | Failure:
        value = whnf(value)
        if type(value) is not Record and type(value) is not SealedRecord:
            if type(value) is Sealed:
                raise BlameError(value.label, value)
            return Failure(label, "expected a record")
        index = value.shape.index
        missing = [name for name in self.fields if name not in index]
        if missing:
            return Failure(label, _plural("missing", missing))
        extra = self._extra(value)
        if self.tail is None:
            if extra:
                return Failure(label, _plural("extra", extra))
            if type(value) is SealedRecord:
                return Failure(label, _plural("extra", sorted(value.tail.fields)))
        elif self.tail == "Dyn":
            forbidden = [name for name in extra if name in self.excluded]
            if forbidden:
                return Failure(label, _not_in_tail(forbidden))
        else:
            return self._check_tail(value, extra, label)
        _require_definitions(value)
        return self._under(value, label)

    def _extra(self, value: Record) -> list[str]:
        shape = value.shape
        if len(shape.names) == len(self.fields):
            return []
        return [name for i, name in enumerate(shape.names) if name not in self.fields and is_present(shape, i)]

    def _under(self, value: Record, label: Label) -> Record:
        """The record with a check planted in each field whose value does not pass at once; a snapshot of it."""
        shape = value.shape
        frozen = frozen_shape(shape)
        changed = frozen is not shape
        slots: list[Lazy] = []
        for i, name in enumerate(shape.names):
            x = value.slots[i]
            contract = self.fields.get(name)
            if not shape.defs[i].sources:
                slots.append(UNSET)
            elif contract is None or is_dyn(contract):
                slots.append(lazy_field(value, i))
            elif type(x) in accepts_of(contract):
                slots.append(x)
            else:
                changed = True
                slots.append([apply_code, contract, label.field(name), lazy_field(value, i)])
        if not changed:
            return value
        if type(value) is SealedRecord:
            return _sealed(Record(frozen, None, slots), value.tail)
        return Record(frozen, None, slots)

    def _check_tail(self, value: Record, extra: list[str], label: Label) -> Value | Failure:
        assert label.seals is not None
        key, polarity = label.seals[self.tail]
        if label.polarity != polarity:
            forbidden = [name for name in extra if name in self.excluded]
            if forbidden:
                return Failure(label, _not_in_tail(forbidden))
            _require_definitions(value)
            visible = self._under(without_fields(value, frozenset(extra)) if extra else value, label)
            return _sealed(visible, SealedTail(key, label.flip(), value, frozenset(extra)))
        if extra:
            return Failure(label, _plural("extra", extra))
        if type(value) is not SealedRecord or value.tail.key is not key:
            return Failure(label, "polymorphic tail mismatch")
        _require_definitions(value)
        checked = self._under(Record(value.shape, value.env, value.slots, value.parts), label)
        return _restored(checked, value.tail)


def _require_definitions(value: Record) -> None:
    shape = value.shape
    for i in shape.undefined:
        raise MissingDefinition(shape.names[i], value)


def _sealed(record: Record, tail: SealedTail) -> SealedRecord:
    sealed = SealedRecord(record.shape, record.env, record.slots, record.parts)
    sealed.tail = tail
    return sealed


def _restored(record: Record, tail: SealedTail) -> Record:
    """The record with the fields of its hidden tail put back."""
    original = tail.record
    hidden = [i for i, name in enumerate(original.shape.names) if name in tail.fields]
    inner = original.tail if type(original) is SealedRecord else None
    if not hidden and inner is None:
        return record
    frozen, origin = frozen_shape(record.shape), frozen_shape(original.shape)
    names = (*frozen.names, *(origin.names[i] for i in hidden))
    defs: tuple[FieldDef, ...] = (*frozen.defs, *(origin.defs[i] for i in hidden))
    slots = [lazy_field(record, i) if d.sources else UNSET for i, d in enumerate(frozen.defs)]
    slots += [lazy_field(original, i) if origin.defs[i].sources else UNSET for i in hidden]
    restored = Record(Shape(names, defs, frozen.open), None, slots)
    return restored if inner is None else _sealed(restored, inner)


def _plural(what: str, names: list[str]) -> str:
    return f"{what} field{'s' if len(names) > 1 else ''} `{', '.join(names)}`"


def _not_in_tail(names: list[str]) -> str:
    return f"field{'s' if len(names) > 1 else ''} not allowed in tail: `{', '.join(names)}`"
