"""Pairs of brackets, as far as a text has them: what folding, selection and edits go by where the tree may be broken."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from contractlang.ide.cursor import CLOSERS, OPENERS
from contractlang.syntax import tokens as t

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.tokens import Tokens


class Pair:
    """Brackets, a string with interpolations, or one interpolation: where both delimiters start and end, and the kind of the
    opening one."""

    __slots__ = ("end", "inner_end", "inner_start", "kind", "start")

    def __init__(self, kind: int, start: int, inner_start: int, inner_end: int, end: int) -> None:
        self.kind = kind
        self.start = start
        self.inner_start = inner_start
        self.inner_end = inner_end
        self.end = end


def pairs(tokens: Tokens) -> list[Pair]:
    """The pairs of brackets, in the order in which they close. Brackets that nothing matches are passed over."""
    found: list[Pair] = []
    open_: list[int] = []
    kinds, starts, ends = tokens.kinds, tokens.starts, tokens.ends
    for index, kind in enumerate(kinds):
        if kind in OPENERS:
            if ends[index] > starts[index]:
                open_.append(index)
        elif kind in CLOSERS and ends[index] > starts[index]:
            wanted = CLOSERS[kind]
            for depth in range(len(open_) - 1, -1, -1):
                opener = open_[depth]
                if kinds[opener] == wanted:
                    del open_[depth:]
                    found.append(Pair(wanted, starts[opener], ends[opener], starts[index], ends[index]))
                    break
    return found


def extent(tokens_at: TokenPlaces, start: int, end: int) -> tuple[int, int]:
    """A stretch that is a whole expression, together with all parentheses around it."""
    while True:
        before, after = tokens_at.before(start), tokens_at.after(end)
        if before is None or after is None or before[0] != t.LPAREN or after[0] != t.RPAREN:
            return start, end
        start, end = before[1], after[2]


class TokenPlaces:
    """The tokens of a text by their places."""

    __slots__ = ("tokens",)

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens

    def before(self, offset: int) -> tuple[int, int, int] | None:
        """The kind, start and end of the last token that ends at an offset or before it."""
        index = bisect_right(self.tokens.ends, offset) - 1
        return None if index < 0 else self._at(index)

    def after(self, offset: int) -> tuple[int, int, int] | None:
        """The kind, start and end of the first token that begins at an offset or after it; None at the end of the text."""
        index = bisect_left(self.tokens.starts, offset)
        return None if index >= len(self.tokens) or self.tokens.kinds[index] == t.END else self._at(index)

    def _at(self, index: int) -> tuple[int, int, int]:
        tokens = self.tokens
        return tokens.kinds[index], tokens.starts[index], tokens.ends[index]
