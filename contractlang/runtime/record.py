"""Fields of records: evaluating, reading, adding and removing them."""

from __future__ import annotations

from contractlang.runtime.errors import InfiniteRecursion, MissingDefinition, MissingField, SealedTailError
from contractlang.runtime.growth import grown, shrunk
from contractlang.runtime.label import Label
from contractlang.runtime.operands import wrong_operand
from contractlang.runtime.shape import (
    PLAIN,
    FieldDef,
    Pending,
    Shape,
    data_shape,
    frozen_shape,
    remember,
    shift_sources,
)
from contractlang.runtime.thunk import force
from contractlang.runtime.values import BUSY, UNSET, Lazy, Record, SealedRecord, Thunk, Value

_new = Record.__new__
NO_TYPES: frozenset[type] = frozenset()


def literal(shape: Shape, env: Any) -> Record:
    """A record of a literal's shape, nothing evaluated."""
    record = _new(Record)
    record.shape = shape
    record.env = env
    record.slots = shape.template[:]
    record.parts = None
    return record


def data_record(fields: dict[str, Lazy]) -> Record:
    """A plain record of these fields, in this order."""
    record = _new(Record)
    record.shape = data_shape(tuple(fields))
    record.env = None
    record.slots = list(fields.values())
    record.parts = None
    return record


# ---- evaluation of one field


def raw_slot(part: Record, raw: int) -> Value:
    """The value in a raw slot of a literal (or in the slot of a plain record), evaluated once and kept there."""
    slots = part.slots
    x = slots[raw]
    if type(x) is not list:
        return x
    if x[0] is None:
        x = slots[raw] = x[1]
        return x
    if x is UNSET:
        codes = part.shape.codes
        assert codes is not None
        code = codes[raw]
        assert code is not None
        slots[raw] = BUSY
        try:
            x = slots[raw] = code(part)
        except BaseException:
            slots[raw] = UNSET
            raise
        return x
    if x is BUSY:
        raise InfiniteRecursion
    x = slots[raw] = force(x)
    return x


def _raw_code(thunk: Thunk) -> Value:
    _, part, raw = thunk
    return raw_slot(part, raw)


def lazy_raw(part: Record, raw: int) -> Lazy:
    """What a raw slot holds, unevaluated."""
    x = part.slots[raw]
    if type(x) is not list:
        return x
    if x[0] is None:
        return x[1]
    if x is UNSET or x is BUSY:
        return [_raw_code, part, raw]
    return x


def field(record: Record, index: int) -> Value:
    """The value of the field at `index`, with its contracts, evaluated once and kept in the slot.

    Raises `MissingDefinition` where it has none, also for optional fields.
    """
    slots = record.slots
    x = slots[index]
    if type(x) is not list:
        return x
    if x[0] is None:
        x = slots[index] = x[1]
        return x
    if x is BUSY:
        raise InfiniteRecursion
    if x is not UNSET:
        x = slots[index] = force(x)
        return x
    shape = record.shape
    definition = shape.defs[index]
    sources = definition.sources
    if not sources:
        raise MissingDefinition(shape.names[index], record)
    parts = record.parts
    pending = definition.pending
    if parts is None:
        if not pending and sources[0][1] is None and len(sources) == 1:
            return raw_slot(record, index)
        parts = (record,)
    slots[index] = BUSY
    try:
        if pending:
            x = _checked(record, parts, definition, index)
        else:
            x = _combined(record, parts, sources, index)
    except BaseException:
        slots[index] = UNSET
        raise
    slots[index] = x
    return x


def _combined(record: Record, parts: tuple[Record, ...], sources: tuple[Any, ...], index: int) -> Value:
    """The value of a field before contracts: its only source, or the merge of all."""
    number, code, raw = sources[0]
    x = code(record, parts[number]) if code is not None else raw_slot(parts[number], index if raw < 0 else raw)
    for number, code, raw in sources[1:]:
        y = code(record, parts[number]) if code is not None else raw_slot(parts[number], index if raw < 0 else raw)
        x = merge(x, y)
    return x


