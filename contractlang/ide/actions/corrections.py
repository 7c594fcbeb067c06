"""Fixes of what has been found wrong: of syntax, names and types, of hints, and of evaluation as far as its findings were reported.

A fix of evaluation refers to the text that was evaluated: it is offered as long as it does not make anything worse that can be seen
now.
"""

from __future__ import annotations

from contractlang.ide.actions.action import QUICK_FIX, Action
from contractlang.ide.actions.trial import helps
from contractlang.ide.diagnostics import findings
from contractlang.ide.lines import line_end, line_start
from contractlang.syntax.corrections import corrections

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator

    from contractlang.ide.actions.action import Request
    from contractlang.ide.diagnostics import Finding


def offers(request: Request) -> Iterator[Action]:
    """The fixes of all that is wrong where the cursor or the selection is."""
    yield from _of_syntax(request)
    seen: set[tuple[str, str]] = set()
    for finding in _touched(request):
        for fix in finding.fixes:
            key = fix.title, repr(fix.edits)
            if key in seen or any(edit.path != request.path for edit in fix.edits):
                continue
            seen.add(key)
            if helps(request, fix.edits, finding.code if finding.stage == "types" else None):
                yield Action(_sentence(fix.title), QUICK_FIX, fix.edits, fixes=[finding], preferred=True)


def _of_syntax(request: Request) -> Iterator[Action]:
    """The fixes of syntax errors in the lines of the request: they are rarely noticed where the mistake is."""
    problems = findings(request.snapshot, request.path, "syntax")
    if not problems:
        return
    start, end = line_start(request.text, request.start), line_end(request.text, request.end)
    for problem, edit in corrections(request.text, start, end):
        fixed = [each for each in problems if (each.start, each.end) == (problem.start, problem.end)]
        edits = [request.edit(edit.start, edit.end, edit.text)]
        yield Action(_sentence(edit.title), QUICK_FIX, edits, fixes=fixed, preferred=True)


def _touched(request: Request) -> list[Finding]:
    """The findings where the request is; of reported ones those of evaluation, for the others are made anew."""
    found = [
        *findings(request.snapshot, request.path, "types"),
        *request.hints,
        *(each for each in request.reported if each.stage == "evaluation" and each.path == request.path),
    ]
    return [each for each in found if _touches(request, each)]


def _touches(request: Request, finding: Finding) -> bool:
    """Whether a finding, or what its fix would change, is where the request is."""
    stretches = [(finding.start, finding.end)]
    stretches += [(edit.start, edit.end) for fix in finding.fixes for edit in fix.edits if edit.path == request.path]
    return any(start <= request.end and request.start <= end for start, end in stretches)


def _sentence(title: str) -> str:
    return title[:1].upper() + title[1:]
