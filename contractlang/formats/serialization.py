"""`%serialize%` and `%deserialize%`: primitives that stand above the runtime because they need the formats."""

from __future__ import annotations

from collections.abc import Callable

from contractlang.formats.data import Data, DataError
from contractlang.formats.values import from_data, to_data, to_json, validate
from contractlang.runtime.errors import DeserializationError, ExportError
from contractlang.runtime.operands import wrong_operand
from contractlang.runtime.values import Array, EnumTag, Record, Value, Variant

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

FORMATS = {"Json": "json", "Yaml": "yaml", "YamlDocuments": "yaml-documents", "Toml": "toml"}
_FORMAT_TYPE = "[| 'Json, 'Toml, 'Yaml, 'YamlDocuments |]"


def to_text(value: Value, format: str) -> str:
    """A deeply forced value as text of `format`: json, yaml, yaml-documents, toml or text. Raises `ExportError`."""
    if format == "json":
        return to_json(value)
    validate(value, format)
    if format == "text":
        text: str = value
        return text
    data: Any = to_data(value)
    if format == "yaml":
        from contractlang.formats.yaml_text import write_yaml

        return write_yaml(data)
    if format == "yaml-documents":
        from contractlang.formats.yaml_text import write_yaml_documents

        return write_yaml_documents(data)
    from contractlang.formats.toml_text import write_toml

    return write_toml(data)


def _format(operator: str, format: Value) -> str:
    if type(format) is not EnumTag or format.name not in FORMATS:
        raise wrong_operand(operator, 1, _FORMAT_TYPE, format)
    return format.name


def serialize(format: Value, value: Value) -> str:
    """The text of a value that `%force%` has forced: parts not yet evaluated cannot be serialized."""
    name = FORMATS[_format("serialize", format)]
    _require_forced(value, ())
    return to_text(value, name)


def _require_forced(value: Value, path: tuple[str | int, ...]) -> None:
    items: list[tuple[str | int, Any]]
    if type(value) is Array:
        items = list(enumerate(value.items))
    elif isinstance(value, Record):
        shape = value.shape
        items = [
            (name, value.slots[i])
            for i, name in enumerate(shape.names)
            if shape.defs[i].sources and not shape.defs[i].not_exported
        ]
    elif type(value) is Variant:
        return
    else:
        return
    for step, item in items:
        if type(item) is list and item[0] is not None:
            raise ExportError("non-serializable", "non serializable term", item, (*path, step), ("not evaluated yet",))
        if type(item) is not list and type(item) is not str:
            _require_forced(item, (*path, step))


def deserialize(format: Value, text: Value) -> Value:
    """The value of a text."""
    name = _format("deserialize", format)
    if type(text) is not str:
        raise wrong_operand("deserialize", 2, "String", text)
    try:
        return from_data(_parse(name, text))
    except DataError as error:
        notes = ("while parsing Yaml",) if name.startswith("Yaml") else ()
        raise DeserializationError(error.message, notes) from None


def _parse(name: str, text: str) -> Data:
    if name == "Json":
        from contractlang.formats.json_data import read_json

        return read_json(text, "deserialize")
    if name == "Yaml":
        from contractlang.formats.yaml_data import read_yaml

        return read_yaml(text)
    if name == "YamlDocuments":
        from contractlang.formats.yaml_data import read_yaml_documents

        return read_yaml_documents(text)
    from contractlang.formats.toml_data import read_toml

    return read_toml(text, "deserialize")


SERIALIZATION_PRIMITIVES: dict[str, Callable[..., Any]] = {"serialize": serialize, "deserialize": deserialize}
