"""TEMPORARY."""

from __future__ import annotations

from typing import Any

from contractlang.ide.places import Place


class Finding:
    def __init__(self, place: Place, code: str, severity: str, message: str, related: list[tuple[Place, str]]) -> None:
        self.place = place
        self.code = code
        self.severity = severity
        self.message = message
        self.related = related

    def at(self, start: int, end: int) -> Finding:
        return Finding(Place(self.place.path, start, end), self.code, self.severity, self.message, self.related)


def diagnostics(snapshot: Any, main: str, stage: str) -> list[Finding]:
    found = []
    for d in snapshot.diagnostics(main, stage):
        labels = [
            (Place(lab.span.source.path or main, lab.span.start, lab.span.end), lab.message, lab.primary)
            for lab in d.labels
        ]
        first = next((lab for lab in labels if lab[2]), labels[0] if labels else (Place(main, 0, 0), "", True))
        found.append(
            Finding(first[0], d.code, d.severity, d.message, [(lab[0], lab[1]) for lab in labels if lab is not first])
        )
    return found


def evaluated(snapshot: Any, main: str, answer: Any) -> list[Finding]:
    return []
