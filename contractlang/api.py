"""The Python API. It never prints, never exits, keeps no global state, and may be called from several threads at once.

Limits are arguments of every function: `timeout` in seconds, `max_memory` in MiB that the process may grow to, `max_depth` in
nested evaluations; `max_number_bits`, `max_string_length` (characters), `max_array_length` and `max_output_nodes` bound what a
program makes, where less than 65,536 counts as that; `import_paths` are searched for imports, `import_root` is the directory that
imports must not lead out of; `cache` is "off", "code" or "all".
"""

from __future__ import annotations

import os
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from contractlang import engine
from contractlang.text.numbers import number_to_float

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contractlang.diagnostics.model import Diagnostic

PlainData = Any
"""`dict`, `list`, `str`, `int`, `float`, `bool` or `None`. Numbers that are no integers come as the nearest `float`."""


class Limits(TypedDict, total=False):
    """The arguments that every function of the API takes; see the module."""

    import_paths: Sequence[str]
    import_root: str | None
    timeout: float | None
    max_depth: int | None
    max_memory: int | None
    max_number_bits: int | None
    max_string_length: int | None
    max_array_length: int | None
    max_output_nodes: int | None
    cache: str


class ConfigError(Exception):
    """A configuration that is at fault, or a limit that was reached. `diagnostics`: everything that was found."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        self.diagnostics = diagnostics
        first = diagnostics[0] if diagnostics else None
        super().__init__(_summary(first, len(diagnostics)))


class ContractError(ConfigError):
    """Data that does not keep a contract."""


def _options(limits: Limits, *, fixes: bool = False) -> engine.Options:
    """The options of a run. Raises `TypeError` for an argument that there is not."""
    for name in limits:
        if name not in Limits.__annotations__:
            raise TypeError(f"there is no argument {name!r}; there are {', '.join(Limits.__annotations__)}")
    return engine.Options(**limits, fixes=fixes)


def _summary(first: Diagnostic | None, count: int) -> str:
    if first is None:
        return "the configuration is at fault"
    text = f"[{first.code}] {first.message}"
    if first.labels:
        span = first.labels[0].span
        line, column = span.source.lines.position(span.start)
        text = f"{span.source.name}:{line}:{column}: {text}"
    for note in first.notes[:3]:
        text += f"; {note}"
    return text if count == 1 else f"{text} (and {count - 1} more)"


def load(path: str | os.PathLike[str], *, field: str | None = None, **limits: Unpack[Limits]) -> PlainData:
    """Evaluate a file completely and return its value as plain data. Raises `ConfigError`."""
    options = _options(limits)
    return _data(engine.data_of_files([os.fspath(path)], options, field=field))


def loads(text: str, *, name: str = "<string>", **limits: Unpack[Limits]) -> PlainData:
    """Evaluate a text completely and return its value as plain data. `name` is for messages. Raises `ConfigError`."""
    _require_text(text)
    return _data(engine.data_of_text(text, name, _options(limits)))


def _require_text(text: object) -> None:
    if not isinstance(text, str):
        raise TypeError(f"a program is a str, not {type(text).__name__}")


def export(
    path: str | os.PathLike[str], *, format: str = "json", field: str | None = None, **limits: Unpack[Limits]
) -> str:
    """Evaluate a file and return it as text of `format`: json, yaml, yaml-documents, toml or text. Raises `ConfigError`."""
    if format not in engine.FORMATS:
        raise ValueError(f"unknown format {format!r}; the formats are {', '.join(engine.FORMATS)}")
    outcome = engine.export([os.fspath(path)], format, _options(limits), field=field)
    if outcome.text is None:
        raise ConfigError(outcome.diagnostics)
    return outcome.text


def check(path: str | os.PathLike[str], **limits: Unpack[Limits]) -> list[Diagnostic]:
    """Evaluate a file completely and return what is wrong with it: an empty list when all is well."""
    return engine.check([os.fspath(path)], _options(limits, fixes=True)).diagnostics


class Contract:
    """A contract to check Python data with: a file or text that evaluates to a contract (a record, type or custom contract)."""

    def __init__(self, text: str, name: str, path: str | None, limits: Limits) -> None:
        self._text = text
        self._name = name
        self._path = path
        self._limits = limits

    @classmethod
    def from_file(cls, path: str | os.PathLike[str], **limits: Unpack[Limits]) -> Contract:
        """The contract that a file evaluates to. Raises `ConfigError` where the file cannot be read."""
        name = os.fspath(path)
        source, problems = engine.read_source(name, _options(limits))
        if source is None:
            raise ConfigError(problems)
        return cls(source.text, name, source.path, limits)

    @classmethod
    def from_text(cls, text: str, *, name: str = "<contract>", **limits: Unpack[Limits]) -> Contract:
        """The contract that a text evaluates to."""
        _require_text(text)
        return cls(text, name, None, limits)

    def validate(self, data: PlainData, *, name: str = "<data>") -> PlainData:
        """The data under the contract, defaults filled in. Raises `ContractError`."""
        options = _options(self._limits)
        outcome = engine.validate_data(data, self._text, self._name, self._path, name, options)
        if isinstance(outcome, list):
            raise ContractError(outcome)
        return _plain(outcome[0])


def _data(outcome: list[Diagnostic] | tuple[Any]) -> PlainData:
    if isinstance(outcome, list):
        raise ConfigError(outcome)
    return _plain(outcome[0])


def _plain(data: Any) -> PlainData:
    """Exact numbers to floats, in place of fractions."""
    if isinstance(data, Fraction):
        return number_to_float(data)
    if isinstance(data, list):
        return [_plain(item) for item in data]
    if isinstance(data, dict):
        return {name: _plain(item) for name, item in data.items()}
    return data
