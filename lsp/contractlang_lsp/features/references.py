"""textDocument/references and documentHighlight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.references import highlights, references
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang_lsp.session import Session

KINDS = {
    "text": types.DocumentHighlightKind.Text,
    "read": types.DocumentHighlightKind.Read,
    "write": types.DocumentHighlightKind.Write,
}


def find_references(session: Session, params: types.ReferenceParams) -> list[types.Location] | None:
    view = session.view()
    path, offset = view.at(params)
    declarations = params.context.include_declaration
    return view.locations(references(view.snapshot, path, offset, declarations=declarations)) or None


def highlight(session: Session, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight] | None:
    view = session.view()
    path, offset = view.at(params)
    return [
        types.DocumentHighlight(view.range(path, found.start, found.end), KINDS[found.kind])
        for found in highlights(view.snapshot, path, offset)
    ] or None


REQUESTS = (
    Request(types.TEXT_DOCUMENT_REFERENCES, find_references),
    Request(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, highlight, passing=True),
)
