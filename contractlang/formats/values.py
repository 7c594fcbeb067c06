"""Values to data: validation for a format, JSON text straight from values, plain Python data for the other formats."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from contractlang.formats.data import Data
from contractlang.runtime.errors import ExportError
from contractlang.runtime.operands import class_name
from contractlang.runtime.record import field
from contractlang.runtime.shape import Shape
from contractlang.runtime.thunk import element
from contractlang.runtime.values import Array, EnumTag, Lazy, Record, Sealed, SealedRecord, Value, Variant
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
_NO_NULL = ("leave the field out: mark it `| optional` and give it no value, or mark it `| not_exported`",)


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
    whole = _unfit_document(value, format)
    if whole is not None and format != "toml":
        raise whole
    if format != "text":
        _validate(value, format, ())
    if whole is not None:
        raise whole


def _unfit_document(value: Value, format: str) -> ExportError | None:
    """Why a value of this class cannot be a whole document of the format."""
    if format == "toml" and type(value) is not Record and type(value) is not SealedRecord:
        kind = {"Number": "number", "String": "string", "Array": "array", "Bool": "bool"}.get(
            class_name(value), "value"
        )
        note = f"a TOML document is a record at the top level, and this is {'an' if kind == 'array' else 'a'} {kind}"
        return ExportError("serialization-failed", "serialization failed", value, (), (note,))
    if format == "yaml-documents" and type(value) is not Array:
        return ExportError("expected-array", "yaml-documents export expects an array", value, (), ())
    if format == "text" and type(value) is not str:
        message = f"raw export expects a String value, but got {class_name(value)}"
        return ExportError("not-a-string", message, value, (), ())
    return None


def _validate(value: Value, format: str, path: Path) -> None:
    kind = type(value)
    if kind is Record or kind is SealedRecord:
        shape = value.shape
        for i, name in enumerate(shape.names):
            definition = shape.defs[i]
            if definition.sources and not definition.not_exported:
                _validate(_slot(value, i), format, (*path, name))
    elif kind is Array:
        for i in range(len(value.items)):
            _validate(element(value, i), format, (*path, i))
    elif kind is not str and kind is not bool and not (kind is int and -_SAFE < value < _SAFE):
        error = _unsupported(value, format, path)
        if error is not None:
            raise error


def _unsupported(value: Value, format: str, path: Path) -> ExportError | None:
    """Why a value that is no record and no array cannot be exported."""
    kind = type(value)
    if kind is str or kind is bool or kind is EnumTag:
        return None
    if kind is int or kind is Fraction:
        return None if is_exportable(value) else _out_of_range(value, path)
    if value is None:
        if format not in ("toml", "yaml-documents"):
            return None
        help_ = _NO_NULL if path and isinstance(path[-1], str) else ()
        return ExportError("null-unsupported", f"{format} format doesn't support null values", value, path, (), help_)
    return ExportError("non-serializable", "non serializable term", value, path, (_kind_note(value), *_HINTS))


def report_unsupported(value: Value, format: str, report: Callable[[ExportError], None]) -> None:
    """Report every part of a value that cannot be exported, those in several places once. What has not been evaluated, as it
    failed, is left out."""
    whole = _unfit_document(value, format)
    if whole is not None:
        report(whole)
    if format != "text":
        _Parts(format, report).visit(value, ())


class _Parts:
    """Visits the evaluated parts of a value, and reports those that the format cannot express."""

    __slots__ = ("_format", "_report", "_visited")

    def __init__(self, format: str, report: Callable[[ExportError], None]) -> None:
        self._format = format
        self._report = report
        self._visited: set[int] = set()

    def visit(self, value: Value, path: Path) -> None:
        kind = type(value)
        if kind is Record or kind is SealedRecord or kind is Array:
            if id(value) not in self._visited:
                self._visited.add(id(value))
                self._visit_parts(value, path)
        elif not _has_failed(value):
            error = _unsupported(value, self._format, path)
            if error is not None:
                self._report(error)

    def _visit_parts(self, value: Record | Array, path: Path) -> None:
        if isinstance(value, Array):
            for i, item in enumerate(value.items):
                self._visit_lazy(item, (*path, i))
            return
        shape = value.shape
        for i, name in enumerate(shape.names):
            definition = shape.defs[i]
            if definition.sources and not definition.not_exported:
                self._visit_lazy(value.slots[i], (*path, name))

    def _visit_lazy(self, part: Lazy, path: Path) -> None:
        if type(part) is not list:
            self.visit(part, path)
        elif part[0] is None:
            self.visit(part[1], path)


def _has_failed(value: Value) -> bool:
    """Whether a value is at fault already: it is sealed, or the argument of a tag that could not be evaluated."""
    if type(value) is Variant:
        return type(value.arg) is list and value.arg[0] is not None
    return type(value) is Sealed


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
