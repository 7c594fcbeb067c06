"""textDocument/documentSymbol, workspace/symbol and workspaceSymbol/resolve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from contractlang.ide.places import Place
from contractlang.ide.symbols import document_symbols, workspace_symbols
from contractlang_lsp.requests import Request

if TYPE_CHECKING:
    from contractlang.ide.symbols import Symbol
    from contractlang_lsp.session import Session
    from contractlang_lsp.view import View

KINDS = {
    "field": types.SymbolKind.Field,
    "function": types.SymbolKind.Function,
    "record": types.SymbolKind.Object,
    "contract": types.SymbolKind.Interface,
    "variable": types.SymbolKind.Variable,
    "array": types.SymbolKind.Array,
    "string": types.SymbolKind.String,
    "number": types.SymbolKind.Number,
    "boolean": types.SymbolKind.Boolean,
    "enum": types.SymbolKind.EnumMember,
}


def of_document(
    session: Session, params: types.DocumentSymbolParams
) -> list[dict[str, Any]] | list[types.SymbolInformation]:
    view = session.view()
    path = view.uris.path(params.text_document.uri)
    found = document_symbols(view.snapshot, path)
    if view.client.document_symbol_trees:
        return [_tree(view, path, symbol) for symbol in found]
    flat: list[types.SymbolInformation] = []
    work = found[::-1]
    while work:
        symbol = work.pop()
        location = types.Location(params.text_document.uri, view.range(path, symbol.start, symbol.end))
        flat.append(
            types.SymbolInformation(location, symbol.name, KINDS[symbol.kind], container_name=symbol.container or None)
        )
        work += reversed(symbol.children)
    return flat


def _tree(view: View, path: str, symbol: Symbol) -> dict[str, Any]:
    """A symbol with those inside of it, as plain data, since there are many. `ide` leaves out what is nested too deep
    for recursion."""
    return {
        "name": symbol.name or '""',  # clients refuse an empty name
        "kind": KINDS[symbol.kind].value,
        "detail": symbol.detail,
        "range": view.plain_range(path, min(symbol.start, symbol.name_start), max(symbol.end, symbol.name_end)),
        "selectionRange": view.plain_range(path, symbol.name_start, symbol.name_end),
        "children": [_tree(view, path, child) for child in symbol.children],
    }


def of_workspace(session: Session, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    view = session.view()
    return [
        types.WorkspaceSymbol(
            view.location(Place(symbol.path, symbol.name_start, symbol.name_end)),
            symbol.name,
            KINDS[symbol.kind],
            container_name=symbol.container or None,
        )
        for symbol in workspace_symbols(view.snapshot, params.query)
    ]


def resolve(session: Session, symbol: types.WorkspaceSymbol) -> types.WorkspaceSymbol:
    """The symbol as it is: it came with its place."""
    return symbol


REQUESTS = (
    Request(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, of_document, passing=True),
    Request(types.WORKSPACE_SYMBOL, of_workspace, types.WorkspaceSymbolOptions(resolve_provider=True)),
    Request(types.WORKSPACE_SYMBOL_RESOLVE, resolve),
)
