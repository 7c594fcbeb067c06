"""textDocument/documentLink and documentLink/resolve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.links import document_links
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang_lsp.session import Session


def links(session: Session, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    view = session.view()
    path = view.uris.path(params.text_document.uri)
    return [
        types.DocumentLink(
            view.range(path, found.start, found.end),
            target=view.uris.uri(found.target),
            tooltip=found.tooltip,
            data={"path": found.target},
        )
        for found in document_links(view.snapshot, path)
    ]


def resolve(session: Session, link: types.DocumentLink) -> types.DocumentLink:
    """The link with its target, for clients that dropped it."""
    if link.target is None and isinstance(link.data, dict) and isinstance(link.data.get("path"), str):
        link.target = session.uris.uri(link.data["path"])
    return link


REQUESTS = (
    Request(types.TEXT_DOCUMENT_DOCUMENT_LINK, links, types.DocumentLinkOptions(resolve_provider=True), passing=True),
    Request(types.DOCUMENT_LINK_RESOLVE, resolve),
)
