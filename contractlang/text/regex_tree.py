"""A regular expression with its flags applied: sets of characters, conditions on positions, and how they are put together.

Engines work on this tree. Made by `regex_lowering` from the syntax tree.
"""

from __future__ import annotations

from contractlang.text.character_sets import CharacterSet

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

BEGIN: Final = "begin"
END: Final = "end"
BEGIN_LINE: Final = "begin line"
END_LINE: Final = "end line"
BEGIN_LINE_CRLF: Final = "begin line, CRLF"
END_LINE_CRLF: Final = "end line, CRLF"
WORD_BOUNDARY: Final = "b"
NO_WORD_BOUNDARY: Final = "B"
WORD_START: Final = "start"
WORD_END: Final = "end of word"
WORD_START_HALF: Final = "start-half"
WORD_END_HALF: Final = "end-half"


class Tree:
    """A part of the expression."""

    __slots__ = ()


class Nothing(Tree):
    """The empty text."""

    __slots__ = ()


class Characters(Tree):
    """One character of a set; `literal` if it was written as a plain character (this counts for the size limit)."""

    __slots__ = ("literal", "members")

    def __init__(self, members: CharacterSet, *, literal: bool = False) -> None:
        self.members = members
        self.literal = literal


class Look(Tree):
    """A condition on the position; `ascii_words` if only ASCII has word characters."""

    __slots__ = ("ascii_words", "condition")

    def __init__(self, condition: str, *, ascii_words: bool) -> None:
        self.condition = condition
        self.ascii_words = ascii_words


class Capture(Tree):
    __slots__ = ("child", "index")

    def __init__(self, index: int, child: Tree) -> None:
        self.index = index
        self.child = child


class Repeat(Tree):
    """`child` from `minimum` to `maximum` times (None: no limit); never the trivial 0 to 0 and 1 to 1."""

    __slots__ = ("child", "greedy", "maximum", "minimum")

    def __init__(self, child: Tree, minimum: int, maximum: int | None, greedy: bool) -> None:
        self.child = child
        self.minimum = minimum
        self.maximum = maximum
        self.greedy = greedy


class Sequence(Tree):
    __slots__ = ("children",)

    def __init__(self, children: list[Tree]) -> None:
        self.children = children


class Choice(Tree):
    """The first of `children` that leads to a match."""

    __slots__ = ("children",)

    def __init__(self, children: list[Tree]) -> None:
        self.children = children


def children_of(tree: Tree) -> list[Tree]:
    if isinstance(tree, (Capture, Repeat)):
        return [tree.child]
    if isinstance(tree, (Sequence, Choice)):
        return tree.children
    return []


def leaves(tree: Tree) -> list[Tree]:
    """The nodes without children, from left to right."""
    result = []
    stack = [tree]
    while stack:
        node = stack.pop()
        children = children_of(node)
        if children:
            stack.extend(reversed(children))
        else:
            result.append(node)
    return result


def group_count(tree: Tree) -> int:
    """The highest index of a capturing group that is left in the tree."""
    highest = 0
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Capture):
            highest = max(highest, node.index)
        stack.extend(children_of(node))
    return highest


def may_be_empty(tree: Tree) -> bool:
    """Whether the tree can match the empty text."""
    if isinstance(tree, Characters):
        return False
    if isinstance(tree, Capture):
        return may_be_empty(tree.child)
    if isinstance(tree, Repeat):
        return tree.minimum == 0 or may_be_empty(tree.child)
    if isinstance(tree, Sequence):
        return all(may_be_empty(child) for child in tree.children)
    if isinstance(tree, Choice):
        return any(may_be_empty(child) for child in tree.children)
    return True


def is_always_empty(tree: Tree) -> bool:
    """Whether the tree matches nothing but the empty text."""
    return not any(isinstance(leaf, Characters) for leaf in leaves(tree))


def plain_text(tree: Tree) -> str | None:
    """The only text that the tree matches, if it is a sequence of single characters."""
    parts = tree.children if isinstance(tree, Sequence) else [tree]
    codes = []
    for part in parts:
        if not isinstance(part, Characters) or len(part.members) != 1 or part.members[0][0] != part.members[0][1]:
            return None
        codes.append(part.members[0][0])
    return "".join(map(chr, codes))
