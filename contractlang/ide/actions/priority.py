"""Make the value of a field a default, which others that merge with the record may replace; and the other way round."""

from __future__ import annotations

from contractlang.ide.actions.action import REWRITE, Action
from contractlang.ide.actions.trial import keeps_tokens
from contractlang.syntax import nodes as n

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator

    from contractlang.ide.actions.action import Request

_PRIORITIES = frozenset({"default", "force", "priority"})


def offers(request: Request) -> Iterator[Action]:
    """The change of the field whose declaration the cursor is at, its value aside."""
    if request.snapshot.parsed(request.path).problems:
        return
    declaration = next((node for node in reversed(request.nodes) if isinstance(node, (n.FieldDecl, n.Rec))), None)
    if not isinstance(declaration, n.FieldDecl) or declaration.value is None:
        return
    head = (declaration.annots or declaration.path)[-1].end
    if request.end > head:
        return
    given = [annotation for annotation in declaration.annots if annotation.kind in _PRIORITIES]
    if not given:
        edits = [request.edit(head, head, " | default")]
        title = "Make the value a default"
    elif len(given) == 1 and given[0].kind == "default":
        before = request.places.before(given[0].start)
        start = given[0].start if before is None else before[2]
        if request.text[start : given[0].start].strip():
            return
        edits = [request.edit(start, given[0].end, "")]
        title = "Make the default a definite value"
    else:
        return
    if keeps_tokens(request, edits):
        yield Action(title, REWRITE, edits)
