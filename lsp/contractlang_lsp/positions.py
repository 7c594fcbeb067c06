"""Offsets in code points ↔ positions of the protocol: zero-based lines, and characters in the encoding that was negotiated.

A line ends at LF, CRLF or CR, whatever the language itself makes of them. Positions beyond the end of a
line mean its end, positions beyond the last line the end of the text, and positions inside a surrogate pair or a
UTF-8 sequence its beginning.
"""

from __future__ import annotations

import encodings.utf_16_le  # noqa: F401 -- codecs are imported when first used, which is too late in a sandbox without files
import re
from bisect import bisect_right
from itertools import accumulate

UTF8 = "utf-8"
UTF16 = "utf-16"
UTF32 = "utf-32"

_LINE_END = re.compile(r"\r\n|\r|\n")


class PositionMap:
    """Where the lines of a text begin. `encoding` says what characters of positions count: "utf-8", "utf-16" or
    "utf-32" units."""

    __slots__ = ("_ascii", "_starts", "encoding", "text")

    def __init__(self, text: str, encoding: str = UTF16, starts: list[int] | None = None) -> None:
        self.text = text
        self.encoding = encoding
        self._starts = _line_starts(text) if starts is None else starts
        self._ascii = encoding == UTF32 or text.isascii()

    def position(self, offset: int) -> tuple[int, int]:
        """The line and character of an offset, which is clamped to the text."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        offset = min(offset, self._line_end(line))
        if self._ascii:
            return line, offset - start
        return line, _units(self.text[start:offset], self.encoding)

    def offset(self, line: int, character: int) -> int:
        """The offset of a line and character, both clamped."""
        if line >= len(self._starts):
            return len(self.text)
        if line < 0:
            return 0
        start, end = self._starts[line], self._line_end(line)
        if self._ascii:
            return min(start + max(character, 0), end)
        return start + _code_points(self.text[start:end], max(character, 0), self.encoding)

    def width(self, start: int, end: int) -> int:
        """How many units a stretch within one line takes."""
        return end - start if self._ascii else _units(self.text[start:end], self.encoding)

    def edited(self, start: int, end: int, replacement: str) -> PositionMap:
        """The map of the text in which `replacement` stands instead of `start` … `end`; only the lines touched are
        looked at anew."""
        starts = self._starts
        text = self.text[:start] + replacement + self.text[end:]
        grown = len(replacement) - (end - start)
        # From the line of the character before, since a line end may be joined or split, to the first line that begins after.
        first = bisect_right(starts, max(start - 1, 0)) - 1
        after = bisect_right(starts, end)
        tail = [at + grown for at in starts[after:]]
        base = starts[first]
        touched = _line_starts(text[base : tail[0] if tail else len(text)])
        if tail:
            touched.pop()  # the stretch ends with a line end, and what begins there is the tail's first line
        return PositionMap(text, self.encoding, [*starts[:first], *(base + at for at in touched), *tail])

    def _line_end(self, line: int) -> int:
        """Where the text of a line ends, without its line end."""
        if line + 1 == len(self._starts):
            return len(self.text)
        end = self._starts[line + 1] - 1
        if self.text[end] == "\n" and end > self._starts[line] and self.text[end - 1] == "\r":
            return end - 1
        return end


def _line_starts(text: str) -> list[int]:
    if "\r" in text:
        return [0, *(found.end() for found in _LINE_END.finditer(text))]
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    starts.pop()
    return starts


def _units(text: str, encoding: str) -> int:
    """How many units a text takes. An editor may send half a surrogate pair, which counts as one unit, and three in UTF-8."""
    if encoding == UTF32 or text.isascii():
        return len(text)
    if encoding == UTF16:
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    return len(text.encode("utf-8", "surrogatepass"))


def _code_points(line: str, units: int, encoding: str) -> int:
    """How many code points of a line lie wholly within so many units."""
    if line.isascii():
        return min(units, len(line))
    if encoding == UTF16:
        encoded = line.encode("utf-16-le", "surrogatepass")
        if units > 0 and 2 * units < len(encoded) and _splits_a_pair(encoded, 2 * units):
            units -= 1
        return len(encoded[: 2 * units].decode("utf-16-le", "surrogatepass"))
    encoded = line.encode("utf-8", "surrogatepass")
    while 0 < units < len(encoded) and encoded[units] & 0xC0 == 0x80:
        units -= 1
    return len(encoded[:units].decode("utf-8", "surrogatepass"))


def _splits_a_pair(encoded: bytes, at: int) -> bool:
    return encoded[at - 1] & 0xFC == 0xD8 and encoded[at + 1] & 0xFC == 0xDC
