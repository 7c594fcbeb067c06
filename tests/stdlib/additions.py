"""What the library has beyond its specification, so that the reference does not have it."""

from __future__ import annotations

ADDED = ("std.contract.label.codomain", "std.contract.label.domain")
