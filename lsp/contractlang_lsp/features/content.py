"""workspace/textDocumentContent (of version 3.18): the texts that exist only in the server."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from lsprotocol import types

from contractlang.ide.library import is_library, library_text
from contractlang_lsp.errors import Refused
from contractlang_lsp.requests import Request
from contractlang_lsp.uris import RESULT_SCHEME, STD_SCHEME

if TYPE_CHECKING:
    from contractlang_lsp.session import Session

OPTIONS = types.TextDocumentContentOptions([STD_SCHEME, RESULT_SCHEME])


class Results:
    """The texts that commands gave last, by name."""

    KEPT = 20

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def put(self, name: str, text: str) -> str:
        """Keep a text; returns its URI."""
        self._texts[name] = text
        if len(self._texts) > self.KEPT:
            del self._texts[next(iter(self._texts))]
        return f"{RESULT_SCHEME}:///{quote(name)}"

    def get(self, uri: str) -> str | None:
        return self._texts.get(unquote(uri.partition(":")[2]).lstrip("/"))


def content(session: Session, params: types.TextDocumentContentParams) -> types.TextDocumentContentResult:
    if params.uri.startswith(f"{RESULT_SCHEME}:"):
        text = session.results.get(params.uri)
    else:
        path = session.uris.path(params.uri)
        text = library_text(path) if is_library(path) else None
    if text is None:
        raise Refused(f"there is no document {params.uri}")
    return types.TextDocumentContentResult(text)


REQUESTS = (Request(types.WORKSPACE_TEXT_DOCUMENT_CONTENT, content, OPTIONS),)
