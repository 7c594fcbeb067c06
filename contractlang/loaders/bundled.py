"""The files that come with the program: the standard library.

`importlib.resources` takes 17 ms to import, as long as Python itself takes to start, so the package's own importer is asked for
the bytes first; it can do that for folders and zip files alike. `importlib.resources` remains for importers that cannot.
"""

from __future__ import annotations

import importlib
import posixpath

from contractlang.loaders.errors import NotFound
from contractlang.loaders.loader import Accesses, Loader
from contractlang.loaders.paths import absolute

PACKAGE = "contractlang_stdlib"
MODULES = frozenset(("array", "contract", "enum", "function", "number", "package", "record", "string", "test"))
"""The modules of the standard library; its other members stand in `std.ncl`."""

# No path of a file begins so; keys of bundled texts cannot be confused with any.
PREFIX = "<stdlib>/"


_READ: dict[tuple[str, str], bytes] = {}


class BundledLoader(Loader):
    """Reads the data files of a package by name: `read_text("array.ncl")`. Keys look like `<stdlib>/array.ncl`."""

    __slots__ = ("package",)

    def __init__(self, package: str = PACKAGE, *, accesses: Accesses | None = None) -> None:
        super().__init__("/", accesses=accesses)
        self.package = package

    def key(self, path: str) -> str:
        # Normalised below a root, so that `..` cannot lead out of the package.
        return PREFIX + absolute(path.removeprefix(PREFIX), "/", posixpath).lstrip("/")

    def shown(self, key: str) -> str:
        return key

    def fetch(self, key: str) -> bytes:
        name = key.removeprefix(PREFIX)
        try:
            return self._read(name)
        except (OSError, ModuleNotFoundError):
            raise NotFound(key) from None

    def probe(self, key: str) -> bool:
        try:
            self.fetch(key)
        except NotFound:
            return False
        return True

    def _read(self, name: str) -> bytes:
        # These files belong to the program, and it does not change while it runs.
        content = _READ.get((self.package, name))
        if content is None:
            content = _READ[self.package, name] = self._read_file(name)
        return content

    def _read_file(self, name: str) -> bytes:
        package = importlib.import_module(self.package)
        importer = package.__spec__.loader if package.__spec__ is not None else None
        get_data = getattr(importer, "get_data", None)
        if get_data is not None and package.__file__ is not None:
            folder = package.__file__.removesuffix("__init__.py").removesuffix("__init__.pyc")
            content = get_data(folder + name)
            assert isinstance(content, bytes)
            return content
        from importlib.resources import files

        return files(self.package).joinpath(name).read_bytes()
