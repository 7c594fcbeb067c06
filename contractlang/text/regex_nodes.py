"""The syntax tree of a regular expression, as written: spans are kept, flags are noted but not yet applied.

Leaves that flags bear upon carry the set of flags in force where they stand. `start` and `end` are offsets in the pattern.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

IGNORE_CASE: Final = 1  # i
MULTI_LINE: Final = 2  # m
DOT_ALL: Final = 4  # s
SWAP_GREED: Final = 8  # U
UNICODE: Final = 16  # u
CRLF: Final = 32  # R
VERBOSE: Final = 64  # x


class Node:
    """A part of the pattern, from `start` up to, not including, `end`."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end


class Empty(Node):
    """Nothing: matches the empty text."""

    __slots__ = ()


class SetFlags(Node):
    """`(?i-s)`: what follows, up to the end of the group, carries other flags."""

    __slots__ = ()


class Literal(Node):
    r"""One character; `is_byte` if it was written as `\xHH`, which without Unicode means a byte."""

    __slots__ = ("code", "flags", "is_byte")

    def __init__(self, start: int, end: int, code: int, flags: int, *, is_byte: bool = False) -> None:
        super().__init__(start, end)
        self.code = code
        self.flags = flags
        self.is_byte = is_byte


class Dot(Node):
    __slots__ = ("flags",)

    def __init__(self, start: int, end: int, flags: int) -> None:
        super().__init__(start, end)
        self.flags = flags


class Assertion(Node):
    r"""A condition on a position; `kind` is `^`, `$`, `A`, `z`, `b`, `B`, or the name in `\b{name}`."""

    __slots__ = ("flags", "kind")

    def __init__(self, start: int, end: int, kind: str, flags: int) -> None:
        super().__init__(start, end)
        self.kind = kind
        self.flags = flags


class PerlClass(Node):
    r"""`\d`, `\s`, `\w`, or their negations in capitals."""

    __slots__ = ("flags", "letter")

    def __init__(self, start: int, end: int, letter: str, flags: int) -> None:
        super().__init__(start, end)
        self.letter = letter
        self.flags = flags


class PropertyClass(Node):
    r"""`\p{name}` or `\p{name=value}`."""

    __slots__ = ("flags", "name", "negated", "value")

    def __init__(self, start: int, end: int, name: str, value: str | None, negated: bool, flags: int) -> None:
        super().__init__(start, end)
        self.name = name
        self.value = value
        self.negated = negated
        self.flags = flags


class PosixClass(Node):
    """`[:alpha:]` or `[:^alpha:]`, inside brackets."""

    __slots__ = ("flags", "name", "negated")

    def __init__(self, start: int, end: int, name: str, negated: bool, flags: int) -> None:
        super().__init__(start, end)
        self.name = name
        self.negated = negated
        self.flags = flags


class ClassRange(Node):
    """`a-z`, inside brackets."""

    __slots__ = ("first", "last")

    def __init__(self, first: Literal, last: Literal) -> None:
        super().__init__(first.start, last.end)
        self.first = first
        self.last = last


class ClassUnion(Node):
    """Two or more things side by side inside brackets."""

    __slots__ = ("items",)

    def __init__(self, items: list[Node]) -> None:
        super().__init__(items[0].start, items[-1].end)
        self.items = items


class ClassOperation(Node):
    """`left && right`, `left -- right`, `left ~~ right`, inside brackets."""

    __slots__ = ("flags", "left", "operator", "right")

    def __init__(self, operator: str, left: Node, right: Node, flags: int) -> None:
        super().__init__(left.start, right.end)
        self.operator = operator
        self.left = left
        self.right = right
        self.flags = flags


class Bracketed(Node):
    """`[…]` or `[^…]`."""

    __slots__ = ("content", "flags", "negated")

    def __init__(self, start: int, end: int, content: Node, negated: bool, flags: int) -> None:
        super().__init__(start, end)
        self.content = content
        self.negated = negated
        self.flags = flags


class Group(Node):
    """A group; `index` counts the capturing ones from 1, None for the others."""

    __slots__ = ("child", "index")

    def __init__(self, start: int, end: int, child: Node, index: int | None) -> None:
        super().__init__(start, end)
        self.child = child
        self.index = index


class Repetition(Node):
    """`child{minimum,maximum}`, no limit if `maximum` is None."""

    __slots__ = ("child", "greedy", "maximum", "minimum")

    def __init__(self, end: int, child: Node, minimum: int, maximum: int | None, greedy: bool) -> None:
        super().__init__(child.start, end)
        self.child = child
        self.minimum = minimum
        self.maximum = maximum
        self.greedy = greedy


class Concatenation(Node):
    __slots__ = ("children",)

    def __init__(self, start: int, end: int, children: list[Node]) -> None:
        super().__init__(start, end)
        self.children = children


class Alternation(Node):
    __slots__ = ("children",)

    def __init__(self, start: int, end: int, children: list[Node]) -> None:
        super().__init__(start, end)
        self.children = children
