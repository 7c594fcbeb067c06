"""textDocument/formatting, rangeFormatting and onTypeFormatting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.formatting import ON_TYPE, format_document, format_on_type, format_range
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang_lsp.session import Session

TYPED = types.DocumentOnTypeFormattingOptions(ON_TYPE[0], list(ON_TYPE[1:]))


def whole(session: Session, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
    view = session.view()
    path = view.uris.path(params.text_document.uri)
    return [view.text_edit(edit) for edit in format_document(view.snapshot, path)]


def stretch(session: Session, params: types.DocumentRangeFormattingParams) -> list[types.TextEdit]:
    view = session.view()
    path = view.uris.path(params.text_document.uri)
    start, end = view.offsets(path, params.range)
    return [view.text_edit(edit) for edit in format_range(view.snapshot, path, start, end)]


def on_type(session: Session, params: types.DocumentOnTypeFormattingParams) -> list[types.TextEdit]:
    view = session.view()
    path, offset = view.at(params)
    return [view.text_edit(edit) for edit in format_on_type(view.snapshot, path, offset, params.ch)]


REQUESTS = (
    Request(types.TEXT_DOCUMENT_FORMATTING, whole),
    Request(types.TEXT_DOCUMENT_RANGE_FORMATTING, stretch),
    Request(types.TEXT_DOCUMENT_ON_TYPE_FORMATTING, on_type, TYPED),
)
