"""The parser of regular expressions: alternatives, repetitions, groups, flags.

Open groups stand on a stack of its own, so depth costs no recursion; what is deeper than NEST_LIMIT is refused when all is read, so
that later passes may recurse.

Source: stdlib.md appendix B.
"""

from __future__ import annotations

from contractlang.text.character_sets import contains
from contractlang.text.errors import TextError
from contractlang.text.regex_class_parser import parse_class
from contractlang.text.regex_cursor import Cursor
from contractlang.text.regex_errors import pattern_error
from contractlang.text.regex_escapes import parse_escape
from contractlang.text.regex_nodes import (
    CRLF,
    DOT_ALL,
    IGNORE_CASE,
    MULTI_LINE,
    SWAP_GREED,
    UNICODE,
    VERBOSE,
    Alternation,
    Assertion,
    Bracketed,
    ClassOperation,
    ClassUnion,
    Concatenation,
    Dot,
    Empty,
    Group,
    Literal,
    Node,
    Repetition,
    SetFlags,
)
from contractlang.text.strings import WHITE_SPACE
from contractlang.text.unicode_properties import property_named

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

NEST_LIMIT: Final = 250

_FLAGS: Final = {
    "i": IGNORE_CASE,
    "m": MULTI_LINE,
    "s": DOT_ALL,
    "U": SWAP_GREED,
    "u": UNICODE,
    "R": CRLF,
    "x": VERBOSE,
}
_MISSING: Final = "repetition operator missing expression"
_LOOK_AROUND: Final = "look-around, including look-ahead and look-behind, is not supported"
_UNCLOSED_COUNT: Final = "unclosed counted repetition"


class _Level:
    """A group that is open (or the whole pattern): its finished alternatives, the items of the one at hand, what was outside."""

    __slots__ = ("alternatives", "begin", "flags", "index", "items", "start")

    def __init__(self, start: int, begin: int, index: int | None, flags: int) -> None:
        self.start = start
        self.begin = begin  # where its first alternative begins
        self.index = index
        self.flags = flags  # those before the group
        self.alternatives: list[Node] = []
        self.items: list[Node] = []

    def content(self, end: int) -> Node:
        last = _concatenation(self.items, self.begin, end)
        return Alternation(self.alternatives[0].start, end, [*self.alternatives, last]) if self.alternatives else last


def _concatenation(items: list[Node], begin: int, end: int) -> Node:
    if len(items) == 1:
        return items[0]
    return Concatenation(begin, end, items) if items else Empty(begin, begin)


