"""What an editor does while somebody types: indents a new line, and moves a closing bracket to where its line belongs.

The program is broken more often than not at such a moment, so this goes by tokens alone: an item is indented one step more than the
line of the bracket it is in, what continues a line one more than that line, if a word or sign there says that something follows.
"""

from __future__ import annotations

from bisect import bisect_left

from contractlang.formatter.edits import Edit
from contractlang.formatter.layout import STEP
from contractlang.syntax import tokens as t
from contractlang.syntax.lexer import lex

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.syntax.tokens import Tokens

CLOSING: Final = {t.RPAREN: t.LPAREN, t.RBRACE: t.LBRACE, t.RBRACK: t.LBRACK, t.RENUM: t.LENUM}
OPENING: Final = frozenset(CLOSING.values())
# What is not complete at the end of a line, so that the next one continues it.
EXPECTANT: Final = frozenset(
    {t.EQUALS, t.DARROW, t.THEN, t.ELSE, t.LET, t.REC, t.FUN, t.IF, t.INFIX, t.ARROW, t.AT, t.MINUS}
)
# Words that begin a line as indented as the one they belong to.
CLOSING_WORDS: Final = frozenset({t.IN, t.THEN, t.ELSE})
CHARACTERS: Final = "\n)}]"


def edits_on_typing(text: str, offset: int, character: str) -> list[Edit]:
    """What to change after a character was typed just before an offset: a line break, or a closing bracket; nothing for others, nor
    within strings and comments."""
    if character not in CHARACTERS or not character:
        return []
    line_start = text.rfind("\n", 0, offset) + 1
    line_end = text.find("\n", offset)
    line = text[line_start : len(text) if line_end < 0 else line_end]
    blanks = len(line) - len(line.lstrip(" \t"))
    if character != "\n" and line_start + blanks + 1 != offset:
        return []  # only a bracket at the beginning of its line says where the line belongs
    tokens = lex(text, internal=True)
    first = bisect_left(tokens.starts, line_start)
    if _in_text(tokens, first, line_start):
        return []
    wanted = _indentation(text, tokens, first, line_start + len(line))
    if line[:blanks] == " " * wanted:
        return []
    return [Edit(line_start, line_start + blanks, " " * wanted)]


def _in_text(tokens: Tokens, first: int, place: int) -> bool:
    """Whether a place, before which all tokens up to `first` begin, is inside of a string, which may lack its end."""
    if first:
        end = tokens.ends[first - 1]
        if end > place or (end == place and tokens.starts[first - 1] == tokens.unclosed):
            return True
    kind = tokens.kinds[first]
    return kind in {t.TEXT, t.INTERP, t.CLOSE} and tokens.ends[first] > tokens.starts[first]


def _indentation(text: str, tokens: Tokens, first: int, line_end: int) -> int:
    """How far a line should be indented, whose first token is `first` unless that begins after its end."""
    kinds, starts = tokens.kinds, tokens.starts
    has_token = starts[first] < line_end and kinds[first] != t.END
    around = _bracket_around(kinds, first)
    bracket = _indentation_of_line(text, starts[around]) if around >= 0 else 0
    if has_token and kinds[first] in CLOSING:
        return bracket
    last = first - 1
    if last < 0:
        return 0
    if last == around or (kinds[last] == t.COMMA and around >= 0):
        return bracket + STEP
    before = _indentation_of_line(text, starts[last])
    if kinds[last] in EXPECTANT and not (has_token and kinds[first] in CLOSING_WORDS):
        return before + STEP
    return before


def _bracket_around(kinds: list[int], before: int) -> int:
    """The index of the innermost opening bracket before a token that is still open there; -1: none."""
    depth = 0
    for at in range(before - 1, -1, -1):
        kind = kinds[at]
        if kind in CLOSING or kind == t.ENDI:
            depth += 1
        elif kind in OPENING or kind == t.INTERP:
            if not depth:
                return at
            depth -= 1
    return -1


def _indentation_of_line(text: str, place: int) -> int:
    start = text.rfind("\n", 0, place) + 1
    line = text[start:place]
    return len(line) - len(line.lstrip(" \t"))
