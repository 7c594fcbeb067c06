"""textDocument/definition, declaration and typeDefinition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.definition import declaration, definition, type_definition
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from contractlang.ide.places import Place
    from contractlang.workspace.workspace import Snapshot
    from contractlang_lsp.session import Session

    Find = Callable[[Snapshot, str, int], list[Place]]
    Answer = Callable[[Session, types.TextDocumentPositionParams], list[types.Location] | None]


def _places(find: Find) -> Answer:
    def answer(session: Session, params: types.TextDocumentPositionParams) -> list[types.Location] | None:
        view = session.view()
        path, offset = view.at(params)
        return view.locations(find(view.snapshot, path, offset)) or None

    return answer


REQUESTS = (
    Request(types.TEXT_DOCUMENT_DEFINITION, _places(definition)),
    Request(types.TEXT_DOCUMENT_DECLARATION, _places(declaration)),
    Request(types.TEXT_DOCUMENT_TYPE_DEFINITION, _places(type_definition)),
)
