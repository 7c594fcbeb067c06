"""Primitives on records. `…_with_opts` also see optional fields without value, which the others treat as absent."""

from __future__ import annotations

from collections.abc import Callable

from contractlang.runtime.contracts.array import checked_element
from contractlang.runtime.contracts.base import accepts_of, is_dyn
from contractlang.runtime.contracts.record_type import RecordTypeContract
from contractlang.runtime.errors import MissingDefinition, MissingField, OtherError, SealedTailError
from contractlang.runtime.growth import replaced
from contractlang.runtime.operands import wrong_operand
from contractlang.runtime.record import (
    add_field,
    field,
    freeze,
    is_present,
    lazy_field,
    remove_field,
)
from contractlang.runtime.shape import FieldDef, Shape, data_shape, frozen_shape
from contractlang.runtime.thunk import apply2, element, force, whnf
from contractlang.runtime.values import UNSET, Array, Lazy, Record, SealedRecord, Thunk, Value

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any


def _record(operator: str, position: int, value: Value) -> Record:
    if type(value) is not Record and type(value) is not SealedRecord:
        raise wrong_operand(operator, position, "Record", value)
    return value


def _name(operator: str, position: int, value: Value) -> str:
    if type(value) is not str:
        raise wrong_operand(operator, position, "String", value)
    return value


def fields(record: Value) -> Array:
    shape = _record("record/fields", 0, record).shape
    return Array(list(shape.visible_names()))


def fields_with_opts(record: Value) -> Array:
    return Array(sorted(_record("record/fields_with_opts", 0, record).shape.names))


def values(record: Value) -> Array:
    record = _record("record/values", 0, record)
    index = record.shape.index
    items = []
    for name in record.shape.visible_names():
        i = index[name]
        if not record.shape.defs[i].sources:
            raise MissingDefinition(name, record)
        items.append(lazy_field(record, i))
    return Array(items)


def has_field(name: Value, record: Value) -> bool:
    name = _name("record/has_field", 1, name)
    shape = _record("record/has_field", 2, record).shape
    i = shape.index.get(name)
    return i is not None and is_present(shape, i)


def has_field_with_opts(name: Value, record: Value) -> bool:
    name = _name("record/has_field_with_opts", 1, name)
    return name in _record("record/has_field_with_opts", 2, record).shape.index


def field_is_defined(name: Value, record: Value) -> bool:
    name = _name("record/field_is_defined", 1, name)
    shape = _record("record/field_is_defined", 2, record).shape
    i = shape.index.get(name)
    return i is not None and bool(shape.defs[i].sources)


def insert(name: Value, record: Value, value: Lazy) -> Record:
    return _insert("record/insert", name, record, value, with_opts=False)


def insert_with_opts(name: Value, record: Value, value: Lazy) -> Record:
    return _insert("record/insert_with_opts", name, record, value, with_opts=True)


def _insert(operator: str, name: Value, record: Value, value: Lazy, *, with_opts: bool) -> Record:
    name = _name(operator, 1, name)
    record = _record(operator, 2, record)
    i = record.shape.index.get(name)
    if i is not None:
        if with_opts or is_present(record.shape, i):
            raise OtherError(f"{operator}: tried to extend a record with the field {name}, but it already exists")
        record = remove_field(record, i)
    return _keep_tail(record, add_field(record, name, value))


def _keep_tail(original: Record, result: Record) -> Record:
    if type(original) is not SealedRecord:
        return result
    sealed = SealedRecord(result.shape, result.env, result.slots, result.parts)
    sealed.tail = original.tail
    return sealed


def remove(name: Value, record: Value) -> Record:
    return _remove("record/remove", name, record, with_opts=False)


def remove_with_opts(name: Value, record: Value) -> Record:
    return _remove("record/remove_with_opts", name, record, with_opts=True)


def _remove(operator: str, name: Value, record: Value, *, with_opts: bool) -> Record:
    name = _name(operator, 1, name)
    record = _record(operator, 2, record)
    i = record.shape.position(name)
    if i is None and type(record) is SealedRecord and name in record.tail.fields:
        action = f"cannot remove field `{name}` sealed by a polymorphic contract"
        raise SealedTailError(record.tail.label, record, action)
    if i is None or not (with_opts or is_present(record.shape, i)):
        raise MissingField(name, record)
    return _keep_tail(record, remove_field(record, i))


