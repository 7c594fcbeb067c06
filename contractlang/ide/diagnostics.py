"""Everything that is wrong with a file, as editors show it: syntax at once, names and types next, what evaluation says when it has
been heard of, and hints.

A finding stands in one file, at the place where something has to be changed; what else a report points at is related information:
above all the party to blame, and the contract that was broken.
"""

from __future__ import annotations

from contractlang.diagnostics.places import main_label
from contractlang.ide.jobs import data_contracts, job
from contractlang.ide.library import is_library
from contractlang.ide.links import path_place
from contractlang.ide.places import Place, TextEdit
from contractlang.workspace.workspace import format_of

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from contractlang.diagnostics.model import Diagnostic, Fix
    from contractlang.source import Span
    from contractlang.workspace.workers.job import Answer, Job
    from contractlang.workspace.workspace import Snapshot

STAGES = ("syntax", "types", "hints")


class Correction:
    """A change that removes a finding."""

    __slots__ = ("edits", "title")

    def __init__(self, title: str, edits: Sequence[TextEdit]) -> None:
        self.title = title
        self.edits = list(edits)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Correction) and (self.title, self.edits) == (other.title, other.edits)

    __hash__ = None  # type: ignore[assignment] # compared, never looked up


class Finding:
    """Something to report at a stretch of a file.

    `severity`: "error", "warning", "information" or "hint"; `stage`: "syntax", "types", "hints" or "evaluation"; `related`: further
    places and what to say of them; `tags`: "unnecessary", "deprecated".
    """

    __slots__ = ("code", "end", "fixes", "message", "path", "related", "severity", "stage", "start", "tags")

    def __init__(
        self,
        path: str,
        start: int,
        end: int,
        code: str,
        message: str,
        *,
        stage: str,
        severity: str = "error",
        related: Sequence[tuple[Place, str]] = (),
        tags: Sequence[str] = (),
        fixes: Sequence[Correction] = (),
    ) -> None:
        self.path = path
        self.start = start
        self.end = end
        self.code = code
        self.message = message
        self.stage = stage
        self.severity = severity
        self.related = list(related)
        self.tags = list(tags)
        self.fixes = list(fixes)

    def __repr__(self) -> str:
        return f"Finding({self.path!r}, {self.start}, {self.end}, {self.code!r}, {self.message!r})"

    @property
    def place(self) -> tuple[str, str, int, int]:
        """What makes two findings the same."""
        return self.code, self.path, self.start, self.end


# ---- without evaluating


def findings(snapshot: Snapshot, path: str, stage: str) -> list[Finding]:
    """What a stage finds wrong with a file, in the order of the text. "types" does not repeat what "syntax" says; a file with
    syntax errors has no findings of types and no hints, for what it means is not known."""
    key = snapshot.loader.key(path)
    if stage == "syntax":
        return _static(snapshot, key, snapshot.diagnostics(key, "syntax"), stage)
    if snapshot.parsed(key).problems:
        return []
    if stage == "types":
        problems = snapshot.diagnostics(key, "types")
        found = _static(snapshot, key, problems, stage)
        return sorted([*found, *_of_imports(snapshot, key, problems)], key=lambda finding: finding.start)
    if stage == "hints":
        from contractlang.ide.hygiene import hygiene

        return hygiene(snapshot, key)
    raise ValueError(f"there is no stage {stage}")


def _static(snapshot: Snapshot, path: str, problems: Iterable[Diagnostic], stage: str) -> list[Finding]:
    """The problems that are in a file, as findings."""
    found: list[Finding] = []
    for problem in problems:
        main = main_label(problem)
        if main is not None and _path(main.span) == path:
            found.append(_finding(problem, stage))
    return found


def _finding(problem: Diagnostic, stage: str) -> Finding:
    main = main_label(problem)
    assert main is not None
    related = [
        (_place(label.span), label.message or "this too")
        for label in problem.labels
        if label is not main and _path(label.span) is not None
    ]
    return Finding(
        _path(main.span) or "",
        main.span.start,
        main.span.end,
        problem.code,
        _message(problem.message, main.message, problem.notes, problem.help),
        stage=stage,
        severity=problem.severity,
        related=related,
        fixes=[_correction(fix) for fix in problem.fixes],
    )


