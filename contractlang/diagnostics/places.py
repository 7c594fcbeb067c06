"""Where diagnostics point: file, line and column of labels, and the notation of paths into a value."""

from __future__ import annotations

from contractlang.diagnostics.escape import escape
from contractlang.diagnostics.model import Diagnostic, Label
from contractlang.source import Span

_MOST_STEPS = 50
_SHOWN_STEPS = 10


class Place:
    """A span as file name, lines and columns (from 1, in code points, the end exclusive)."""

    __slots__ = ("column", "end_column", "end_line", "file", "line")

    def __init__(self, span: Span) -> None:
        lines = span.source.lines
        self.file = span.source.name
        self.line, self.column = lines.position(span.start)
        self.end_line, self.end_column = lines.position(max(span.start, span.end))


def main_label(diagnostic: Diagnostic) -> Label | None:
    """The label that stands for the whole diagnostic: the first primary one, else the first."""
    for label in diagnostic.labels:
        if label.primary:
            return label
    return diagnostic.labels[0] if diagnostic.labels else None


def main_place(diagnostic: Diagnostic) -> Place | None:
    """The place of the main label, None where the diagnostic points at no text."""
    label = main_label(diagnostic)
    return None if label is None else Place(label.span)


def path_text(path: list[str | int]) -> str:
    """A path into a value in the language's notation: `servers[3]."a b".port`. Of a long one the middle is left out."""
    if len(path) > _MOST_STEPS:
        return f"{path_text(path[:_SHOWN_STEPS])}.….{path_text(path[-_SHOWN_STEPS:])}"
    parts = []
    for step in path:
        if isinstance(step, int):
            parts.append(f"[{step}]")
        else:
            parts.append(("." if parts else "") + (step if is_identifier(step) else quoted(step)))
    return "".join(parts)


def is_identifier(name: str) -> bool:
    """Whether a field name needs no quotes (syntax.md: `_*[a-zA-Z][_a-zA-Z0-9-']*`)."""
    start = name.lstrip("_")
    return (
        bool(start)
        and start[0].isascii()
        and start[0].isalpha()
        and all(character.isascii() and (character.isalnum() or character in "_-'") for character in start)
    )


def quoted(name: str) -> str:
    """A name between quotes, on one line, as the language escapes them."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("%{", "\\%{")
    return f'"{escape(escaped)}"'
