r"""A regular-expression engine of our own, for the few patterns that RE2 cannot express.

It follows all ways through the pattern at once, in order of preference, one character of the text after the other (Thompson's
construction as described by Pike and Cox), so its time is bounded by the length of the text times the size of the pattern. It knows
the conditions that RE2 lacks: word starts and ends, and line ends of `\r\n`.
"""

from __future__ import annotations

from collections.abc import Iterator

from contractlang.text.character_sets import CharacterSet, contains
from contractlang.text.regex_alphabet import ASCII_WORD
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
    Capture,
    Characters,
    Choice,
    Look,
    Repeat,
    Sequence,
    Tree,
    group_count,
    may_be_empty,
)
from contractlang.text.unicode_properties import perl_class

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

_TAKE: Final = 0  # a character of a set, then on to the next instruction
_SPLIT: Final = 1  # on to several instructions, in order of preference
_SAVE: Final = 2  # note the position
_LOOK: Final = 3  # a condition on the position
_MATCH: Final = 4

Slots = tuple[int, ...]


class _Membership(dict[str, bool]):
    """Whether characters are in a set, remembered."""

    def __init__(self, members: CharacterSet) -> None:
        super().__init__()
        self._members = members

    def __missing__(self, char: str) -> bool:
        known = self[char] = contains(self._members, ord(char))
        return known


