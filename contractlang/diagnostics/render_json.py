"""Diagnostics as JSON, version 1: one document. Fields are only ever added.

Everything outside ASCII is escaped, so that the document is safe to show in a terminal too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from contractlang.diagnostics.fingerprint import fingerprint
from contractlang.diagnostics.model import Blame, Diagnostic, Label
from contractlang.diagnostics.places import Place
from contractlang.diagnostics.summary import Summary
from contractlang.source import Span

VERSION = 1


def render_json(diagnostics: Iterable[Diagnostic], summary: Summary) -> str:
    """The document, with a line break at the end."""
    document = {
        "version": VERSION,
        "diagnostics": [diagnostic_json(diagnostic) for diagnostic in diagnostics],
        "summary": {"errors": summary.errors, "warnings": summary.warnings, "hidden": summary.hidden},
    }
    return json.dumps(document, indent=2) + "\n"


def diagnostic_json(diagnostic: Diagnostic) -> dict[str, object]:
    """One diagnostic as plain data."""
    data: dict[str, object] = {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "labels": [_label_json(label) for label in diagnostic.labels],
        "notes": list(diagnostic.notes),
        "help": list(diagnostic.help),
    }
    if diagnostic.path is not None:
        data["path"] = list(diagnostic.path)
    if diagnostic.blame is not None:
        data["blame"] = _blame_json(diagnostic.blame)
    if diagnostic.fixes:
        data["fixes"] = [
            {"title": fix.title, "span": _span_json(fix.span), "replacement": fix.replacement}
            for fix in diagnostic.fixes
        ]
    data["fingerprint"] = fingerprint(diagnostic)
    return data


def _label_json(label: Label) -> dict[str, object]:
    return {**_span_json(label.span), "primary": label.primary, "message": label.message}


def _blame_json(blame: Blame) -> dict[str, object]:
    contract = blame.contract
    return {
        "party": blame.party,
        "name": blame.name,
        "at": _optional_span_json(blame.at),
        "contract": None if contract is None else {"text": contract.text, "at": _optional_span_json(contract.at)},
        "value": blame.value,
    }


def _optional_span_json(span: Span | None) -> dict[str, object] | None:
    return None if span is None else _span_json(span)


def _span_json(span: Span) -> dict[str, object]:
    place = Place(span)
    return {
        "file": place.file,
        "start": {"line": place.line, "column": place.column},
        "end": {"line": place.end_line, "column": place.end_column},
    }
