"""The text around a cursor, as tokens: what word it touches, what is typed before it, which bracket it is in.

Tokens tell more than the tree where somebody is typing, and nothing less where nobody is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from contractlang.syntax import tokens as t

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.tokens import Tokens

# What names something: identifiers, words that may be field names, and quoted names.
WORDS = frozenset({t.IDENT, t.INCLUDE, t.AS, t.META, t.DOC, t.PRIORITY})
NAMES = WORDS | {t.STR}
KEYWORDS = frozenset(t.KEYWORDS.values())
OPENERS = {
    t.LPAREN: t.RPAREN,
    t.LBRACE: t.RBRACE,
    t.LBRACK: t.RBRACK,
    t.LENUM: t.RENUM,
    t.INTERP: t.ENDI,
    t.OPEN: t.CLOSE,
}
CLOSERS = {closer: opener for opener, closer in OPENERS.items()}


def touched(tokens: Tokens, offset: int) -> int:
    """The index of the token that a cursor touches: the one that it stands in or before, but a word that ends there before
    a sign that begins there. −1 if it touches none."""
    index = bisect_right(tokens.starts, offset) - 1
    while index >= 0 and tokens.starts[index] == tokens.ends[index]:
        index -= 1  # the end, and what recovery put in
    if index < 0:
        return -1
    inside = tokens.starts[index] <= offset < tokens.ends[index]
    if inside and (tokens.starts[index] < offset or _is_word(tokens, index)):
        return index
    before = index - 1 if inside else index
    ends_here = before >= 0 and tokens.ends[before] == offset and tokens.starts[before] < offset
    if ends_here and (not inside or _is_word(tokens, before)):
        return before
    return index if inside else -1


def _is_word(tokens: Tokens, index: int) -> bool:
    kind = tokens.kinds[index]
    return kind in NAMES or kind in KEYWORDS or kind in {t.TAG, t.NUM}


def in_comment(tokens: Tokens, offset: int) -> bool:
    """Whether a cursor is in a comment, where nothing of the program is."""
    at = bisect_left(tokens.comments, (offset, 0)) - 1
    return at >= 0 and tokens.comments[at][0] < offset <= tokens.comments[at][1]


def enclosing(tokens: Tokens, index: int) -> int:
    """The index of the innermost bracket that is open before the token at an index; −1 if there is none."""
    depth = 0
    kinds = tokens.kinds
    for at in range(min(index, len(kinds)) - 1, -1, -1):
        kind = kinds[at]
        if kind in CLOSERS:
            depth += 1
        elif kind in OPENERS:
            if depth == 0:
                return at
            depth -= 1
    return -1


def operand_start(tokens: Tokens, index: int) -> int:
    """The index of the first token of the operand that the token at an index ends: a name, a bracketed term, or accesses to
    fields of one; −1 if it ends none."""
    kinds = tokens.kinds
    at = index
    while at >= 0:
        kind = kinds[at]
        if kind in CLOSERS:
            at = _opener(tokens, at)
            if at < 0:
                return -1
        elif kind not in WORDS and kind != t.STR and not (kind in KEYWORDS and at > 0 and kinds[at - 1] == t.DOT):
            return -1
        if at == 0 or kinds[at - 1] != t.DOT:
            return at
        at -= 2
    return -1


def _opener(tokens: Tokens, closer: int) -> int:
    depth = 0
    for at in range(closer, -1, -1):
        kind = tokens.kinds[at]
        if kind in CLOSERS:
            depth += 1
        elif kind in OPENERS:
            depth -= 1
            if depth == 0:
                return at
    return -1
