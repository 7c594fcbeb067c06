"""One line of source with its marks: which part of it is shown, what is underlined, where the messages go.

    1 │ let x = foo bar in x
      │     -   ^^^ --- evaluated to this
      │     │   │
      │     │   this is applied
      │     bound here

A line wider than the terminal is shown in windows around its marks, several rows where they lie far apart. The rightmost message
stands behind the marks if nothing is in its way; the others hang below, right to left, on threads from where their marks begin.
"""

from __future__ import annotations

from contractlang.diagnostics.cells import Cells, width_of, wrap
from contractlang.diagnostics.escape import escape

Piece = tuple[str, str]  # the name of a style, and text in it
Line = list[Piece]

# A message gets at least this many cells (or all there are) before it is broken.
COMFORTABLE = 18

# Of a line longer than this (in code points) only what is near its marks is looked at.
LONG_LINE = 4096
NEIGHBOURHOOD = 1024


class Anchor:
    """What a label is on one line: code points from `start` to `stop` (equal: between two characters)."""

    __slots__ = ("message", "primary", "start", "stop")

    def __init__(self, primary: bool, message: str, start: int, stop: int) -> None:
        self.primary = primary
        self.message = message
        self.start = start
        self.stop = stop


class Glyphs:
    """The characters that lines and marks are drawn with."""

    def __init__(self, name: str) -> None:
        if name == "unicode":
            self.corner, self.bar, self.gap, self.line = "┌─", "│", "·", "│"
            self.top, self.foot, self.across, self.cut = "╭", "╰", "─", "…"
        else:
            self.corner, self.bar, self.gap, self.line = "-->", "|", ".", "|"
            self.top, self.foot, self.across, self.cut = "/", "\\", "_", "~"
        self.primary, self.secondary = "^", "-"

    def hang(self, message: str, cell: int, available: int, style: str) -> list[Line]:
        """A message that begins at a cell, moved to the left where there would be no room for it, broken into lines."""
        cell = min(cell, max(available - min(width_of(message), COMFORTABLE), 0))
        return [[("", " " * cell), (style, line)] for line in wrap(message, available - cell)]


class Mark:
    """An anchor measured in cells."""

    __slots__ = ("high", "low", "message", "primary")

    def __init__(self, anchor: Anchor, cells: Cells, base: int) -> None:
        self.primary = anchor.primary
        self.message = escape(anchor.message)
        self.low = cells.column_of(anchor.start - base)
        self.high = max(cells.column_after(anchor.stop - base), self.low + 1)

    @property
    def style(self) -> str:
        return "primary" if self.primary else "secondary"


class Window:
    """A part of a line: cells from `start` to `end` of `cells`, and the marks to show in it."""

    __slots__ = ("cells", "cut_left", "cut_right", "end", "marks", "start")

    def __init__(self, cells: Cells, marks: list[Mark], start: int, end: int, cut_left: bool, cut_right: bool) -> None:
        self.cells = cells
        self.marks = marks
        self.start = start
        self.end = end
        self.cut_left = cut_left
        self.cut_right = cut_right


def lay_out(text: str, anchors: list[Anchor], available: int, glyphs: Glyphs) -> list[tuple[bool, Line]]:
    """The rows of a line, `available` cells wide, each with whether it is a row of source (else of marks and messages)."""
    rows: list[tuple[bool, Line]] = []
    for window in _windows(text, anchors, available):
        shift = 1 if window.cut_left else 0
        source = (
            (glyphs.cut if window.cut_left else "")
            + window.cells.window(window.start, window.end)
            + (glyphs.cut if window.cut_right else "")
        )
        rows.append((True, [("", source.rstrip(" "))]))
        if window.marks:
            placed = [_Placed(mark, window, shift) for mark in window.marks]
            rows.extend((False, row) for row in _mark_rows(placed, available, glyphs))
    return rows


