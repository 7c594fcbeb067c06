"""How a text is divided into pieces that can be parsed by themselves: record literals, their items, and the definitions and
parameters that a program begins with.

A piece is found by looking at brackets and keywords alone. The division depends on nothing but the tokens, so it is the same
however the text came about.
"""

from __future__ import annotations

import re

from contractlang.syntax import tokens as t

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

# Record literals of fewer tokens are not worth being pieces.
SMALLEST_RECORD: Final = 48
# Record literals of more tokens, not counting those of records inside of them, are divided into their items.
LARGEST_PIECE: Final = 200

CLOSERS: Final = {
    t.LBRACE: t.RBRACE,
    t.LBRACK: t.RBRACK,
    t.LPAREN: t.RPAREN,
    t.LENUM: t.RENUM,
    t.INTERP: t.ENDI,
}
_KINDS: Final = bytes([*CLOSERS, *CLOSERS.values(), t.COMMA, t.LET, t.IN, t.FUN, t.DARROW])
_STRUCTURE: Final = re.compile(b"[" + re.escape(_KINDS) + b"]")


class Region:
    """A record literal from the token `first` to the token `last`, or the whole program: `commas` are those between its items,
    `records` the regions inside of it, `words` (for the program) the tokens `let`, `in`, `fun` and `=>` outside of all brackets."""

    __slots__ = ("commas", "first", "last", "records", "words")

    def __init__(self, first: int, last: int = -1) -> None:
        self.first = first
        self.last = last
        self.commas: list[int] = []
        self.records: list[Region] = []
        self.words: list[int] = []

    @property
    def own_tokens(self) -> int:
        """How many tokens there are without those inside of inner records."""
        return self.last - self.first + 1 - sum(record.last - record.first - 1 for record in self.records)


def divide(kinds: list[int]) -> Region:
    """The regions of a program. Where brackets do not match, there are none but the program itself."""
    data = bytes(kinds)
    last = len(kinds) - 1
    program = Region(0, last)
    # For each open bracket its closer, and its region if it opens a record.
    stack: list[tuple[int, Region | None]] = []
    enclosing = [program]
    top: Region | None = program
    for match in _STRUCTURE.finditer(data):
        index = match.start()
        kind = data[index]
        if kind == t.COMMA:
            if top is not None:
                top.commas.append(index)
            continue
        closer = CLOSERS.get(kind)
        if closer is not None:
            top = None
            if kind == t.LBRACE and data[index - 1] != t.MATCH:
                top = Region(index)
                enclosing.append(top)
            stack.append((closer, top))
        elif kind in _WORDS:
            if top is program:
                program.words.append(index)
        else:
            if not stack or stack[-1][0] != kind:
                return Region(0, last)
            region = stack.pop()[1]
            if region is not None:
                enclosing.pop()
                region.last = index
                if index - region.first >= SMALLEST_RECORD:
                    enclosing[-1].records.append(region)
            top = stack[-1][1] if stack else program
    return program if not stack else Region(0, last)


_WORDS: Final = frozenset({t.LET, t.IN, t.FUN, t.DARROW})


def prefixes(program: Region, kinds: list[int]) -> list[int]:
    """Where the definitions and parameters end that a program begins with: the indices after each `let … in` and `fun … =>`."""
    ends: list[int] = []
    words = program.words
    at = number = 0
    while number < len(words) and words[number] == at:
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
        if number == len(words):
            break
        at = words[number] + 1
        number += 1
        ends.append(at)
    return ends
