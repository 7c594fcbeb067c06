"""Walking Core by place: the parts of a node, and the nodes from the root to the one at an offset.

Walks are loops: programs may nest deeper than Python's stack. The names of a record's fields, the annotations and the values
of a field that is defined in several places stand apart from each other, so a field covers the declarations it was made of.
"""

from __future__ import annotations

from contractlang.resolve import core

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator


def annotated_types(meta: core.Meta) -> list[core.Node]:
    """The types and contracts of annotations."""
    found: list[core.Node] = [] if meta.type is None else [meta.type.type]
    found += [contract.type for contract in meta.contracts]
    return found


def children(node: core.Node) -> list[core.Node]:
    """The parts of a node: terms, types, patterns, fields, bindings and branches."""
    # In the order of their frequency.
    if isinstance(node, (core.Var, core.Lit, core.Tag, core.Hole, core.Import)):
        return []
    if isinstance(node, core.Record):
        return [*node.fields, *node.dynamic]
    if isinstance(node, core.Field):
        values: list[core.Node] = [value for value, _ in node.pieces]
        if not values and node.value is not None:
            values.append(node.value)
        return values + annotated_types(node.meta)
    if isinstance(node, core.App):
        return [node.head, *node.args]
    if isinstance(node, core.Access):
        return [node.record]
    if isinstance(node, (core.Op, core.Array)):
        return list(node.args if isinstance(node, core.Op) else node.items)
    if isinstance(node, core.Lam):
        return [*node.params, node.body]
    if isinstance(node, core.Let):
        return [*node.bindings, node.body]
    if isinstance(node, core.LetBinding):
        return [node.pattern, *annotated_types(node.meta), node.value]
    if isinstance(node, core.Annot):
        return [node.value, *annotated_types(node.meta)]
    if isinstance(node, core.If):
        return [node.cond, node.then, node.orelse]
    if isinstance(node, core.AndOr):
        return [node.left, node.right]
    if isinstance(node, core.Interp):
        return [chunk[0] for chunk in node.chunks if not isinstance(chunk, str)]
    if isinstance(node, core.Match):
        return list(node.branches)
    if isinstance(node, core.Branch):
        return [node.pattern, node.body] if node.guard is None else [node.pattern, node.guard, node.body]
    if isinstance(node, core.DynField):
        values = [node.name, *annotated_types(node.meta)]
        return values if node.value is None else [*values, node.value]
    if isinstance(node, core.Variant):
        return [node.arg]
    if isinstance(node, core.DynAccess):
        return [node.record, node.name]
    if isinstance(node, core.TypeTerm):
        return [node.type]
    if isinstance(node, core.Type):
        return _parts_of_type(node)
    return _parts_of_pattern(node)


def _parts_of_type(node: core.Type) -> list[core.Node]:
    if isinstance(node, core.TContract):
        return [node.expr]
    if isinstance(node, core.TArrow):
        return [node.domain, node.codomain]
    if isinstance(node, (core.TArray, core.TDict)):
        return [node.item]
    if isinstance(node, core.TRecord):
        return [row[1] for row in node.rows]
    if isinstance(node, core.TEnum):
        return [row[1] for row in node.rows if row[1] is not None]
    if isinstance(node, core.TForall):
        return [node.body]
    return []


def _parts_of_pattern(node: core.Node) -> list[core.Node]:
    if isinstance(node, core.PRec):
        return list(node.fields)
    if isinstance(node, core.PField):
        parts: list[core.Node] = [node.pattern, *annotated_types(node.meta)]
        return parts if node.default is None else [*parts, node.default]
    if isinstance(node, core.PArr):
        return list(node.items)
    if isinstance(node, core.PTag):
        return [] if node.arg is None else [node.arg]
    if isinstance(node, core.POr):
        return list(node.alts)
    if isinstance(node, core.PAlias):
        return [node.pattern]
    return []


def walk(root: core.Node) -> Iterator[core.Node]:
    """A node and everything below it, in no particular order."""
    work = [root]
    while work:
        node = work.pop()
        yield node
        work += children(node)


def covers(node: core.Node, offset: int) -> bool:
    """Whether an offset lies in a node or at its end."""
    if isinstance(node, core.Field):
        if node.included and not node.meta.contracts and node.meta.type is None:
            return node.start <= offset <= node.end  # several names may share one declaration
        if any(decl.start <= offset <= decl.end for decl in node.decls):
            return True
        # Fields that notation stands for have no declaration.
        return not node.decls and node.value is not None and node.value.start <= offset <= node.value.end
    if isinstance(node, core.DynField):
        last = max([node.end, *(part.end for part in children(node))])
        return node.start <= offset <= last
    if isinstance(node, core.PField):
        return node.start <= offset <= max([node.end, *(part.end for part in children(node))])
    return node.start <= offset <= node.end


def path_at(root: core.Node, offset: int) -> list[core.Node]:
    """The nodes from the root to the innermost one that an offset lies in. Of two nodes that touch there, that which begins."""
    path = [root]
    node: core.Node | None = root
    while node is not None:
        following = None
        for child in children(node):
            if covers(child, offset):
                following = child
                if not _ends(child, offset):
                    break
        node = following
        if node is not None:
            path.append(node)
    return path


def _ends(node: core.Node, offset: int) -> bool:
    """Whether an offset is no more than the end of a node."""
    if isinstance(node, core.Field):
        return all(not decl.start <= offset < decl.end for decl in node.decls)
    return node.end <= offset


def path_to(root: core.Node, target: core.Node, offset: int) -> list[core.Node] | None:
    """The nodes from the root to a given one, which lies at an offset; None if it is not there."""
    path: list[core.Node] = []
    work: list[tuple[int, core.Node]] = [(0, root)]
    while work:
        depth, node = work.pop()
        del path[depth:]
        path.append(node)
        if node is target:
            return path
        work += [(depth + 1, child) for child in children(node) if covers(child, offset)]
    return None


def bound_by(pattern: core.Pattern) -> list[core.Binding]:
    """The variables of a pattern, each once."""
    found: dict[core.Binding, None] = {}
    for node in walk(pattern):
        if isinstance(node, (core.PVar, core.PAlias)):
            found[node.binding] = None
        elif isinstance(node, (core.PRec, core.PArr)) and node.rest is not None:
            found[node.rest] = None
    return list(found)
