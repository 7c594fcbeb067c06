"""What editors ask: documents, snapshots, and analysis that is done again only where something changed.

The names that servers need are imported on first use, so that a worker process, which needs none of them, does not pay for them.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.workspace.cancellation import Cancelled
    from contractlang.workspace.documents import Document, Edit
    from contractlang.workspace.settings import Settings
    from contractlang.workspace.workspace import Snapshot, Workspace

__all__ = ["Cancelled", "Document", "Edit", "Settings", "Snapshot", "Workspace"]

_MODULES = {
    "Cancelled": "cancellation",
    "Document": "documents",
    "Edit": "documents",
    "Settings": "settings",
    "Snapshot": "workspace",
    "Workspace": "workspace",
}


def __getattr__(name: str) -> object:
    if name in _MODULES:
        from importlib import import_module

        return getattr(import_module(f"contractlang.workspace.{_MODULES[name]}"), name)
    raise AttributeError(f"module 'contractlang.workspace' has no attribute {name!r}")
