"""Notifications, and the requests that begin and end a conversation: thin, since documents and publishing do the work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from contractlang.ide.library import MODULES, library_unit
from contractlang_lsp.uris import STD_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

    from contractlang_lsp.session import Session

# What a program can consist of.
WATCHED = "**/*.{ncl,json,yaml,yml,toml,txt}"

WATCHING = "contractlang-watched-files"
CONFIGURING = "contractlang-configuration"


def initialize(session: Session) -> Callable[[types.InitializeParams], None]:
    def handle(params: types.InitializeParams) -> None:
        session.introduce(params)

    return handle


def initialized(session: Session) -> Callable[[types.InitializedParams], Any]:
    async def handle(params: types.InitializedParams) -> None:
        registrations = []
        if session.client.dynamic_watching:
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(WATCHED)])
            registrations.append(
                types.Registration(WATCHING, types.WORKSPACE_DID_CHANGE_WATCHED_FILES, session.plain(options))
            )
        if session.client.dynamic_configuration:
            section = types.DidChangeConfigurationRegistrationOptions("contractlang")
            registrations.append(
                types.Registration(CONFIGURING, types.WORKSPACE_DID_CHANGE_CONFIGURATION, session.plain(section))
            )
        if registrations:
            session.ask_client(session.server.client_register_capability_async(types.RegistrationParams(registrations)))
        for module in MODULES:
            # Read now, while nothing is asked, so that the first completion does not have to wait for it.
            session.analyst.post("library", partial(library_unit, f"{STD_FOLDER}{module}.ncl"), background=True)
        await session.configuration.fetch()

    return handle


def shutdown(session: Session) -> Callable[[None], Any]:
    def handle(params: None) -> None:
        # All at once: `exit` may be the next message. Worker processes end with the conversation.
        session.publisher.stop()

    return handle


def configuration_changed(session: Session) -> Callable[[types.DidChangeConfigurationParams], Any]:
    async def handle(params: types.DidChangeConfigurationParams) -> None:
        session.configuration.told(params.settings)
        await session.configuration.fetch()

    return handle


def watched(session: Session) -> Callable[[types.DidChangeWatchedFilesParams], None]:
    def handle(params: types.DidChangeWatchedFilesParams) -> None:
        session.documents.files_changed(params)

    return handle


def folders_changed(session: Session) -> Callable[[types.DidChangeWorkspaceFoldersParams], None]:
    def handle(params: types.DidChangeWorkspaceFoldersParams) -> None:
        session.documents.folders_changed(params)

    return handle


def saved(session: Session) -> Callable[[types.DidSaveTextDocumentParams], None]:
    def handle(params: types.DidSaveTextDocumentParams) -> None:
        """Nothing to do: the text that was saved is the one that we have."""

    return handle


def trace_set(session: Session) -> Callable[[types.SetTraceParams], None]:
    def handle(params: types.SetTraceParams) -> None:
        """Pygls keeps the value."""

    return handle


def progress_cancelled(session: Session) -> Callable[[types.WorkDoneProgressCancelParams], None]:
    def handle(params: types.WorkDoneProgressCancelParams) -> None:
        session.progresses.cancel(params.token)

    return handle


NOTIFICATIONS: tuple[tuple[str, Callable[[Session], Callable[[Any], Any]], object | None], ...] = (
    (types.INITIALIZE, initialize, None),
    (types.INITIALIZED, initialized, None),
    (types.SHUTDOWN, shutdown, None),
    (types.WORKSPACE_DID_CHANGE_CONFIGURATION, configuration_changed, None),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watched, None),
    (types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, folders_changed, None),
    (types.TEXT_DOCUMENT_DID_SAVE, saved, types.SaveOptions(include_text=False)),
    (types.SET_TRACE, trace_set, None),
    (types.WINDOW_WORK_DONE_PROGRESS_CANCEL, progress_cancelled, None),
)
