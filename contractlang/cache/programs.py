"""Cached runs: what a program was exported to, and its generated code, valid as long as everything that it read is as it was.

The key of an entry is made of the request (files, format, options) and of the program's and Python's version. The entry lists
every file that the run read, with the digest of its content, and every place where it looked for an import and found none. It
is used only if all files have the same content still and the others are still missing.
"""

from __future__ import annotations

import marshal
import os
import sys

from contractlang.cache.store import Store, digest
from contractlang.version import __version__

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType
    from typing import Any

    from contractlang.loaders.loader import Accesses

EXPORTS = "exports"
CODE = "code"
LIBRARY = "library"
_FORMAT = 1
"""Counts up whenever the form of entries, or of generated code within one version of the program, changes."""

UnitCode = tuple[str, str, str | None, str, "CodeType | None", dict[int, tuple[int, ...]]]
"""Key, name of the source, its path, its format, code (None: a data file), line table."""


def _tag() -> str:
    return f"{_FORMAT}/{__version__}/{sys.implementation.cache_tag}/{sys.hexversion:x}"


def request_key(*parts: object) -> str:
    """The key of a request, in hexadecimal."""
    return digest(repr((_tag(), *parts)).encode("utf-8", "surrogatepass")).hex()


class Dependencies:
    """The files that a run read, with their digests, and those that it did not find."""

    __slots__ = ("missing", "read")

    def __init__(self, read: Sequence[tuple[str, bytes]], missing: Sequence[str]) -> None:
        self.read = read
        self.missing = missing

    @classmethod
    def of(cls, accesses: Accesses) -> Dependencies:
        read = [(key, value) for key, value in accesses.read.items() if isinstance(value, bytes)]
        return cls(read, list(accesses.missing))

    def hold(self) -> bool:
        """Whether everything is as it was."""
        for path, expected in self.read:
            try:
                with open(path, "rb") as file:
                    if digest(file.read()) != expected:
                        return False
            except OSError:
                return False
        return not any(os.path.exists(path) for path in self.missing)


class ProgramCache:
    """Looks up and keeps runs in a store."""

    __slots__ = ("store",)

    def __init__(self, store: Store) -> None:
        self.store = store

    def exported(self, key: str) -> str | None:
        """The document of an earlier run of the same request, if it would be the same now."""
        entry = self._entry(EXPORTS, key)
        return entry if isinstance(entry, str) else None

    def keep_export(self, key: str, dependencies: Dependencies, text: str) -> None:
        self._keep(EXPORTS, key, dependencies, text)

    def code(self, key: str) -> list[UnitCode] | None:
        """The generated code of a program's units, main ones first, if all its files are as they were."""
        entry = self._entry(CODE, key)
        return entry if isinstance(entry, list) else None

    def keep_code(self, key: str, dependencies: Dependencies, units: list[UnitCode]) -> None:
        self._keep(CODE, key, dependencies, units)

    def library_code(self, source: str) -> tuple[CodeType, dict[int, tuple[int, ...]]] | None:
        """The generated code of a module of the standard library."""
        body = self.store.get(LIBRARY, request_key(source))
        return None if body is None else _loads(body)

    def keep_library_code(self, source: str, code: CodeType, spans: dict[int, tuple[int, ...]]) -> None:
        self.store.put(LIBRARY, request_key(source), marshal.dumps((code, spans)))

    def _entry(self, kind: str, key: str) -> Any:
        body = self.store.get(kind, key)
        if body is None:
            return None
        entry = _loads(body)
        if not isinstance(entry, tuple) or len(entry) != 3:
            return None
        read, missing, content = entry
        return content if Dependencies(read, missing).hold() else None

    def _keep(self, kind: str, key: str, dependencies: Dependencies, content: Any) -> None:
        self.store.put(kind, key, marshal.dumps((list(dependencies.read), list(dependencies.missing), content)))


def _loads(body: bytes) -> Any:
    try:
        return marshal.loads(body)  # noqa: S302 (our own file, its digest checked)
    except (ValueError, EOFError, TypeError):
        return None
