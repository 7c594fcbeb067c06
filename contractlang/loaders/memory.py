"""Files that exist only in memory: for tests, the playground, and texts given as strings."""

from __future__ import annotations

from contractlang.loaders import paths
from contractlang.loaders.errors import NotAFile, NotFound, TooLarge
from contractlang.loaders.loader import DEFAULT_SIZE_LIMIT, Accesses, Loader

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class MemoryLoader(Loader):
    """Holds files by path; directories exist as far as files lie in them."""

    __slots__ = ("_files",)

    def __init__(
        self,
        files: Mapping[str, str | bytes] = {},
        directory: str = "/",
        *,
        import_root: str | None = None,
        size_limit: int = DEFAULT_SIZE_LIMIT,
        accesses: Accesses | None = None,
        flavour: paths.Flavour = paths.NATIVE,
    ) -> None:
        super().__init__(directory, import_root=import_root, size_limit=size_limit, accesses=accesses, flavour=flavour)
        self._files: dict[str, bytes] = {}
        for path, content in files.items():
            self.put(path, content)

    def put(self, path: str, content: str | bytes) -> str:
        """Store a file, in place of one that is there; returns its key."""
        key = self.key(path)
        self._files[key] = content.encode("utf-8") if isinstance(content, str) else content
        return key

    def remove(self, path: str) -> None:
        """Forget a file; no error if it is not there."""
        self._files.pop(self.key(path), None)

    def keys(self) -> list[str]:
        """The keys of all files, in the order in which they were stored."""
        return list(self._files)

    def fetch(self, key: str) -> bytes:
        content = self._files.get(key)
        if content is None:
            if any(paths.contains(key, other, self.flavour) for other in self._files):
                raise NotAFile(self.shown(key))
            raise NotFound(self.shown(key))
        if len(content) > self.size_limit:
            raise TooLarge(self.shown(key), self.size_limit)
        return content

    def below(self, directory: str) -> Iterator[str]:
        folder = self.key(directory)
        for key in list(self._files):
            if key != folder and paths.contains(folder, key, self.flavour):
                yield key

    def names_in(self, directory: str) -> Iterator[str]:
        found = (paths.shown(key, directory, self.flavour) for key in self.below(directory))
        return iter({path.split(self.flavour.sep, 1)[0]: None for path in found})

    def probe(self, key: str) -> bool:
        return key in self._files
