r"""From the syntax tree of a regular expression to the tree that engines work on: flags are applied, classes become sets.

For text that is ASCII, sets are computed within a small universe: ASCII and the two characters beyond it that fold into it. It is
closed under folding, so all operations on sets stay exact, and no table of Unicode is read for `\w`.

Source: stdlib.md appendix B.
"""

from __future__ import annotations

from contractlang.text.case_folding import fold
from contractlang.text.character_sets import (
    ASCII,
    EVERYTHING,
    NOTHING,
    CharacterSet,
    character_set,
    complement,
    difference,
    intersection,
    parse_set,
    symmetric_difference,
    union,
)
from contractlang.text.errors import TextError
from contractlang.text.regex_class_parser import POSIX_CLASSES
from contractlang.text.regex_errors import pattern_error
from contractlang.text.regex_nodes import (
    CRLF,
    DOT_ALL,
    IGNORE_CASE,
    MULTI_LINE,
    UNICODE,
    Alternation,
    Assertion,
    Bracketed,
    ClassOperation,
    ClassRange,
    ClassUnion,
    Concatenation,
    Dot,
    Group,
    Literal,
    Node,
    PerlClass,
    PosixClass,
    PropertyClass,
    Repetition,
)
from contractlang.text.regex_tree import (
    BEGIN,
    BEGIN_LINE,
    BEGIN_LINE_CRLF,
    END,
    END_LINE,
    END_LINE_CRLF,
    NO_WORD_BOUNDARY,
    WORD_BOUNDARY,
    WORD_END,
    WORD_END_HALF,
    WORD_START,
    WORD_START_HALF,
    Capture,
    Characters,
    Choice,
    Look,
    Nothing,
    Repeat,
    Sequence,
    Tree,
    is_always_empty,
)
from contractlang.text.unicode_properties import UnknownProperty, find_property, perl_class

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

_FOLDED_INTO_ASCII: Final[CharacterSet] = ((0x17F, 0x17F), (0x212A, 0x212A))  # the long s and the Kelvin sign
_SMALL_UNIVERSE: Final[CharacterSet] = ASCII + _FOLDED_INTO_ASCII
_ASCII_PERL: Final[dict[str, CharacterSet]] = {
    "d": ((0x30, 0x39),),
    "s": ((9, 13), (0x20, 0x20)),
    "w": ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)),
}
_FOLDED_BEYOND_ASCII: Final[tuple[CharacterSet, ...]] = (
    ((0x4B, 0x4B), (0x6B, 0x6B), (0x212A, 0x212A)),
    ((0x53, 0x53), (0x73, 0x73), (0x17F, 0x17F)),
)
_INVALID_BYTES: Final = "pattern can match invalid UTF-8"
_NO_UNICODE: Final = "Unicode not allowed here"
_PLAIN_LOOKS: Final = {
    "A": BEGIN,
    "z": END,
    "b": WORD_BOUNDARY,
    "B": NO_WORD_BOUNDARY,
    "start": WORD_START,
    "end": WORD_END,
    "start-half": WORD_START_HALF,
    "end-half": WORD_END_HALF,
}


