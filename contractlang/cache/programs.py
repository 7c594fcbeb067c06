"""Cached runs: what a program was exported to, and its generated code, valid as long as everything that it read is as it was.

The key of an entry is made of the request (files, format, options) and of the program's and Python's version. The entry lists
every file that the run read, with the digest of its content, and every place where it looked for an import and found none. It
is used only if all files have the same content still and the others are still missing.

What cannot be looked at a second time is not cached: pipes, and files that changed while they were used.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys

from contractlang.cache.store import Store, digest
from contractlang.version import __version__

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType
    from typing import Any

    from contractlang.loaders.loader import Accesses, Loader

EXPORTS = "exports"
CODE = "code"
LIBRARY = "library"
_FORMAT = 2
"""Counts up whenever the form of entries, or of generated code within one version of the program, changes."""

UnitCode = tuple[str, str, str | None, str, "CodeType | None", dict[int, tuple[int, ...]]]
"""Key, name of the source, its path, its format, code (None: a data file), line table."""

FileRead = tuple[str, bytes, "str | None"]
"""Path, digest of the content, and where the path leads through symbolic links if imports may not leave a directory."""


def _tag() -> str:
    return f"{_FORMAT}/{__version__}/{_build()}/{sys.implementation.cache_tag}/{sys.hexversion:x}"


def _build() -> int:
    """When the program itself was last changed, in a checkout of its sources: there, a version says little."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    root = os.path.dirname(package)
    if not os.path.exists(os.path.join(root, "pyproject.toml")):
        return 0
    newest = 0
    for top in (package, os.path.join(root, "stdlib")):
        for folder, _, names in os.walk(top):
            for name in names:
                if name.endswith((".py", ".ncl", ".bin", ".tsv")):
                    newest = max(newest, os.stat(os.path.join(folder, name)).st_mtime_ns)
    return newest


TAG = _tag()


def request_key(*parts: object) -> str:
    """The key of a request, in hexadecimal."""
    return digest(repr((TAG, *parts)).encode("utf-8", "surrogatepass")).hex()


class Dependencies:
    """The files that a run read, with their digests, and those that it did not find."""

    __slots__ = ("missing", "read")

    def __init__(self, read: Sequence[FileRead], missing: Sequence[str]) -> None:
        self.read = read
        self.missing = missing

    @classmethod
    def of(cls, loader: Loader) -> Dependencies | None:
        """What a run has touched; None where that cannot be looked at again."""
        read: list[FileRead] = []
        for path, content in loader.accesses.read.items():
            if not isinstance(content, bytes) or not os.path.isfile(path):
                return None
            read.append((path, content, None if loader.import_root is None else loader.real(path)))
        return cls(read, list(loader.accesses.missing))

    def hold(self) -> bool:
        """Whether everything is as it was."""
        for path, expected, real in self.read:
            try:
                # (To open a pipe might wait for ever, and to read from it would take away what the run is to read.)
                if not stat.S_ISREG(os.stat(path).st_mode):
                    return False
                with open(path, "rb") as file:
                    if digest(file.read()) != expected:
                        return False
                if real is not None and os.path.realpath(path) != real:
                    return False
            except OSError:
                return False
        return not any(os.path.exists(path) for path in self.missing)

    def note(self, accesses: Accesses) -> None:
        """A run that uses the entry depends on the same."""
        for path, content, _ in self.read:
            accesses.read[path] = content
        for path in self.missing:
            accesses.note_missing(path)


class ProgramCache:
    """Looks up and keeps runs in a store."""

    __slots__ = ("store",)

    def __init__(self, store: Store) -> None:
        self.store = store

    def exported(self, key: str) -> str | None:
        """The document of an earlier run of the same request, if it would be the same now."""
        found = self._entry(EXPORTS, key)
        return found[0] if found is not None and isinstance(found[0], str) else None

    def keep_export(self, key: str, dependencies: Dependencies | None, text: str) -> None:
        self._keep(EXPORTS, key, dependencies, text)

    def code(self, key: str) -> tuple[list[UnitCode], Dependencies] | None:
        """The generated code of a program's units, main ones first, if all its files are as they were; and these files."""
        found = self._entry(CODE, key)
        return found if found is not None and isinstance(found[0], list) else None

    def keep_code(self, key: str, dependencies: Dependencies | None, units: list[UnitCode]) -> None:
        self._keep(CODE, key, dependencies, units)

    def library_code(self, source: str) -> tuple[CodeType, dict[int, tuple[int, ...]]] | None:
        """The generated code of a module of the standard library."""
        body = self.store.get(LIBRARY, request_key(source))
        return None if body is None else _loads(body)

    def keep_library_code(self, source: str, code: CodeType, spans: dict[int, tuple[int, ...]]) -> None:
        self._put(LIBRARY, request_key(source), (code, spans))

    def _entry(self, kind: str, key: str) -> tuple[Any, Dependencies] | None:
        body = self.store.get(kind, key)
        if body is None:
            return None
        entry = _loads(body)
        if not isinstance(entry, tuple) or len(entry) != 3:
            return None
        read, missing, content = entry
        dependencies = Dependencies(read, missing)
        return (content, dependencies) if dependencies.hold() else None

    def _keep(self, kind: str, key: str, dependencies: Dependencies | None, content: Any) -> None:
        if dependencies is not None:
            self._put(kind, key, (list(dependencies.read), list(dependencies.missing), content))

    def _put(self, kind: str, key: str, entry: Any) -> None:
        try:
            body = marshal.dumps(entry)
        except ValueError:  # constants nested deeper than marshal goes
            return
        self.store.put(kind, key, body)


def _loads(body: bytes) -> Any:
    try:
        return marshal.loads(body)  # noqa: S302 (our own file, its digest checked)
    except (ValueError, EOFError, TypeError):
        return None
