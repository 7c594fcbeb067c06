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
    # By the index of an opening bracket: that of the closing one, and what is inside, needless parentheses around it aside.
    partners: dict[int, int] = {}
    contents: dict[int, tuple[int, int]] = {}
    open_at: list[int] = []
    for at, kind in enumerate(kinds):
        if kind in OPENING:
            open_at.append(at)
        elif kind in CLOSING:
            opening = open_at.pop()
            partners[opening] = at
            if kind == t.RPAREN:
                content = opening + 1, at - 1
                if content[0] in dropped and partners[content[0]] == content[1]:
                    content = contents[content[0]]
                contents[opening] = content
                if _is_unit(kinds, content, partners) or _is_whole_term(kinds, opening, at, terms.get(starts[opening])):
                    dropped.update((opening, at))
    return dropped


def _is_unit(kinds: list[int], content: tuple[int, int], partners: dict[int, int]) -> bool:
    """Whether what is in parentheses is one token or in brackets of its own; an operator as a function is neither."""
    first, last = content
    return kinds[first] in ATOMS if first == last else partners.get(first) == last


def _is_whole_term(kinds: list[int], opening: int, closing: int, node: n.Node | None) -> bool:
    """Whether parentheses, around a node if they are the outermost ones around it, stand where any term may stand."""
    before = kinds[opening - 1] if opening else t.EQUALS
    after = kinds[closing + 1]
    if before == t.LPAREN and after == t.RPAREN:
        # Inside of parentheses of their own, which are dropped or kept in turn; but an operator as a function keeps its own.
        return closing - opening > 2
    # An annotation in a definition is told from the definition's own by its parentheses.
    return isinstance(node, n.Expr) and type(node) is not n.Annotated and before in BEFORE_TERM and after in AFTER_TERM
