"""textDocument/prepareRename and rename."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.rename import RenameRefused, prepare_rename, rename
from contractlang_lsp.errors import Refused
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang_lsp.session import Session


def prepare(session: Session, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder:
    view = session.view()
    path, offset = view.at(params)
    try:
        found = prepare_rename(view.snapshot, path, offset)
    except RenameRefused as refusal:
        raise Refused(str(refusal)) from None
    return types.PrepareRenamePlaceholder(view.range(path, found.start, found.end), found.name)


def rename_everywhere(session: Session, params: types.RenameParams) -> types.WorkspaceEdit:
    view = session.view()
    path, offset = view.at(params)
    try:
        edits = rename(view.snapshot, path, offset, params.new_name)
    except RenameRefused as refusal:
        raise Refused(str(refusal)) from None
    return view.workspace_edit(edits)


REQUESTS = (
    Request(types.TEXT_DOCUMENT_PREPARE_RENAME, prepare),
    Request(types.TEXT_DOCUMENT_RENAME, rename_everywhere),
)
