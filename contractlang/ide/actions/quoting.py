"""Put the name of a field in quotes, or take needless quotes away."""

from __future__ import annotations

from contractlang.ide.actions.action import REWRITE, Action
from contractlang.ide.actions.trial import keeps_tokens
from contractlang.resolve.names import spells_identifier
from contractlang.syntax import nodes as n
from contractlang.syntax.literal_text import string_text

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator

    from contractlang.ide.actions.action import Request


def offers(request: Request) -> Iterator[Action]:
    """The change of the field name that the cursor is at, in a declaration or an access."""
    if request.snapshot.parsed(request.path).problems:
        return
    name = request.nodes[-1]
    parent = request.nodes[-2] if len(request.nodes) > 1 else None
    if not isinstance(name, n.FieldName) or name.name is None or not isinstance(parent, (n.FieldDecl, n.Access)):
        return
    if name.is_ident:
        # A name that no quoted name brings into scope may be meant to be out of scope.
        if spells_identifier(name.name):
            text, title = string_text(name.name), "Quote the field name"
        else:
            return
    elif spells_identifier(name.name):
        text, title = name.name, "Remove the quotes"
    else:
        return
    edits = [request.edit(name.start, name.end, text)]
    if keeps_tokens(request, edits):
        yield Action(title, REWRITE, edits)
