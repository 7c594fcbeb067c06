"""The types that the checker found, for `contractlang dump --stage types`: a line for each name and expression."""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.typecheck.table import TypeTable


def dump_types(unit: core.Unit, table: TypeTable) -> str:
    """`line:column  text : type`, in the order of the source; names first where both begin at one place."""
    found: list[tuple[int, int, str, str]] = []
    for binding in table.bindings:
        text = table.binding_text(binding)
        if text is not None and _belongs(unit, binding.start, binding.end, binding.name):
            found.append((binding.start, 0, binding.name, text))
    for node in table.types:
        text = table.type_text(node)
        if text is not None and 0 <= node.start < node.end <= len(unit.source.text):
            found.append((node.start, 1, unit.source.text[node.start : node.end], text))
    found.sort()
    return "".join(f"{_place(unit, start)}  {_short(text)} : {type_}\n" for start, _, text, type_ in found)


def _belongs(unit: core.Unit, start: int, end: int, name: str) -> bool:
    return unit.source.text[start:end] == name


def _place(unit: core.Unit, start: int) -> str:
    line, column = unit.source.lines.position(start)
    return f"{line}:{column}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