def _windows(text: str, anchors: list[Anchor], available: int) -> list[Window]:
    if len(text) <= LONG_LINE:
        cells = Cells(text)
        marks = [Mark(anchor, cells, 0) for anchor in anchors]
        return _split(cells, marks, available, False, False)
    windows = []
    by_start = sorted(anchors, key=lambda anchor: anchor.start) or [Anchor(False, "", 0, 0)]
    while by_start:
        focus = by_start[0].start
        near = [anchor for anchor in by_start if anchor.start < focus + NEIGHBOURHOOD // 2]
        by_start = by_start[len(near) :]
        base = max(focus - NEIGHBOURHOOD, 0)
        limit = min(focus + NEIGHBOURHOOD, len(text))
        cells = Cells(text[base:limit])
        marks = [Mark(anchor, cells, base) for anchor in near] if anchors else []
        windows.extend(_split(cells, marks, available, base > 0, limit < len(text)))
    return windows


def _split(cells: Cells, marks: list[Mark], available: int, more_left: bool, more_right: bool) -> list[Window]:
    """The line whole if it fits, else windows that hold the beginnings of all marks."""
    end_of_marks = max((mark.high for mark in marks), default=0)
    total = max(cells.width, end_of_marks)
    if total <= available and not more_left and not more_right:
        return [Window(cells, marks, 0, total, False, False)]
    room = available - 2  # for an ellipsis at both ends
    groups = _groups(marks, room) or [([], 0, 0)]
    windows: list[Window] = []
    for group, low, high in groups:
        start = min(max(low - (room - (high - low)) // 2, 0), max(total - room, 0))
        # An ellipsis that hides just one cell helps nobody.
        start = 0 if start <= 1 else start
        cut_left = start > 0 or more_left
        end = start + available - (1 if cut_left else 0)
        cut_right = end < total or more_right
        if cut_right:
            end -= 1
        windows.append(Window(cells, group, start, min(end, total), cut_left, cut_right))
    return windows


def _groups(marks: list[Mark], room: int) -> list[tuple[list[Mark], int, int]]:
    """Marks that can be seen together, each group with the cells that should be in view (of long marks, the beginning)."""
    groups: list[tuple[list[Mark], int, int]] = []
    for mark in sorted(marks, key=lambda mark: mark.low):
        stop = min(mark.high, mark.low + room * 2 // 3)
        if groups:
            group, low, high = groups[-1]
            if max(high, stop) - low <= room * 5 // 6:
                group.append(mark)
                groups[-1] = (group, low, max(high, stop))
                continue
        groups.append(([mark], mark.low, stop))
    return groups


class _Placed:
    """A mark where it stands in the row."""

    __slots__ = ("high", "low", "mark", "message", "primary", "style")

    def __init__(self, mark: Mark, window: Window, shift: int) -> None:
        self.mark = mark
        self.message = mark.message
        self.primary = mark.primary
        self.style = mark.style
        self.low = max(mark.low - window.start, 0) + shift
        # A mark that goes on beyond the window runs up to its edge, under the ellipsis.
        edge = window.end + (1 if window.cut_right else 0)
        self.high = max(min(mark.high, max(edge, window.end)) - window.start + shift, self.low + 1)


def _mark_rows(marks: list[_Placed], available: int, glyphs: Glyphs) -> list[Line]:
    """The marks, the message behind them, and the messages hanging below."""
    last = max(mark.high for mark in marks)
    painted: list[str] = [""] * last
    for mark in sorted(marks, key=lambda mark: mark.primary):  # primary ones on top
        painted[mark.low : mark.high] = [mark.style] * (mark.high - mark.low)
    row: Line = []
    for style in painted:
        glyph = {"": " ", "primary": glyphs.primary, "secondary": glyphs.secondary}[style]
        if row and row[-1][0] == style:
            row[-1] = (style, row[-1][1] + glyph)
        else:
            row.append((style, glyph))
    told = [mark for mark in marks if mark.message]
    behind = _behind(told, last, available)
    if behind is not None:
        told.remove(behind)
        row.append((behind.style, f" {behind.message}"))
    return [row, *_hanging(told, available, glyphs)]


def _behind(told: list[_Placed], last: int, available: int) -> _Placed | None:
    """The mark whose message can stand behind all marks without doubt about whose it is."""
    if not told:
        return None
    rightmost = max(told, key=lambda mark: mark.low)
    if rightmost.high < last or last + 1 + width_of(rightmost.message) > available:
        return None
    if any(mark is not rightmost and mark.high > rightmost.low for mark in told):
        return None
    return rightmost


def _hanging(told: list[_Placed], available: int, glyphs: Glyphs) -> list[Line]:
    """The messages below, from right to left, each on its thread."""
    if not told:
        return []
    rows: list[Line] = [_threads(told, available, glyphs)]
    for low in sorted({mark.low for mark in told}, reverse=True):
        left = [mark for mark in told if mark.low < low]
        for mark in told:
            if mark.low != low:
                continue
            for line in glyphs.hang(mark.message, low, available, mark.style):
                indent = width_of(line[0][1])
                threads = _threads([other for other in left if other.low < indent], indent, glyphs)
                used = sum(len(text) for _, text in threads)
                rows.append([*threads, ("", " " * (indent - used)), *line[1:]])
    return rows


def _threads(marks: list[_Placed], available: int, glyphs: Glyphs) -> Line:
    """A row of threads under the beginnings of marks."""
    row: Line = []
    column = 0
    for low in sorted({mark.low for mark in marks if mark.low < available}):
        style = "primary" if any(mark.primary for mark in marks if mark.low == low) else "secondary"
        row.append(("", " " * (low - column)))
        row.append((style, glyphs.line))
        column = low + 1
    return row
