"""The parser of bracketed character classes, nested and with set operations.

Open brackets and pending operations stand on a stack of its own, so depth costs no recursion.

Source: stdlib.md appendix B.
"""

from __future__ import annotations

from contractlang.text.errors import TextError
from contractlang.text.regex_cursor import Cursor
from contractlang.text.regex_escapes import parse_escape
from contractlang.text.regex_nodes import (
    Bracketed,
    ClassOperation,
    ClassRange,
    ClassUnion,
    Empty,
    Literal,
    Node,
    PerlClass,
    PosixClass,
    PropertyClass,
)

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

POSIX_CLASSES: Final = {
    "alnum": "30-39 41-5A 61-7A",
    "alpha": "41-5A 61-7A",
    "ascii": "0-7F",
    "blank": "9 20",
    "cntrl": "0-1F 7F",
    "digit": "30-39",
    "graph": "21-7E",
    "lower": "61-7A",
    "print": "20-7E",
    "punct": "21-2F 3A-40 5B-60 7B-7E",
    "space": "9-D 20",
    "upper": "41-5A",
    "word": "30-39 41-5A 5F 61-7A",
    "xdigit": "30-39 41-46 61-66",
}
"""The names between `[:` and `:]`, with the hexadecimal ranges of what they hold."""

_UNCLOSED: Final = "unclosed character class"


class _Open:
    """A bracket that is open: what its parent held so far, where it begins and how far its opening goes."""

    __slots__ = ("end", "left", "negated", "operator", "parent_items", "start")

    def __init__(self, parent_items: list[Node], start: int, end: int, negated: bool) -> None:
        self.parent_items = parent_items
        self.start = start
        self.end = end
        self.negated = negated
        self.left: Node | None = None  # what stands before the pending operator
        self.operator = ""

    def content(self, items: list[Node], flags: int) -> Node:
        """`items` as one node, with the pending operator applied."""
        right = items[0] if len(items) == 1 else ClassUnion(items) if items else Empty(self.end, self.end)
        return ClassOperation(self.operator, self.left, right, flags) if self.left else right


def parse_class(cursor: Cursor) -> Bracketed:
    """The class that the bracket at the cursor opens; the cursor is left behind its end."""
    stack: list[_Open] = []
    items: list[Node] = []
    while True:
        cursor.skip_space()
        char = cursor.char
        if not char:
            raise _unclosed(cursor, stack)
        if char == "[":
            posix = _posix_class(cursor) if stack else None
            if posix:
                items.append(posix)
            else:
                items = _open(cursor, stack, items)
        elif char == "]":
            cursor.advance()
            bracket = stack.pop()
            bracketed = Bracketed(
                bracket.start, cursor.position, bracket.content(items, cursor.flags), bracket.negated, cursor.flags
            )
            if not stack:
                return bracketed
            items = bracket.parent_items
            items.append(bracketed)
        elif char in "&-~" and cursor.peek() == char:
            cursor.accept(char * 2)
            stack[-1].left = stack[-1].content(items, cursor.flags)
            stack[-1].operator = char
            items = []
        else:
            items.append(_range(cursor, stack))


def _unclosed(cursor: Cursor, stack: list[_Open]) -> TextError:
    return cursor.error(_UNCLOSED, stack[-1].start, stack[-1].end)


def _open(cursor: Cursor, stack: list[_Open], parent_items: list[Node]) -> list[Node]:
    """Past `[`, `[^` and what is literal only there; the first items of the new class."""
    start = cursor.position
    if not cursor.advance_past_space():
        raise cursor.error(_UNCLOSED, start, cursor.position)
    negated = cursor.char == "^"
    if negated and not cursor.advance_past_space():
        raise cursor.error(_UNCLOSED, start, cursor.position)
    items: list[Node] = []
    while cursor.char == "-" or (cursor.char == "]" and not items):
        bracket = cursor.char == "]"
        items.append(Literal(cursor.position, cursor.position + 1, ord(cursor.char), cursor.flags))
        if not cursor.advance_past_space():
            raise cursor.error(_UNCLOSED, start, cursor.position if bracket else start)
        if bracket:
            break
    stack.append(_Open(parent_items, start, cursor.position, negated))
    return items


def _range(cursor: Cursor, stack: list[_Open]) -> Node:
    """A character, an escape, or a range between two characters."""
    first = _item(cursor)
    cursor.skip_space()
    if not cursor.char:
        raise _unclosed(cursor, stack)
    if cursor.char != "-" or cursor.peek_past_space() in {"]", "-"}:
        if isinstance(first, (Literal, PerlClass, PropertyClass)):
            return first
        raise cursor.error("invalid escape sequence found in character class", first.start, first.end)
    if not cursor.advance_past_space():
        raise _unclosed(cursor, stack)
    last = _item(cursor)
    for bound in (first, last):
        if not isinstance(bound, Literal):
            raise cursor.error("invalid range boundary, must be a literal", bound.start, bound.end)
    assert isinstance(first, Literal)
    assert isinstance(last, Literal)
    if first.code > last.code:
        reason = "invalid character class range, the start must be <= the end"
        raise cursor.error(reason, first.start, last.end)
    return ClassRange(first, last)


def _item(cursor: Cursor) -> Node:
    if cursor.char == "\\":
        return parse_escape(cursor)
    start = cursor.position
    code = ord(cursor.char)
    cursor.advance()
    return Literal(start, start + 1, code, cursor.flags)


def _posix_class(cursor: Cursor) -> PosixClass | None:
    """`[:name:]`, or None and the cursor unmoved if this is something else."""
    start = cursor.position
    if not cursor.pattern.startswith("[:", start):
        return None
    end = cursor.pattern.find(":", start + 2)
    name = cursor.pattern[start + 2 : end]
    negated = name.startswith("^")
    name = name.removeprefix("^")
    if end < 0 or not cursor.pattern.startswith(":]", end) or name not in POSIX_CLASSES:
        return None
    cursor.move(end + 2)
    return PosixClass(start, cursor.position, name, negated, cursor.flags)
