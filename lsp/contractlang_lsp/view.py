"""One revision of the workspace as the client sees it: URIs for paths, positions in its encoding for offsets.

This is the one module that converts; features ask it on the way in and on the way out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.library import is_library, library_text
from contractlang_lsp.positions import PositionMap

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    from contractlang.ide.places import Place, TextEdit
    from contractlang.workspace.workspace import Snapshot
    from contractlang_lsp.client import Client
    from contractlang_lsp.uris import Uris

    class AtPosition(Protocol):
        """Parameters that name a position in a document."""

        @property
        def text_document(self) -> types.TextDocumentIdentifier: ...
        @property
        def position(self) -> types.Position: ...


class PositionMaps:
    """The position maps of the documents seen lately. A map is kept while the text of its document stays the same."""

    KEPT = 128

    def __init__(self) -> None:
        self.encoding = "utf-16"
        self._maps: dict[str, PositionMap] = {}

    def of(self, path: str, text: str) -> PositionMap:
        known = self._maps.get(path)
        if known is not None and (known.text is text or known.text == text):
            return known
        found = PositionMap(text, self.encoding)
        self.keep(path, found)
        return found

    def keep(self, path: str, positions: PositionMap) -> None:
        self._maps.pop(path, None)
        self._maps[path] = positions
        if len(self._maps) > self.KEPT:
            del self._maps[next(iter(self._maps))]


class View:
    """A snapshot, and the conversions for it."""

    __slots__ = ("_maps", "client", "snapshot", "uris")

    def __init__(self, snapshot: Snapshot, uris: Uris, maps: PositionMaps, client: Client) -> None:
        self.snapshot = snapshot
        self.uris = uris
        self.client = client
        self._maps = maps

    def text(self, path: str) -> str:
        """The text of a file, be it of the workspace or of the bundled library."""
        if is_library(path):
            return library_text(path) or ""
        return self.snapshot.document(path).text

    def positions(self, path: str) -> PositionMap:
        return self._maps.of(path, self.text(path))

    # From the client.

    def at(self, params: AtPosition) -> tuple[str, int]:
        """The path and offset that a request is about."""
        path = self.uris.path(params.text_document.uri)
        return path, self.offset(path, params.position)

    def offset(self, path: str, position: types.Position) -> int:
        return self.positions(path).offset(position.line, position.character)

    def offsets(self, path: str, stretch: types.Range) -> tuple[int, int]:
        """The start and end of a range; an end before the start is taken for the start."""
        start = self.offset(path, stretch.start)
        return start, max(start, self.offset(path, stretch.end))

    # To the client.

    def position(self, path: str, offset: int) -> types.Position:
        return types.Position(*self.positions(path).position(offset))

    def range(self, path: str, start: int, end: int) -> types.Range:
        position = self.positions(path).position
        return types.Range(types.Position(*position(start)), types.Position(*position(end)))

    def plain_range(self, path: str, start: int, end: int) -> dict[str, dict[str, int]]:
        """A range as JSON has it, for answers with thousands of them."""
        position = self.positions(path).position
        (line, character), (last_line, last_character) = position(start), position(end)
        return {
            "start": {"line": line, "character": character},
            "end": {"line": last_line, "character": last_character},
        }

    def location(self, place: Place) -> types.Location:
        return types.Location(self.uris.uri(place.path), self.range(place.path, place.start, place.end))

    def locations(self, places: Iterable[Place]) -> list[types.Location]:
        return [self.location(place) for place in places]

    def text_edit(self, edit: TextEdit) -> types.TextEdit:
        return types.TextEdit(self.range(edit.path, edit.start, edit.end), edit.text)

    def workspace_edit(self, edits: Iterable[TextEdit]) -> types.WorkspaceEdit:
        """Edits of any files, with the versions they are meant for where the client can check that."""
        by_path: dict[str, list[types.TextEdit]] = {}
        for edit in edits:
            by_path.setdefault(edit.path, []).append(self.text_edit(edit))
        if not self.client.document_changes:
            return types.WorkspaceEdit(changes={self.uris.uri(path): changed for path, changed in by_path.items()})
        return types.WorkspaceEdit(
            document_changes=[
                types.TextDocumentEdit(
                    types.OptionalVersionedTextDocumentIdentifier(
                        self.uris.uri(path), self.snapshot.document(path).version
                    ),
                    list(changed),
                )
                for path, changed in by_path.items()
            ]
        )
