"""The names that are in scope at a place, and pieces of text resolved there."""

from __future__ import annotations

from contractlang.ide.knowledge import NOTHING, Known, Term
from contractlang.resolve import core, terms
from contractlang.resolve.context import TERMS, Context, ImportAnswer
from contractlang.resolve.program import import_format
from contractlang.resolve.traversal import bound_by, path_at
from contractlang.source import Source
from contractlang.syntax import nodes as ast
from contractlang.syntax.parser import parse
from contractlang.workspace.circumstances import Analysing

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.ide.facts import Facts

assert TERMS, f"{terms.__name__} fills the table"


def scope_at(unit: core.Unit, offset: int) -> dict[str, core.Binding]:
    """The names in scope at an offset, the innermost first."""
    found: dict[str, core.Binding] = {}
    if unit.root is not None:
        path = path_at(unit.root, offset)
        for at in range(len(path) - 1, -1, -1):
            for binding in _brought(path, at, offset):
                found.setdefault(binding.name, binding)
    if unit.std is not None:
        found.setdefault("std", unit.std)
    return found


def _brought(path: list[core.Node], at: int, offset: int) -> list[core.Binding]:
    """The names that a node brings into scope for the part of it that an offset is in."""
    node = path[at]
    if isinstance(node, core.Let):
        last = max((binding.end for binding in node.bindings), default=node.start)
        if node.rec or offset > last:
            return [each for binding in node.bindings for each in bound_by(binding.pattern)]
        return []
    if isinstance(node, core.Lam):
        params = [param for param in node.params if param.end < offset]
        return [each for param in reversed(params) for each in bound_by(param)]
    if isinstance(node, core.Branch):
        return bound_by(node.pattern) if node.pattern.end < offset else []
    if isinstance(node, core.Record):
        inside = path[at + 1] if at + 1 < len(path) else None
        if isinstance(inside, core.DynField) and at + 2 < len(path) and path[at + 2] is inside.name:
            return []
        return [field.binding for field in node.fields if field.binding is not None]
    return []


def fragment(facts: Facts, unit: core.Unit, start: int, end: int) -> Known:
    """What is known of the expression that a stretch of a unit's source is, whatever the tree made of it."""
    source = Source(unit.source.name, unit.source.text[start:end], unit.source.path)
    tree, problems = parse(source)
    if problems:
        return NOTHING
    piece = _resolved(unit, source, tree, scope_at(unit, start))
    facts.units[piece] = unit
    assert piece.root is not None
    return facts.of(Term(piece, piece.root))


def patched(unit: core.Unit, start: int, end: int, text: str) -> core.Unit:
    """The unit that there would be if a stretch of the source were another text: to learn what is expected of something that is
    not written yet."""
    whole = unit.source.text
    source = Source(unit.source.name, whole[:start] + text + whole[end:], unit.source.path)
    tree, _ = parse(source)
    return _resolved(unit, source, tree, {} if unit.std is None else {"std": unit.std})


def _resolved(unit: core.Unit, source: Source, tree: ast.Expr, scope: dict[str, core.Binding]) -> core.Unit:
    """A tree resolved with some names in scope, its imports leading where those of a unit lead."""
    imports = {node.path: node for node in unit.imports}

    def importer(_: Source, node: ast.Import | ast.ImportPackage) -> ImportAnswer:
        if isinstance(node, ast.Import) and node.path in imports:
            known = imports[node.path]
            return ImportAnswer(known.key, known.format, [])
        return ImportAnswer(None, import_format(node) if isinstance(node, ast.Import) else "Nickel", [])

    context = Context(source, importer)
    context.bind(scope.values())
    with Analysing():
        root = context.term(tree)
    return core.Unit(unit.key, source, root, context.imports, path=unit.path, std=unit.std)
