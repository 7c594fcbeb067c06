"""Diagnostics as a few plain lines without excerpt, for formats that show the place themselves."""

from __future__ import annotations

from contractlang.diagnostics.escape import escape, escape_lines
from contractlang.diagnostics.model import Diagnostic, Label
from contractlang.diagnostics.places import Place, main_label, path_text


def plain_lines(diagnostic: Diagnostic) -> list[str]:
    """The message, then what its labels, notes and help say; each line safe to show."""
    main = main_label(diagnostic)
    lines = escape_lines(diagnostic.message)
    lines += [_told(label, main) for label in diagnostic.labels if label.message]
    lines += [line for note in diagnostic.notes for line in escape_lines(note)]
    if diagnostic.path:
        lines.append(f"at {escape(path_text(diagnostic.path))}")
    lines += [line for text in diagnostic.help for line in escape_lines(f"help: {text}")]
    return lines


def _told(label: Label, main: Label | None) -> str:
    """What a label says, with its place unless that is the diagnostic's own."""
    message = escape(label.message)
    if label is main:
        return message
    place = Place(label.span)
    return f"{escape(place.file)}:{place.line}:{place.column}: {message}"
