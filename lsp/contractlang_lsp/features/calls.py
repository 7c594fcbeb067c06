"""textDocument/prepareCallHierarchy, callHierarchy/incomingCalls and outgoingCalls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from contractlang.ide.calls import Function, incoming_calls, outgoing_calls, prepare_calls
from contractlang.ide.places import Place
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang_lsp.session import Session
    from contractlang_lsp.view import View


def prepare(session: Session, params: types.CallHierarchyPrepareParams) -> list[types.CallHierarchyItem] | None:
    view = session.view()
    path, offset = view.at(params)
    return [_item(view, found) for found in prepare_calls(view.snapshot, path, offset)] or None


def incoming(session: Session, params: types.CallHierarchyIncomingCallsParams) -> list[types.CallHierarchyIncomingCall]:
    view = session.view()
    return [
        types.CallHierarchyIncomingCall(
            _item(view, site.function), [view.range(place.path, place.start, place.end) for place in site.places]
        )
        for site in incoming_calls(view.snapshot, _function(view, params.item))
    ]


def outgoing(session: Session, params: types.CallHierarchyOutgoingCallsParams) -> list[types.CallHierarchyOutgoingCall]:
    view = session.view()
    return [
        types.CallHierarchyOutgoingCall(
            _item(view, site.function), [view.range(place.path, place.start, place.end) for place in site.places]
        )
        for site in outgoing_calls(view.snapshot, _function(view, params.item))
    ]


def _item(view: View, function: Function) -> types.CallHierarchyItem:
    place = function.place
    start, end = min(function.start, place.start), max(function.end, place.end)
    return types.CallHierarchyItem(
        function.name,
        types.SymbolKind.File if function.is_file else types.SymbolKind.Function,
        view.uris.uri(place.path),
        view.range(place.path, start, end),
        view.range(place.path, place.start, place.end),
        detail=function.detail or None,
    )


def _function(view: View, item: types.CallHierarchyItem) -> Function:
    """The function that an item was made of. Its places are those of now: the text may have changed since."""
    path = view.uris.path(item.uri)
    place = Place(path, *view.offsets(path, item.selection_range))
    start, end = view.offsets(path, item.range)
    return Function(item.name, place, start, end, item.detail or "", is_file=item.kind == types.SymbolKind.File)


REQUESTS = (
    Request(types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, prepare),
    Request(types.CALL_HIERARCHY_INCOMING_CALLS, incoming),
    Request(types.CALL_HIERARCHY_OUTGOING_CALLS, outgoing),
)
