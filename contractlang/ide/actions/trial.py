"""Trying an edit: the file is analysed as it would be afterwards.

What is offered must not break anything: the tokens around the edit stay what they are, the text can be read, its names mean
something, its types fit as well as before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter

from contractlang.ide.places import apply_edits
from contractlang.resolve.context import ImportAnswer
from contractlang.resolve.program import Program, import_format, parse_source
from contractlang.resolve.resolver import resolve_unit
from contractlang.source import Source
from contractlang.syntax import nodes as ast
from contractlang.syntax.lexer import lex
from contractlang.syntax.tokens import END
from contractlang.typecheck.checker import check_units
from contractlang.workspace.circumstances import Analysing

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence

    from contractlang.diagnostics.model import Diagnostic
    from contractlang.ide.actions.action import Request
    from contractlang.ide.places import TextEdit
    from contractlang.typecheck.table import TypeTable


class Outcome:
    """What the file would be: `problems` are those of the file itself, `types` what the checker has learnt."""

    __slots__ = ("problems", "source", "types")

    def __init__(self, source: Source, types: TypeTable, problems: list[Diagnostic]) -> None:
        self.source = source
        self.types = types
        self.problems = problems


def outcome(request: Request, edits: Sequence[TextEdit]) -> Outcome:
    """The file after edits, analysed. Imports lead where they lead now."""
    old = request.snapshot.document(request.path).source
    source = Source(old.name, apply_edits(request.text, edits), old.path)
    source.language = old.language
    targets = {(node.path, node.format): node.key for node in request.unit.imports}

    def find(_: Source, node: ast.Import | ast.ImportPackage) -> ImportAnswer:
        if isinstance(node, ast.ImportPackage):
            return ImportAnswer(None, "Nickel", [])
        kind = import_format(node)
        return ImportAnswer(targets.get((node.path, kind)), kind, [])

    with Analysing():
        tree, problems = parse_source(source)
        done = resolve_unit(request.unit.key, source, tree, find)
        form = problems + done.syntax_problems
        before = request.snapshot.program(request.path)
        program = Program()
        program.units = before.units | {request.unit.key: done.unit}
        program.problems = before.problems | {request.unit.key: done.problems}
        program.mains = [done.unit]
        types, found = check_units(program)
    return Outcome(source, types, form or found[done.unit.key])


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
    removed = comments = added = 0
    for edit in edits:
        first = bisect_left(tokens.starts, edit.start)
        last = bisect_right(tokens.ends, edit.end)
        # The end of the text is a token too, of no length.
        removed += max(last - first, 0) - (last > first and tokens.kinds[last - 1] == END)
        comments -= sum(edit.start <= start < edit.end for start, _ in tokens.comments)
        alone = lex(edit.text)
        added += len(alone) - 1
        comments += len(alone.comments)
    return len(whole) == len(tokens) - removed + added and len(whole.comments) == len(tokens.comments) + comments
