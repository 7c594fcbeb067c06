"""The board of diagnostics: what each stage found for each program, and what a client is to be shown of it for each file.

A program's diagnostics may lie in files that it imports. What a stage found stays on the board, and moves along with
edits, until the stage has run again; so nothing flickers while somebody types. Belongs to the analyst's thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractlang_lsp import findings as ide

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contractlang.workspace.documents import Edit
    from contractlang.workspace.workers.job import Answer
    from contractlang.workspace.workspace import Snapshot
    from contractlang_lsp.findings import Finding

STAGES = ("syntax", "types", "evaluation")


class Board:
    """Findings by program and stage."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, list[Finding]]] = {}

    def analyse(self, snapshot: Snapshot, main: str, stage: str) -> set[str]:
        """Run a static stage for a program; returns the files whose diagnostics may have changed."""
        return self._put(main, stage, ide.diagnostics(snapshot, main, stage))

    def evaluated(self, snapshot: Snapshot, main: str, answer: Answer | None) -> set[str]:
        """Take note of what evaluation found; None: it was not possible, and what it found before no longer counts."""
        return self._put(main, "evaluation", [] if answer is None else ide.evaluated(snapshot, main, answer))

    def forget(self, main: str) -> set[str]:
        """The program is of no interest any more."""
        stages = self._found.pop(main, {})
        return {main, *(finding.place.path for found in stages.values() for finding in found)}

    def moved(self, path: str, edits: Sequence[Edit]) -> None:
        """Move what lies in a file along with edits of it. What an edit touches is dropped."""
        for stages in self._found.values():
            for stage, found in stages.items():
                if any(finding.place.path == path for finding in found):
                    stages[stage] = [moved for finding in found if (moved := _moved(finding, path, edits)) is not None]

    def of(self, path: str) -> list[Finding]:
        """What is to be shown in a file: once what several programs or stages found."""
        unique: dict[tuple[object, ...], Finding] = {}
        for stages in self._found.values():
            for stage in STAGES:
                for finding in stages.get(stage, ()):
                    if finding.place.path == path:
                        unique.setdefault((finding.place, finding.code, finding.message), finding)
        return sorted(unique.values(), key=lambda finding: (finding.place.start, finding.place.end))

    def _put(self, main: str, stage: str, found: Iterable[Finding]) -> set[str]:
        stages = self._found.setdefault(main, {})
        before = stages.get(stage, [])
        stages[stage] = list(found)
        return {main, *(finding.place.path for finding in (*before, *stages[stage]))}


def _moved(finding: Finding, path: str, edits: Sequence[Edit]) -> Finding | None:
    place = finding.place
    if place.path != path:
        return finding
    start, end = place.start, place.end
    for edit in edits:
        if edit.end <= start:
            grown = len(edit.text) - (edit.end - edit.start)
            start, end = start + grown, end + grown
        elif edit.start < end:
            return None
    return finding.at(start, end)
