"""textDocument/signatureHelp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.signature import signature_help
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang.ide.signature import Parameter
    from contractlang_lsp.session import Session
    from contractlang_lsp.view import View

OPTIONS = types.SignatureHelpOptions(trigger_characters=[" ", "("], retrigger_characters=[" ", ")"])


def help_with_call(session: Session, params: types.SignatureHelpParams) -> types.SignatureHelp | None:
    view = session.view()
    path, offset = view.at(params)
    found = signature_help(view.snapshot, path, offset)
    if found is None:
        return None
    parameters = [_parameter(view, found.label, each) for each in found.parameters]
    signature = types.SignatureInformation(found.label, _documentation(view, found.documentation), parameters)
    return types.SignatureHelp([signature], active_signature=0, active_parameter=found.active)


def _parameter(view: View, label: str, found: Parameter) -> types.ParameterInformation:
    if view.client.signature_offsets:
        # Offsets into a label are UTF-16, whatever was agreed on for documents.
        start = len(label[: found.start].encode("utf-16-le")) // 2
        end = start + len(label[found.start : found.end].encode("utf-16-le")) // 2
        return types.ParameterInformation((start, end), _documentation(view, found.documentation))
    return types.ParameterInformation(label[found.start : found.end], _documentation(view, found.documentation))


def _documentation(view: View, text: str) -> types.MarkupContent | None:
    if not text:
        return None
    kind = types.MarkupKind.Markdown if view.client.signature_markdown else types.MarkupKind.PlainText
    return types.MarkupContent(kind, text)


REQUESTS = (Request(types.TEXT_DOCUMENT_SIGNATURE_HELP, help_with_call, OPTIONS),)
