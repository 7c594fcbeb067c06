"""Diagnostics as SARIF 2.1.0 (OASIS, 2020), which code scanning services and editors read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import quote

from contractlang.diagnostics.catalogue import find
from contractlang.diagnostics.fingerprint import fingerprint
from contractlang.diagnostics.model import Diagnostic, Label
from contractlang.diagnostics.places import Place, main_label, path_text
from contractlang.diagnostics.render_plain import plain_lines
from contractlang.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning"}


def render_sarif(diagnostics: Iterable[Diagnostic]) -> str:
    """The document, with a line break at the end."""
    diagnostics = list(diagnostics)
    rules: dict[str, int] = {}
    for diagnostic in diagnostics:
        rules.setdefault(diagnostic.code, len(rules))
    run = {
        "tool": {
            "driver": {
                "name": "contractlang",
                "semanticVersion": __version__,
                "rules": [_rule(code) for code in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, rules) for diagnostic in diagnostics],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str) -> dict[str, object]:
    entry = find(code)
    if entry is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.explanation},
    }


def _result(diagnostic: Diagnostic, rules: dict[str, int]) -> dict[str, object]:
    main = main_label(diagnostic)
    result: dict[str, object] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rules[diagnostic.code],
        "level": _LEVELS.get(diagnostic.severity, "note"),
        "message": {"text": "\n".join(plain_lines(diagnostic))},
        "locations": [] if main is None else [_location(main, None)],
        "partialFingerprints": {"contractlang/v1": fingerprint(diagnostic)},
    }
    related = [_location(label, number) for number, label in enumerate(diagnostic.labels) if label is not main]
    if related:
        result["relatedLocations"] = related
    if diagnostic.path:
        result["properties"] = {"path": path_text(diagnostic.path)}
    return result


def _location(label: Label, number: int | None) -> dict[str, object]:
    place = Place(label.span)
    location: dict[str, object] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(place.file)},
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            },
        }
    }
    if number is not None:
        location["id"] = number
        if label.message:
            location["message"] = {"text": label.message}
    return location


def _uri(file: str) -> str:
    """A file name as a URI reference; relative names stay relative to wherever the run began."""
    path = file.replace("\\", "/")
    encoded = quote(path.encode("utf-8", "surrogateescape"))
    if path.startswith("/"):
        return f"file://{encoded}"
    if path[1:3] == ":/":  # a drive of Windows
        return f"file:///{path[0]}:{quote(path[2:])}"
    # A colon in the first segment would pass for a scheme; `quote` has encoded it.
    return encoded
