"""The protocol of all loaders: keys, reading, probing, the resolution of imports, and a record of everything touched.

A key is the normalised absolute path of a text; whoever asks twice for one text uses one key. A concrete loader says how bytes
are had (`fetch`) and whether something readable is there (`probe`); all the rest is the same for all of them.
"""

from __future__ import annotations

import os

from contractlang.loaders import paths
from contractlang.loaders.errors import ImportNotFound, InvalidUtf8, LoadError, OutsideRoot

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# Larger than any configuration, smaller than what would trouble a machine.
DEFAULT_SIZE_LIMIT = 256 * 1024 * 1024


class Accesses:
    """What a run depended on: the keys read, with what `digest` made of their bytes, and those found missing.

    The digest is taken of the very bytes that were read, so that a cache cannot be fooled by a file that changes meanwhile.
    What was read twice with different content has none.
    """

    __slots__ = ("digest", "missing", "read")

    def __init__(self, digest: Callable[[bytes], object] | None = None) -> None:
        self.digest = digest
        self.read: dict[str, object] = {}
        self.missing: dict[str, None] = {}

    def note_read(self, key: str, content: bytes) -> None:
        found = None if self.digest is None else self.digest(content)
        self.read[key] = found if self.read.get(key, found) == found else None

    def note_missing(self, key: str) -> None:
        self.missing[key] = None


class Loader:
    """Gives texts by key. Subclasses override `fetch` and `probe`.

    `directory`: what relative paths are relative to (absolute). `import_root`: imports may not lead out of it (None: anywhere).
    """

    __slots__ = ("accesses", "directory", "flavour", "import_root", "size_limit")

    def __init__(
        self,
        directory: str,
        *,
        import_root: str | None = None,
        size_limit: int = DEFAULT_SIZE_LIMIT,
        accesses: Accesses | None = None,
        flavour: paths.Flavour = paths.NATIVE,
    ) -> None:
        self.directory = directory
        self.flavour = flavour
        self.import_root = None if import_root is None else paths.absolute(import_root, directory, flavour)
        self.size_limit = size_limit
        self.accesses = Accesses() if accesses is None else accesses

    # What a concrete loader provides.

    def fetch(self, key: str) -> bytes:
        """The bytes under a key; raises `LoadError`."""
        raise NotImplementedError

    def probe(self, key: str) -> bool:
        """Whether a readable file is under a key (a directory is not)."""
        raise NotImplementedError

    def below(self, directory: str) -> Iterator[str]:
        """The keys of the files in a directory and the directories in it, in no particular order; hidden ones are left out."""
        raise NotImplementedError

    def names_in(self, directory: str) -> Iterator[str]:
        """The names of what is directly in a directory, in no particular order; none where there is no such directory."""
        raise NotImplementedError

    def real(self, key: str) -> str:
        """The key with symbolic links resolved, for the check against the import root."""
        return key

    # What all loaders share.

    def key(self, path: str) -> str:
        """The key of a path as somebody wrote it."""
        return paths.absolute(path, self.directory, self.flavour)

    def shown(self, key: str) -> str:
        """A key as a person should see it: relative to the working directory where it lies below it."""
        return paths.shown(key, self.directory, self.flavour)

    def read_bytes(self, path: str) -> bytes:
        """The content under a path or key; raises `LoadError`."""
        key = self.key(path)
        try:
            content = self.fetch(key)
        except LoadError:
            self.accesses.note_missing(key)
            raise
        self.accesses.note_read(key, content)
        return content

    def read_text(self, path: str) -> str:
        """The text under a path or key, as UTF-8, unchanged; raises `LoadError`."""
        content = self.read_bytes(path)
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InvalidUtf8(self.shown(self.key(path)), content, error.start) from None

    def resolve(self, path: str, importing_file: str | None, import_paths: Sequence[str]) -> str:
        """The key that `import "path"` means (evaluation.md §12); raises `ImportNotFound` or `OutsideRoot`.

        An absolute path is taken as it is, another is looked for beside the importing file (None: a text that is no file, so
        the working directory), then in each import path. The first readable file wins.
        """
        flavour = self.flavour
        if importing_file is None:
            beside = ""
        else:
            beside = flavour.dirname(self.shown(importing_file))
        # A path on another drive or absolute is its own only candidate.
        places = [] if flavour.isabs(path) else [beside, *import_paths]
        candidates = [self.key(flavour.join(place, path)) for place in places] or [self.key(path)]
        outside = None
        for candidate in candidates:
            if self.is_outside(candidate):
                outside = outside or candidate
                if paths.contains(self.import_root or "", candidate, flavour):
                    self.accesses.note_missing(candidate)  # a symbolic link, which may lead elsewhere one day
            elif self.probe(candidate):
                return candidate
            else:
                self.accesses.note_missing(candidate)
        if outside is not None:
            # Nothing is said about what is there: outside the root, even that would tell too much.
            raise OutsideRoot(self.shown(outside), self.import_root or "")
        from contractlang.loaders.similar import similar_file

        near = similar_file(self, path, [self.key(place) for place in places], importing_file)
        raise ImportNotFound(path, places, near)

    def is_outside(self, key: str) -> bool:
        """Whether imports may not lead to a key, because of the import root."""
        root = self.import_root
        if root is None:
            return False
        flavour = self.flavour
        return not (paths.contains(root, key, flavour) and paths.contains(self.real(root), self.real(key), flavour))


def system_reason(error: OSError) -> str:
    """The system's word for what went wrong, without Python's numbers and paths."""
    return (error.strerror or type(error).__name__) if error.errno is None else os.strerror(error.errno)
