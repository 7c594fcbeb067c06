"""The board of diagnostics: what each stage found for each program, and what a client is to be shown of it for each file.

What a program is made of may lie in other files, so each stage finds things in several. What it found stays on the
board, and moves along with edits, until the stage has run again; so nothing flickers while somebody types. Belongs to
the analyst's thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractlang.ide.diagnostics import Finding, evaluation_findings, findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contractlang.workspace.documents import Edit
    from contractlang.workspace.workers.job import Answer
    from contractlang.workspace.workspace import Snapshot

STAGES = ("syntax", "types", "hints", "evaluation")


class Board:
    """Findings by program and stage."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, list[Finding]]] = {}

    def analyse(self, snapshot: Snapshot, main: str, stage: str) -> set[str]:
        """Run a static stage for a program; returns the files whose diagnostics may have changed."""
        found = findings(snapshot, main, stage)
        if stage != "types":
            return self._put(main, stage, found)
        # An edit of another document may have come before the syntax of this one was looked at.
        affected = self._put(main, "syntax", findings(snapshot, main, "syntax"))
        return affected | self._put(main, stage, [*found, *_of_imported(snapshot, main)])

    def evaluated(self, snapshot: Snapshot, main: str, answer: Answer | None) -> set[str]:
        """Take note of what evaluation found; None: it was not possible, and what it found before no longer counts."""
        found = {} if answer is None else evaluation_findings(snapshot, main, answer)
        return self._put(main, "evaluation", [finding for each in found.values() for finding in each])

    def forget(self, main: str) -> set[str]:
        """The program is of no interest any more."""
        stages = self._found.pop(main, {})
        return {main, *(finding.path for found in stages.values() for finding in found)}

    def moved(self, path: str, edits: Sequence[Edit]) -> None:
        """Move what lies in a file along with edits of it. What an edit touches is dropped."""
        for stages in self._found.values():
            for stage, found in stages.items():
                if any(finding.path == path for finding in found):
                    stages[stage] = [moved for finding in found if (moved := _moved(finding, path, edits)) is not None]

    def of(self, path: str) -> list[Finding]:
        """What is to be shown in a file: once what several programs or stages found."""
        unique: dict[object, Finding] = {}
        for stages in self._found.values():
            for stage in STAGES:
                for finding in stages.get(stage, ()):
                    if finding.path == path:
                        unique.setdefault(finding.place, finding)
        return sorted(unique.values(), key=lambda finding: (finding.start, finding.end))

    def affected(self, main: str) -> set[str]:
        """The files in which something was found for a program."""
        return {finding.path for found in self._found.get(main, {}).values() for finding in found}

    def looked_at(self, snapshot: Snapshot, path: str) -> list[Finding]:
        """What there is to say of a file that is not open: what it says itself, and what open programs say of it."""
        static = [finding for stage in ("syntax", "types") for finding in findings(snapshot, path, stage)]
        places = {finding.place for finding in static}
        return [*static, *(finding for finding in self.of(path) if finding.place not in places)]

    def _put(self, main: str, stage: str, found: Iterable[Finding]) -> set[str]:
        stages = self._found.setdefault(main, {})
        before = stages.get(stage, [])
        stages[stage] = list(found)
        return {main, *(finding.path for finding in (*before, *stages[stage]))}


def _of_imported(snapshot: Snapshot, main: str) -> list[Finding]:
    """What is wrong with the files that a program imports and that are not open: open ones speak for themselves."""
    found: list[Finding] = []
    for unit in snapshot.program(main).units.values():
        path = unit.path
        if path is not None and path != main and not snapshot.document(path).is_open:
            found += findings(snapshot, path, "syntax")
            found += findings(snapshot, path, "types")
    return found


def _moved(finding: Finding, path: str, edits: Sequence[Edit]) -> Finding | None:
    """A finding after edits of a file. Its fixes and related places in that file are gone: they may make no sense now."""
    if finding.path != path:
        return finding
    start, end = finding.start, finding.end
    for edit in edits:
        if edit.end <= start:
            grown = len(edit.text) - (edit.end - edit.start)
            start, end = start + grown, end + grown
        elif edit.start < end:
            return None
    return Finding(
        path,
        start,
        end,
        finding.code,
        finding.message,
        stage=finding.stage,
        severity=finding.severity,
        related=[(place, text) for place, text in finding.related if place.path != path],
        tags=finding.tags,
    )
