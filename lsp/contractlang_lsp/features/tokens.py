"""textDocument/semanticTokens: full, delta and range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.tokens import TOKEN_MODIFIERS, TOKEN_TYPES, semantic_tokens
from contractlang_lsp.requests import Request
from contractlang_lsp.semantic import difference

if TYPE_CHECKING:
    from contractlang_lsp.positions import PositionMap
    from contractlang_lsp.session import Session

LEGEND = types.SemanticTokensLegend(list(TOKEN_TYPES), list(TOKEN_MODIFIERS))


# Answers are plain data: there is a lot of it.
Plain = dict[str, object]


def full(session: Session, params: types.SemanticTokensParams) -> Plain:
    view = session.view()
    path = view.uris.path(params.text_document.uri)
    data = encoded(semantic_tokens(view.snapshot, path), view.positions(path))
    return {"data": data, "resultId": session.tokens.remember(path, data)}


def delta(session: Session, params: types.SemanticTokensDeltaParams) -> Plain:
    view = session.view()
    path = view.uris.path(params.text_document.uri)
    before = session.tokens.recall(path, params.previous_result_id)
    data = encoded(semantic_tokens(view.snapshot, path), view.positions(path))
    number = session.tokens.remember(path, data)
    if before is None:
        return {"data": data, "resultId": number}
    return {"edits": difference(before, data), "resultId": number}


def within(session: Session, params: types.SemanticTokensRangeParams) -> Plain:
    view = session.view()
    path = view.uris.path(params.text_document.uri)
    start, end = view.offsets(path, params.range)
    return {"data": encoded(semantic_tokens(view.snapshot, path, start, end), view.positions(path))}


def encoded(tokens: list[tuple[int, int, int, int]], positions: PositionMap) -> list[int]:
    """Tokens as the protocol has them: lines and characters relative to the token before."""
    data: list[int] = []
    last_line = last_character = 0
    for start, end, kind, modifiers in tokens:
        line, character = positions.position(start)
        if line != last_line:
            data += (line - last_line, character)
        else:
            data += (0, character - last_character)
        data += (positions.width(start, end), kind, modifiers)
        last_line, last_character = line, character
    return data


REQUESTS = (
    Request(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, full, LEGEND, passing=True),
    Request(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA, delta, LEGEND, passing=True),
    Request(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, within, LEGEND, passing=True),
)
