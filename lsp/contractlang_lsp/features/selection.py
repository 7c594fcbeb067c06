"""textDocument/selectionRange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.selection import selection_ranges
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang_lsp.session import Session


def select(session: Session, params: types.SelectionRangeParams) -> list[types.SelectionRange]:
    view = session.view()
    path = view.uris.path(params.text_document.uri)
    answer = []
    for position in params.positions:
        offset = view.offset(path, position)
        found: types.SelectionRange | None = None
        for start, end in reversed(selection_ranges(view.snapshot, path, offset)):
            found = types.SelectionRange(view.range(path, start, end), found)
        # Each position gets an answer, be it only itself.
        answer.append(found or types.SelectionRange(view.range(path, offset, offset)))
    return answer


REQUESTS = (Request(types.TEXT_DOCUMENT_SELECTION_RANGE, select),)
