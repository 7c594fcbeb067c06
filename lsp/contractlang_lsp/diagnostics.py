"""Findings as the protocol's diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from contractlang_lsp.findings import Finding
    from contractlang_lsp.view import View

SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}


def to_protocol(view: View, finding: Finding) -> types.Diagnostic:
    place = finding.place
    related = [types.DiagnosticRelatedInformation(view.location(other), message) for other, message in finding.related]
    return types.Diagnostic(
        view.range(place.path, place.start, place.end),
        finding.message,
        severity=SEVERITIES[finding.severity],
        code=finding.code,
        source="contractlang",
        related_information=related if related and view.client.related_information else None,
    )