class Lowering:
    """Lowers one pattern, for any text or, with `ascii_text`, for text in ASCII alone. Methods raise TextError."""

    __slots__ = ("ascii_text", "pattern", "universe")

    def __init__(self, pattern: str, *, ascii_text: bool) -> None:
        self.pattern = pattern
        self.ascii_text = ascii_text
        self.universe = _SMALL_UNIVERSE if ascii_text else EVERYTHING

    def lower(self, node: Node) -> Tree:
        if isinstance(node, Literal):
            self._check_literal(node)
            members: CharacterSet = ((node.code, node.code),)
            if node.flags & IGNORE_CASE:
                members = self._fold(members, node.flags)
            return self._characters(members, literal=len(members) == 1)
        if isinstance(node, (Dot, PerlClass, PropertyClass, Bracketed)):
            return self._characters(self._dot(node) if isinstance(node, Dot) else self._members(node))
        if isinstance(node, Assertion):
            return Look(self._condition(node), ascii_words=not node.flags & UNICODE)
        if isinstance(node, Group):
            child = self.lower(node.child)
            return child if node.index is None else Capture(node.index, child)
        if isinstance(node, Repetition):
            return self._repeat(node)
        if isinstance(node, Concatenation):
            lowered = [self.lower(child) for child in node.children]
            children = [child for child in lowered if not isinstance(child, Nothing)]
            return children[0] if len(children) == 1 else Sequence(children) if children else Nothing()
        if isinstance(node, Alternation):
            return Choice([self.lower(child) for child in node.children])
        return Nothing()

    def _repeat(self, node: Repetition) -> Tree:
        child = self.lower(node.child)
        minimum, maximum = node.minimum, node.maximum
        if is_always_empty(child):
            minimum, maximum = min(minimum, 1), 1 if maximum is None else min(maximum, 1)
        if maximum == 0:
            return Nothing()  # its groups are gone: they do not even count
        return child if minimum == maximum == 1 else Repeat(child, minimum, maximum, node.greedy)

    @staticmethod
    def _condition(node: Assertion) -> str:
        if node.kind in _PLAIN_LOOKS:
            return _PLAIN_LOOKS[node.kind]
        begin = node.kind == "^"
        if not node.flags & MULTI_LINE:
            return BEGIN if begin else END
        if node.flags & CRLF:
            return BEGIN_LINE_CRLF if begin else END_LINE_CRLF
        return BEGIN_LINE if begin else END_LINE

    def _characters(self, members: CharacterSet, *, literal: bool = False) -> Tree:
        return Characters(intersection(members, ASCII) if self.ascii_text else members, literal=literal)

    def _dot(self, node: Dot) -> CharacterSet:
        if not node.flags & UNICODE:
            raise self._error(_INVALID_BYTES, node)
        if node.flags & DOT_ALL:
            return self.universe
        return self._negated(((10, 10), (13, 13)) if node.flags & CRLF else ((10, 10),))

    def _members(self, node: Node) -> CharacterSet:
        """What a class matches, or a part of one."""
        if isinstance(node, ClassRange):
            first, last = node.first, node.last
            self._check_literal(first, in_class=True)
            self._check_literal(last, in_class=True)
            return intersection(((first.code, last.code),), self.universe)
        if isinstance(node, Literal):
            self._check_literal(node, in_class=True)
            return intersection(((node.code, node.code),), self.universe)
        if isinstance(node, ClassUnion):
            return character_set(item for part in node.items for item in self._members(part))
        if isinstance(node, Bracketed):
            content = self._members(node.content)
            return self._negate_if(node.negated, self._fold_if(content, node.flags), node, node.flags)
        if isinstance(node, ClassOperation):
            return self._operation(node)
        if isinstance(node, PosixClass):
            return self._negate_if(node.negated, self._fold_if(_posix(node.name), node.flags), node, node.flags)
        if isinstance(node, PerlClass):
            return self._negate_if(node.letter.isupper(), self._perl(node), node, node.flags)
        if isinstance(node, PropertyClass):
            members = self._fold_if(self._property(node), node.flags)
            return self._negate_if(node.negated, members, node, node.flags)
        return NOTHING

    def _operation(self, node: ClassOperation) -> CharacterSet:
        # `a && b -- c` is a chain to the left as long as the class: followed without recursion.
        chain = []
        left: Node = node
        while isinstance(left, ClassOperation):
            chain.append(left)
            left = left.left
        members = self._members(left)
        for part in reversed(chain):
            right = self._members(part.right)
            flags = part.flags
            members, right = self._fold_if(members, flags), self._fold_if(right, flags)
            combine = {"&": intersection, "-": difference, "~": symmetric_difference}[part.operator]
            members = combine(members, right)
        return members

    def _perl(self, node: PerlClass) -> CharacterSet:
        letter = node.letter.lower()
        if not node.flags & UNICODE:
            return _ASCII_PERL[letter]
        if not self.ascii_text:
            return perl_class(letter)
        return union(_ASCII_PERL[letter], _FOLDED_INTO_ASCII) if letter == "w" else _ASCII_PERL[letter]

    def _property(self, node: PropertyClass) -> CharacterSet:
        if not node.flags & UNICODE:
            raise self._error(_NO_UNICODE, node)
        try:
            return intersection(find_property(node.name, node.value), self.universe)
        except UnknownProperty as error:
            raise self._error(error.reason, node) from None

    def _check_literal(self, node: Literal, *, in_class: bool = False) -> None:
        """Without Unicode, bytes above 127 are no text, and a class is a class of bytes."""
        if node.flags & UNICODE or node.code < 0x80:
            return
        if node.is_byte:
            raise self._error(_INVALID_BYTES, node)
        if in_class:
            raise self._error(_NO_UNICODE, node)

    def _fold_if(self, members: CharacterSet, flags: int) -> CharacterSet:
        return self._fold(members, flags) if flags & IGNORE_CASE else members

    def _fold(self, members: CharacterSet, flags: int) -> CharacterSet:
        if not flags & UNICODE:
            return union(members, _fold_ascii(members))
        if not self.ascii_text:
            return fold(members)
        small = intersection(members, _SMALL_UNIVERSE)
        for group in _FOLDED_BEYOND_ASCII:
            if intersection(small, group):
                small = union(small, group)
        return union(small, _fold_ascii(small))

    def _negate_if(self, negated: bool, members: CharacterSet, node: Node, flags: int) -> CharacterSet:
        if not negated:
            return members
        if not flags & UNICODE:
            raise self._error(_INVALID_BYTES, node)
        return self._negated(members)

    def _negated(self, members: CharacterSet) -> CharacterSet:
        return intersection(complement(members), self.universe)

    def _error(self, reason: str, node: Node) -> TextError:
        return pattern_error(self.pattern, reason, (node.start, node.end))


def _fold_ascii(members: CharacterSet) -> CharacterSet:
    """The ASCII letters of the set, in the other case."""
    result = []
    for first, last in members:
        for low, high, shift in ((0x41, 0x5A, 32), (0x61, 0x7A, -32)):
            if first <= high and last >= low:
                result.append((max(first, low) + shift, min(last, high) + shift))
    return character_set(result)


def _posix(name: str) -> CharacterSet:
    return parse_set(POSIX_CLASSES[name])
