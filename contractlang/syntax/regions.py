"""How a text is divided into pieces that can be parsed by themselves: record literals, their items, and the definitions and
parameters that a program begins with.

A piece is found by looking at brackets and keywords alone. The division depends on nothing but the tokens, so it is the same
however the text came about.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from contractlang.syntax import tokens as t

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.syntax.tokens import Tokens

# Record literals of fewer tokens are not worth being pieces.
SMALLEST_RECORD: Final = 48
# Record literals of more tokens, not counting those of records inside of them, are divided into their items.
LARGEST_PIECE: Final = 200

# How many keywords are looked through for the definition that follows an incomplete one.
FARTHEST_WORD: Final = 100

CLOSERS: Final = {
    t.LBRACE: t.RBRACE,
    t.LBRACK: t.RBRACK,
    t.LPAREN: t.RPAREN,
    t.LENUM: t.RENUM,
    t.INTERP: t.ENDI,
}
WORDS: Final = frozenset({t.LET, t.IN, t.FUN, t.DARROW})
STRUCTURE: Final = re.compile(b"[" + re.escape(bytes([*CLOSERS, *CLOSERS.values(), *WORDS, t.COMMA])) + b"]")
# The lexer's complaint about a brace that closes nothing.
STRAY: Final = "unmatched-brace"


class Region:
    """A record literal from the token `first` to the token `last`, or the whole program: `cuts` are where its items end (after
    commas, for the most part), `records` the regions inside of it, `words` (for the program) the tokens `let`, `in`, `fun` and `=>`
    outside of all brackets. If it is not `closed`, there is no brace at `last`."""

    __slots__ = ("closed", "cuts", "first", "last", "records", "words")

    def __init__(self, first: int, last: int = -1) -> None:
        self.first = first
        self.last = last
        self.closed = True
        self.cuts: list[int] = []
        self.records: list[Region] = []
        self.words: list[int] = []

    @property
    def own_tokens(self) -> int:
        """How many tokens there are without those inside of inner records."""
        return self.last - self.first + 1 - sum(record.last - record.first - 1 for record in self.records)


class Division:
    """What a program is divided into. `kinds`: those of its tokens, corrected where a brace was meant otherwise than the lexer
    thought. `unclosed`: the brackets that nothing closes, with the token before which they should have been; `stray`: braces that
    close nothing. `irregular`: all tokens whose part in this depends on what is far from them, in order."""

    __slots__ = ("_openers", "irregular", "kinds", "program", "stray", "unclosed")

    def __init__(self, kinds: list[int], program: Region) -> None:
        self.kinds = kinds
        self.program = program
        self.unclosed: dict[int, int] = {}
        self._openers: list[int] | None = None
        self.stray: list[int] = []
        self.irregular: list[int] = []

    def after_edit(self, tokens: Tokens) -> Division | None:
        """The division of a program with other tokens; None if it may be another one than before."""
        if self.irregular or tokens.kinds != self.kinds or any(problem.code == STRAY for problem in tokens.problems):
            return None
        return Division(tokens.kinds, self.program)

    def unclosed_between(self, first: int, last: int) -> list[int]:
        """The brackets from the token `first` up to `last` that nothing closes."""
        if self._openers is None:
            self._openers = sorted(self.unclosed)
        return _between(self._openers, first, last)

    def stray_between(self, first: int, last: int) -> list[int]:
        """The braces from the token `first` up to `last` that close nothing."""
        return _between(self.stray, first, last)

    def regular(self, first: int, last: int) -> bool:
        """Whether the tokens from `first` up to `last` would be divided in the same way wherever they stood."""
        return not self.irregular or not _between(self.irregular, first, last)


def _between(numbers: list[int], first: int, last: int) -> list[int]:
    return numbers[bisect_left(numbers, first) : bisect_left(numbers, last)]


def divide(tokens: Tokens, text: str) -> Division:
    """Divides a program."""
    if all(problem.code != STRAY for problem in tokens.problems):
        program = _regions(tokens.kinds)
        if program is not None:
            return Division(tokens.kinds, program)
    from contractlang.syntax.brackets import repaired

    return repaired(tokens, text)


def _regions(kinds: list[int]) -> Region | None:
    """The regions of a program; None if its brackets do not match."""
    data = bytes(kinds)
    program = Region(0, len(kinds) - 1)
    # For each open bracket its closer, and its region if it opens a record.
    stack: list[tuple[int, Region | None]] = []
    enclosing = [program]
    top: Region | None = program
    for match in STRUCTURE.finditer(data):
        index = match.start()
        kind = data[index]
        if kind == t.COMMA:
            if top is not None:
                top.cuts.append(index + 1)
            continue
        closer = CLOSERS.get(kind)
        if closer is not None:
            top = None
            if kind == t.LBRACE and data[index - 1] != t.MATCH:
                top = Region(index)
                enclosing.append(top)
            stack.append((closer, top))
        elif kind in WORDS:
            if top is program:
                program.words.append(index)
        else:
            if not stack or stack[-1][0] != kind:
                return None
            region = stack.pop()[1]
            if region is not None:
                enclosing.pop()
                region.last = index
                if index - region.first >= SMALLEST_RECORD:
                    enclosing[-1].records.append(region)
            top = stack[-1][1] if stack else program
    return program if not stack else None


def prefixes(division: Division, tokens: Tokens, text: str) -> list[tuple[int, bool]]:
    """Where the definitions and parameters end that a program begins with: the indices after each `let … in` and `fun … =>`, and
    whether that is complete. A `let` that follows an `=` on a line of its own, right below another one whose `in` is missing, is
    rather the next definition than the value of the one before."""
    kinds = division.kinds
    ends: list[tuple[int, bool]] = []
    words = division.program.words
    at = number = 0
    while number < len(words) and words[number] == at:
        begin = number
        if kinds[at] == t.LET:
            depth = 0
            while number < len(words):
                kind = kinds[words[number]]
                depth += (kind == t.LET) - (kind == t.IN)
                if depth == 0:
                    break
                number += 1
        elif kinds[at] == t.FUN:
            while number < len(words) and kinds[words[number]] != t.DARROW:
                number += 1
        else:
            break
        if number < len(words):
            at = words[number] + 1
            number += 1
            ends.append((at, True))
            continue
        if kinds[at] != t.LET:
            break
        number = _next_definition(words, begin, kinds, tokens, text)
        if number < 0:
            break
        at = words[number]
        ends.append((at, False))
    return ends


def _next_definition(words: list[int], number: int, kinds: list[int], tokens: Tokens, text: str) -> int:
    """The number of the word `let` that begins the definition after an incomplete one; −1 if there is none."""
    column = _column(words[number], tokens, text)
    if column < 0:
        return -1
    for following in range(number + 1, min(number + FARTHEST_WORD, len(words))):
        index = words[following]
        if kinds[index] == t.LET and kinds[index - 1] == t.EQUALS and _column(index, tokens, text) == column:
            return following
    return -1


def _column(index: int, tokens: Tokens, text: str) -> int:
    """The column of a token that is the first on its line; −1 of others."""
    start = tokens.starts[index]
    line = text.rfind("\n", 0, start) + 1
    return start - line if index == 0 or tokens.ends[index - 1] <= line else -1
