"""What the client tells of documents, folders and files, handed to the workspace in the order in which it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.workspace.documents import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contractlang.workspace.settings import Settings
    from contractlang_lsp.session import Session


class Documents:
    """The notifications about texts. Called on the event loop; the work is done on the analyst's thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.open: dict[str, str] = {}  # the URIs of open documents by path, as the event loop knows them

    def opened(self, params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        path = self._session.uris.opened(document.uri)
        self.open[path] = document.uri
        self._edit(
            "textDocument/didOpen",
            path,
            lambda: self._session.workspace.open(path, document.text, document.version),
        )

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        path = self._session.uris.path(params.text_document.uri)
        self._edit(
            "textDocument/didChange",
            path,
            lambda: self._change(path, params.content_changes, params.text_document.version),
        )

    def closed(self, params: types.DidCloseTextDocumentParams) -> None:
        path = self._session.uris.path(params.text_document.uri)
        self.open.pop(path, None)
        self._edit("textDocument/didClose", None, lambda: self._close(path))
        self._session.publisher.closed(path)

    def files_changed(self, params: types.DidChangeWatchedFilesParams) -> None:
        paths = [self._session.uris.path(change.uri) for change in params.changes]
        self._edit("workspace/didChangeWatchedFiles", None, lambda: self._session.workspace.files_changed(paths))

    def folders_changed(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        gone = {self._session.uris.path(folder.uri) for folder in params.event.removed}
        kept = [folder for folder in self._session.folders if folder not in gone]
        added = [self._session.uris.path(folder.uri) for folder in params.event.added]
        self._session.folders = [*kept, *(folder for folder in added if folder not in kept)]
        folders = list(self._session.folders)
        self._edit("workspace/didChangeWorkspaceFolders", None, lambda: self._session.workspace.set_folders(folders))

    def settings_changed(self, settings: Settings) -> None:
        self._edit("settings", None, lambda: self._session.workspace.set_settings(settings))

    def _edit(self, name: str, path: str | None, work: Callable[[], None]) -> None:
        """Have the workspace changed; what depends on it is analysed anew, first of all the file at `path`."""
        session = self._session

        def guarded() -> None:
            try:
                work()
            except Exception as error:  # noqa: BLE001 - nobody waits for the answer to a notification
                session.report(name, error)

        session.analyst.submit(name, guarded, edit=True)
        session.publisher.changed(path)

    def _close(self, path: str) -> None:
        self._session.tokens.forget(path)
        self._session.workspace.close(path)

    def _change(self, path: str, changes: Sequence[types.TextDocumentContentChangeEvent], version: int | None) -> None:
        """Apply changes, each of which refers to the text that the one before left."""
        session = self._session
        document = session.workspace.snapshot().document(path)
        if not document.is_open:
            session.log(f"{session.uris.uri(path)} was changed but never opened", types.MessageType.Warning)
            return
        positions = session.maps.of(path, document.text)
        edits = []
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                start = positions.offset(change.range.start.line, change.range.start.character)
                end = max(start, positions.offset(change.range.end.line, change.range.end.character))
            else:
                start, end = 0, len(positions.text)
            edits.append(Edit(start, end, change.text))
            positions = positions.edited(start, end, change.text)
        session.workspace.change(path, edits, version)
        session.maps.keep(path, positions)
        session.publisher.board.moved(path, edits)
