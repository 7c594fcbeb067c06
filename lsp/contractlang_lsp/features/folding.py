"""textDocument/foldingRange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.folding import folding_ranges
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang_lsp.session import Session


def fold(session: Session, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    view = session.view()
    path = view.uris.path(params.text_document.uri)
    whole_lines = view.client.line_folding_only
    answer = []
    for found in folding_ranges(view.snapshot, path):
        start, end = view.position(path, found.start), view.position(path, found.end)
        answer.append(
            types.FoldingRange(
                start.line,
                end.line,
                start_character=None if whole_lines else start.character,
                end_character=None if whole_lines else end.character,
                kind=types.FoldingRangeKind(found.kind),
            )
        )
    return answer


REQUESTS = (Request(types.TEXT_DOCUMENT_FOLDING_RANGE, fold, passing=True),)
