"""The version of the program: read by the build, by `--version` and by cache keys (importlib.metadata is slow)."""

from __future__ import annotations

__version__ = "0.1.0"
