"""Reporting diagnostics on standard error in the format that was asked for.

Everything slow is imported here only when there is something to report: a run without errors pays nothing for it.
"""

from __future__ import annotations

import sys

from contractlang.cli.streams import write_stderr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from contractlang.diagnostics.model import Diagnostic
    from contractlang.diagnostics.summary import Summary


class Reporting:
    """How a run reports: the choices of its command line, until that is read the defaults."""

    __slots__ = ("color", "error_format", "files", "max_errors", "quiet", "verbose")

    def __init__(self) -> None:
        self.error_format = "text"
        self.color = "auto"
        self.max_errors: int | None = None
        self.quiet = False
        self.verbose = False
        self.files: list[str] = []


def report(diagnostics: Sequence[Diagnostic], reporting: Reporting, hidden: int = 0, cut: int = 0) -> None:
    """Show them. `hidden`: how many more failures there were, and how many of these were `cut` off, not consequences. The formats
    that are one document are written even when there is nothing in them, for whoever parses them."""
    if not diagnostics and reporting.error_format in {"text", "github"}:
        return
    from contractlang.diagnostics.summary import Summary

    shown = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error" or not reporting.quiet]
    shown, more = _first(shown, reporting.max_errors)
    summary = Summary(shown, hidden - cut, cut + more)
    write_stderr(_render(shown, summary, reporting))


def _first(diagnostics: list[Diagnostic], most: int | None) -> tuple[list[Diagnostic], int]:
    """The diagnostics up to so many errors, and how many errors that leaves out."""
    if most is None:
        return diagnostics, 0
    kept = []
    errors = 0
    for diagnostic in diagnostics:
        if diagnostic.severity == "error":
            errors += 1
            if errors > most:
                continue
        kept.append(diagnostic)
    return kept, max(errors - most, 0)


def _render(diagnostics: list[Diagnostic], summary: Summary, reporting: Reporting) -> str:
    match reporting.error_format:
        case "json":
            from contractlang.diagnostics.render_json import render_json

            return render_json(diagnostics, summary)
        case "github":
            from contractlang.diagnostics.render_github import render_github

            return render_github(diagnostics)
        case "sarif":
            from contractlang.diagnostics.render_sarif import render_sarif

            return render_sarif(diagnostics)
        case "junit":
            from contractlang.diagnostics.render_junit import render_junit

            return render_junit(diagnostics, reporting.files)
        case _:
            from contractlang.diagnostics.paint import terminal_for
            from contractlang.diagnostics.render_text import render_text

            terminal = terminal_for(sys.stderr, reporting.color)
            return render_text(diagnostics, terminal, None if reporting.quiet else summary)


def report_sentence(code: str, message: str, reporting: Reporting, notes: Sequence[str] = ()) -> None:
    """Report something that has no place in any text."""
    from contractlang.diagnostics.model import Diagnostic

    report([Diagnostic(code, message, notes=list(notes))], reporting)
