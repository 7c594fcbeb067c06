"""Imported data files: checking their form when a program is loaded, and their values when they are needed."""

from __future__ import annotations

from contractlang.formats.data import Data, DataError
from contractlang.formats.values import from_data
from contractlang.runtime.values import Value
from contractlang.source import Source, Span

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from collections.abc import Callable

    from contractlang.diagnostics.model import Diagnostic


def parse_data(text: str, format: str) -> Data:
    """Plain data from a file of `format` (`Json`, `Yaml`, `Toml` or `Text`). Raises `DataError`."""
    if format == "Json":
        from contractlang.formats.json_data import read_json

        return read_json(text, "import")
    if format == "Yaml":
        from contractlang.formats.yaml_data import read_yaml

        return read_yaml(text)
    if format == "Toml":
        from contractlang.formats.toml_data import read_toml

        return read_toml(text, "import")
    return text


_PARSED: dict[int, tuple[Source, Data]] = {}


def check_data(source: Source, format: str) -> list[Diagnostic]:
    """What is wrong with the form of a data file. What was parsed is kept for `read_data`."""
    try:
        _PARSED[id(source)] = (source, parse_data(source.text, format))
    except DataError as error:
        return [malformed_data(source, error)]
    return []


def malformed_data(source: Source, error: DataError) -> Diagnostic:
    """The report of a data file that cannot be read."""
    from contractlang.diagnostics.model import Diagnostic, Label

    offset = min(error.offset, len(source.text))
    notes = [error.details] if error.details else []
    return Diagnostic("data-parse", error.message, [Label(Span(source, offset, offset + 1))], notes)


def read_data(source: Source, format: str, notice: Callable[[Value], None] | None = None) -> Value:
    """The value of a data file that `check_data` found well-formed. `notice` sees it before anybody has looked at it."""
    kept = _PARSED.pop(id(source), None)
    data = kept[1] if kept is not None and kept[0] is source else parse_data(source.text, format)
    value = from_data(data)
    if notice is not None:
        notice(value)
    return value
