"""Which field of a program's value a place belongs to: the path by which the command line would name it."""

from __future__ import annotations

from itertools import pairwise

from contractlang.diagnostics.places import is_identifier
from contractlang.syntax import nodes as n
from contractlang.syntax.traversal import path_over

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator


def field_path(tree: n.Expr, offset: int) -> list[str]:
    """The names that lead from the program's value to the field whose declaration an offset is in; none for the whole value.

    What lies in arguments, functions and bindings belongs to the field around them; so does what no path can name.
    """
    nodes = path_over(tree, offset, offset)
    found: list[str] = []
    for parent, child in pairwise(nodes):
        if isinstance(parent, n.FieldDecl):
            parts = parent.path
            if isinstance(child, n.FieldName):
                parts = parts[: parts.index(child) + 1]
            for part in parts:
                if part.name is None or '"' in part.name or "\\" in part.name:
                    return found
                found.append(part.name)
            if child is not parent.value:
                return found
        elif not _hands_on(parent, child):
            return found
    if isinstance(nodes[-1], n.FieldDecl) and all(part.name is not None for part in nodes[-1].path):
        found += [part.name for part in nodes[-1].path if part.name is not None]
    return found


def path_text(path: list[str]) -> str | None:
    """A path as commands take it; None for that of the whole value."""
    return ".".join(name if is_identifier(name) else f'"{name}"' for name in path) or None


def _hands_on(parent: n.Node, child: n.Node) -> bool:
    """Whether the value of a node is that of its child, or has its fields."""
    if isinstance(parent, n.Let):
        return child is parent.body
    if isinstance(parent, n.Annotated):
        return child is parent.expr
    return isinstance(parent, n.Rec) or (isinstance(parent, n.BinOp) and parent.op == "&")


def outermost_fields(tree: n.Expr) -> Iterator[n.FieldDecl]:
    """The fields that a program's value is written with, those that are given a value."""
    work: list[n.Expr] = [tree]
    while work:
        node = work.pop()
        if isinstance(node, n.Let):
            work.append(node.body)
        elif isinstance(node, n.Annotated):
            work.append(node.expr)
        elif isinstance(node, n.BinOp) and node.op == "&":
            work += [node.right, node.left]
        elif isinstance(node, n.Rec):
            for decl in node.decls:
                if isinstance(decl, n.FieldDecl) and decl.value is not None:
                    yield decl