def _path(span: Span) -> str | None:
    return span.source.path


def _place(span: Span) -> Place:
    return Place(span.source.path or "", span.start, span.end)


def _correction(fix: Fix) -> Correction:
    span = fix.span
    return Correction(fix.title, [TextEdit(_path(span) or "", span.start, span.end, fix.replacement)])


def _message(headline: str, label: str, notes: Sequence[str], advice: Sequence[str]) -> str:
    """A report as one text: the headline, what is said of the place, notes, advice."""
    lines = [headline]
    if label:
        lines.append(label)
    return "\n".join([*lines, *notes, *(f"help: {text}" for text in advice)])


def _of_imports(snapshot: Snapshot, path: str, problems: Iterable[Diagnostic]) -> list[Finding]:
    """For each import of a file, that there is something wrong in what it brings in."""
    wrong: dict[str, Diagnostic] = {}
    for problem in problems:
        main = main_label(problem)
        if main is not None and _path(main.span) not in {None, path} and problem.severity == "error":
            wrong.setdefault(_path(main.span) or "", problem)
    if not wrong:
        return []
    found: list[Finding] = []
    for start, end, reached in _reached(snapshot, path):
        culprit = next((wrong[each] for each in reached if each in wrong), None)
        main = None if culprit is None else main_label(culprit)
        if culprit is not None and main is not None:
            message = f"{main.span.source.name} has errors: {culprit.message}"
            related = [(_place(main.span), main.message or culprit.message)]
            found.append(Finding(path, start, end, culprit.code, message, stage="types", related=related))
    return found


def _reached(snapshot: Snapshot, path: str) -> list[tuple[int, int, list[str]]]:
    """For each import of a file, where its path stands, and the files that it brings in."""
    program = snapshot.program(path)
    tokens = snapshot.parsed(path).tokens
    found: list[tuple[int, int, list[str]]] = []
    for node in snapshot.unit(path).unit.imports:
        reached = [node.key]
        for name in reached:
            unit = program.units.get(name)
            reached += [each.key for each in (unit.imports if unit is not None else []) if each.key not in reached]
        start, end = path_place(tokens, node.start, node.end) or (node.start, node.end)
        found.append((start, end, [name.split(":", 1)[1] for name in reached]))
    return found


# ---- by evaluation


def evaluation_job(snapshot: Snapshot, path: str) -> Job | None:
    """What a worker has to do to check a file; None where evaluation could say nothing: data without a contract, and programs with
    errors that are known already."""
    key = snapshot.loader.key(path)
    if snapshot.document(key).missing or snapshot.parsed(key).problems:
        return None
    contracts = data_contracts(snapshot, key)
    if format_of(key) != "Nickel":
        return job(snapshot, "check", key, contracts=contracts) if contracts else None
    if any(problem.severity == "error" for problem in snapshot.diagnostics(key, "types")):
        return None
    return job(snapshot, "check", key)


def evaluation_findings(snapshot: Snapshot, path: str, answer: Answer) -> dict[str, list[Finding]]:
    """What a worker's answer says of each file that it concerns; the file itself is always among them.

    Each error stands where it is to be corrected. If that is in another file, the file that was evaluated has it too: where the
    report points into it, else at the import by which it is reached. That a limit was reached is information at the beginning.
    """
    key = snapshot.loader.key(path)
    found: dict[str, list[Finding]] = {key: []}
    for diagnostic in answer.diagnostics:
        for finding in _answered(snapshot, key, diagnostic):
            mine = found.setdefault(finding.path, [])
            if all(finding.place != other.place for other in mine):
                mine.append(finding)
    for each in found.values():
        each.sort(key=lambda finding: finding.start)
    return found


