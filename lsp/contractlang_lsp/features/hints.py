"""textDocument/inlayHint and inlayHint/resolve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.hints import inlay_hints
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang_lsp.session import Session

KINDS = {"type": types.InlayHintKind.Type, "parameter": types.InlayHintKind.Parameter}


def hints(session: Session, params: types.InlayHintParams) -> list[types.InlayHint]:
    values = session.configuration.values
    if not (values.inlay_hints_types or values.inlay_hints_arguments):
        return []
    view = session.view()
    path = view.uris.path(params.text_document.uri)
    start, end = view.offsets(path, params.range)
    found = inlay_hints(
        view.snapshot, path, start, end, types=values.inlay_hints_types, parameters=values.inlay_hints_arguments
    )
    answer = []
    for hint in found:
        position = view.position(path, hint.offset)
        made = types.InlayHint(position, hint.text, KINDS[hint.kind])
        if hint.kind == "type":
            # Accepting the hint writes the annotation.
            made.text_edits = [types.TextEdit(types.Range(position, position), hint.text)]
        else:
            made.padding_right = True
        answer.append(made)
    return answer


def resolve(session: Session, hint: types.InlayHint) -> types.InlayHint:
    """The hint, with a word on what it is."""
    kind = "the type that was inferred" if hint.kind == types.InlayHintKind.Type else "the parameter's name"
    hint.tooltip = hint.tooltip or kind
    return hint


REQUESTS = (
    Request(types.TEXT_DOCUMENT_INLAY_HINT, hints, types.InlayHintOptions(resolve_provider=True), passing=True),
    Request(types.INLAY_HINT_RESOLVE, resolve),
)
