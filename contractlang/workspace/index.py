"""Names and places of one unit: where each name is declared and used, what lies at an offset, which names are visible there.

Everything is found by loops, so that no program nests too deep, and only when it is asked for.
"""

from __future__ import annotations

from itertools import zip_longest

from contractlang.resolve import core
from contractlang.resolve.traversal import bound_by, path_at, walk

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    Stretch = tuple[int, int]


class FieldPlace:
    """A declared field: the names from the outermost record literal that encloses it to the field itself, where its name stands,
    the field, and the extent of all its declarations."""

    __slots__ = ("end", "field", "name_end", "name_start", "path", "start")

    def __init__(self, path: tuple[str, ...], field: core.Field) -> None:
        self.path = path
        self.field = field
        self.name_start = field.start
        self.name_end = field.end
        self.start = min([field.start, *(decl.start for decl in field.decls)])
        self.end = max([field.end, *(decl.end for decl in field.decls)])


class Index:
    """Answers about one unit. Offsets count code points."""

    __slots__ = ("_references", "unit")

    def __init__(self, unit: core.Unit) -> None:
        self.unit = unit
        self._references: dict[core.Binding, list[Stretch]] | None = None

    def node_at(self, offset: int) -> list[core.Node]:
        """The nodes from the root to the innermost one that an offset lies in; none in a data file."""
        return [] if self.unit.root is None else path_at(self.unit.root, offset)

    def binding_at(self, offset: int) -> core.Binding | None:
        """The binding that a name at an offset is a use or the declaration of."""
        path = self.node_at(offset)
        if not path:
            return None
        node = path[-1]
        if isinstance(node, core.Var):
            return node.binding
        for node in reversed(path):
            if isinstance(node, core.Field):
                if any(start <= offset <= end for start, end in node.occurrences):
                    return node.binding
            elif isinstance(node, core.Pattern):
                for binding in bound_by(node):
                    if binding.start <= offset <= binding.end:
                        return binding
        return None

    def declaration(self, binding: core.Binding) -> Stretch:
        """Where a name is declared; (0, 0) for `std`."""
        return binding.start, binding.end

    def references(self, binding: core.Binding) -> list[Stretch]:
        """Where a name is used, declarations excluded, in the order of the text."""
        if self._references is None:
            found: dict[core.Binding, list[Stretch]] = {}
            if self.unit.root is not None:
                for node in walk(self.unit.root):
                    if isinstance(node, core.Var):
                        found.setdefault(node.binding, []).append((node.start, node.end))
            self._references = {each: sorted(set(uses)) for each, uses in found.items()}
        return self._references.get(binding, [])

    def visible(self, offset: int) -> dict[str, core.Binding]:
        """The names that an expression at an offset may use, each with the innermost binding."""
        found: dict[str, core.Binding] = {}
        if self.unit.std is not None:
            found["std"] = self.unit.std
        path = self.node_at(offset)
        for node, inner in zip_longest(path, path[1:]):
            for binding in _brought(node, inner):
                found[binding.name] = binding
        return found

    def fields(self) -> list[FieldPlace]:
        """The fields that record literals declare, outer ones first, in the order of the text."""
        found: list[FieldPlace] = []
        if self.unit.root is None:
            return found
        from contractlang.resolve.traversal import children

        work: list[tuple[core.Node, tuple[str, ...]]] = [(self.unit.root, ())]
        while work:
            node, path = work.pop()
            if isinstance(node, core.Field):
                path = (*path, node.name)
                found.append(FieldPlace(path, node))
            work += [(child, path) for child in children(node)]
        found.sort(key=lambda place: (place.name_start, len(place.path)))
        return found

    def imports(self) -> list[core.Import]:
        """The imports that lead somewhere, in the order of the text."""
        return self.unit.imports


def _brought(node: core.Node, inner: core.Node | None) -> list[core.Binding]:
    """The names that a node brings into scope for the part of it that an offset is in."""
    if isinstance(node, core.Record):
        return [field.binding for field in node.fields if field.binding is not None]
    if isinstance(node, core.Let):
        if not node.rec and inner is not None and inner is not node.body:
            return []
        return [binding for each in node.bindings for binding in bound_by(each.pattern)]
    if isinstance(node, core.Lam):
        return [binding for param in node.params for binding in bound_by(param)]
    if isinstance(node, core.Branch):
        return bound_by(node.pattern)
    return []
