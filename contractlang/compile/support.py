"""What generated code calls besides the operators: constructors of shapes, patterns, references to the library."""

from __future__ import annotations

from collections.abc import Callable

from contractlang.runtime.contracts.dictionary import with_pending
from contractlang.runtime.errors import (
    BlameError,
    DestructuringFailed,
    EvaluationError,
    NotEnoughArguments,
    OperandError,
    OtherError,
    UnmatchedPattern,
)
from contractlang.runtime.label import Label
from contractlang.runtime.merge import merge_records
from contractlang.runtime.operands import wrong_operand
from contractlang.runtime.primops.sharing import part
from contractlang.runtime.record import (
    access,
    add_field,
    data_record,
    is_present,
    lazy_field,
    literal,
    without_fields,
)
from contractlang.runtime.shape import FieldDef, data_shape
from contractlang.runtime.thunk import force
from contractlang.runtime.values import (
    Array,
    EnumTag,
    Lazy,
    Record,
    Sealed,
    SealedRecord,
    Thunk,
    Value,
    Variant,
    enum_tag,
)

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

    from contractlang.runtime.origins import Origins


def run(thunk: Thunk) -> Value:
    """Run the code of a thunk that nothing else refers to."""
    return thunk[0](thunk)


_LAZY_ALTOGETHER = frozenset(("array/generate", "array/map", "record/map"))
"""Primitives that look at no argument before they have all."""


def not_enough_arguments(operator: str, count: int, primitive: Callable[..., Value], strict: list[Value]) -> Value:
    """A primitive without its lazy arguments: most look at the classes of the strict ones first."""

    def missing(_thunk: Thunk) -> Value:
        raise NotEnoughArguments(operator, count)

    if operator not in _LAZY_ALTOGETHER:
        try:
            primitive(*strict, *[[missing] for _ in range(count - len(strict))])
        except OperandError:
            raise
        except EvaluationError:
            pass  # whatever else is wrong with the arguments, they are too few
    raise NotEnoughArguments(operator, count)


def embed(value: Value) -> Value:
    """`%enum/embed%`: it widens the static type, no more."""
    if type(value) is not EnumTag and type(value) is not Variant:
        raise wrong_operand("enum/embed", 0, "Enum", value)
    return value


# ---- data


def build_data(unit: str, program: tuple[Any, ...], origins: Origins | None = None) -> Value:
    """Plain data from its postfix program (see `module.py`). Its records know where they were written: unit and offset; its
    other values, if the program says where they were born, are noted in `origins`."""
    from fractions import Fraction

    stack: list[Any] = []
    for item in program:
        if type(item) is not tuple:
            stack.append(item)
            continue
        kind = item[0]
        if kind == "record":
            names = item[1]
            count = len(names)
            slots = stack[len(stack) - count :]
            del stack[len(stack) - count :]
            stack.append(Record(data_shape(names), (unit, item[2]), slots))
        elif kind == "array":
            count = item[1]
            items = stack[len(stack) - count :]
            del stack[len(stack) - count :]
            stack.append(Array(items))
        elif kind == "tag":
            stack.append(enum_tag(item[1]))
        elif kind == "born":
            assert origins is not None
            stack[-1] = origins.born(stack[-1], unit, item[1], item[2])
        else:
            stack.append(Fraction(item[1], item[2]))
    return stack.pop()


# ---- records


def computed_access(record: Value, name: Value) -> Value:
    """`record."%{…}"`."""
    if type(name) is not str:
        raise wrong_operand("record/get", 2, "String", name)
    return access(record, name)


def literal_with(shape: Any, env: Any, filling: tuple[Any, ...]) -> Record:
    """A record of a literal's shape with some slots filled: `(slot, value, …)`."""
    record = literal(shape, env)
    slots = record.slots
    for i in range(0, len(filling), 2):
        slots[filling[i]] = filling[i + 1]
    return record


def add_dynamic(record: Record, name: Value, definition: FieldDef, slots: list[Lazy]) -> Record:
    """Add a field with a computed name. `slots`: its value, then its contracts."""
    if type(name) is not str:
        raise wrong_operand("record/insert_with_opts", 1, "String", name)
    if name in record.shape.index:
        raise OtherError(
            f"record/insert_with_opts: tried to extend a record with the field {name}, but it already exists"
        )
    return add_field(record, name, slots[0], definition, slots[1:])


# ---- patterns


def mismatch(value: Value) -> None:
    """The value does not match; looking at a sealed one blames its seal."""
    if type(value) is Sealed:
        raise BlameError(value.label, value)


def sealed(value: Sealed) -> BlameError:
    return BlameError(value.label, value)


def unmatched(value: Value, tags: tuple[str, ...] | None = None) -> EvaluationError:
    """The error for a value (lazy, if no branch looked at it) that no branch takes; a match of bare tags demands a bare tag."""
    if type(value) is Sealed:
        return BlameError(value.label, value)
    if tags is not None and type(value) is not EnumTag:
        return wrong_operand("match", 2, "Enum", value)
    return UnmatchedPattern(value, tags)


def destructuring_failed(value: Lazy) -> EvaluationError:
    if type(value) is list:
        value = value[1] if value[0] is None else force(value)
    return DestructuringFailed(value)


def project_code(thunk: Thunk) -> Value:
    """Code of the thunk `[project_code, thunk of a tuple, index]`."""
    _, matched, index = thunk
    if type(matched) is list:
        matched = matched[1] if matched[0] is None else force(matched)
    item = matched[index]
    if type(item) is list:
        return item[1] if item[0] is None else force(item)
    return item


def has_fields(record: Value, names: tuple[str, ...], open: bool) -> bool:
    """Whether a value is a record with a value for each name, and, unless `open`, no other field."""
    if type(record) is not Record and type(record) is not SealedRecord:
        return False
    shape = record.shape
    index = shape.index
    for name in names:
        i = index.get(name)
        if i is None or not shape.defs[i].sources:
            return False
    if open or len(shape.names) == len(names):
        return True
    return not any(name not in names and is_present(shape, i) for i, name in enumerate(shape.names))


def lazy_member(record: Record, name: str) -> Lazy:
    return lazy_field(record, record.shape.index[name])


def with_default(record: Value, name: str, default: Lazy) -> Value:
    """The record, completed with `name = default` if it has no value for it."""
    if type(record) is not Record:
        return record
    index = record.shape.index.get(name)
    if index is None:
        return add_field(record, name, default)
    if record.shape.defs[index].sources:
        return record
    return merge_records(record, data_record({name: default}))


def with_contract(record: Value, name: str, contract: Lazy, label: Label) -> Value:
    """The record with one more contract pending on a field, if it is a record that has the field."""
    if type(record) is not Record or name not in record.shape.index:
        return record
    return with_pending(record, contract, label, only=name)


def record_rest(record: Record, names: tuple[str, ...]) -> Record:
    return without_fields(record, frozenset(names))


def array_rest(array: Array, start: int) -> Array:
    return part(array, start, len(array.items))
