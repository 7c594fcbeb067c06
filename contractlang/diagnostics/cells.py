"""Text as a terminal shows it: in cells, not in code points.

A tab fills up to the next stop, East Asian characters and emoji take two cells, combining marks none, and what could do harm is
shown by number. Everything that aligns marks with text goes through here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from rich.cells import cell_len, split_graphemes

from contractlang.diagnostics.escape import escape_character, is_safe

TAB_STOP = 4


class Cells:
    """One line of text cut into what is shown as a unit: `shown[i]`, at cell `columns[i]`, from code point `offsets[i]` on.

    `columns` and `offsets` have one entry more than `shown`: the end. A plain ASCII line needs no lists (`shown` is None).
    """

    __slots__ = ("columns", "length", "offsets", "shown", "text", "width")

    def __init__(self, text: str) -> None:
        self.text = text
        self.length = len(text)
        self.shown: list[str] | None = None
        self.columns: list[int] = []
        self.offsets: list[int] = []
        if text.isascii() and text.isprintable():
            self.width = len(text)
        else:
            self.width = self._measure(text)

    def _measure(self, text: str) -> int:
        shown: list[str] = []
        column = 0
        for start, end, cells in _units(text):
            piece = text[start:end]
            if piece == "\t":
                cells = TAB_STOP - column % TAB_STOP
                piece = " " * cells
            elif not cells:
                # Not safe to show, or a combining mark with nothing to combine with: invisible otherwise.
                piece = "".join(escape_character(character) for character in piece)
                cells = len(piece)
            self.columns.append(column)
            self.offsets.append(start)
            shown.append(piece)
            column += cells
        self.columns.append(column)
        self.offsets.append(len(text))
        self.shown = shown
        return column

    def column_of(self, offset: int) -> int:
        """The cell where the unit that contains the code point begins; the end of the line for offsets past it."""
        if self.shown is None:
            return min(max(offset, 0), self.width)
        return self.columns[max(bisect_right(self.offsets, min(offset, self.length)) - 1, 0)]

    def column_after(self, offset: int) -> int:
        """The first cell after everything before the code point; whole units only."""
        if self.shown is None:
            return min(max(offset, 0), self.width)
        return self.columns[bisect_left(self.offsets, min(offset, self.length))]

    def window(self, start: int, end: int) -> str:
        """What stands in the cells from `start` to `end`; half of a wide character becomes a space."""
        if self.shown is None:
            return self.text[start:end]
        columns = self.columns
        first = bisect_left(columns, start)
        last = max(bisect_right(columns, end) - 1, first)
        text = "".join(self.shown[first:last])
        before = " " * (min(columns[min(first, len(columns) - 1)], end) - start)
        return before + text + " " * (min(end, self.width) - start - len(before) - cell_len(text))


def _units(text: str) -> Iterator[tuple[int, int, int]]:
    """What is shown as one: where it begins and ends, and its width; 0 for what cannot be shown as it is."""
    start = 0
    for index in range(len(text) + 1):
        if index < len(text) and is_safe(text, index):
            continue
        for first, last, cells in split_graphemes(text[start:index])[0]:
            yield start + first, start + last, cells
        if index < len(text):
            yield index, index + 1, 0
        start = index + 1


def width_of(text: str) -> int:
    """The number of cells that a safe text takes."""
    return len(text) if text.isascii() else cell_len(text)


def wrap(text: str, width: int) -> list[str]:
    """A safe text of one line, broken at spaces (in words where it must) into lines of at most `width` cells.

    Code between backticks stays in one line where it fits into one.
    """
    if width_of(text) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for index, word in enumerate(_words(text, width)):
        longer = f"{line} {word}" if index else word
        if width_of(longer) <= width:
            line = longer
            continue
        if line.strip():
            lines.append(line)
            longer = word
        while len(longer) > 4 * width or width_of(longer) > width:
            cut = _fitting(longer, width)
            lines.append(longer[:cut])
            longer = longer[cut:]
        line = longer
    lines.append(line)
    return lines


def _words(text: str, width: int) -> Iterator[str]:
    """The text in pieces between which a line may end."""
    words = text.split(" ")
    start = 0
    while start < len(words):
        end = start + 1
        if words[start].count("`") % 2:
            length = len(words[start])
            while end < len(words) and not words[end].count("`") % 2 and length <= width:
                length += 1 + len(words[end])
                end += 1
            code = " ".join(words[start : end + 1])
            if end < len(words) and width_of(code) <= width:
                yield code
                start = end + 1
                continue
        yield words[start]
        start += 1


def _fitting(text: str, width: int) -> int:
    """How many code points fit; at least one unit, so that a wide character in a narrow place still ends."""
    cells = Cells(text[: 4 * width])  # more would never fit
    if cells.shown is None:
        return max(width, 1)
    return cells.offsets[max(bisect_right(cells.columns, width) - 1, 1)]


def shorten(text: str, width: int) -> str:
    """A safe text cut to `width` cells, with an ellipsis at the front: the end of a path says more than its beginning."""
    if width_of(text) <= width:
        return text
    cells = Cells(text)
    return "…" + cells.window(cells.width - width + 1, cells.width)
