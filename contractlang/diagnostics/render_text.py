"""Diagnostics as a person reads them in a terminal or log, in the style of errors.md §1.

    error[missing-field]: missing field `fooo`
      ┌─ main.ncl:1:1
      │
    1 │ { foo = 1 }.fooo
      │ ^^^^^^^^^^^^^^^^ this requires the field `fooo` to exist
      │
      = Did you mean `foo`?

Texts come from anywhere, values included: each is escaped, and what has several lines is indented, so that none can pass for
a report of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from contractlang.diagnostics.cells import wrap
from contractlang.diagnostics.escape import escape, escape_lines
from contractlang.diagnostics.excerpt import render_excerpts
from contractlang.diagnostics.marks import Line
from contractlang.diagnostics.model import Diagnostic
from contractlang.diagnostics.paint import Terminal
from contractlang.diagnostics.places import path_text
from contractlang.diagnostics.summary import Summary


def render_text(diagnostics: Iterable[Diagnostic], terminal: Terminal, summary: Summary | None = None) -> str:
    """All diagnostics, a blank line between them, and the summary where it says more than the reports."""
    blocks = [render_one(diagnostic, terminal) for diagnostic in diagnostics]
    if summary is not None and (len(blocks) != 1 or summary.hidden):
        style = "error" if summary.errors else "warning"
        blocks.append(terminal.paint([(style, str(summary))]))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def render_one(diagnostic: Diagnostic, terminal: Terminal) -> str:
    """One diagnostic, without a line break at the end."""
    lines = _headline(diagnostic, terminal)
    margin = 1
    if diagnostic.labels:
        excerpts = render_excerpts(diagnostic.labels, terminal.width, terminal.glyphs)
        margin = len(excerpts[1][0][1]) - 2
        lines.extend(excerpts)
    remarks = _remarks(diagnostic, margin, terminal)
    if remarks and diagnostic.labels:
        lines.append([("gutter", " " * margin + f" {terminal.glyphs.bar}")])
    lines.extend(remarks)
    return "\n".join(terminal.paint(line) for line in lines)


def _headline(diagnostic: Diagnostic, terminal: Terminal) -> list[Line]:
    head = f"{diagnostic.severity}[{diagnostic.code}]"
    lines: list[Line] = []
    for number, text in enumerate(escape_lines(diagnostic.message)):
        broken = wrap(f"{head}: {text}" if number == 0 else text.strip(), terminal.width - 2)
        if number == 0:
            # The code itself is never broken: no terminal is that narrow.
            lines.append([(diagnostic.severity, head), ("headline", broken.pop(0).removeprefix(head))])
        lines.extend([("", "  "), ("headline", line)] for line in broken)
    return lines


def _remarks(diagnostic: Diagnostic, margin: int, terminal: Terminal) -> list[Line]:
    """The notes, the path into the value unless a note names it, and the help."""
    remarks = [("", note) for note in diagnostic.notes]
    if diagnostic.path:
        path = path_text(diagnostic.path)
        if not any(f"`{path}`" in text for text in (diagnostic.message, *diagnostic.notes)):
            remarks.append(("", f"at {path}"))
    remarks.extend(("help", text) for text in diagnostic.help)
    lines: list[Line] = []
    for kind, text in remarks:
        bullet: Line = [("gutter", " " * margin + " = ")]
        label = f"{kind}: " if kind else ""
        indent = " " * (margin + 3)
        first = True
        for paragraph in text.split("\n"):
            for line in wrap((label if first else "") + escape(paragraph), max(terminal.width - len(indent), 20)):
                if first:
                    styled: Line = [(kind, label), ("", line.removeprefix(label))] if label else [("", line)]
                    lines.append(bullet + styled)
                else:
                    lines.append([("", indent), ("", line)])
                first = False
    return lines
