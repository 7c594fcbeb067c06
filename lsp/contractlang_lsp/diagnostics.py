"""Findings as the protocol's diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from contractlang.ide.diagnostics import Finding
    from contractlang_lsp.view import View

SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}
TAGS = {
    "unnecessary": types.DiagnosticTag.Unnecessary,
    "deprecated": types.DiagnosticTag.Deprecated,
}
SOURCE = "contractlang"


def to_protocol(view: View, finding: Finding) -> types.Diagnostic:
    related = None
    if view.client.related_information and finding.related:
        related = [types.DiagnosticRelatedInformation(view.location(place), text) for place, text in finding.related]
    return types.Diagnostic(
        view.range(finding.path, finding.start, finding.end),
        finding.message,
        severity=SEVERITIES[finding.severity],
        code=finding.code,
        source=SOURCE,
        tags=[TAGS[tag] for tag in finding.tags] or None,
        related_information=related,
    )
