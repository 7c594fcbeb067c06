"""Data as JSON text (serialization.md §4)."""

from __future__ import annotations

from collections.abc import Iterator

from contractlang.formats.data import Data
from contractlang.text.json_strings import json_string
from contractlang.text.numbers import number_json


def write_json(data: Data) -> str:
    """Data as JSON text, indented by two spaces, keys in the order of their UTF-8 bytes, without final line break.

    Python orders strings by code point, which is the order of their bytes in UTF-8.
    """
    parts: list[str] = []
    write = parts.append
    open_containers: list[tuple[Iterator[Data], dict[str, Data] | None, str]] = []
    entries: Iterator[Data] = iter([data])  # the values of the innermost open list, or the keys of the open dictionary
    fields: dict[str, Data] | None = None
    line = "\n"  # the line break and indentation of the entries
    separator = ""
    while True:
        for entry in entries:
            if fields is None:
                write(separator)
                value = entry
            else:
                assert type(entry) is str
                write(f"{separator}{json_string(entry)}: ")
                value = fields[entry]
            if type(value) is str:
                write(json_string(value))
            elif type(value) is dict and value:
                open_containers.append((entries, fields, line))
                fields = value
                entries = iter(sorted(value))
                line += "  "
                separator = line
                write("{")
                break
            elif type(value) is list and value:
                open_containers.append((entries, fields, line))
                fields = None
                entries = iter(value)
                line += "  "
                separator = line
                write("[")
                break
            else:
                write(_scalar(value))
            separator = "," + line
        else:
            if not open_containers:
                return "".join(parts)
            closer = "]" if fields is None else "}"
            entries, fields, line = open_containers.pop()
            write(line + closer)
            separator = "," + line


def _scalar(value: Data) -> str:
    """Whatever is no string and has no entries."""
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if type(value) is dict:
        return "{}"
    if type(value) is list:
        return "[]"
    return number_json(value)  # type: ignore[arg-type]  # nothing else is left
