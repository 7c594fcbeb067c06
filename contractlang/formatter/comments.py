"""Comments, and blank lines, attached to the tokens that are kept: they go wherever those go.

A comment trails the token before it if it stands on that token's line, otherwise it leads the token after it (in a bracket that
holds nothing after it: the closing one). Commas and parentheses that are not kept do not count, so comments pass over them.
"""

from __future__ import annotations

import re

from contractlang.formatter.document import Comment

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.formatter.lexemes import Lexemes

BLANK_LINE = re.compile(r"\n[ \t]*\n")


class Attached:
    """Comments by the index of the token that they trail or lead, and the tokens that have a blank line before them (after their
    comments)."""

    __slots__ = ("blanks", "leading", "trailing")

    def __init__(self) -> None:
        self.trailing: dict[int, Comment] = {}
        self.leading: dict[int, list[Comment]] = {}
        self.blanks: set[int] = set()


def attach(text: str, lexemes: Lexemes, comments: list[tuple[int, int]]) -> Attached:
    """Attaches the comments of a text, given by their starts and ends; those inside of strings are left out."""
    result = Attached()
    number = 0
    before = 0
    for at, start in enumerate(lexemes.starts):
        after_comment = before
        while number < len(comments) and comments[number][0] < start:
            comment_start, comment_end = comments[number]
            number += 1
            if comment_start < before:
                continue  # inside of the string that was the last token
            _attach(result, text, at, after_comment, comment_start, comment_end)
            after_comment = comment_end
        if start - after_comment > 1 and BLANK_LINE.search(text, after_comment, start) is not None:
            result.blanks.add(at)
        before = lexemes.ends[at]
    return result


def _attach(result: Attached, text: str, at: int, before: int, start: int, end: int) -> None:
    """Attaches a comment between the tokens `at - 1` and `at`; `before` is where the token or comment before it ends."""
    words = text[start:end].rstrip()
    if at and at not in result.leading and at - 1 not in result.trailing and text.find("\n", before, start) < 0:
        result.trailing[at - 1] = Comment(words, True, False)
    else:
        blank = BLANK_LINE.search(text, before, start) is not None
        result.leading.setdefault(at, []).append(Comment(words, False, blank))
