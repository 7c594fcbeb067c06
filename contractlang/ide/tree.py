"""Walking Core by place, under the name that features know it by."""

from __future__ import annotations

from contractlang.resolve.traversal import (
    annotated_types,
    bound_by,
    children,
    covers,
    path_at,
    path_to,
    walk,
)

__all__ = ["annotated_types", "bound_by", "children", "covers", "path_at", "path_to", "walk"]