def _combined_code(thunk: Thunk) -> Value:
    _, record, parts, sources, index = thunk
    return _combined(record, parts, sources, index)


def _checked(record: Record, parts: tuple[Record, ...], definition: FieldDef, index: int) -> Value:
    """The value of a field through its pending contracts: the last one starts first and forces the inner ones if it looks."""
    sources = definition.sources
    pending = definition.pending
    x: Lazy
    if len(pending) > 1:
        pending = _distinct(record, parts, pending)
    strict = True
    for one in pending:
        strict = strict and one.strict
    if strict:
        x = _combined(record, parts, sources, index)
    else:
        x = [_combined_code, record, parts, sources, index]
    last = len(pending) - 1
    for position, one in enumerate(pending):
        contract = one.contract
        if contract is None:
            contract = _pending_contract(record, parts, one)
        if strict and type(x) in getattr(contract, "accepts", NO_TYPES):
            continue
        label = one.label if one.label is not None else _label_of(record, parts, one, index)
        if strict or position == last:
            x = apply_contract(contract, label, x)
        else:
            x = [_apply_code, contract, label, x]
    return x


def _distinct(record: Record, parts: tuple[Record, ...], pending: tuple[Pending, ...]) -> tuple[Pending, ...]:
    """The pending contracts, those that variables stand for once each, even if several parts of a merge have them."""
    if sum(one.variable for one in pending) < 2:
        return pending
    kept = []
    found: dict[int, int] = {}
    for one in pending:
        if one.variable:
            contract = one.contract if one.contract is not None else _pending_contract(record, parts, one)
            if type(contract) is list:
                contract = contract[1] if contract[0] is None else force(contract)
            if found.setdefault(id(contract), one.part) != one.part:
                continue
        kept.append(one)
    return tuple(kept)


def pending_labels(record: Record, index: int) -> list[Label]:
    """The labels of the contracts that wait on a field, in the order in which they are applied."""
    parts = record.parts if record.parts is not None else (record,)
    pending = record.shape.defs[index].pending
    return [one.label if one.label is not None else _label_of(record, parts, one, index) for one in pending]


def pending_contracts(record: Record, index: int) -> list[Lazy]:
    """The contracts that wait on a field, in the order in which they are applied."""
    parts = parts_of(record)
    pending = record.shape.defs[index].pending
    return [one.contract if one.contract is not None else _pending_contract(record, parts, one) for one in pending]


def _label_of(record: Record, parts: tuple[Record, ...], pending: Pending, index: int) -> Label:
    """The label of a pending contract that came with an application."""
    label: Label = parts[pending.label_part].slots[pending.label_raw]
    shape = record.shape
    if pending.covers and label.is_higher_order:
        last = pending.label_part
        first = last - pending.covers
        if all(not first <= source[0] <= last for source in shape.defs[index].sources):
            # The value came in by merging, after the contract was applied: whoever merged it answers for it.
            label = label.flip()
    return label.field(shape.names[index]) if pending.by_field else label


def _pending_contract(record: Record, parts: tuple[Record, ...], pending: Pending) -> Lazy:
    part = parts[pending.part]
    if pending.code is not None:
        return [_pending_code, pending.code, record, part]
    return lazy_raw(part, pending.raw)


def _pending_code(thunk: Thunk) -> Value:
    _, code, record, part = thunk
    return code(record, part)


def _apply_code(thunk: Thunk) -> Value:
    _, contract, label, x = thunk
    return apply_contract(contract, label, x)


def field_code(thunk: Thunk) -> Value:
    """Code of the thunk `[field_code, record, index]`."""
    _, record, index = thunk
    return field(record, index)


def lazy_field(record: Record, index: int) -> Lazy:
    """A field as it is: its value, or a thunk that evaluates it in the record."""
    x = record.slots[index]
    if type(x) is not list:
        return x
    if x[0] is None:
        return x[1]
    if x is UNSET or x is BUSY:
        return [field_code, record, index]
    return x


