"""Source texts, spans and positions: the bottom of everything, imports nothing of ours.

Offsets count code points of the decoded text from 0. Lines and columns are for people and count from 1.
"""

from __future__ import annotations

from bisect import bisect_right

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Any


class LineIndex:
    """Where the lines of a text begin, to turn offsets into lines and columns."""

    __slots__ = ("length", "starts")

    def __init__(self, text: str) -> None:
        starts = [0]
        find = text.find
        i = find("\n")
        while i >= 0:
            starts.append(i + 1)
            i = find("\n", i + 1)
        self.starts = starts
        self.length = len(text)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column (from 1, in code points) of an offset; offsets past the end give the end."""
        offset = min(max(offset, 0), self.length)
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column, clamped to the text."""
        line = min(max(line, 1), len(self.starts))
        end = self.starts[line] - 1 if line < len(self.starts) else self.length
        return min(self.starts[line - 1] + max(column, 1) - 1, end)


class Language:
    """How a text is read that is not in the modern language; what it is read as is the same."""

    __slots__ = ()

    def parse(self, source: Source) -> Any:  # noqa: ANN401 - trees and diagnostics lie above
        """The tree of a source and what is wrong with it."""
        raise NotImplementedError

    def tokens(self, source: Source) -> Any:  # noqa: ANN401 - as above
        """The tokens of a source, and the names of their kinds."""
        raise NotImplementedError

    def parse_annotation(self, text: str) -> Any:  # noqa: ANN401 - trees and diagnostics lie above
        """The tree of a type as it stands in a source, with offsets into it, and whether anything is wrong with it."""
        raise NotImplementedError

    def reword(self, diagnostic: Any) -> None:  # noqa: ANN401 - trees and diagnostics lie above
        """Makes a report use the words of the language."""
        raise NotImplementedError


class Source:
    """A text that diagnostics can point into: `name` as shown to people, `path` where it came from (None: not a file).
    `language`: None for the modern one."""

    __slots__ = ("_lines", "language", "name", "path", "text")

    def __init__(self, name: str, text: str, path: str | None = None) -> None:
        self.name = name
        self.text = text
        self.path = path
        self.language: Language | None = None
        self._lines: LineIndex | None = None

    @property
    def lines(self) -> LineIndex:
        if self._lines is None:
            self._lines = LineIndex(self.text)
        return self._lines

    def __repr__(self) -> str:
        return f"Source({self.name!r})"


class Span:
    """A stretch of one source, `end` exclusive."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Span)
            and self.source is other.source
            and self.start == other.start
            and self.end == other.end
        )

    def __hash__(self) -> int:
        return hash((id(self.source), self.start, self.end))

    def __repr__(self) -> str:
        line, column = self.source.lines.position(self.start)
        return f"Span({self.source.name}:{line}:{column}, {self.text!r})"
