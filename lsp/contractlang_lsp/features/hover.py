"""textDocument/hover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.hover import hover
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang_lsp.session import Session


def show(session: Session, params: types.HoverParams) -> types.Hover | None:
    view = session.view()
    path, offset = view.at(params)
    found = hover(view.snapshot, path, offset)
    if found is None:
        return None
    if view.client.hover_markdown:
        content = types.MarkupContent(types.MarkupKind.Markdown, found.markdown)
    else:
        plain = "\n\n".join(filter(None, (found.signature, "\n".join(found.lines), found.documentation)))
        content = types.MarkupContent(types.MarkupKind.PlainText, plain)
    return types.Hover(content, view.range(path, found.start, found.end))


REQUESTS = (Request(types.TEXT_DOCUMENT_HOVER, show),)
