"""Extract to let: an expression that is selected gets a name, before the value, body or branch that it is part of.

The `let` goes to the innermost such place outside of the expression from which all that the expression refers to can be seen.
"""

from __future__ import annotations

from contractlang.ide.actions.action import EXTRACT, Action
from contractlang.ide.actions.slots import crossed, is_body
from contractlang.ide.actions.trial import is_sound
from contractlang.ide.lines import begins_line, indentation, line_break
from contractlang.resolve import core
from contractlang.resolve.names import spells_identifier
from contractlang.resolve.traversal import walk as walk_core
from contractlang.syntax import nodes as n
from contractlang.syntax import tokens as t
from contractlang.syntax.traversal import children, path_over, walk

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator

    from contractlang.ide.actions.action import Request

# What a name must not touch.
_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'-\"%")


def offers(request: Request) -> Iterator[Action]:
    """The extraction of the expression that is selected exactly, blanks and parentheses aside. What has a name needs no other."""
    nodes = selected(request)
    expression = nodes[-1] if nodes else None
    if not isinstance(expression, n.Expr) or isinstance(expression, n.Var) or not _is_term(request, nodes):
        return
    anchor = _anchor(nodes, _free_names(request, expression))
    if anchor is None:
        return
    name = fresh_name(request, expression)
    value = request.source(expression)
    if nodes[anchor] is expression:
        edits = [request.edit(*request.extent(expression), f"let {name} = {value} in {name}")]
    else:
        before, _ = request.extent(nodes[anchor])
        start, end = _replaced(request, expression)
        edits = [request.edit(before, before, _binding(request, before, name, value)), request.edit(start, end, name)]
    if is_sound(request, edits):
        yield Action(f"Extract to `let {name}`", EXTRACT, edits)


def selected(request: Request) -> list[n.Node]:
    """The nodes from the root to the expression that is selected; none if it is no whole expression, or the file cannot be read."""
    chosen = request.text[request.start : request.end]
    if not chosen.strip() or request.snapshot.parsed(request.path).problems:
        return []
    start = request.start + len(chosen) - len(chosen.lstrip())
    end = start + len(chosen.strip())
    nodes = path_over(request.tree, start, end)
    # Selected with its parentheses, an expression is further in than the node that covers the selection.
    inner: n.Node | None = nodes[-1]
    while inner is not None:
        inner = next((child for child in children(inner) if _within(request.extent(child), start, end)), None)
        if inner is not None:
            nodes.append(inner)
    while nodes and (start, end) not in {(nodes[-1].start, nodes[-1].end), request.extent(nodes[-1])}:
        nodes.pop()
    return nodes


def _within(extent: tuple[int, int], start: int, end: int) -> bool:
    return extent[0] <= start and end <= extent[1]


def _is_term(request: Request, nodes: list[n.Node]) -> bool:
    """Whether something is a term rather than a type, the name of a field or the tag of a variant."""
    node = nodes[-1]
    parent = nodes[-2] if len(nodes) > 1 else None
    if request.unit.root is None or isinstance(parent, n.FieldName):
        return False
    if isinstance(parent, n.App) and isinstance(node, n.PrimOp):
        # A primitive operator takes its arguments from the application that it is the head of.
        return False
    return any(
        isinstance(found, core.Core) and not isinstance(found, core.Hole)
        for found in walk_core(request.unit.root)
        if found.start == node.start and found.end == node.end
    )


def _free_names(request: Request, expression: n.Expr) -> set[str]:
    """The names in an expression that are bound outside of it."""
    found: set[str] = set()
    for node in walk(expression):
        if isinstance(node, n.Var):
            binding = request.uses.get(node.start)
            if binding is None or not expression.start <= binding.start < expression.end:
                found.add(node.name)
        elif isinstance(node, n.Include):
            found |= {part.name for part in node.names if part.name is not None}
        elif isinstance(node, n.RecordTail):
            found.add(node.name)
    return found


def _anchor(nodes: list[n.Node], free: set[str]) -> int | None:
    """The index of the node before which the `let` goes."""
    last = len(nodes) - 1
    for index in range(last - 1, -1, -1):
        if crossed(nodes, index, last) & free:
            break
        if is_body(nodes[index - 1] if index else None, nodes[index]):
            return index
    # The field or binding whose whole value it is sees all that it needs.
    return last if is_body(nodes[last - 1] if last else None, nodes[last]) else None


def _binding(request: Request, before: int, name: str, value: str) -> str:
    """The `let`, on a line of its own if what it stands before begins one."""
    if begins_line(request.text, before):
        return f"let {name} = {value} in{line_break(request.text)}{indentation(request.text, before)}"
    return f"let {name} = {value} in "


def _replaced(request: Request, expression: n.Expr) -> tuple[int, int]:
    """What the name takes the place of: parentheses that it does not need go, unless they keep words apart."""
    start, end = request.extent(expression)
    text = request.text
    if (start and text[start - 1] in _WORD) or text[end : end + 1] in _WORD:
        return expression.start, expression.end
    return start, end


def fresh_name(request: Request, expression: n.Expr) -> str:
    """A name that says what an expression is, and that nothing in the file has."""
    tokens = request.places.tokens
    # What comes after a dot is no variable, nor does it hide one.
    after_dot = [False, *(kind == t.DOT for kind in tokens.kinds)]
    taken = {value for value, field in zip(tokens.values, after_dot, strict=False) if not field}
    wanted = "value"
    if isinstance(expression, n.Access) and expression.field.name is not None:
        wanted = expression.field.name
    elif isinstance(expression, n.Import):
        wanted = expression.path.replace("\\", "/").rsplit("/", 1)[-1].split(".", 1)[0]
    elif isinstance(expression, n.Fun):
        wanted = "function"
    elif isinstance(expression, n.Rec):
        wanted = "record"
    elif isinstance(expression, n.Arr):
        wanted = "items"
    elif isinstance(expression, (n.Str, n.Interp)):
        wanted = "text"
    if not spells_identifier(wanted) or wanted in t.KEYWORDS:
        wanted = "value"
    name = wanted
    number = 2
    while name in taken:
        name = f"{wanted}{number}"
        number += 1
    return name