def update(name: Value, record: Value, value: Lazy) -> Record:
    """Replace or add a field of a snapshot of the record: in one copy."""
    name = _name("record/insert", 1, name)
    original = _record("record/insert", 2, record)
    frozen = freeze(original)
    i = frozen.shape.index.get(name)
    if i is None:
        return _keep_tail(original, add_field(frozen, name, value))
    if frozen.shape.uniform and frozen.parts is None:
        return _keep_tail(original, replaced(frozen, i, value))
    return _keep_tail(original, add_field(remove_field(frozen, i), name, value))


def _unsealed(operator: str, record: Value) -> Record:
    if type(record) is SealedRecord:
        action = "cannot map over a record sealed by a polymorphic contract"
        raise SealedTailError(record.tail.label, record, action)
    return _record(operator, 1, record)


def map_(record: Value, function: Lazy) -> Record:
    """`f name value` on every field, lazily. Keeps metadata but contracts; any field without value is an error at once."""
    if type(record) is not Record:
        record = _unsealed("record/map", record)
    shape = record.shape
    for i in shape.undefined:
        raise MissingDefinition(shape.names[i], record)
    mapped = _mapped_shape(shape)
    slots: list[Lazy] = []
    for i, name in enumerate(shape.names):
        if shape.defs[i].sources:
            slots.append([_map_code, function, name, lazy_field(record, i)])
    return Record(mapped, None, slots)


def _map_code(thunk: Thunk) -> Value:
    _, function, name, value = thunk
    if type(function) is list:
        function = function[1] if function[0] is None else force(function)
    return apply2(function, name, value)


def _mapped_shape(shape: Shape) -> Shape:
    """The shape of a mapped record: that of a snapshot, without the optional fields that have no value."""
    if shape.uniform:
        return shape
    mapped: Shape | None = shape.extended.get("mapped")
    if mapped is None:
        frozen = frozen_shape(shape)
        kept = [i for i, d in enumerate(frozen.defs) if d.sources]
        mapped = Shape(tuple(frozen.names[i] for i in kept), tuple(frozen.defs[i] for i in kept), frozen.open)
        shape.extended["mapped"] = mapped
    return mapped


def freeze_(record: Value) -> Record:
    if type(record) is SealedRecord and frozen_shape(record.shape) is not record.shape:
        return freeze(_unsealed("record/freeze", record))
    return freeze(_record("record/freeze", 0, record))


def split_pair(left: Value, right: Value) -> Record:
    """Four records: the fields of one side only, and the common ones with either side's values."""
    left = _record("record/split_pair", 1, left)
    right = _record("record/split_pair", 2, right)
    common = {name for name in left.shape.names if name in right.shape.index}
    parts = {
        "left_only": _select(left, [n for n in left.shape.names if n not in common]),
        "right_only": _select(right, [n for n in right.shape.names if n not in common]),
        "left_center": _select(left, [n for n in left.shape.names if n in common]),
        "right_center": _select(right, [n for n in right.shape.names if n in common]),
    }
    return Record(data_shape(tuple(parts)), None, list(parts.values()))


def _select(record: Record, names: list[str]) -> Record:
    frozen = frozen_shape(record.shape)
    indices = [frozen.index[name] for name in names]
    slots = [lazy_field(record, i) if record.shape.defs[i].sources else UNSET for i in indices]
    if frozen.uniform:
        return Record(data_shape(tuple(names)), None, slots)
    return Record(Shape(tuple(names), tuple(frozen.defs[i] for i in indices), frozen.open), None, slots)


def disjoint_merge(left: Value, right: Value) -> Record:
    """The union of two records without recomputation; a common field takes the right value."""
    left = _record("record/disjoint_merge", 1, left)
    right = _record("record/disjoint_merge", 2, right)
    defs: dict[str, FieldDef] = {}
    slots: dict[str, Lazy] = {}
    for record in (left, right):
        frozen = frozen_shape(record.shape)
        for i, name in enumerate(frozen.names):
            defs[name] = frozen.defs[i]
            slots[name] = lazy_field(record, i) if frozen.defs[i].sources else UNSET
    shape = Shape(tuple(defs), tuple(defs.values()), left.shape.open or right.shape.open)
    return Record(shape, None, list(slots.values()))


def empty_with_tail(record: Value) -> Record:
    record = _record("record/empty_with_tail", 0, record)
    return _keep_tail(record, Record(data_shape(()), None, []))