# ---- access by name


def access(record: Value, name: str) -> Value:
    """`record.name`."""
    if type(record) is Record:
        index = record.shape.index.get(name)
        if index is not None:
            x = record.slots[index]
            if type(x) is not list:
                return x
            if x is UNSET:
                definition = record.shape.defs[index]
                if not definition.sources and definition.optional:
                    raise MissingField(name, record)
            return field(record, index)
        raise MissingField(name, record)
    return _access_other(record, name)


def _access_other(record: Value, name: str) -> Value:
    if type(record) is not SealedRecord:
        raise wrong_operand("record/access", 0, "Record", record)
    index = record.shape.index.get(name)
    if index is None:
        tail = record.tail
        if name in tail.fields:
            raise SealedTailError(tail.label, record, f"cannot access field `{name}` sealed by a polymorphic contract")
        raise MissingField(name, record)
    definition = record.shape.defs[index]
    if not definition.sources and definition.optional:
        raise MissingField(name, record)
    return field(record, index)


def sibling(record: Record, name: str) -> Value:
    """A recursive reference to a field of the record being evaluated."""
    index = record.shape.index.get(name)
    if index is None:
        return sibling(_origin(record, name), name)
    x = record.slots[index]
    if type(x) is not list:
        return x
    return field(record, index)


def lazy_sibling(record: Record, name: str) -> Lazy:
    index = record.shape.index.get(name)
    if index is None:
        return lazy_sibling(_origin(record, name), name)
    return lazy_field(record, index)


def _origin(record: Record, name: str) -> Record:
    """The record that a field, removed since, was removed from: definitions left behind still refer to it there."""
    hidden = record.shape.hidden
    assert hidden is not None
    origin = parts_of(record)[hidden[name]].slots[0]
    assert isinstance(origin, Record)
    return origin


def access_code(thunk: Thunk) -> Value:
    """Code of the thunk `[access_code, record, name]`; the record may be lazy."""
    _, record, name = thunk
    if type(record) is list:
        record = record[1] if record[0] is None else force(record)
    return access(record, name)


# ---- whole records


def is_present(shape: Shape, index: int) -> bool:
    """False for an optional field without value, which record operations treat as absent."""
    definition = shape.defs[index]
    return bool(definition.sources) or not definition.optional


def freeze(record: Record) -> Record:
    """A snapshot: dependencies cut, pending contracts applied to the values (lazily) and forgotten, metadata kept."""
    shape = record.shape
    frozen = frozen_shape(shape)
    if frozen is shape:
        return record
    slots = [lazy_field(record, i) if definition.sources else UNSET for i, definition in enumerate(shape.defs)]
    return Record(frozen, None, slots)


def carried_slots(record: Record) -> list[Lazy]:
    """The field slots to carry over into a record with the same fields and more; what is being computed is computed again."""
    slots = record.slots[: len(record.shape.names)]
    return [UNSET if x is BUSY else x for x in slots] if BUSY in slots else slots


def replace_fields(record: Record, values: dict[int, Lazy]) -> Record:
    """The record with fixed values in some fields: their pending contracts and dependencies are gone, their metadata stays.
    The other fields stay alive and see the new values."""
    shape = record.shape
    indices = tuple(values)
    key = ("replaced", indices)
    replaced: Shape | None = shape.extended.get(key)
    if replaced is None:
        number = {index: slot for slot, index in enumerate(indices)}
        defs = []
        for i, d in enumerate(shape.defs):
            slot = number.get(i)
            if slot is None:
                defs.append(indexed(d, i))
                continue
            source = ((shape.part_count, None, slot),)
            defs.append(FieldDef(source, (), d.priority, d.optional, d.not_exported, d.places, d.required, d.doc))
        replaced = Shape(shape.names, tuple(defs), shape.open, part_count=shape.part_count + 1, place=shape.place)
        replaced.hidden = shape.hidden
        remember(shape.extended, key, replaced)
    holder = Record(_HOLDER, None, list(values.values()))
    slots = replaced.template[:]
    return Record(replaced, None, slots, (*parts_of(record), holder))


