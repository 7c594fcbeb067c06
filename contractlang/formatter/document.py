"""The document algebra: what a program's text may look like, before it is decided what it will look like.

A document is a flat list (as in Oppen's "Prettyprinting", 1980), not a tree: groups and indentation are brackets in it. So it can
be made, measured and laid out by loops, however deep the program is, in linear time. What stands in the list:

- a `str` is text on one line, a `Verbatim` text over several; a `Comment` ends its line or has one to itself;
- an `int` is one of the instructions below.

A group is written on one line if it fits; else its own line breaks are taken, and the groups in it decide for themselves. In a
hugging group, `f x (fun y => …)`, the last part may take several lines while what is before it stays on the first one: it breaks
only if the text up to the first line break within what follows `BLOCK` does not fit.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    Document = list["Part"]

# The end of every group is CLOSE, the end of every indentation DEDENT.
OPEN: Final = 0
OPEN_HUG: Final = 1
OPEN_PARENTHESIS: Final = 2  # a hugging group too; whatever hugs it, the line can be broken after its first text
CLOSE: Final = 3
BREAK: Final = 4  # the group around it breaks, fit or not
BLOCK: Final = 5  # from here on a hugging group may take several lines

INDENT: Final = 6
INDENT_BROKEN: Final = 7  # indents only if the group around it breaks
DEDENT: Final = 8

# Line breaks that are taken if the group around them breaks. A blank line of the author's stays only at LINE.
LINE: Final = 9  # else a space
TIGHT: Final = 10  # else a space
SOFT: Final = 11  # else nothing
# Line breaks that are taken if the current line is indented more deeply than what comes next: they close what stands on lines of
# its own, `… in` and `…)`, and do nothing after a closing bracket that is back at the beginning of its line.
CLOSING: Final = 12  # else a space
CLOSING_SOFT: Final = 13  # else nothing

SPACE: Final = 14
COMMA: Final = 15  # stands before a comment that ends the line
COMMA_BROKEN: Final = 16  # only if the group around it breaks
BLANK: Final = 17  # the author left a blank line before what follows
END: Final = 18  # the end of the text: what is pending is written


class Comment:
    """A comment. `trailing`: after something on its line; else on a line of its own, after a blank one if `blank`."""

    __slots__ = ("blank", "text", "trailing")

    def __init__(self, text: str, trailing: bool, blank: bool) -> None:
        self.text = text
        self.trailing = trailing
        self.blank = blank


class Verbatim:
    """Text over several lines. `lines` are the inner ones if they may be indented anew, by a step more than the line where the text
    begins, and the last line like that one; None: all of it stays as it is."""

    __slots__ = ("head", "lines", "tail")

    def __init__(self, head: str, lines: list[str] | None, tail: str) -> None:
        self.head = head
        self.lines = lines
        self.tail = tail


Part = str | int | Comment | Verbatim
