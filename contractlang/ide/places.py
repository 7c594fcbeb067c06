"""Places and edits: what every answer of `ide` is made of. Offsets count code points; `end` is exclusive."""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Place:
    """A stretch of the file `path`: the loader's name of it, or `std/….ncl` for a file of the bundled library."""

    __slots__ = ("end", "path", "start")

    def __init__(self, path: str, start: int, end: int) -> None:
        self.path = path
        self.start = start
        self.end = end

    def covers(self, offset: int) -> bool:
        """Whether a cursor at an offset touches the place: its end counts."""
        return self.start <= offset <= self.end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and self._key() == other._key()

    def __lt__(self, other: Place) -> bool:
        return self._key() < other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Place({self.path!r}, {self.start}, {self.end})"

    def _key(self) -> tuple[str, int, int]:
        return self.path, self.start, self.end


class TextEdit:
    """The stretch `start` … `end` of the file `path` becomes `text`. The edits of one answer do not overlap."""

    __slots__ = ("end", "path", "start", "text")

    def __init__(self, path: str, start: int, end: int, text: str) -> None:
        self.path = path
        self.start = start
        self.end = end
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TextEdit) and self._key() == other._key()

    def __lt__(self, other: TextEdit) -> bool:
        return self._key() < other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"TextEdit({self.path!r}, {self.start}, {self.end}, {self.text!r})"

    def _key(self) -> tuple[str, int, int, str]:
        return self.path, self.start, self.end, self.text


def in_order(places: Iterable[Place]) -> list[Place]:
    """The places once each, sorted by file and offset."""
    return sorted(set(places))


def apply_edits(text: str, edits: Sequence[TextEdit]) -> str:
    """The text of a file after edits, all of which are of that file and refer to the text before any of them."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise ValueError(f"edits overlap at offset {edit.start}")
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)
