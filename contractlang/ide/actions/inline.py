"""Inline: a variable that `let` binds is replaced by its value, in one place or in all of them.

It is refused where a name in the value would mean something else in the new place, where the variable is included in a record,
where the value refers to itself, where types would not fit any more, and where a contract would become another one.
"""

from __future__ import annotations

from contractlang.ide.actions.action import INLINE, Action
from contractlang.ide.actions.removal import innermost_let, removal
from contractlang.ide.actions.slots import crossed, fitted, is_applied, required_level
from contractlang.ide.actions.trial import is_sound
from contractlang.resolve import core
from contractlang.syntax import nodes as n
from contractlang.syntax.printer import OPERATOR
from contractlang.syntax.traversal import path_over, walk

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator

    from contractlang.ide.actions.action import Request
    from contractlang.ide.places import TextEdit

# More uses than this nobody means to write out.
MOST_USES = 200

# What contracts are made of that are equal if they are written alike.
_COMPARABLE = (
    *(n.Var, n.Access, n.FieldName, n.App, n.Tag, n.Str, n.Num, n.Const, n.Arr, n.BaseType, n.Wildcard, n.ArrayType),
    *(n.EnumType, n.EnumRow, n.DictType, n.Forall, n.RecordTail, n.Rec, n.FieldDecl, n.Annot, n.BinOp),
)


def offers(request: Request) -> Iterator[Action]:
    """At the declaration of a variable: all uses; at a use: that one."""
    if request.snapshot.parsed(request.path).problems or request.end - request.start > 100:
        return
    binding = request.snapshot.unit(request.path).index.binding_at(request.start)
    if binding is None or binding.kind not in {"let", "letrec"} or request.end > request.start + len(binding.name):
        return
    found = innermost_let(request, binding.start)
    if found is None:
        return
    let, declared = found
    uses = sorted(start for start, each in request.uses.items() if each is binding)
    if not uses or len(uses) > MOST_USES or any(declared.start <= use < declared.end for use in uses):
        return
    at_declaration = binding.start <= request.start <= binding.end
    chosen = uses if at_declaration else [use for use in uses if use <= request.start <= use + len(binding.name)]
    edits = _edits(request, let, declared, chosen, binding.name)
    if edits is None:
        return
    if len(chosen) == len(uses):
        gone = removal(request, let, declared)
        if gone is None:
            return
        edits.append(gone)
    if is_sound(request, edits):
        title = (
            f"Inline `{binding.name}`" if at_declaration or len(uses) == 1 else f"Inline this use of `{binding.name}`"
        )
        yield Action(title, INLINE, edits)


def _edits(request: Request, let: n.Let, declared: n.Binding, uses: list[int], name: str) -> list[TextEdit] | None:
    """The uses replaced by the value; None if one of them cannot be."""
    free = _free_names(request, declared)
    edits: list[TextEdit] = []
    for use in uses:
        nodes = path_over(request.tree, use, use + len(name))
        node = nodes[-1]
        if not isinstance(node, n.Var) or node.start != use:
            return None
        parent = nodes[-2]
        if crossed(nodes, nodes.index(let), len(nodes) - 1) & (free - {name}):
            return None
        if any(isinstance(each, n.Annot) for each in nodes[nodes.index(let) :]) and not _compares(declared.value):
            return None
        if is_applied(parent, node) and isinstance(declared.value, (n.Tag, n.Variant)):
            return None
        edits.append(request.edit(use, node.end, _value(request, declared, required_level(parent, node))))
    return edits


def _value(request: Request, declared: n.Binding, level: int) -> str:
    """The value as it is written, under the annotations of its binding."""
    text = request.source(declared.value)
    annotations = [request.source(annot) for annot in declared.annots if annot.kind in {"|", ":"}]
    if annotations:
        return "(" + " ".join([fitted(text, declared.value, OPERATOR), *annotations]) + ")"
    return fitted(text, declared.value, level)


def _compares(value: n.Expr) -> bool:
    """Whether two copies of a contract are the same contract, as two uses of one name are: merges apply it once then. What is empty
    is a type where types stand, and a record elsewhere."""
    if isinstance(value, n.Rec) and not value.decls and value.tail is None:
        return False
    return all(isinstance(node, _COMPARABLE) for node in walk(value))


def _free_names(request: Request, declared: n.Binding) -> set[str]:
    """The names in a value and its annotations that are bound outside of them."""
    found: set[str] = set()
    for part in (*declared.annots, declared.value):
        for node in walk(part):
            if isinstance(node, n.Var):
                binding: core.Binding | None = request.uses.get(node.start)
                if binding is None or not declared.start <= binding.start < declared.end:
                    found.add(node.name)
            elif isinstance(node, n.Include):
                found |= {each.name for each in node.names if each.name is not None}
            elif isinstance(node, n.RecordTail):
                found.add(node.name)
    return found
