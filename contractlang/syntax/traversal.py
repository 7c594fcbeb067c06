"""Uniform walks over the syntax tree: the parts of a node, whatever it is, everything below it, and the nodes at a place.

Walks are loops: programs may nest deeper than Python's stack.
"""

from __future__ import annotations

from contractlang.syntax import nodes as n

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final


def _members(kind: type[n.Node]) -> tuple[str, ...]:
    """What a node of this kind may hold nodes in, in the order of its constructor, which is that of the text."""
    code = kind.__init__.__code__
    return tuple(name for name in code.co_varnames[: code.co_argcount] if name not in {"self", "start", "end"})


# Kinds that hold no nodes, which most nodes are of.
_LEAVES: Final = frozenset(
    {n.Var, n.Num, n.Str, n.Const, n.Tag, n.Hole, n.BaseType, n.Wildcard, n.Curried, n.RecordTail, n.ImportPackage}
    | {n.PHole, n.PVar, n.PWild, n.PConst}
)
_MEMBERS: Final[dict[type[n.Node], tuple[str, ...]]] = dict.fromkeys(_LEAVES, ())


def children(node: n.Node) -> list[n.Node]:
    """The parts of a node, in the order of the text."""
    kind = type(node)
    members = _MEMBERS.get(kind)
    if members is None:
        members = _MEMBERS[kind] = _members(kind)
    found: list[n.Node] = []
    for member in members:
        value = getattr(node, member)
        if isinstance(value, n.Node):
            found.append(value)
        elif type(value) is list:
            found += [each for each in value if isinstance(each, n.Node)]
    return found


def walk(root: n.Node) -> Iterator[n.Node]:
    """A node and everything below it, in the order of the text."""
    work = [root]
    while work:
        node = work.pop()
        yield node
        if type(node) not in _LEAVES:
            parts = children(node)
            parts.reverse()
            work += parts


def path_over(root: n.Node, start: int, end: int) -> list[n.Node]:
    """The nodes from the root to the innermost one that covers a stretch of text, its ends included.

    Where an empty stretch touches two nodes, it is in the one that begins there, unless that one is a hole.
    """
    path = [root]
    while True:
        following: n.Node | None = None
        for child in children(path[-1]):
            if child.start <= start and end <= child.end:
                if following is None or (child.end > child.start and not isinstance(child, (n.Hole, n.PHole))):
                    following = child
            elif child.start > end:
                break
        if following is None:
            return path
        path.append(following)