def _answered(snapshot: Snapshot, key: str, diagnostic: dict[str, Any]) -> list[Finding]:
    labels = [(label, _place_of(snapshot, label)) for label in diagnostic["labels"]]
    blame = diagnostic.get("blame")
    if blame is not None:
        labels += _of_blame(snapshot, blame, [place for _, place in labels])
    placed = [(label, place) for label, place in labels if place is not None]
    editable = [(label, place) for label, place in placed if not is_library(place.path)]
    code, headline = diagnostic["code"], diagnostic["message"]
    severity = "information" if code.startswith("limit-") else diagnostic["severity"]
    if not editable:
        message = _message(headline, "", diagnostic["notes"], diagnostic["help"])
        related = [(place, label["message"] or "here") for label, place in placed]
        return [Finding(key, 0, 0, code, message, stage="evaluation", severity=severity, related=related)]
    main = next((each for each in editable if each[0]["primary"]), editable[0])
    finding = Finding(
        main[1].path,
        main[1].start,
        main[1].end,
        code,
        _message(headline, main[0]["message"], diagnostic["notes"], diagnostic["help"]),
        stage="evaluation",
        severity=severity,
        related=[(place, label["message"] or "here") for label, place in placed if place is not main[1]],
        fixes=_fixes(snapshot, diagnostic),
    )
    if finding.path == key:
        return [finding]
    return [finding, _from_elsewhere(snapshot, key, finding, editable)]


def _of_blame(snapshot: Snapshot, blame: dict[str, Any], known: list[Place | None]) -> list[tuple[Any, Place | None]]:
    """The party to blame and the contract, where no label says where they are."""
    contract = blame.get("contract") or {}
    found: list[tuple[Any, Place | None]] = []
    for at, message in ((blame.get("at"), "the party to blame"), (contract.get("at"), "the contract that was broken")):
        place = None if at is None else _place_of(snapshot, at)
        if place is not None and not any(_overlap(place, each) for each in known if each is not None):
            found.append(({"primary": False, "message": message}, place))
    return found


def _overlap(one: Place, other: Place) -> bool:
    return one.path == other.path and one.start <= other.end and other.start <= one.end


def _from_elsewhere(
    snapshot: Snapshot, key: str, finding: Finding, labels: Sequence[tuple[dict[str, Any], Place]]
) -> Finding:
    """An error in another file, as the file that was evaluated has it."""
    here = next((place for _, place in labels if place.path == key), None)
    if here is None:
        ways = [(start, end) for start, end, reached in _reached(snapshot, key) if finding.path in reached]
        here = Place(key, *(ways[0] if ways else (0, 0)))
    at = Place(finding.path, finding.start, finding.end)
    headline = finding.message.split("\n", 1)[0]
    related = [(at, headline), *((place, text) for place, text in finding.related if place != here)]
    message = f"{snapshot.document(finding.path).source.name}: {headline}"
    return Finding(
        key,
        here.start,
        here.end,
        finding.code,
        message,
        stage="evaluation",
        severity=finding.severity,
        related=related,
    )


def _place_of(snapshot: Snapshot, label: dict[str, Any]) -> Place | None:
    """The place of a label in a file of the workspace or the library; None for texts that are no files."""
    file = label["file"]
    if file.startswith("<"):
        return None
    if is_library(file):
        from contractlang.ide.library import library_unit

        unit = library_unit(file)
        assert unit is not None
        lines = unit.source.lines
        path = file
    else:
        path = snapshot.loader.key(file)
        document = snapshot.document(path)
        if document.missing:
            return None
        lines = document.lines
    start, end = label["start"], label["end"]
    first = lines.offset(start["line"], start["column"])
    return Place(path, first, max(first, lines.offset(end["line"], end["column"])))


def _fixes(snapshot: Snapshot, diagnostic: dict[str, Any]) -> list[Correction]:
    found: list[Correction] = []
    for fix in diagnostic.get("fixes", ()):
        place = _place_of(snapshot, fix["span"])
        if place is not None and not is_library(place.path):
            edit = TextEdit(place.path, place.start, place.end, fix["replacement"])
            found.append(Correction(fix["title"], [edit]))
    return found
