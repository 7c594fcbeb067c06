"""A directory of entries by key: written atomically, checked when read, bounded in size. It may fail in any way without
consequence.

An entry is a file `<kind>/<first two digits>/<key>` that begins with the digest of what follows, so that a damaged one is as
good as none. Whatever goes wrong with files — no permission, a full disk, another process that clears the cache — means that
nothing is found or kept, never an error. When the entries outgrow the bound, those not used for longest go.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import blake2b

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator

DIGEST_SIZE = 16
DEFAULT_LIMIT = 256 * 1024 * 1024
"""Bytes that the entries may take together."""
_SWEEP_EVERY = 64
"""About one write in so many looks whether the bound is kept."""


def digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=DIGEST_SIZE).digest()


def default_directory() -> str:
    """Where the cache is, unless `CONTRACTLANG_CACHE_DIR` says otherwise: the platform's place for caches."""
    chosen = os.environ.get("CONTRACTLANG_CACHE_DIR")
    if chosen:
        return chosen
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
        return os.path.join(base, "contractlang", "cache")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches/contractlang")
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "contractlang")


class Store:
    """Entries of bytes by kind and key (hexadecimal). `limit`: bytes that they may take together."""

    __slots__ = ("directory", "limit")

    def __init__(self, directory: str | None = None, limit: int = DEFAULT_LIMIT) -> None:
        self.directory = default_directory() if directory is None else directory
        self.limit = limit

    def _path(self, kind: str, key: str) -> str:
        return os.path.join(self.directory, kind, key[:2], key)

    def get(self, kind: str, key: str) -> bytes | None:
        """The entry, or None where there is no sound one. Being read counts as use."""
        path = self._path(kind, key)
        try:
            with open(path, "rb") as file:
                content = file.read()
        except OSError:
            return None
        body = content[DIGEST_SIZE:]
        if digest(body) != content[:DIGEST_SIZE]:
            _remove(path)
            return None
        with suppress(OSError):
            os.utime(path)
        return body

    def put(self, kind: str, key: str, body: bytes) -> None:
        """Keep an entry, if that is possible."""
        path = self._path(kind, key)
        temporary = f"{path}.{os.getpid()}.{id(body):x}"
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(temporary, "wb") as file:
                file.write(digest(body))
                file.write(body)
            os.replace(temporary, path)
        except OSError:
            _remove(temporary)
            return
        if int(key[-2:], 16) % _SWEEP_EVERY == 0 or len(body) > self.limit // _SWEEP_EVERY:
            self.sweep()

    def entries(self) -> Iterator[tuple[str, os.stat_result]]:
        """Path and status of every file of the cache."""
        for folder, _, names in os.walk(self.directory):
            for name in names:
                path = os.path.join(folder, name)
                try:
                    yield path, os.stat(path)
                except OSError:
                    continue

    def sweep(self) -> None:
        """Remove what was not used for longest until the bound is kept."""
        found = sorted(self.entries(), key=lambda entry: entry[1].st_mtime)
        total = sum(status.st_size for _, status in found)
        for path, status in found:
            if total <= self.limit:
                break
            _remove(path)
            total -= status.st_size

    def size(self) -> tuple[int, int]:
        """How many entries there are, and their bytes."""
        count = total = 0
        for _, status in self.entries():
            count += 1
            total += status.st_size
        return count, total

    def clear(self) -> int:
        """Remove all entries; returns how many there were."""
        count = 0
        for path, _ in list(self.entries()):
            if _remove(path):
                count += 1
        for folder, _, _ in sorted(os.walk(self.directory), reverse=True):
            try:
                os.rmdir(folder)
            except OSError:
                continue
        return count


def _remove(path: str) -> bool:
    try:
        os.remove(path)
    except OSError:
        return False
    return True
