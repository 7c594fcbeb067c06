"""Diagnostics as workflow commands of GitHub Actions, which shows them beside the lines of a change.

A command is a line `::error file=…,line=…::message`. Whatever could end the line, or a property, is percent-encoded, so that no
message can smuggle in a command of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from contractlang.diagnostics.escape import escape
from contractlang.diagnostics.model import Diagnostic
from contractlang.diagnostics.places import main_place
from contractlang.diagnostics.render_plain import plain_lines

_COMMANDS = {"error": "error", "warning": "warning"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render_github(diagnostics: Iterable[Diagnostic]) -> str:
    """One command a line."""
    return "".join(f"{_command(diagnostic)}\n" for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    properties = []
    place = main_place(diagnostic)
    if place is not None:
        properties.append(("file", escape(place.file.replace("\\", "/"))))
        properties.append(("line", str(place.line)))
        properties.append(("endLine", str(place.end_line)))
        if place.line == place.end_line:  # columns of several lines are not understood
            properties.append(("col", str(place.column)))
            properties.append(("endColumn", str(place.end_column)))
    properties.append(("title", diagnostic.code))
    settings = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in properties)
    message = "\n".join(plain_lines(diagnostic)).translate(_DATA)
    return f"::{_COMMANDS.get(diagnostic.severity, 'notice')} {settings}::{message}"
