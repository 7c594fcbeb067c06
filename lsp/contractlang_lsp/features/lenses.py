"""textDocument/codeLens and codeLens/resolve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.lenses import code_lenses
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang.ide.lenses import Lens
    from contractlang_lsp.session import Session
    from contractlang_lsp.view import View


def lenses(session: Session, params: types.CodeLensParams) -> list[types.CodeLens]:
    if not (session.configuration.values.code_lens_enabled and session.evaluator.available):
        return []
    view = session.view()
    path = view.uris.path(params.text_document.uri)
    return [
        types.CodeLens(view.range(path, lens.start, lens.end), _command(view, lens))
        for lens in code_lenses(view.snapshot, path)
    ]


def _command(view: View, lens: Lens) -> types.Command:
    """A lens's command: a URI and a position for the path and the offset that `ide` begins arguments with."""
    path, offset, *others = lens.arguments
    place = None
    if isinstance(path, str) and isinstance(offset, int):
        position = view.position(path, offset)
        place = {"line": position.line, "character": position.character}
    return types.Command(lens.title, lens.command, arguments=[view.uris.uri(str(path)), place, *others])


def resolve(session: Session, lens: types.CodeLens) -> types.CodeLens:
    """The lens as it is: it came with its command."""
    return lens


REQUESTS = (
    Request(types.TEXT_DOCUMENT_CODE_LENS, lenses, types.CodeLensOptions(resolve_provider=True), passing=True),
    Request(types.CODE_LENS_RESOLVE, resolve),
)