class Parser:
    """Parses one pattern; `groups` is the number of capturing groups met."""

    __slots__ = ("cursor", "groups", "names")

    def __init__(self, pattern: str) -> None:
        self.cursor = Cursor(pattern)
        self.groups = 0
        self.names: dict[str, tuple[int, int]] = {}

    def parse(self) -> Node:
        """The tree of the pattern. Raises TextError with the reason if it is faulty."""
        cursor = self.cursor
        stack = [_Level(0, 0, None, cursor.flags)]
        while True:
            cursor.skip_space()
            char = cursor.char
            if not char:
                break
            level = stack[-1]
            if char == "(":
                inner = self._group()
                if inner:
                    stack.append(inner)
                else:
                    level.items.append(SetFlags(cursor.position, cursor.position))
            elif char == ")":
                if len(stack) == 1:
                    raise cursor.error_here("unopened group")
                content = level.content(cursor.position)
                cursor.flags = level.flags
                cursor.advance()
                stack.pop()
                stack[-1].items.append(Group(level.start, cursor.position, content, level.index))
            elif char == "|":
                level.alternatives.append(_concatenation(level.items, level.begin, cursor.position))
                level.items = []
                cursor.advance()
                level.begin = cursor.position
            elif char in "?*+":
                self._repetition(level.items)
            elif char == "{":
                self._counted_repetition(level.items)
            else:
                level.items.append(self._primitive())
        if len(stack) > 1:
            raise cursor.error("unclosed group", stack[-1].start, stack[-1].start + 1)
        tree = stack[0].content(cursor.position)
        _check_depth(tree, cursor.pattern)
        return tree

    def _primitive(self) -> Node:
        cursor = self.cursor
        start = cursor.position
        char = cursor.char
        if char == "\\":
            return parse_escape(cursor)
        if char == "[":
            return parse_class(cursor)
        cursor.advance()
        if char == ".":
            return Dot(start, start + 1, cursor.flags)
        if char in "^$":
            return Assertion(start, start + 1, char, cursor.flags)
        return Literal(start, start + 1, ord(char), cursor.flags)

    def _repeated(self, items: list[Node]) -> Node:
        if not items or isinstance(items[-1], (Empty, SetFlags)):
            raise self.cursor.error_here(_MISSING)
        return items.pop()

    def _repetition(self, items: list[Node]) -> None:
        cursor = self.cursor
        child = self._repeated(items)
        minimum, maximum = {"?": (0, 1), "*": (0, None), "+": (1, None)}[cursor.char]
        cursor.advance()
        self._finish_repetition(items, child, minimum, maximum)

    def _finish_repetition(self, items: list[Node], child: Node, minimum: int, maximum: int | None) -> None:
        lazy = self.cursor.accept("?")
        greedy = lazy == bool(self.cursor.flags & SWAP_GREED)
        items.append(Repetition(self.cursor.position, child, minimum, maximum, greedy))

    def _counted_repetition(self, items: list[Node]) -> None:
        cursor = self.cursor
        start = cursor.position
        child = self._repeated(items)
        if not cursor.advance_past_space():
            raise cursor.error(_UNCLOSED_COUNT, start, cursor.position)
        minimum = self._decimal()
        exact = cursor.char != ","
        if not cursor.char or not (exact or cursor.advance_past_space()):
            raise cursor.error(_UNCLOSED_COUNT, start, cursor.position)  # even if the number is faulty too
        if isinstance(minimum, TextError):
            raise minimum
        maximum = minimum if exact else None if cursor.char == "}" else self._decimal()
        if isinstance(maximum, TextError):
            raise maximum
        if cursor.char != "}":
            raise cursor.error(_UNCLOSED_COUNT, start, cursor.position)
        cursor.advance_past_space()
        self._finish_repetition(items, child, minimum, maximum)
        if maximum is not None and minimum > maximum:
            reason = "invalid repetition count range, the start must be <= the end"
            raise cursor.error(reason, start, cursor.position)

    def _decimal(self) -> int | TextError:
        """The number at the cursor, or why there is none."""
        cursor = self.cursor
        while cursor.char and cursor.char in WHITE_SPACE:
            cursor.advance()
        start = cursor.position
        digits = []
        while cursor.char and cursor.char in "0123456789":
            digits.append(cursor.char)
            cursor.advance_past_space()
        end = cursor.position
        while cursor.char and cursor.char in WHITE_SPACE:
            cursor.advance_past_space()
        if not digits:
            return cursor.error("repetition quantifier expects a valid decimal", start, end)
        text = "".join(digits).lstrip("0")
        if len(text) > 10 or int(text or "0") >= 2**32:
            return cursor.error("decimal literal invalid", start, end)
        return int(text or "0")

    def _group(self) -> _Level | None:
        """Past what opens a group; None if it is `(?flags)`."""
        cursor = self.cursor
        start = cursor.position
        before = cursor.flags
        cursor.advance()
        cursor.skip_space()
        if any(cursor.accept(prefix) for prefix in ("?=", "?!", "?<=", "?<!")):
            raise cursor.error(_LOOK_AROUND, start, cursor.position)
        mark = cursor.position
        if cursor.accept("?P<") or cursor.accept("?<"):
            self.groups += 1
            self._name()
            return _Level(start, cursor.position, self.groups, before)
        if not cursor.accept("?"):
            self.groups += 1
            return _Level(start, cursor.position, self.groups, before)
        if not cursor.char:
            raise cursor.error("unclosed group", start, start + 1)
        flags, count = self._flags()
        closed = cursor.char == ")"
        cursor.advance()
        if closed and not count:
            raise cursor.error(_MISSING, mark, mark)
        cursor.flags = flags
        return None if closed else _Level(start, cursor.position, None, before)

    def _name(self) -> None:
        cursor = self.cursor
        start = cursor.position
        while cursor.char and cursor.char != ">":
            if not _may_stand_in_name(cursor.char, first=cursor.position == start):
                raise cursor.error_here("invalid capture group character")
            cursor.advance()
        end = cursor.position
        if not cursor.char:
            raise cursor.error("unclosed capture group name", end, end)
        cursor.advance()
        if start == end:
            raise cursor.error("empty capture group name", start, start)
        name = cursor.pattern[start:end]
        if name in self.names:
            raise pattern_error(cursor.pattern, "duplicate capture group name", self.names[name], (start, end))
        self.names[name] = (start, end)

    def _flags(self) -> tuple[int, int]:
        """The flags in force after the items up to `:` or `)`, and the number of items."""
        cursor = self.cursor
        flags = cursor.flags
        seen: dict[str, tuple[int, int]] = {}
        while cursor.char not in {":", ")"}:
            char = cursor.char
            span = (cursor.position, cursor.position + 1)
            if char != "-" and char not in _FLAGS:
                raise cursor.error_here("unrecognized flag")
            if char in seen:
                reason = "flag negation operator repeated" if char == "-" else "duplicate flag"
                raise pattern_error(cursor.pattern, reason, seen[char], span)
            seen[char] = span
            if char != "-":
                flags = flags & ~_FLAGS[char] if "-" in seen else flags | _FLAGS[char]
            if not cursor.advance():
                raise cursor.error("expected flag but got end of regex", cursor.position, cursor.position)
        if seen and next(reversed(seen)) == "-":
            raise cursor.error("dangling flag negation operator", *seen["-"])
        return flags, len(seen)


def _may_stand_in_name(char: str, *, first: bool) -> bool:
    if char.isascii():
        return char.isalpha() or char == "_" or (not first and (char in ".[]" or char.isdigit()))
    code = ord(char)
    return contains(property_named("alphabetic"), code) or (not first and contains(property_named("gc=number"), code))


def _children(node: Node) -> list[Node] | None:
    """The parts of a node that counts as a level of nesting, None for one that does not."""
    if isinstance(node, (Alternation, Concatenation)):
        return node.children
    if isinstance(node, (Group, Repetition)):
        return [node.child]
    if isinstance(node, Bracketed):
        return [node.content]
    if isinstance(node, ClassUnion):
        return node.items
    if isinstance(node, ClassOperation):
        return [node.left, node.right]
    return None


def _check_depth(tree: Node, pattern: str) -> None:
    stack = [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        children = _children(node)
        if children is None:
            continue
        if depth > NEST_LIMIT:
            reason = f"exceed the maximum number of nested parentheses/brackets ({NEST_LIMIT})"
            raise pattern_error(pattern, reason, (node.start, node.end))
        stack.extend((child, depth + 1) for child in reversed(children))
