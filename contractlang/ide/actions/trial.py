"""Trying an edit: the file is analysed as it would be afterwards.

What is offered must not break anything: the tokens around the edit stay what they are, the text can be read, its names mean
something, its types fit as well as before.
"""

from __future__ import annotations

from collections import Counter

from contractlang.ide.places import apply_edits
from contractlang.loaders.errors import ImportNotFound
from contractlang.resolve.program import Program, import_format
from contractlang.source import Source
from contractlang.syntax.lexer import lex
from contractlang.typecheck.checker import check_units
from contractlang.workspace.analysis import analyse, parse_document
from contractlang.workspace.circumstances import Analysing
from contractlang.workspace.documents import Document

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence

    from contractlang.diagnostics.model import Diagnostic
    from contractlang.ide.actions.action import Request
    from contractlang.ide.places import TextEdit
    from contractlang.syntax import nodes as ast
    from contractlang.typecheck.table import TypeTable
    from contractlang.workspace.analysis import Analysed


class Outcome:
    """What the file would be: `problems` are those of the file itself, `types` what the checker has learnt."""

    __slots__ = ("analysed", "problems", "text", "types")

    def __init__(self, text: str, analysed: Analysed, types: TypeTable, problems: list[Diagnostic]) -> None:
        self.text = text
        self.analysed = analysed
        self.types = types
        self.problems = problems


def outcome(request: Request, edits: Sequence[TextEdit]) -> Outcome:
    """The file after edits, analysed. Imports lead where they lead now."""
    snapshot, path = request.snapshot, request.path
    text = apply_edits(request.text, edits)
    old = snapshot.document(path).source
    document = Document(path, Source(old.name, text, old.path), is_open=True)
    targets = {(node.path, node.format): node.key.split(":", 1)[1] for node in request.unit.imports}

    def find(node: ast.Import) -> str:
        target = targets.get((node.path, import_format(node)))
        if target is None:
            raise ImportNotFound(node.path, [])
        return target

    with Analysing():
        parsed = parse_document(document, snapshot.settings.edition)
        analysed = analyse(parsed, request.unit.key, find)
        before = snapshot.program(path)
        program = Program()
        program.units = before.units | {request.unit.key: analysed.unit}
        program.problems = before.problems | {request.unit.key: analysed.problems}
        program.mains = [analysed.unit]
        types, found = check_units(program)
    problems = analysed.problems if analysed.malformed else found[analysed.unit.key]
    return Outcome(text, analysed, types, problems)


def is_sound(request: Request, edits: Sequence[TextEdit]) -> bool:
    """Whether edits leave the rest of the file alone and add no mistake that can be seen without evaluating."""
    return keeps_tokens(request, edits) and not new_problems(request, outcome(request, edits))


def helps(request: Request, edits: Sequence[TextEdit], code: str | None) -> bool:
    """Whether edits are sound and remove a problem of a code; None: one that is not seen before evaluating."""
    if not keeps_tokens(request, edits):
        return False
    after = outcome(request, edits)
    if new_problems(request, after):
        return False
    return code is None or _count(after.problems, code) < _count(own_problems(request), code)


def _count(problems: Sequence[Diagnostic], code: str) -> int:
    return sum(problem.code == code for problem in problems)


def new_problems(request: Request, after: Outcome) -> list[Diagnostic]:
    """What is wrong with the file after edits that was not before."""
    known = Counter(problem.code for problem in own_problems(request))
    found: list[Diagnostic] = []
    for problem in after.problems:
        if known[problem.code]:
            known[problem.code] -= 1
        else:
            found.append(problem)
    return found


def own_problems(request: Request) -> list[Diagnostic]:
    """What is wrong with the file now, as far as that can be seen without evaluating."""
    source = request.snapshot.document(request.path).source
    return [
        problem
        for problem in request.snapshot.diagnostics(request.path, "types")
        if problem.labels and problem.labels[0].span.source is source
    ]


def keeps_tokens(request: Request, edits: Sequence[TextEdit]) -> bool:
    """Whether no edit runs into its surroundings: the tokens of the result are those around the edits and those of their texts."""
    tokens = request.places.tokens
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        pieces += [request.text[at : edit.start], edit.text]
        at = edit.end
    pieces.append(request.text[at:])
    whole = lex("".join(pieces))
    if tokens.unclosed >= 0 or whole.unclosed >= 0:
        return False
    removed = sum(
        sum(edit.start <= start and end <= edit.end for edit in edits) and end > start
        for start, end in zip(tokens.starts, tokens.ends, strict=True)
    )
    added = sum(len(lex(edit.text)) - 1 for edit in edits)
    kept_comments = sum(not any(edit.start <= start < edit.end for edit in edits) for start, _ in tokens.comments)
    new_comments = sum(len(lex(edit.text).comments) for edit in edits)
    return len(whole) == len(tokens) - removed + added and len(whole.comments) == kept_comments + new_comments
