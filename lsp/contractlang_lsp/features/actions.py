"""textDocument/codeAction and codeAction/resolve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.actions.offer import ACTION_KINDS, code_actions
from contractlang_lsp.diagnostics import to_protocol
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang.ide.actions.action import Action
    from contractlang_lsp.session import Session
    from contractlang_lsp.view import View

OPTIONS = types.CodeActionOptions(code_action_kinds=list(ACTION_KINDS), resolve_provider=True)


def offer(session: Session, params: types.CodeActionParams) -> list[types.CodeAction]:
    view = session.view()
    if not view.client.action_literals:
        return []  # all that such clients take are commands
    path = view.uris.path(params.text_document.uri)
    start, end = view.offsets(path, params.range)
    reported = [
        finding for finding in session.publisher.board.of(path) if finding.start <= end and start <= finding.end
    ]
    only = params.context.only
    wanted = None if only is None else [str(getattr(kind, "value", kind)) for kind in only]
    found = code_actions(view.snapshot, path, start, end, only=wanted, reported=reported)
    return [_action(view, action) for action in found]


def _action(view: View, action: Action) -> types.CodeAction:
    return types.CodeAction(
        action.title,
        kind=action.kind,
        diagnostics=[to_protocol(view, finding) for finding in action.fixes] or None,
        is_preferred=True if action.preferred else None,
        edit=view.workspace_edit(action.edits),
    )


def resolve(session: Session, action: types.CodeAction) -> types.CodeAction:
    """The action as it is: it came with its edit, which had to be found to know that it is one."""
    return action


REQUESTS = (
    Request(types.TEXT_DOCUMENT_CODE_ACTION, offer, OPTIONS),
    Request(types.CODE_ACTION_RESOLVE, resolve),
)
