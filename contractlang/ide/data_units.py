"""Imported data (JSON, YAML, TOML, text) as Core, so that its fields are known like those of a program.

Readers keep no places, so a field of data has none until it is asked for (`place_of`).
"""

from __future__ import annotations

from functools import lru_cache

from contractlang.formats.data import Data, DataError, Duplicates
from contractlang.formats.data_files import parse_data
from contractlang.formats.positions import locate
from contractlang.resolve import core
from contractlang.resolve.types import NO_META

# Larger data is known by its file alone: completing the fields of a database dump helps nobody.
LARGEST = 2_000_000
DEEPEST = 60

Step = str | int


class DataUnit:
    """`root`: the data as Core, None if it is none; `paths`: where in the data each field is."""

    __slots__ = ("paths", "root")

    def __init__(self, root: core.Core | None, paths: dict[core.Field, tuple[Step, ...]]) -> None:
        self.root = root
        self.paths = paths


@lru_cache(maxsize=64)
def data_unit(format: str, text: str) -> DataUnit:
    """The data of a text; kept for the texts asked for last."""
    if len(text) > LARGEST:
        return DataUnit(None, {})
    try:
        data = parse_data(text, format)
    except DataError:
        return DataUnit(None, {})
    paths: dict[core.Field, tuple[Step, ...]] = {}
    return DataUnit(_core(data, (), paths), paths)


def _core(data: Data, path: tuple[Step, ...], paths: dict[core.Field, tuple[Step, ...]]) -> core.Core:
    while isinstance(data, Duplicates):
        data = data.values[-1]
    if len(path) >= DEEPEST:
        return core.Hole(0, 0)
    if isinstance(data, dict):
        fields: list[core.Field] = []
        for name, item in data.items():
            below = (*path, name)
            value = _core(item, below, paths)
            field = core.Field(0, 0, name, None, value, NO_META, [], sub=False, included=False, decls=[])
            paths[field] = below
            fields.append(field)
        return core.Record(0, 0, fields, [], False)
    if isinstance(data, list):
        return core.Array(0, 0, [_core(item, (*path, index), paths) for index, item in enumerate(data)])
    return core.Lit(0, 0, data)


def place_of(format: str, text: str, field: core.Field) -> tuple[int, int] | None:
    """Where the value of a field of data stands in its text."""
    path = data_unit(format, text).paths.get(field)
    return None if path is None else locate(format, text, list(path))