def parts_of(record: Record) -> tuple[Record, ...]:
    return record.parts if record.parts is not None else (record,)


def add_field(
    record: Record, name: str, value: Lazy, definition: FieldDef | None = None, contracts: list[Lazy] | None = None
) -> Record:
    """The record with one more field, which must not exist. Dependencies between the other fields stay alive.

    `definition`: metadata and pending contracts of the field, whose part 0 is a record of its own with `value` in slot 0, then the
    `contracts`.
    """
    shape = record.shape
    if shape.uniform and definition is None and record.parts is None:
        return grown(record, name, value)
    key = (name, definition)
    extended: Shape | None = shape.extended.get(key)
    if extended is None:
        by = shape.part_count
        new = definition if definition is not None else PLAIN
        moved = FieldDef(
            tuple((part + by, code, max(raw, 0)) for part, code, raw in new.sources),
            tuple(p.shifted(by) for p in new.pending),
            new.priority,
            new.optional,
            new.not_exported,
            new.places,
            new.required,
            new.doc,
        )
        defs = tuple(indexed(d, i) for i, d in enumerate(shape.defs))
        extended = Shape((*shape.names, name), (*defs, moved), shape.open, part_count=by + 1, place=shape.place)
        extended.hidden = shape.hidden
        remember(shape.extended, key, extended)
    holder = Record(_HOLDER, None, [value, *(contracts or ())])
    return Record(extended, None, [*carried_slots(record), UNSET], (*parts_of(record), holder))


_HOLDER = Shape(("value",), (PLAIN,), uniform=True)


def remove_field(record: Record, index: int) -> Record:
    """The record without the field at `index`; dependencies stay alive, references to it see its old definition."""
    shape = record.shape
    if shape.uniform and record.parts is None:
        return shrunk(record, index)
    return without_definitions(record, frozenset((shape.names[index],)))


def indexed(definition: FieldDef, index: int) -> FieldDef:
    """The definition of the field at `index`, for use at another index: raw slots spelled out."""
    return FieldDef(
        shift_sources(definition.sources, 0, index),
        definition.pending,
        definition.priority,
        definition.optional,
        definition.not_exported,
        definition.places,
        definition.required,
        definition.doc,
        definition.constant,
    )


def without_definitions(record: Record, removed: frozenset[str]) -> Record:
    """The record without some fields; the others are still those of the literals that they were written in. What remains may refer
    to them: the original record comes along as one more part."""
    shape = record.shape
    key = ("without", removed)
    smaller: Shape | None = shape.extended.get(key)
    kept = [i for i, name in enumerate(shape.names) if name not in removed]
    if smaller is None:
        defs = tuple(indexed(shape.defs[i], i) for i in kept)
        names = tuple(shape.names[i] for i in kept)
        smaller = Shape(names, defs, shape.open, part_count=shape.part_count + 1, place=shape.place)
        smaller.hidden = {**(shape.hidden or {}), **dict.fromkeys(removed, shape.part_count)}
        remember(shape.extended, key, smaller)
    slots = carried_slots(record)
    return Record(smaller, None, [slots[i] for i in kept], (*parts_of(record), Record(_HOLDER, None, [record])))


def without_fields(record: Record, removed: frozenset[str]) -> Record:
    """The record without some fields (the rest of a record pattern)."""
    if record.shape.uniform and record.parts is None:
        kept = [i for i, name in enumerate(record.shape.names) if name not in removed]
        names = tuple(record.shape.names[i] for i in kept)
        return Record(data_shape(names), None, [record.slots[i] for i in kept])
    return without_definitions(record, removed)


from contractlang.runtime.contracts.apply import apply_contract  # noqa: E402 (contracts are applied to fields, fields read by contracts)
from contractlang.runtime.merge import merge  # noqa: E402

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any
