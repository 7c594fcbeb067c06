"""`{f : T, …}`, closed, open (`; Dyn`) or with a row variable: the fields' presence now, their values when they are used."""

from __future__ import annotations

from contractlang.runtime.contracts.apply import apply_contract
from contractlang.runtime.contracts.base import Contract, Failure, accepts_of, is_dyn
from contractlang.runtime.contracts.extra_fields import ExtraFields, is_tolerated
from contractlang.runtime.errors import BlameError, MissingDefinition
from contractlang.runtime.label import Label
from contractlang.runtime.merge import merge_records
from contractlang.runtime.record import (
    field,
    is_present,
    lazy_field,
    replace_fields,
    without_definitions,
    without_fields,
)
from contractlang.runtime.shape import CACHE_LIMIT, Shape, frozen_shape
from contractlang.runtime.thunk import whnf
from contractlang.runtime.values import Lazy, Record, Sealed, SealedRecord, SealedTail, Thunk, Value

_Listed = tuple[int, str, Lazy, frozenset[type], bool]


def _field_code(thunk: Thunk) -> Value:
    """Code of the thunk `[_field_code, contract, accepts, label, name, record, index]`: a field under its contract."""
    _, contract, accepts, label, name, record, index = thunk
    if accepts:
        # The class of the value decides: that is looked at in any case.
        value = field(record, index)
        if type(value) in accepts:
            return value
    return apply_contract(contract, label.field(name), lazy_field(record, index))


def planted_label(lazy: Lazy) -> Label | None:
    """The label of the check that such a contract has planted in a slot, while it waits there."""
    if type(lazy) is list and lazy[0] is _field_code:
        label: Label = lazy[3]
        return label.field(lazy[4])
    return None


class RecordTypeContract(Contract):
    """`tail`: None (closed), "Dyn", or the row variable; `excluded`: the names that must not occur in the row variable's fields,
    also for a `; Dyn` tail that only checks their absence."""

    # `_plans`: by the shapes of records that were checked. `_shapely`: no row variable; then such records have the right fields.
    __slots__ = ("_plans", "_shapely", "excluded", "fields", "tail")

    def __init__(self, fields: dict[str, Lazy], tail: object, excluded: frozenset[str] = frozenset()) -> None:
        self.fields = fields
        self.tail = tail
        self.excluded = excluded
        self._shapely = tail is None or tail == "Dyn"
        self._plans: dict[Shape, list[_Listed]] = {}

    def check(self, value: Lazy, label: Label) -> Value | Failure:
        value = whnf(value)
        if type(value) is Record:
            if self._shapely:
                listed = self._plans.get(value.shape)
                if listed is not None:
                    return self._under(value, label, listed)
        elif type(value) is not SealedRecord:
            if type(value) is Sealed:
                raise BlameError(value.label, value)
            return Failure(label, "expected a record")
        shape = value.shape
        missing = [name for name in self.fields if name not in shape.index]
        if missing:
            return Failure(label, _plural("missing", missing))
        extra = self._extra(value)
        if self.tail is None:
            if extra:
                found = ExtraFields(extra, ())
                if is_tolerated(label, found):
                    known = without_definitions(value, frozenset(extra))
                    return self._under(known, label, self._listing(known.shape))
                return Failure(label.with_extra(found), _plural("extra", extra))
            if type(value) is SealedRecord:
                return Failure(label, _plural("extra", sorted(value.tail.fields)))
        elif self.tail == "Dyn":
            forbidden = [name for name in extra if name in self.excluded]
            if forbidden:
                return Failure(label, _not_in_tail(forbidden))
        else:
            return self._check_tail(value, extra, label)
        _require_definitions(value)
        return self._under(value, label, self._listed(shape))

    def _extra(self, value: Record) -> list[str]:
        shape = value.shape
        if len(shape.names) == len(self.fields):
            return []
        return [name for i, name in enumerate(shape.names) if name not in self.fields and is_present(shape, i)]

    def _under(self, value: Record, label: Label, listed: list[_Listed]) -> Record:
        """The record with a check planted in each listed field whose value does not pass at once.

        Where all fields are listed it is a snapshot; fields that a tail lets through stay alive.
        """
        shape = value.shape
        count = len(shape.names)
        snapshot = len(self.fields) == count
        slots = value.slots[:count]
        planted = False
        for i, name, contract, accepts, dyn in listed:
            x = slots[i]
            if type(x) in accepts:
                continue
            planted = True
            slots[i] = lazy_field(value, i) if dyn else [_field_code, contract, accepts, label, name, value, i]
        if not listed or (snapshot and shape.uniform and not planted):
            return value
        if snapshot:
            result = Record(frozen_shape(shape), None, slots)
        else:
            result = replace_fields(value, {one[0]: slots[one[0]] for one in listed})
        return _sealed(result, value.tail) if type(value) is SealedRecord else result

    def _listed(self, shape: Shape) -> list[_Listed]:
        """The listed fields that records of a shape define: where they are, and what their contracts accept at once."""
        found = self._plans.get(shape)
        if found is not None:
            return found
        if len(self._plans) >= CACHE_LIMIT:
            self._plans.clear()
        found = self._plans[shape] = self._listing(shape)
        return found

    def _listing(self, shape: Shape) -> list[_Listed]:
        found = []
        for i, name in enumerate(shape.names):
            contract = self.fields.get(name)
            if contract is not None and shape.defs[i].sources:
                found.append((i, name, contract, accepts_of(contract), is_dyn(contract)))
        return found

    def _check_tail(self, value: Record, extra: list[str], label: Label) -> Value | Failure:
        assert label.seals is not None
        key, polarity = label.seals[self.tail]
        if label.polarity != polarity:
            forbidden = [name for name in extra if name in self.excluded]
            if forbidden:
                return Failure(label, _not_in_tail(forbidden))
            _require_definitions(value)
            shown = without_fields(value, frozenset(extra)) if extra else value
            visible = self._under(shown, label, self._listed(shown.shape))
            hidden = frozenset(extra)
            if type(value) is SealedRecord:
                hidden |= value.tail.fields  # they stay out of reach, and are the tail's business when it is put back
            return _sealed(visible, SealedTail(key, label.flip(), value, hidden))
        if extra:
            return Failure(label.with_extra(ExtraFields(extra, ())), _plural("extra", extra))
        if type(value) is not SealedRecord or value.tail.key is not key:
            return Failure(label, "polymorphic tail mismatch")
        _require_definitions(value)
        shown = Record(value.shape, value.env, value.slots, value.parts)
        checked = self._under(shown, label, self._listed(shown.shape))
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
    """The record with the fields of its hidden tail put back, alive."""
    original = tail.record
    if tail.fields:
        others = frozenset(name for name in original.shape.names if name not in tail.fields)
        hidden = without_fields(Record(original.shape, original.env, original.slots, original.parts), others)
        record = merge_records(record, hidden)
    return _sealed(record, original.tail) if type(original) is SealedRecord else record


def _plural(what: str, names: list[str]) -> str:
    return f"{what} field{'s' if len(names) > 1 else ''} `{', '.join(names)}`"


def _not_in_tail(names: list[str]) -> str:
    return f"field{'s' if len(names) > 1 else ''} not allowed in tail: `{', '.join(names)}`"
