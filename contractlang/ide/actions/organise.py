"""Organise record fields: they are sorted by name, so that the pieces of one field come together; what is included comes first.

Blank lines divide a record into groups, which stay as they are and are sorted each by itself. Comments above a field and after it
on its line go with it; others stay where they are. The order of fields means nothing, that of the pieces of one field is kept.
"""

from __future__ import annotations

from itertools import pairwise

from contractlang.ide.actions.action import ORGANISE, Action
from contractlang.ide.actions.trial import is_sound
from contractlang.ide.lines import begins_line
from contractlang.syntax import nodes as n
from contractlang.syntax import tokens as t

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator

    from contractlang.ide.actions.action import Request
    from contractlang.ide.places import TextEdit

    Key = tuple[int, str, str]


class _Item:
    """A declaration with what belongs to it: the comments above it from `start`, the comma after it up to `comma` (−1: none), the
    comment behind that from there up to `end`."""

    __slots__ = ("comma", "decl", "end", "start", "stop")

    def __init__(self, decl: n.FieldDecl | n.Include, start: int, stop: int, comma: int, end: int) -> None:
        self.decl = decl
        self.start = start
        self.stop = stop
        self.comma = comma
        self.end = end


def offers(request: Request) -> Iterator[Action]:
    """The sorting of the innermost record that the cursor is in."""
    record = next((node for node in reversed(request.nodes) if isinstance(node, n.Rec)), None)
    if record is None or len(record.decls) < 2 or request.snapshot.parsed(request.path).problems:
        return
    items = _items(request, record)
    if items is None:
        return
    edits: list[TextEdit] = []
    for group in _groups(request.text, items):
        ordered = sorted(group, key=lambda item: _key(item.decl))
        if ordered != group:
            text = _rearranged(request.text, group, ordered)
            if text is None:
                return
            edits.append(request.edit(group[0].start, group[-1].end, text))
    if edits and is_sound(request, edits):
        yield Action("Sort the fields of this record", ORGANISE, edits)


def _key(decl: n.FieldDecl | n.Include) -> Key:
    if isinstance(decl, n.Include):
        return 0, "", ""
    name = decl.path[0].name
    return (2, "", "") if name is None else (1, name.casefold(), name)


def _items(request: Request, record: n.Rec) -> list[_Item] | None:
    """The declarations of a record with what belongs to them; None where that cannot be told."""
    text = request.text
    found: list[_Item] = []
    at = record.start + 1
    for decl in record.decls:
        following = request.places.after(decl.end)
        comma = following[2] if following is not None and following[0] == t.COMMA else -1
        stop = comma if comma >= 0 else decl.end
        if "\n" in text[decl.end : stop]:
            return None
        end = _comment_after(request, stop, decl)
        found.append(_Item(decl, _lead(request, at, decl.start), decl.end, comma, end))
        at = end
    return found


def _lead(request: Request, after: int, start: int) -> int:
    """Where the comments begin that stand in the lines directly above a declaration."""
    text = request.text
    first = start
    for comment, end in reversed(request.places.tokens.comments):
        if comment >= first:
            continue
        if comment < after or not begins_line(text, comment) or text.count("\n", end, first) != 1:
            break
        first = comment
    return first


def _comment_after(request: Request, stop: int, decl: n.FieldDecl | n.Include) -> int:
    """Where the comment ends that follows on the same line; `stop` if there is none."""
    for start, end in request.places.tokens.comments:
        if start >= stop:
            if request.text[stop:start].strip(" \t"):
                return stop
            return end - 1 if request.text[end - 1] == "\r" else end
    return stop


def _groups(text: str, items: list[_Item]) -> list[list[_Item]]:
    """The items between blank lines and comments that belong to none of them."""
    groups: list[list[_Item]] = [[items[0]]]
    for before, item in pairwise(items):
        between = text[before.end : item.start]
        if between.count("\n") > 1 or between.strip():
            groups.append([item])
        else:
            groups[-1].append(item)
    return groups


def _rearranged(text: str, group: list[_Item], ordered: list[_Item]) -> str | None:
    """The text of a group in another order; None if a comment would swallow what follows it."""
    parts: list[str] = []
    for index, (slot, item) in enumerate(zip(group, ordered, strict=True)):
        comment = text[item.comma if item.comma >= 0 else item.stop : item.end]
        between = text[slot.end : group[index + 1].start] if index + 1 < len(group) else ""
        rest = between or text[slot.end : slot.end + 2]
        if comment and not rest.startswith(("\n", "\r\n")):
            return None
        parts += [text[item.start : item.stop], "," if slot.comma >= 0 else "", comment, between]
    return "".join(parts)
