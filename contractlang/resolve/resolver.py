"""Resolution of one source: AST to Core.

Every variable is pointed to its binding, types and terms are told apart, the pieces of record fields are combined, and what is mere
notation (paths, `include`, curried operators, symbolic strings) is translated away. See `core` for the result.
"""

from __future__ import annotations

from contractlang.resolve import core, terms
from contractlang.resolve.context import TERMS, Context

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.diagnostics.model import Diagnostic
    from contractlang.resolve.context import Asked, Importer
    from contractlang.resolve.memory import Memory
    from contractlang.source import Source
    from contractlang.syntax import nodes as ast

assert TERMS, f"{terms.__name__} fills the table"


class Resolution:
    """A resolved unit with its problems, those of form apart from those of meaning: they are told at different moments."""

    __slots__ = ("asked", "problems", "syntax_problems", "unit")

    def __init__(
        self, unit: core.Unit, syntax_problems: list[Diagnostic], problems: list[Diagnostic], asked: list[Asked]
    ) -> None:
        self.unit = unit
        # The imports, with what the importer answered.
        self.asked = asked
        self.syntax_problems = syntax_problems
        self.problems = problems


def resolve_unit(
    key: str, source: Source, tree: ast.Expr, importer: Importer, memory: Memory | None = None
) -> Resolution:
    """Resolves a parsed source; `importer` says where imports lead. Problems come in the order of the text. `memory`: what is known
    of an earlier version of the source, and learns of this one."""
    ctx = Context(source, importer, memory)
    root = ctx.term(tree)
    unit = core.Unit(key, source, root, ctx.imports, path=source.path, std=ctx.std, typed=ctx.typed, hidden=ctx.hidden)
    return Resolution(unit, in_order(source, ctx.syntax_problems), in_order(source, ctx.problems), ctx.asked)


def resolve(source: Source, tree: ast.Expr, importer: Importer) -> tuple[core.Unit, list[Diagnostic]]:
    """Resolves a parsed source on its own. Mistakes of form come first, then the others in the order of the text."""
    done = resolve_unit(source.path or source.name, source, tree, importer)
    return done.unit, done.syntax_problems + done.problems


def in_order(source: Source, problems: list[Diagnostic]) -> list[Diagnostic]:
    """The problems sorted by their (first) place in the source."""
    if len(problems) < 2:
        return problems
    return sorted(problems, key=lambda problem: place(source, problem))


def place(source: Source, problem: Diagnostic) -> int:
    """The offset at which a source has a problem: its first label there, primary ones before secondary ones."""
    offsets = [label.span.start for label in problem.labels if label.span.source is source and label.primary]
    offsets += [label.span.start for label in problem.labels if label.span.source is source]
    return offsets[0] if offsets else 0