def from_pairs(pairs: list[tuple[str, Lazy]]) -> Record:
    """A plain record; a repeated name is an error like that of `insert`."""
    slots: dict[str, Lazy] = {}
    for name, value in pairs:
        if name in slots:
            raise _repeated(name)
        slots[name] = value
    return Record(data_shape(tuple(slots)), None, list(slots.values()))


def _repeated(name: str) -> OtherError:
    return OtherError(f"record/insert: tried to extend a record with the field {name}, but it already exists")


def from_array(array: Value) -> Record:
    """A record of an array of `{field, value}` records."""
    if type(array) is not Array:
        raise wrong_operand("record/from_array", 0, "Array", array)
    plain = _below_contract(array)
    slots: dict[str, Lazy] = {}
    shape = None
    at_name = at_value = 0
    for i in range(len(array.items)):
        item = element(plain, i)
        if type(item) is not Record or (item.shape is not shape and plain is not array and not _is_pair(item.shape)):
            item = _record("record/from_array", 0, element(array, i))
        if item.shape is not shape:
            shape = item.shape
            at_name, at_value = shape.index["field"], shape.index["value"]
        name = item.slots[at_name]
        if type(name) is not str:
            name = field(item, at_name)
            if type(name) is not str:
                item = _record("record/from_array", 0, element(array, i))
                name = _name("record/from_array", 0, field(item, item.shape.index["field"]))
        if name in slots:
            raise _repeated(name)
        slots[name] = lazy_field(item, at_value)
    return Record(data_shape(tuple(slots)), None, list(slots.values()))


_STRINGS = frozenset((str,))


def _below_contract(array: Array) -> Array:
    """The array without its contract, if that says of elements only what is seen anyway: a string `field`, some `value`."""
    source = array.source
    if source is None or source[0] is not checked_element:
        return array
    contract = source[2]
    if (
        type(contract) is not RecordTypeContract
        or contract.tail is not None
        or contract.fields.keys() != {"field", "value"}
    ):
        return array
    return source[1] if accepts_of(contract.fields["field"]) == _STRINGS and is_dyn(contract.fields["value"]) else array


def _is_pair(shape: Shape) -> bool:
    """Whether records of the shape have a `field` and a `value`, and nothing else."""
    return len(shape.names) == 2 and "field" in shape.index and "value" in shape.index and not shape.undefined


def to_array(record: Value) -> Array:
    """An array of `{field, value}` records, by name; the error of a field without value appears when that value is used."""
    record = _record("record/to_array", 0, record)
    shape = data_shape(("field", "value"))
    index = record.shape.index
    return Array(
        [Record(shape, None, [name, lazy_field(record, index[name])]) for name in record.shape.visible_names()]
    )


def filter_(record: Value, function: Lazy) -> Record:
    """The fields for which `f name value` is true, without metadata."""
    record = _record("record/filter", 1, record)
    index = record.shape.index
    pairs = []
    names = record.shape.visible_names()
    if names:
        function = whnf(function)
    for name in names:
        value = lazy_field(record, index[name])
        kept = apply2(function, name, value)
        if kept is True:
            pairs.append((name, value))
        elif kept is not False:
            raise wrong_operand("if", 0, "Bool", kept)
    return from_pairs(pairs)


def _sealing(operator: str) -> Callable[..., Value]:
    """Primitives on sealing keys, which no program can obtain: always an error."""

    def fail(*args: Value) -> Value:
        raise wrong_operand(operator, 1, "SealingKey", args[0])

    return fail


PRIMITIVES: dict[str, Callable[..., Any]] = {
    "record/fields": fields,
    "record/fields_with_opts": fields_with_opts,
    "record/values": values,
    "record/has_field": has_field,
    "record/has_field_with_opts": has_field_with_opts,
    "record/field_is_defined": field_is_defined,
    "record/field_is_defined_with_opts": field_is_defined,
    "record/insert": insert,
    "record/insert_with_opts": insert_with_opts,
    "record/remove": remove,
    "record/remove_with_opts": remove_with_opts,
    "record/update": update,
    "record/map": map_,
    "record/freeze": freeze_,
    "record/split_pair": split_pair,
    "record/disjoint_merge": disjoint_merge,
    "record/empty_with_tail": empty_with_tail,
    "record/from_array": from_array,
    "record/to_array": to_array,
    "record/filter": filter_,
    "record/seal_tail": _sealing("record/seal_tail"),
    "record/unseal_tail": _sealing("record/unseal_tail"),
}
