"""Values to data: validation for a format, JSON text straight from values, plain Python data for the other formats."""

from __future__ import annotations

from fractions import Fraction

from contractlang.formats.data import Data
from contractlang.runtime.errors import ExportError
from contractlang.runtime.operands import class_name
from contractlang.runtime.record import field
from contractlang.runtime.shape import Shape
from contractlang.runtime.thunk import element
from contractlang.runtime.values import Array, EnumTag, Record, SealedRecord, Value
from contractlang.text.json_strings import json_string as quote
from contractlang.text.numbers import is_exportable, number_json, number_to_string

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

Path = tuple[str | int, ...]
_SAFE = 1 << 63
_HINTS = (
    "strings, booleans, numbers, enum tags, null, records and arrays can be exported",
    "to leave a field out of the export, mark it `| not_exported`",
)


def exported_fields(shape: Shape) -> list[tuple[str, int]]:
    """Name and index of the fields that output shows, by name."""
    plan: list[tuple[str, int]] | None = shape.export_plan
    if plan is None:
        plan = sorted(
            (name, i) for i, name in enumerate(shape.names) if shape.defs[i].sources and not shape.defs[i].not_exported
        )
        shape.export_plan = plan
    return plan


# ---- validation


def validate(value: Value, format: str) -> None:
    """Check that a deeply forced value can be exported; raises `ExportError` for the first part, in insertion order, that
    cannot."""
    if format == "toml" and type(value) is not Record and type(value) is not SealedRecord:
        _validate(value, format, ())
        kind = {"Number": "number", "String": "string", "Array": "array", "Bool": "bool"}.get(
            class_name(value), "value"
        )
        note = f"a TOML document is a record at the top level, and this is {'an' if kind == 'array' else 'a'} {kind}"
        raise ExportError("serialization-failed", "serialization failed", value, (), (note,))
    if format == "yaml-documents" and type(value) is not Array:
        raise ExportError("expected-array", "yaml-documents export expects an array", value, (), ())
    if format == "text":
        if type(value) is not str:
            message = f"raw export expects a String value, but got {class_name(value)}"
            raise ExportError("not-a-string", message, value, (), ())
        return
    _validate(value, format, ())


def _validate(value: Value, format: str, path: Path) -> None:
    kind = type(value)
    if kind is str or kind is bool or kind is EnumTag:
        return
    if kind is int:
        if -_SAFE < value < _SAFE or is_exportable(value):
            return
        raise _out_of_range(value, path)
    if kind is Record or kind is SealedRecord:
        shape = value.shape
        for i, name in enumerate(shape.names):
            definition = shape.defs[i]
            if definition.sources and not definition.not_exported:
                _validate(_slot(value, i), format, (*path, name))
        return
    if kind is Array:
        for i in range(len(value.items)):
            _validate(element(value, i), format, (*path, i))
        return
    if kind is Fraction:
        if is_exportable(value):
            return
        raise _out_of_range(value, path)
    if value is None:
        if format in ("toml", "yaml-documents"):
            raise ExportError("null-unsupported", f"{format} format doesn't support null values", value, path, ())
        return
    raise ExportError("non-serializable", "non serializable term", value, path, (_kind_note(value), *_HINTS))


def _kind_note(value: Value) -> str:
    kind = class_name(value)
    return f"this is {'an' if kind[0] in 'AEO' else 'a'} {kind}"


def _out_of_range(value: int | Fraction, path: Path) -> ExportError:
    message = f"The number {number_to_string(value)} is too large (in absolute value) to be serialized."
    note = "readers of JSON, YAML and TOML know numbers from -1.7976931348623157e308 to 1.7976931348623157e308"
    return ExportError("number-out-of-range", message, value, path, (note,))


def _slot(record: Record, index: int) -> Value:
    x = record.slots[index]
    return field(record, index) if type(x) is list else x


# ---- JSON


def to_json(value: Value) -> str:
    """The JSON text of a deeply forced value, without a final newline."""
    parts: list[str] = []
    try:
        _write(value, parts, "\n")
    except _Unsupported:
        validate(value, "json")
        raise
    return "".join(parts)


class _Unsupported(Exception):
    pass


def _write(value: Value, parts: list[str], indent: str) -> None:
    kind = type(value)
    if kind is str:
        parts.append(quote(value))
    elif kind is int:
        parts.append(_integer(value))
    elif kind is Record or kind is SealedRecord:
        _write_record(value, parts, indent)
    elif kind is Array:
        _write_array(value, parts, indent)
    elif kind is bool:
        parts.append("true" if value else "false")
    elif value is None:
        parts.append("null")
    elif kind is EnumTag:
        parts.append(quote(value.name))
    elif kind is Fraction and is_exportable(value):
        parts.append(number_json(value))
    else:
        raise _Unsupported


def _integer(value: int) -> str:
    if -_SAFE < value < _SAFE:
        return str(value)
    if not is_exportable(value):
        raise _Unsupported
    return number_json(value)


def _write_record(value: Record, parts: list[str], indent: str) -> None:
    plan = exported_fields(value.shape)
    if not plan:
        parts.append("{}")
        return
    inner = indent + "  "
    separator = "{" + inner
    slots = value.slots
    for name, i in plan:
        x = slots[i]
        kind = type(x)
        if kind is str:
            parts.append(f"{separator}{quote(name)}: {quote(x)}")
        elif kind is int and -_SAFE < x < _SAFE:
            parts.append(f"{separator}{quote(name)}: {x}")
        else:
            parts.append(f"{separator}{quote(name)}: ")
            _write(field(value, i) if kind is list else x, parts, inner)
        separator = "," + inner
    parts.append(indent + "}")


def _write_array(value: Array, parts: list[str], indent: str) -> None:
    items = value.items
    if not items:
        parts.append("[]")
        return
    inner = indent + "  "
    separator = "[" + inner
    for i, x in enumerate(items):
        parts.append(separator)
        _write(element(value, i) if type(x) is list else x, parts, inner)
        separator = "," + inner
    parts.append(indent + "]")


# ---- plain data


def to_data(value: Value) -> Data:
    """A deeply forced, validated value as plain data; enum tags as strings, fields by name."""
    kind = type(value)
    if kind is Record or kind is SealedRecord:
        return {name: to_data(_slot(value, i)) for name, i in exported_fields(value.shape)}
    if kind is Array:
        return [to_data(element(value, i)) for i in range(len(value.items))]
    if kind is EnumTag:
        name: str = value.name
        return name
    data: Any = value
    return data  # type: ignore[no-any-return]  # a scalar


# ---- data to values


def from_data(data: Data) -> Value:
    """The value of plain data. Cyclic data (recursive YAML aliases) gives cyclic values."""
    from contractlang.formats.convert import convert

    return convert(data)
