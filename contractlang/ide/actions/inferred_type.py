"""Add the annotation of the inferred type to a `let` binding or a field.

The type is what the checker finds for `_`: the file is checked with it, and then with the type written out.
"""

from __future__ import annotations

from contractlang.ide.actions.action import REWRITE, Action
from contractlang.ide.actions.trial import is_sound, new_problems, outcome
from contractlang.resolve import core
from contractlang.syntax import nodes as n
from contractlang.syntax.traversal import walk

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator

    from contractlang.ide.actions.action import Request
    from contractlang.ide.actions.trial import Outcome

# A longer type documents nothing.
LONGEST = 80


def offers(request: Request) -> Iterator[Action]:
    """The annotation of the binding or field whose name the cursor is at."""
    if request.snapshot.parsed(request.path).problems:
        return
    name = _declared(request)
    if name is None:
        return
    edit = request.edit(name.end, name.end, " : _")
    tried = outcome(request, [edit])
    if new_problems(request, tried):
        return
    text = _inferred(tried, name.end + 3)
    if text is None or len(text) > LONGEST or not {"Dyn", "_"}.isdisjoint(_words(text)):
        return
    edits = [request.edit(name.end, name.end, f" : {text}")]
    if is_sound(request, edits):
        yield Action(f"Annotate with the inferred type: `{text}`", REWRITE, edits)


def _declared(request: Request) -> n.Node | None:
    """The name at the cursor, if it has a value and no annotation."""
    for node in reversed(request.nodes):
        if isinstance(node, n.Binding):
            name: n.Node = node.pattern
            fits = isinstance(name, n.PVar)
        elif isinstance(node, n.FieldDecl):
            name = node.path[-1]
            fits = len(node.path) == 1
        else:
            continue
        if not fits or node.value is None or not name.start <= request.start <= request.end <= name.end:
            return None
        typed = any(annotation.kind in {"|", ":"} for annotation in node.annots)
        return None if typed or _is_contract(node.value) else name
    return None


def _is_contract(value: n.Expr) -> bool:
    """Whether there is a field without a value: then the record is more likely a contract than data, and its type another one."""
    return any(isinstance(node, n.FieldDecl) and node.value is None for node in walk(value))


def _inferred(tried: Outcome, offset: int) -> str | None:
    """The type that was found for the wildcard at an offset, as text."""
    from contractlang.typecheck.convert import Converter
    from contractlang.typecheck.show import Printer
    from contractlang.typecheck.types import Text, Unknown

    for wildcard, type_ in tried.types.wildcards.items():
        if wildcard.start == offset and isinstance(wildcard, core.TWild):
            converter = Converter(Text(tried.source), lambda: Unknown(0))
            return Printer().show(converter.type(type_))
    return None


def _words(text: str) -> set[str]:
    """The words of a type."""
    for sign in "()[]{}|,;:'":
        text = text.replace(sign, " ")
    return set(text.split())
