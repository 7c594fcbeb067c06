"""What the modern language writes otherwise: edits of a source text, noted while it is read.

An edit replaces a stretch of the text by pieces: new text, and stretches of the old one that move. Those are rewritten in turn, so
edits nest; of two that cover the same stretch the later one is the outer one.
"""

from __future__ import annotations

from bisect import bisect_left

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence

    Stretch = tuple[int, int]
    Piece = str | Stretch


class Edit:
    """Replaces the text from `start` up to `end`. `number` says when it was noted."""

    __slots__ = ("end", "number", "pieces", "start")

    def __init__(self, start: int, end: int, pieces: Sequence[Piece], number: int) -> None:
        self.start = start
        self.end = end
        self.pieces = pieces
        self.number = number


class LibraryName(str):
    """A piece of new text that speaks of the library: `std` in it is whatever the library is called in the end."""

    __slots__ = ()


class Edits:
    """The edits of one text."""

    __slots__ = ("edits",)

    def __init__(self) -> None:
        self.edits: list[Edit] = []

    def replace(self, start: int, end: int, *pieces: Piece) -> None:
        """Notes an edit."""
        self.edits.append(Edit(start, end, pieces, len(self.edits)))

    def surround(self, start: int, end: int, before: str, after: str) -> None:
        self.replace(start, end, before, (start, end), after)


class Rewriter:
    """Applies edits to a text, in which the library is called `library`."""

    __slots__ = ("comments", "edits", "library", "starts", "text")

    def __init__(self, text: str, edits: Edits, comments: list[Stretch], library: str = "std") -> None:
        self.text = text
        self.comments = comments
        self.library = library
        # Outer edits come before those inside of them.
        self.edits = sorted(edits.edits, key=lambda edit: (edit.start, -edit.end, -edit.number))
        self.starts = [edit.start for edit in self.edits]

    def rewrite(self, start: int, end: int, inside: Edit | None = None) -> str:
        """A stretch of the text after the edits; `inside` is the edit at work."""
        parts: list[str] = []
        at = start
        for edit in self.within(start, end, inside):
            if edit.start < at:
                continue  # inside of the one before
            parts.append(self.text[at : edit.start])
            parts += self.lost_comments(edit)
            new = "".join([self.piece(piece, edit) for piece in edit.pieces])
            if _touch(self.text[edit.start - 1 : edit.start], new):
                parts.append(" ")
            parts.append(new)
            at = edit.end
            if at < end and _touch(next((part for part in reversed(parts) if part), ""), self.text[at : at + 1]):
                parts.append(" ")
        parts.append(self.text[at:end])
        return "".join(parts)

    def piece(self, piece: Piece, edit: Edit) -> str:
        if isinstance(piece, LibraryName):
            return piece if self.library == "std" else piece.replace("std.", self.library + ".")
        return piece if isinstance(piece, str) else self.rewrite(piece[0], piece[1], edit)

    def within(self, start: int, end: int, inside: Edit | None) -> list[Edit]:
        """The edits of a stretch, without those that lie around the one at work."""
        found: list[Edit] = []
        for number in range(bisect_left(self.starts, start), len(self.edits)):
            edit = self.edits[number]
            if edit.start >= end:
                break
            around = inside is not None and edit.number >= inside.number
            if edit.end <= end and not (
                around and inside is not None and (edit.start, edit.end) == (inside.start, inside.end)
            ):
                found.append(edit)
        return found

    def lost_comments(self, edit: Edit) -> list[str]:
        """The comments inside of an edit that none of its pieces contains: they go before it."""
        moved = [piece for piece in edit.pieces if not isinstance(piece, str)]
        line = self.text[self.text.rfind("\n", 0, edit.start) + 1 : edit.start]
        indentation = line[: len(line) - len(line.lstrip())]
        return [
            "#" + self.text[start + 2 : end] + "\n" + indentation
            for start, end in self.comments
            if edit.start < start
            and end <= edit.end
            and not any(piece[0] <= start and end <= piece[1] for piece in moved)
        ]


def _touch(before: str, after: str) -> bool:
    """Whether two texts side by side would be read as one word."""
    last, first = before[-1:], after[:1]
    return (last.isalnum() or last == "_") and (first.isalnum() or first in ("_", "'"))
