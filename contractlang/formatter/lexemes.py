"""The tokens that the formatted text keeps, with their texts.

Commas are not among them, for where they stand follows from the layout; nor are parentheses that a reader does not need and whose
removal leaves the tree as it is; and a string with its interpolations is one piece, which stays as the author wrote it.
"""

from __future__ import annotations

from contractlang.syntax import nodes as n
from contractlang.syntax import tokens as t

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.syntax.building import Building
    from contractlang.syntax.tokens import Tokens

# Tokens that are a term by themselves; OPEN stands for a whole string.
ATOMS: Final = frozenset(
    {t.IDENT, t.INCLUDE, t.AS, t.NUM, t.STR, t.MULTI, t.OPEN, t.TAG, t.CONST, t.BASE, t.DYN, t.UNDERSCORE}
)
OPENING: Final = frozenset({t.LPAREN, t.LBRACE, t.LBRACK, t.LENUM})
CLOSING: Final = frozenset({t.RPAREN, t.RBRACE, t.RBRACK, t.RENUM})
# Between one of the first and one of the second there stands a whole term.
BEFORE_TERM: Final = frozenset({t.EQUALS, t.IN, t.DARROW, t.THEN, t.ELSE, t.LBRACK, t.COMMA, t.IF, t.LPAREN})
AFTER_TERM: Final = frozenset({t.COMMA, t.RBRACK, t.RBRACE, t.RPAREN, t.IN, t.THEN, t.ELSE, t.DARROW, t.END})


class Lexemes:
    """`texts`, `starts` and `ends` of the tokens that are kept, the last one empty: the end of the source. `parentheses` are the
    offsets of the opening ones that are kept."""

    __slots__ = ("ends", "parentheses", "starts", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.parentheses: set[int] = set()


def lexemes_of(text: str, tokens: Tokens, building: Building) -> Lexemes:
    """The tokens of a program without mistakes that are kept."""
    kinds, starts, ends = _joined(tokens)
    dropped = _needless(kinds, starts, building)
    result = Lexemes()
    for at, kind in enumerate(kinds):
        if kind == t.COMMA or at in dropped:
            continue
        result.texts.append(text[starts[at] : ends[at]])
        result.starts.append(starts[at])
        result.ends.append(ends[at])
        if kind == t.LPAREN:
            result.parentheses.add(starts[at])
    return result


def _joined(tokens: Tokens) -> tuple[list[int], list[int], list[int]]:
    """Kinds, starts and ends of the tokens, where a string with its interpolations is one, of kind OPEN."""
    if t.OPEN not in tokens.kinds:
        return tokens.kinds, tokens.starts, tokens.ends
    kinds: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    depth = 0
    for kind, start, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True):
        if not depth:
            kinds.append(kind)
            starts.append(start)
            ends.append(end)
        if kind == t.OPEN:
            depth += 1
        elif kind == t.CLOSE:
            depth -= 1
            if not depth:
                ends[-1] = end
    return kinds, starts, ends


def _needless(kinds: list[int], starts: list[int], building: Building) -> set[int]:
    """The indices of parentheses that may go."""
    if t.LPAREN not in kinds:
        return set()
    terms = {start: node for start, _, node in building.parentheses.values()}
    dropped: set[int] = set()
    partners: dict[int, int] = {}
    open_at: list[int] = []
    for at, kind in enumerate(kinds):
        if kind in OPENING:
            open_at.append(at)
        elif kind in CLOSING:
            opening = open_at.pop()
            partners[opening] = at
            if kind == t.RPAREN and _is_needless(kinds, opening, at, partners, dropped, terms.get(starts[opening])):
                dropped.update((opening, at))
    return dropped


def _is_needless(
    kinds: list[int], opening: int, closing: int, partners: dict[int, int], dropped: set[int], node: n.Node | None
) -> bool:
    first, last = opening + 1, closing - 1
    while first in dropped and partners[first] == last:
        first, last = first + 1, last - 1
    if first == last:
        # An atom, or an operator as a function.
        return kinds[first] in ATOMS
    if partners.get(first) == last:
        return True
    if opening and kinds[opening - 1] == t.LPAREN and kinds[closing + 1] == t.RPAREN:
        # In parentheses of its own, which are dropped or kept in turn.
        return True
    # A whole term needs none, but an annotation that stands in a definition is better told from the definition's own with some.
    return (
        isinstance(node, n.Expr)
        and not isinstance(node, n.Annotated)
        and (opening == 0 or kinds[opening - 1] in BEFORE_TERM)
        and kinds[closing + 1] in AFTER_TERM
    )
