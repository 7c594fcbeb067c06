"""Where an expression stands in the syntax: how tightly it has to bind there, and which names come into scope on the way to it."""

from __future__ import annotations

from contractlang.syntax import nodes as n
from contractlang.syntax.operators import ARROW_LEVEL, LEVELS, MINUS_LEVEL, NOT_LEVEL
from contractlang.syntax.printer import ANNOTATION, ATOM, HEAD, OPERATOR, TERM, binding_level
from contractlang.syntax.traversal import walk

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence

_ATOMIC = (n.Variant, n.PrimOp, n.ArrayType, n.EnumRow)


def required_level(parent: n.Node | None, child: n.Node) -> int:
    """How tightly an expression has to bind to stand in the place of a child without parentheses."""
    if isinstance(parent, n.App):
        return HEAD if child is parent.head else ATOM
    if isinstance(parent, n.Access):
        return ATOM
    if isinstance(parent, _ATOMIC):
        return ATOM
    if isinstance(parent, n.BinOp):
        level = LEVELS[parent.op]
        return level + 1 if (child is parent.left) == (level == ARROW_LEVEL) else level
    if isinstance(parent, n.UnOp):
        return MINUS_LEVEL if parent.op == "-" else NOT_LEVEL
    if isinstance(parent, n.Annotated):
        return OPERATOR
    if isinstance(parent, (n.Annot, n.DictType, n.Forall)):
        return ANNOTATION
    return TERM


def fitted(text: str, node: n.Expr, level: int) -> str:
    """The text of an expression, in parentheses if it has to bind more tightly than it does."""
    return text if binding_level(node) >= level else f"({text})"


def is_body(parent: n.Node | None, child: n.Node) -> bool:
    """Whether any term may stand in the place of a child, and a `let` before it belongs there: values, bodies and branches."""
    if parent is None:
        return True
    if isinstance(parent, (n.FieldDecl, n.Binding)):
        return child is parent.value
    if isinstance(parent, (n.Let, n.Fun, n.Branch)):
        return child is parent.body
    return isinstance(parent, n.If) and child is not parent.cond


def introduced(parent: n.Node, child: n.Node) -> set[str]:
    """The names that a node brings into scope for one of its parts; rather too many than too few."""
    if isinstance(parent, n.Let):
        if child is parent.body or parent.rec:
            return {name for binding in parent.bindings for name in bound_names(binding.pattern)}
    elif isinstance(parent, n.Fun):
        return {name for param in parent.params for name in bound_names(param)}
    elif isinstance(parent, (n.Branch, n.Binding)):
        rec = isinstance(parent, n.Branch) or child is parent.pattern
        return set(bound_names(parent.pattern)) if rec else set()
    elif isinstance(parent, n.Rec):
        return field_names(parent)
    elif isinstance(parent, n.Forall):
        return {name.name for name in parent.names}
    return set()


def field_names(record: n.Rec) -> set[str]:
    """The names that a record literal has for fields, and so for its own scope."""
    found: set[str] = set()
    for decl in record.decls:
        parts = decl.path[:1] if isinstance(decl, n.FieldDecl) else decl.names
        found |= {part.name for part in parts if part.name is not None}
    return found


def crossed(nodes: Sequence[n.Node], first: int, last: int) -> set[str]:
    """The names that come into scope between two nodes of a path, given by their indices."""
    found: set[str] = set()
    for at in range(first, last):
        found |= introduced(nodes[at], nodes[at + 1])
    return found


def bound_names(pattern: n.Pattern) -> list[str]:
    """The variables of a pattern."""
    found: list[str] = []
    for node in walk(pattern):
        if isinstance(node, (n.PVar, n.PAlias)) or (isinstance(node, n.PField) and node.pattern is None):
            found.append(node.name)
        elif isinstance(node, (n.PRec, n.PArr)) and node.rest:
            found.append(node.rest)
    return found


def is_applied(parent: n.Node | None, child: n.Node) -> bool:
    """Whether something is the head of an application, where a tag would make a variant."""
    return isinstance(parent, n.App) and child is parent.head
