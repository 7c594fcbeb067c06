"""Open buffers over another loader: what an editor shows wins over what the disk holds, for imports too."""

from __future__ import annotations

from contractlang.loaders import paths
from contractlang.loaders.loader import Loader

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator


class OverlayLoader(Loader):
    """Gives the text of an open buffer where there is one, else what `base` gives. Accesses are recorded here."""

    __slots__ = ("_buffers", "base")

    def __init__(self, base: Loader) -> None:
        super().__init__(base.directory, import_root=base.import_root, size_limit=base.size_limit, flavour=base.flavour)
        self.base = base
        self._buffers: dict[str, str] = {}

    def open(self, path: str, text: str) -> str:
        """Put a buffer over a path, or replace its text; returns the key."""
        key = self.key(path)
        self._buffers[key] = text
        return key

    def close(self, path: str) -> None:
        """Take the buffer away: the path shows again what `base` has. No error if there is none."""
        self._buffers.pop(self.key(path), None)

    def buffer(self, path: str) -> str | None:
        """The text of the buffer over a path, None where none is open."""
        return self._buffers.get(self.key(path))

    def fetch(self, key: str) -> bytes:
        text = self._buffers.get(key)
        if text is None:
            return self.base.fetch(key)
        # An editor may hold half a surrogate pair while somebody types.
        return text.encode("utf-8", "replace")

    def probe(self, key: str) -> bool:
        return key in self._buffers or self.base.probe(key)

    def below(self, directory: str) -> Iterator[str]:
        folder = self.key(directory)
        found = dict.fromkeys(self.base.below(directory))
        found.update(dict.fromkeys(key for key in self._buffers if paths.contains(folder, key, self.flavour)))
        return iter(found)

    def names_in(self, directory: str) -> Iterator[str]:
        found = dict.fromkeys(self.base.names_in(directory))
        inside = (key for key in self._buffers if key != directory and paths.contains(directory, key, self.flavour))
        found.update((paths.shown(key, directory, self.flavour).split(self.flavour.sep, 1)[0], None) for key in inside)
        return iter(found)

    def real(self, key: str) -> str:
        return key if key in self._buffers else self.base.real(key)
