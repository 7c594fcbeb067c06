"""How the file names of generated code begin."""

from __future__ import annotations

GENERATED = "<ncl:"
