"""Which node of a tree brings a name into scope, and what each node is part of."""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.resolve.traversal import bound_by, children, walk


class Parents:
    """What each node of a tree is part of, and what declares each name."""

    __slots__ = ("_declaring", "_parents")

    def __init__(self, root: core.Node) -> None:
        self._parents: dict[core.Node, core.Node] = {}
        self._declaring: dict[core.Binding, core.Node] = {}
        for node in walk(root):
            for child in children(node):
                self._parents[child] = node
            for binding in declared_by(node):
                self._declaring.setdefault(binding, node)

    def path_to_declaration(self, binding: core.Binding) -> list[core.Node]:
        """The nodes from the root to what declares a name; none if nothing does."""
        node = self._declaring.get(binding)
        return [] if node is None else self.path_to(node)

    def path_to(self, node: core.Node) -> list[core.Node]:
        """The nodes from the root to a node of the tree."""
        path = [node]
        parent = self._parents.get(node)
        while parent is not None:
            path.append(parent)
            parent = self._parents.get(parent)
        path.reverse()
        return path


def declared_by(node: core.Node) -> list[core.Binding]:
    """The names that a node brings into scope."""
    if isinstance(node, core.Field):
        return [] if node.binding is None else [node.binding]
    if isinstance(node, (core.LetBinding, core.Branch)):
        return bound_by(node.pattern)
    if isinstance(node, core.Lam):
        return [binding for param in node.params for binding in bound_by(param)]
    return []


def declares(node: core.Node, binding: core.Binding) -> bool:
    """Whether a node brings a name into scope."""
    return binding in declared_by(node)
