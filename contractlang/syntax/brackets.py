"""Which brackets belong together in a text where they do not all match: so that a mistake has no effect far from its place.

Programs are indented, and that tells what was meant: a closing bracket that begins a line belongs to the opening one on whose line
the indentation is the same, and where a line begins no further to the right than the one that a bracket was opened on, that bracket
should have been closed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter

from contractlang.source import LineIndex
from contractlang.syntax import tokens as t
from contractlang.syntax.regions import CLOSERS, SMALLEST_RECORD, STRUCTURE, WORDS, Division, Region

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.syntax.tokens import Tokens

# How many open brackets are looked through for one that fits; nobody nests deeper on purpose.
FARTHEST: Final = 200
CLOSING: Final = frozenset(CLOSERS.values())


def repaired(tokens: Tokens, text: str) -> Division:
    """Divides a program whose brackets do not match."""
    kinds = [
        t.RBRACE if kind == t.INVALID and value is None else kind
        for kind, value in zip(tokens.kinds, tokens.values, strict=True)
    ]
    matching = _Matching(tokens, kinds, text)
    matching.run()
    return _divided(tokens, kinds, matching)


class _Opener:
    """An open bracket: its token, what closes it, its line and how far that is indented; `end`: the token before which it should
    have been closed, by the indentation, or −1."""

    __slots__ = ("closer", "end", "indentation", "index", "line")

    def __init__(self, index: int, closer: int, line: int, indentation: int) -> None:
        self.index = index
        self.closer = closer
        self.line = line
        self.indentation = indentation
        self.end = -1


class _Matching:
    """`partners`: the opening bracket of each closing one that has one; `ends`: of each opening one that has none, where it should
    have been closed."""

    __slots__ = ("_extra", "_first", "_indentation", "_kinds", "_lines", "_starts", "ends", "partners")

    def __init__(self, tokens: Tokens, kinds: list[int], text: str) -> None:
        self._kinds = kinds
        self._starts = tokens.starts
        self._lines = LineIndex(text).starts
        # The column of each token that is the first on its line, and of each line that of its first token.
        self._first: dict[int, int] = {}
        self._indentation: dict[int, int] = {}
        for line, start in enumerate(self._lines):
            index = bisect_left(tokens.starts, start)
            if index < len(kinds) and self._line(index) == line:
                self._first[index] = self._indentation[line] = tokens.starts[index] - start
        count = Counter(kinds)
        # How many more closing brackets than opening ones there are.
        self._extra = {closer: count[closer] - count[opener] for opener, closer in CLOSERS.items()}
        self.partners: dict[int, int] = {}
        self.ends: dict[int, int] = {}

    def _line(self, index: int) -> int:
        return bisect_right(self._lines, self._starts[index]) - 1

    def run(self) -> None:
        kinds = self._kinds
        stack: list[_Opener] = []
        last = len(kinds) - 1
        for index in range(last):
            column = self._first.get(index)
            if column is not None and stack:
                self._note_ends(stack, index, column)
            kind = kinds[index]
            if kind == t.COMMA and stack and stack[-1].closer == t.RPAREN and stack[-1].end < 0:
                stack[-1].end = index  # nothing in parentheses is separated by commas
            elif kind in CLOSERS:
                line = self._line(index)
                stack.append(_Opener(index, CLOSERS[kind], line, self._indentation.get(line, 0)))
            elif kind in CLOSING:
                depth = self._partner(stack, index, kind, column)
                if depth:
                    for opener in stack[len(stack) - depth + 1 :]:
                        self._unclosed(opener, index)
                    self.partners[index] = stack[-depth].index
                    del stack[len(stack) - depth :]
        for opener in stack:
            self._unclosed(opener, last)

    def _note_ends(self, stack: list[_Opener], index: int, column: int) -> None:
        """A line begins: brackets that were opened on a line not less indented should be closed."""
        line = self._line(index)
        for opener in reversed(stack[-FARTHEST:]):
            if opener.indentation < column:
                break
            if opener.end < 0 and opener.line < line:
                opener.end = index

    def _unclosed(self, opener: _Opener, index: int) -> None:
        self.ends[opener.index] = index if opener.end < 0 else min(opener.end, index)

    def _partner(self, stack: list[_Opener], index: int, kind: int, column: int | None) -> int:
        """How deep in the stack the bracket is that a closing one closes; 0 if it closes none."""
        fitting = [depth for depth, opener in enumerate(reversed(stack[-FARTHEST:]), 1) if opener.closer == kind]
        if not fitting:
            return 0
        nearest = stack[-fitting[0]]
        if column is not None and nearest.indentation > column:
            for depth in fitting:
                if stack[-depth].indentation == column:
                    return depth
        line = self._line(index)
        if self._extra[kind] > 0 and nearest.line < line and self._indentation.get(line, 0) > nearest.indentation:
            # One too many: what it would close was opened on an earlier line, further to the left.
            self._extra[kind] -= 1
            return 0
        return fitting[0]


class _Open:
    """A bracket that is open: its token, where it ends if nothing closes it (else −1), and its region if it opens a record."""

    __slots__ = ("end", "index", "region")

    def __init__(self, index: int, end: int, region: Region | None) -> None:
        self.index = index
        self.end = end
        self.region = region


class _Dividing:
    """Makes regions of the brackets that belong together."""

    __slots__ = ("_before", "_enclosing", "_stack", "division")

    def __init__(self, division: Division) -> None:
        self.division = division
        self._stack: list[_Open] = []
        self._enclosing = [division.program]
        self._before = -1  # the last token looked at

    @property
    def top(self) -> Region | None:
        """The region directly in which the next token is."""
        return self._stack[-1].region if self._stack else self.division.program

    def come_to(self, index: int) -> None:
        """Closes what should have been closed before a token."""
        stack = self._stack
        while stack and 0 <= stack[-1].end <= index:
            self._close_unclosed(max(stack[-1].end, self._before + 1))
        self._before = index

    def open(self, index: int, end: int, region: Region | None) -> None:
        self._stack.append(_Open(index, end, region))
        if region is not None:
            self._enclosing.append(region)

    def close(self, index: int, opener: int) -> None:
        while self._stack[-1].index != opener:
            self._close_unclosed(index)
        self._keep(self._stack.pop().region, index)

    def finish(self, last: int) -> None:
        while self._stack:
            self._close_unclosed(last)

    def _close_unclosed(self, at: int) -> None:
        entry = self._stack.pop()
        division = self.division
        division.unclosed[entry.index] = at
        division.irregular += (entry.index, at)
        if entry.region is not None:
            entry.region.closed = False
        self._keep(entry.region, at - 1)
        top = self.top
        if top is not None and division.kinds[at] not in CLOSING and division.kinds[at] not in {t.COMMA, t.END}:
            top.cuts.append(at)

    def _keep(self, region: Region | None, last: int) -> None:
        if region is None:
            return
        self._enclosing.pop()
        region.last = last
        if last - region.first >= SMALLEST_RECORD:
            self._enclosing[-1].records.append(region)


def _divided(tokens: Tokens, kinds: list[int], matching: _Matching) -> Division:
    last = len(kinds) - 1
    program = Region(0, last)
    division = Division(kinds, program)
    dividing = _Dividing(division)
    for match in STRUCTURE.finditer(bytes(kinds)):
        index = match.start()
        kind = kinds[index]
        dividing.come_to(index)
        if kind == t.COMMA:
            if dividing.top is not None:
                dividing.top.cuts.append(index + 1)
        elif kind in CLOSERS:
            is_record = kind == t.LBRACE and not (index and kinds[index - 1] == t.MATCH)
            dividing.open(index, matching.ends.get(index, -1), Region(index) if is_record else None)
        elif kind in WORDS:
            if dividing.top is program:
                program.words.append(index)
        elif index in matching.partners:
            dividing.close(index, matching.partners[index])
            if kinds[index] != tokens.kinds[index]:
                division.irregular.append(index)
        else:
            division.irregular.append(index)
            if kind == t.RBRACE:
                kinds[index] = t.INVALID
                division.stray.append(index)
    dividing.finish(last)
    division.irregular.sort()
    return division
