"""A directory of entries by key: written atomically, checked when read, bounded in size. It may fail in any way without
consequence.

An entry is a file `<kind>/<first two digits>/<key>` that begins with the digest of what follows, so that a damaged one is as
good as none. Whatever goes wrong with files — no permission, a full disk, another process that clears the cache — means that
nothing is found or kept, never an error. When the entries outgrow the bound, those not used for longest go.

Only its owner may read an entry: an exported document may contain secrets. Files in the directory that are no entries are
never looked at nor removed, so that a directory chosen by mistake loses nothing.
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
KINDS = ("exports", "code", "library")
_SWEEP_EVERY = 16
"""About one write in so many looks whether the bound is kept."""
_HEXADECIMAL = frozenset("0123456789abcdef")


def digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=DIGEST_SIZE).digest()


def default_directory() -> str:
    """Where the cache is, unless `CONTRACTLANG_CACHE_DIR` says otherwise: the platform's place for caches. Empty where the user
    has no home."""
    chosen = os.environ.get("CONTRACTLANG_CACHE_DIR")
    if chosen:
        return os.path.abspath(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
        place = os.path.join(base, "contractlang", "cache")
    elif sys.platform == "darwin":
        place = os.path.expanduser("~/Library/Caches/contractlang")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        place = os.path.join(base if os.path.isabs(base) else os.path.expanduser("~/.cache"), "contractlang")
    return place if os.path.isabs(place) else ""


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
        if not self.directory:
            return None
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
        """Keep an entry, if that is possible. One that would push out many others is not worth it."""
        if not self.directory or len(body) > self.limit // 4:
            return
        path = self._path(kind, key)
        temporary = f"{path}.{os.getpid()}.{id(body):x}"
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(temporary, "wb", opener=_private) as file:
                file.write(digest(body))
                file.write(body)
            os.replace(temporary, path)
        except OSError:
            _remove(temporary)
            return
        if int(key[-2:], 16) % _SWEEP_EVERY == 0 or len(body) > self.limit // 64:
            self.sweep()

    def entries(self, kind: str | None = None) -> Iterator[tuple[str, os.stat_result]]:
        """Path and status of every entry, or of those of one kind; of what interrupted writes left behind, too."""
        for one in KINDS if kind is None else (kind,):
            top = os.path.join(self.directory, one)
            for folder in _names(top) if self.directory else ():
                for name in _names(os.path.join(top, folder)):
                    key = name.partition(".")[0]
                    if len(folder) != 2 or not key.startswith(folder) or not _HEXADECIMAL.issuperset(key):
                        continue
                    path = os.path.join(top, folder, name)
                    try:
                        yield path, os.stat(path)
                    except OSError:
                        continue

    def sweep(self) -> None:
        """If the entries come near the limit, remove those not used for longest until a quarter of it is free: the next
        sweep may be a few writes away."""
        found = list(self.entries())
        total = sum(status.st_size for _, status in found)
        if total <= self.limit - self.limit // 4:
            return
        found.sort(key=lambda entry: entry[1].st_mtime_ns)
        for path, status in found:
            if total <= self.limit - self.limit // 4:
                break
            _remove(path)
            total -= status.st_size

    def size(self, kind: str | None = None) -> tuple[int, int]:
        """How many entries there are, of one kind or in all, and their bytes."""
        count = total = 0
        for _, status in self.entries(kind):
            count += 1
            total += status.st_size
        return count, total

    def clear(self) -> tuple[int, int]:
        """Remove all entries; returns how many there were, and how many of them could not be removed."""
        removed = kept = 0
        for path, _ in list(self.entries()):
            if _remove(path):
                removed += 1
            elif os.path.exists(path):
                kept += 1
        for kind in KINDS if self.directory else ():
            top = os.path.join(self.directory, kind)
            for folder in [*(os.path.join(top, name) for name in _names(top)), top]:
                with suppress(OSError):  # it is not empty, or gone
                    os.rmdir(folder)
        return removed, kept


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _remove(path: str) -> bool:
    try:
        os.remove(path)
    except OSError:
        return False
    return True
