"""Taking a binding out of a `let`, with the `let` itself if it was the only one."""

from __future__ import annotations

from contractlang.ide.lines import begins_line, indentation, line_break
from contractlang.syntax import nodes as n
from contractlang.syntax import tokens as t

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.ide.actions.action import Request
    from contractlang.ide.places import TextEdit


def removal(request: Request, let: n.Let, binding: n.Binding) -> TextEdit | None:
    """The edit that takes a binding away; None if a comment would get lost that does not belong to its value."""
    if len(let.bindings) == 1:
        start, end = let.start, request.extent(let.body)[0]
    else:
        index = let.bindings.index(binding)
        if index + 1 < len(let.bindings):
            start, end = binding.start, let.bindings[index + 1].start
        else:
            start, end = let.bindings[index - 1].end, binding.end
            following = request.places.after(end)
            if following is not None and following[0] == t.COMMA:
                end = following[2]
    value_start, value_end = request.extent(binding.value)
    comments = [
        request.text[each[0] : each[1]]
        for each in request.places.tokens.comments
        if start <= each[0] < end and not value_start <= each[0] < value_end
    ]
    if not comments:
        return request.edit(start, end, "")
    if len(let.bindings) > 1 or not begins_line(request.text, start):
        return None
    margin = line_break(request.text) + indentation(request.text, start)
    return request.edit(start, end, "".join(comment.rstrip("\r") + margin for comment in comments))


def innermost_let(request: Request, start: int) -> tuple[n.Let, n.Binding] | None:
    """The `let` that binds the variable whose declaration begins at an offset, by a pattern that is just this variable."""
    from contractlang.syntax.traversal import path_over

    for node in reversed(path_over(request.tree, start, start)):
        if isinstance(node, n.Let):
            for binding in node.bindings:
                if isinstance(binding.pattern, n.PVar) and binding.pattern.start == start:
                    return node, binding
    return None
