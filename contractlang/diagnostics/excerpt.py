"""Excerpts: the lines of source that labels point at, with the marks and messages under them.

For each file the labels are split into those on one line (a mark under the text, the message behind or below it) and those
over several lines (a bar in a column of its own at the left, from `╭` to `╰`). Each line shown is then laid out by itself
(`marks.py`). The result is lines of styled pieces; nothing here knows about colours or terminals.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from contractlang.diagnostics.cells import Cells, shorten, width_of
from contractlang.diagnostics.escape import escape
from contractlang.diagnostics.marks import Anchor, Glyphs, Line, Piece, lay_out
from contractlang.diagnostics.model import Label
from contractlang.source import Source

# A stretch of lines up to this long is shown in full; of a longer one, its first and last line.
WHOLE_STRETCH = 5

# Bars beside each other; a label that would need one more is shown by its first line alone.
MOST_BARS = 3


class Bar:
    """A label over several lines: `first` and `last` line, the columns (code points from 0) where it begins and its last one."""

    __slots__ = ("column", "end_column", "first", "from_margin", "label", "last")

    def __init__(self, label: Label, first: int, column: int, last: int, end_column: int, from_margin: bool) -> None:
        self.label = label
        self.first = first
        self.column = column
        self.last = last
        self.end_column = end_column
        self.from_margin = from_margin


def render_excerpts(labels: Iterable[Label], width: int, glyphs: Glyphs) -> list[Line]:
    """The excerpts of all files that the labels point into, that of the first primary label first."""
    groups: dict[Source, list[Label]] = {}
    for label in sorted(labels, key=lambda label: not label.primary):  # stable: else as given
        groups.setdefault(label.span.source, []).append(label)
    gutter = 1
    for source, group in groups.items():
        gutter = max(gutter, *(len(str(source.lines.position(label.span.end)[0])) for label in group))
    lines: list[Line] = []
    for source, group in groups.items():
        lines.extend(_render_file(source, group, gutter, width, glyphs))
    return lines


def _render_file(source: Source, labels: list[Label], gutter: int, width: int, glyphs: Glyphs) -> list[Line]:
    line, column = source.lines.position(labels[0].span.start)
    margin = " " * gutter
    place = f":{line}:{column}"
    name = shorten(escape(source.name), max(width - gutter - 4 - len(place), 8))
    rows: list[Line] = [
        [("gutter", f"{margin} {glyphs.corner} "), ("", name + place)],
        [("gutter", f"{margin} {glyphs.bar}")],
    ]
    bars: list[Bar] = []
    anchors: dict[int, list[Anchor]] = {}
    for label in labels:
        _place(label, bars, anchors, width - gutter - 3 - 2 * MOST_BARS)
    bars.sort(key=lambda bar: (bar.first, -bar.last))  # the outermost at the left
    shown = _lines_shown(bars, anchors)
    available = max(width - gutter - 3 - 2 * len(bars), 16)
    previous = 0
    for number in shown:
        if previous and number > previous + 1:
            rows.append([("gutter", f"{margin} {glyphs.gap}"), *_bars(bars, number, glyphs, gap=True)])
        previous = number
        text = line_text(source, number)
        prefix: Piece = ("gutter", f"{number:>{gutter}} {glyphs.bar} ")
        below: Piece = ("gutter", f"{margin} {glyphs.bar} ")
        laid_out = lay_out(text, anchors.get(number, []), available, glyphs)
        for is_source, row in laid_out:
            # A bar that begins at the margin begins beside the source, and stands for itself in the rows below.
            state = _bars(bars, number, glyphs, gap=False, beside=is_source)
            rows.append([prefix if is_source else below, *state, *row])
        rows.extend([below, *row] for row in _bar_ends(bars, number, text, available, glyphs))
    return rows


def _place(label: Label, bars: list[Bar], anchors: dict[int, list[Anchor]], available: int) -> None:
    """Decide how a label is shown: under one line, or as a bar beside several.

    A bar needs both its ends in view, in lines that fit; without that the label is shown by its first line.
    """
    source = label.span.source
    lines = source.lines
    start, end = label.span.start, max(label.span.start, label.span.end)
    first, column = lines.position(start)
    # The line break at the end of a span belongs to the line that it ends.
    last, end_column = lines.position(end - 1) if end > start else (first, column)
    column, end_column = column - 1, end_column - 1
    if first == last:
        stop = end_column + 1 if end > start else column
        anchors.setdefault(first, []).append(Anchor(label.primary, label.message, column, stop))
        return
    from_margin = not source.text[lines.starts[first - 1] : start].strip()
    fits = _fits(source, last, available) and (from_margin or _fits(source, first, available))
    if fits and len(bars) < MOST_BARS:
        bars.append(Bar(label, first, column, last, end_column, from_margin))
    else:
        stop = len(line_text(source, first))
        message = f"{label.message} (up to line {last})".lstrip()
        anchors.setdefault(first, []).append(Anchor(label.primary, message, column, stop))


def _fits(source: Source, number: int, available: int) -> bool:
    text = line_text(source, number)
    return len(text) <= 4 * available and Cells(text).width <= available


def line_text(source: Source, number: int) -> str:
    """A line without its line break."""
    starts = source.lines.starts
    end = starts[number] - 1 if number < len(starts) else len(source.text)
    return source.text[starts[number - 1] : end].removesuffix("\r")


def _lines_shown(bars: list[Bar], anchors: dict[int, list[Anchor]]) -> list[int]:
    """The lines with something to say, and those between them where that costs no more than saying that they are left out."""
    wanted = set(anchors)
    for bar in bars:
        if bar.last - bar.first < WHOLE_STRETCH:
            wanted.update(range(bar.first, bar.last + 1))
        else:
            wanted.update((bar.first, bar.last))
    shown = sorted(wanted)
    wanted.update(after - 1 for before, after in pairwise(shown) if after - before == 2)
    return sorted(wanted)


def _style(label: Label) -> str:
    return "primary" if label.primary else "secondary"


def _bars(bars: list[Bar], number: int, glyphs: Glyphs, *, gap: bool, beside: bool = False) -> list[Piece]:
    """The columns of bars beside a row of line `number` (`gap`: beside the lines left out before it)."""
    pieces: list[Piece] = []
    for bar in bars:
        if beside and bar.from_margin and bar.first == number:
            glyph = glyphs.top
        elif bar.first < number <= bar.last or (bar.first == number and bar.from_margin and not gap):
            glyph = glyphs.line
        else:
            glyph = " "
        pieces.append((_style(bar.label), glyph + " "))
    if gap and pieces:
        pieces.insert(0, ("", " "))
    return pieces


def _bar_ends(bars: list[Bar], number: int, text: str, available: int, glyphs: Glyphs) -> list[Line]:
    """The rows that lead bars from their column to where the label begins, or ends, in line `number`."""
    rows: list[Line] = []
    open_bars = {bar for bar in bars if bar.first < number <= bar.last or (bar.first == number and bar.from_margin)}
    for index, bar in enumerate(bars):
        if bar.first == number and not bar.from_margin:
            rows.append(_turn(bars, index, open_bars, glyphs.top, text, bar.column, glyphs)[0])
            open_bars.add(bar)
    for index, bar in reversed(list(enumerate(bars))):  # the innermost ends first
        if bar.last == number:
            row, used = _turn(bars, index, open_bars, glyphs.foot, text, bar.end_column, glyphs)
            open_bars.discard(bar)
            message = escape(bar.label.message)
            if not message or used + 1 + width_of(message) <= available:
                rows.append([*row, (_style(bar.label), f" {message}".rstrip())])
                continue
            rows.append(row)
            still_open: list[Piece] = [
                (_style(other.label), (glyphs.line if other in open_bars else " ") + " ") for other in bars
            ]
            rows.extend([*still_open, *line] for line in glyphs.hang(message, used - 1, available, _style(bar.label)))
    return rows


def _turn(
    bars: list[Bar],
    index: int,
    open_bars: set[Bar],
    corner: str,
    text: str,
    column: int,
    glyphs: Glyphs,
) -> tuple[Line, int]:
    """The row in which bar `index` turns into the text, up to the mark under `column`; and the cells used of the text's."""
    bar = bars[index]
    style = _style(bar.label)
    cell = Cells(text).column_of(column)
    row: Line = []
    for position, other in enumerate(bars):
        if position < index:
            row.append((_style(other.label), (glyphs.line if other in open_bars else " ") + " "))
        elif position == index:
            row.append((style, corner + glyphs.across))
        else:
            row.append((style, glyphs.across * 2))
    row.append((style, glyphs.across * cell + (glyphs.primary if bar.label.primary else glyphs.secondary)))
    return row, cell + 1
