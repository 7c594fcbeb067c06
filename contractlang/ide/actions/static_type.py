"""Convert `|` to `:`: a contract that is checked when the program runs becomes a type that is checked before.

Offered where the annotated value has the type: the file is checked as it would be. Not for defaults: they are there to be replaced,
and only a contract checks what replaces them.
"""

from __future__ import annotations

from contractlang.ide.actions.action import REWRITE, Action
from contractlang.ide.actions.trial import is_sound
from contractlang.syntax import nodes as n

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator

    from contractlang.ide.actions.action import Request


def offers(request: Request) -> Iterator[Action]:
    """The conversion of the contract that the cursor is at: one that annotates a value, which has no type yet."""
    if request.snapshot.parsed(request.path).problems:
        return
    for parent, annotation in zip(reversed(request.nodes[:-1]), reversed(request.nodes[1:]), strict=True):
        if not isinstance(annotation, n.Annot) or annotation.kind != "|" or not isinstance(annotation.value, n.Expr):
            continue
        if not _annotates_value(parent):
            return
        edits = [request.edit(annotation.start, annotation.start + 1, ":")]
        if is_sound(request, edits):
            yield Action("Check statically: `:` instead of `|`", REWRITE, edits)
        return


def _annotates_value(parent: n.Node) -> bool:
    """Whether what is annotated has a value, and only contracts so far."""
    if isinstance(parent, n.FieldDecl) and parent.value is None:
        return False
    if not isinstance(parent, (n.FieldDecl, n.Binding, n.Annotated)):
        return False
    return all(annotation.kind not in {":", "default", "priority", "optional"} for annotation in parent.annots)
