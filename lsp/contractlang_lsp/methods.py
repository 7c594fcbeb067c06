"""Every request that is answered: one module of `features` each, or a few that belong together."""

from __future__ import annotations

from contractlang_lsp.features import (
    actions,
    calls,
    completion,
    content,
    definition,
    diagnostics,
    folding,
    formatting,
    hints,
    hover,
    lenses,
    links,
    references,
    rename,
    selection,
    signature,
    symbols,
    tokens,
)

MODULES = (
    actions,
    calls,
    completion,
    content,
    definition,
    diagnostics,
    folding,
    formatting,
    hints,
    hover,
    lenses,
    links,
    references,
    rename,
    selection,
    signature,
    symbols,
    tokens,
)

REQUESTS = tuple(request for module in MODULES for request in module.REQUESTS)
