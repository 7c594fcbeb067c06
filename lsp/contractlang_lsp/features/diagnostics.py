"""textDocument/diagnostic and workspace/diagnostic: diagnostics for clients that ask for them.

An answer has what is known without evaluating. Types of a large file that has just been edited are not waited for long: the
answer has the syntax errors then, and the client is told to ask again, as it is when evaluation has found something.
"""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.workspace.cancellation import Cancelled
from contractlang_lsp.analyst import Superseded
from contractlang_lsp.diagnostics import SOURCE, to_protocol
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang_lsp.session import Session

# How long an answer waits for types, in seconds.
PATIENCE = 0.2

OPTIONS = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier=SOURCE)

Items = list[types.Diagnostic]


async def of_document(session: Session, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    path = session.uris.path(params.text_document.uri)
    analyst, board = session.analyst, session.publisher.board

    def static(stage: str) -> None:
        board.analyse(session.workspace.snapshot(), path, stage)

    def shown() -> tuple[str, Items, dict[str, types.FullDocumentDiagnosticReport]]:
        view = session.view()
        others: dict[str, types.FullDocumentDiagnosticReport] = {}
        if view.client.related_documents:
            for other in sorted(board.affected(path) - {path}):
                if not view.snapshot.document(other).is_open:
                    found = [to_protocol(view, finding) for finding in board.of(other)]
                    others[view.uris.uri(other)] = types.FullDocumentDiagnosticReport(found, result_id=number_of(found))
        items = [to_protocol(view, finding) for finding in board.of(path)]
        return number_of(items), items, others

    await analyst.submit("diagnostics (syntax)", lambda: static("syntax"))
    typed = analyst.submit("diagnostics (types)", lambda: static("types"), background=True, passing=True)
    done, _ = await asyncio.wait({typed}, timeout=PATIENCE)
    if not done:
        typed.add_done_callback(
            lambda late: None if late.cancelled() or late.exception() else session.publisher.refresh()
        )
    elif (failure := typed.exception()) is not None and not isinstance(failure, (Cancelled, Superseded)):
        raise failure
    number, items, others = await analyst.submit("diagnostics", shown)
    if number == params.previous_result_id and not others:
        return types.RelatedUnchangedDocumentDiagnosticReport(number)
    return types.RelatedFullDocumentDiagnosticReport(items, related_documents=others or None, result_id=number)


async def of_workspace(session: Session, params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
    """The diagnostics of all files. A client that has them already gets its answer when something has changed."""
    known = {session.uris.path(each.uri): each.value for each in params.previous_result_ids}
    while True:
        changes = session.publisher.changes
        reports = [
            await _of_file(session, path, known.get(path), params.partial_result_token)
            for path in await session.analyst.submit(
                "files", lambda: session.workspace.snapshot().files(), background=True
            )
        ]
        paths = {session.uris.path(report.uri) for report in reports}
        gone = [
            types.WorkspaceFullDocumentDiagnosticReport(session.uris.uri(path), [], result_id="")
            for path, number in known.items()
            if path not in paths and number
        ]
        new = [report for report in reports if isinstance(report, types.WorkspaceFullDocumentDiagnosticReport)]
        if gone or new or not known:
            return types.WorkspaceDiagnosticReport([*reports, *gone] if params.partial_result_token is None else gone)
        while session.publisher.changes == changes:
            await session.publisher.change()


async def _of_file(
    session: Session, path: str, known: str | None, token: types.ProgressToken | None
) -> types.WorkspaceDocumentDiagnosticReport:
    def work() -> types.WorkspaceDocumentDiagnosticReport:
        view = session.view()
        board = session.publisher.board
        document = view.snapshot.document(path)
        if document.is_open:
            found = board.of(path)
        else:
            found = board.looked_at(view.snapshot, path)
        items = [to_protocol(view, finding) for finding in found]
        number, uri = number_of(items), view.uris.uri(path)
        if number == known:
            return types.WorkspaceUnchangedDocumentDiagnosticReport(uri, number, version=document.version)
        return types.WorkspaceFullDocumentDiagnosticReport(uri, items, version=document.version, result_id=number)

    report: types.WorkspaceDocumentDiagnosticReport = await session.analyst.submit(
        "workspace/diagnostic", work, background=True
    )
    if token is not None:
        value = types.WorkspaceDiagnosticReportPartialResult([report])
        session.server.progress(types.ProgressParams(token, session.plain(value)))
    return report


def number_of(items: Items) -> str:
    """A number that two answers share if they say the same."""
    return hashlib.blake2b(repr(items).encode("utf-8", "replace"), digest_size=12).hexdigest()


REQUESTS = (
    Request(types.TEXT_DOCUMENT_DIAGNOSTIC, of_document, OPTIONS, awaits=True),
    Request(types.WORKSPACE_DIAGNOSTIC, of_workspace, awaits=True),
)
