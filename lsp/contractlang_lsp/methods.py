"""Every request that is answered: one module of `features` each, or a few that belong together."""

from __future__ import annotations

from contractlang_lsp.features import (
    completion,
    definition,
    folding,
    hover,
    links,
    references,
    rename,
    selection,
    tokens,
)

MODULES = (
    completion,
    definition,
    folding,
    hover,
    links,
    references,
    rename,
    selection,
    tokens,
)

REQUESTS = tuple(request for module in MODULES for request in module.REQUESTS)