class Machine:
    """The program of one pattern."""

    __slots__ = ("_arguments", "_memberships", "_operations", "_slots", "_targets", "_words")

    def __init__(self, tree: Tree) -> None:
        self._operations: list[int] = []
        self._arguments: list[object] = []
        self._targets: list[list[int]] = []
        self._memberships: dict[CharacterSet, _Membership] = {}
        self._words: dict[bool, _Membership] = {}
        self._slots: Slots = (-1,) * (2 * group_count(tree) + 2)
        self._compile(Capture(0, tree))
        self._add(_MATCH)

    # Compilation: every part continues with the instruction after it.

    def _add(self, operation: int, argument: object = None) -> int:
        index = len(self._operations)
        self._operations.append(operation)
        self._arguments.append(argument)
        self._targets.append([index + 1])
        return index

    def _compile(self, tree: Tree) -> None:
        if isinstance(tree, Characters):
            self._add(_TAKE, self._memberships.setdefault(tree.members, _Membership(tree.members)))
        elif isinstance(tree, Look):
            if tree.ascii_words not in self._words:
                self._words[tree.ascii_words] = _Membership(ASCII_WORD if tree.ascii_words else perl_class("w"))
            self._add(_LOOK, tree)
        elif isinstance(tree, Capture):
            self._add(_SAVE, 2 * tree.index)
            self._compile(tree.child)
            self._add(_SAVE, 2 * tree.index + 1)
        elif isinstance(tree, Sequence):
            for child in tree.children:
                self._compile(child)
        elif isinstance(tree, Choice):
            self._choice(tree)
        elif isinstance(tree, Repeat):
            self._repeat(tree)

    def _choice(self, tree: Choice) -> None:
        split = self._add(_SPLIT)
        starts = []
        ends = []
        for child in tree.children:
            starts.append(len(self._operations))
            self._compile(child)
            ends.append(self._add(_SPLIT))
        self._targets[split] = starts
        for end in ends:
            self._targets[end] = [len(self._operations)]

    def _repeat(self, tree: Repeat) -> None:
        child, minimum, maximum = tree.child, tree.minimum, tree.maximum
        if maximum is None:
            if minimum == 0 and may_be_empty(child):
                self._optional(Repeat(child, 1, None, tree.greedy), tree.greedy)
                return
            for _ in range(minimum - 1):
                self._compile(child)
            begin = len(self._operations) if minimum else self._add(_SPLIT)
            self._compile(child)
            loop = self._add(_SPLIT)
            after = loop + 1
            if minimum:
                self._targets[loop] = [begin, after] if tree.greedy else [after, begin]
            else:
                self._targets[begin] = [begin + 1, after] if tree.greedy else [after, begin + 1]
                self._targets[loop] = [begin]
            return
        for _ in range(minimum):
            self._compile(child)
        splits = []
        for _ in range(maximum - minimum):
            splits.append(self._add(_SPLIT))
            self._compile(child)
        after = len(self._operations)
        for split in splits:
            self._targets[split] = [split + 1, after] if tree.greedy else [after, split + 1]

    def _optional(self, child: Tree, greedy: bool) -> None:
        split = self._add(_SPLIT)
        self._compile(child)
        after = len(self._operations)
        self._targets[split] = [split + 1, after] if greedy else [after, split + 1]

    # Search

    def matches(self, text: str) -> Iterator[Slots]:
        """The beginnings and ends of every match and its groups (-1: took no part), from left to right."""
        position = 0
        previous_end = -1
        while position <= len(text):
            slots = self._search(text, position)
            if slots is None:
                return
            start, end = slots[0], slots[1]
            if start == end == previous_end:
                position = end + 1
            else:
                yield slots
                previous_end = position = end

    def found(self, text: str) -> bool:
        return self._search(text, 0) is not None

    def _search(self, text: str, begin: int) -> Slots | None:
        operations, arguments = self._operations, self._arguments
        best: Slots | None = None
        threads: list[tuple[int, Slots]] = []
        seen: set[int] = set()
        for position in range(begin, len(text) + 1):
            if best is None:
                self._follow(0, self._slots, text, position, seen, threads)
            if not threads:
                if best is not None:
                    break
                seen = set()
                continue
            char = text[position : position + 1]
            following: list[tuple[int, Slots]] = []
            seen = set()
            for instruction, slots in threads:
                if operations[instruction] == _MATCH:
                    best = slots
                    break
                membership = arguments[instruction]
                assert isinstance(membership, _Membership)
                if char and membership[char]:
                    self._follow(instruction + 1, slots, text, position + 1, seen, following)
            threads = following
        return best

    def _follow(
        self, instruction: int, slots: Slots, text: str, position: int, seen: set[int], threads: list[tuple[int, Slots]]
    ) -> None:
        """Adds the threads that wait for a character, and the match, in order of preference."""
        stack = [(instruction, slots)]
        while stack:
            instruction, slots = stack.pop()
            if instruction in seen:
                continue
            seen.add(instruction)
            operation = self._operations[instruction]
            if operation in {_TAKE, _MATCH}:
                threads.append((instruction, slots))
                continue
            argument = self._arguments[instruction]
            if operation == _SAVE:
                assert isinstance(argument, int)
                slots = (*slots[:argument], position, *slots[argument + 1 :])
            elif operation == _LOOK:
                assert isinstance(argument, Look)
                if not self._holds(argument, text, position):
                    continue
            stack.extend([(target, slots) for target in reversed(self._targets[instruction])])

    def _holds(self, look: Look, text: str, position: int) -> bool:
        condition = look.condition
        before = text[position - 1] if position else ""
        after = text[position : position + 1]
        if condition == BEGIN:
            return not before
        if condition == END:
            return not after
        if condition == BEGIN_LINE:
            return before in {"", "\n"}
        if condition == END_LINE:
            return after in {"", "\n"}
        if condition == BEGIN_LINE_CRLF:
            return before in {"", "\n"} or (before == "\r" and after != "\n")
        if condition == END_LINE_CRLF:
            return after in {"", "\r"} or (after == "\n" and before != "\r")
        words = self._words[look.ascii_words]
        word_before = bool(before) and words[before]
        word_after = bool(after) and words[after]
        if condition == WORD_BOUNDARY:
            return word_before != word_after
        if condition == NO_WORD_BOUNDARY:
            return word_before == word_after
        if condition == WORD_START:
            return word_after and not word_before
        if condition == WORD_END:
            return word_before and not word_after
        return not word_after if condition == WORD_END_HALF else not word_before
