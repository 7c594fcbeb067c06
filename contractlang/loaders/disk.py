"""Files on the disk."""

from __future__ import annotations

import os
import stat

from contractlang.loaders.errors import LoadError, NotAFile, NotFound, TooLarge, Unreadable
from contractlang.loaders.loader import DEFAULT_SIZE_LIMIT, Accesses, Loader, system_reason

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator


class DiskLoader(Loader):
    """Reads the file system. `directory` None: the working directory of the process."""

    __slots__ = ()

    def __init__(
        self,
        directory: str | None = None,
        *,
        import_root: str | None = None,
        size_limit: int = DEFAULT_SIZE_LIMIT,
        accesses: Accesses | None = None,
    ) -> None:
        super().__init__(
            os.getcwd() if directory is None else os.path.abspath(directory),
            import_root=import_root,
            size_limit=size_limit,
            accesses=accesses,
        )

    def fetch(self, key: str) -> bytes:
        limit = self.size_limit
        try:
            with open(key, "rb") as file:
                # One byte more than allowed is enough to know; a device or pipe has no size to ask for beforehand.
                content = file.read(limit + 1) if os.fstat(file.fileno()).st_size <= limit else None
        except OSError as error:
            raise self._explain(key, error) from None
        except ValueError:  # a NUL character in the path
            raise NotFound(self.shown(key)) from None
        if content is None or len(content) > limit:
            raise TooLarge(self.shown(key), limit)
        return content

    def probe(self, key: str) -> bool:
        try:
            mode = os.stat(key).st_mode
        except (OSError, ValueError):
            return False
        return not stat.S_ISDIR(mode) and os.access(key, os.R_OK)

    def below(self, directory: str) -> Iterator[str]:
        for folder, folders, files in os.walk(self.key(directory)):
            folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
            for name in files:
                if not name.startswith("."):
                    yield os.path.join(folder, name)

    def names_in(self, directory: str) -> Iterator[str]:
        try:
            with os.scandir(directory) as entries:
                for entry in entries:
                    yield entry.name
        except (OSError, ValueError):  # ValueError: a NUL character in the path
            return

    def real(self, key: str) -> str:
        try:
            return os.path.realpath(key)
        except (OSError, ValueError):
            return key

    def _explain(self, key: str, error: OSError) -> LoadError:
        """The typed error for what the system said. Some systems call a directory "permission denied"."""
        if os.path.isdir(key):
            return NotAFile(self.shown(key))
        if isinstance(error, FileNotFoundError):
            return NotFound(self.shown(key))
        return Unreadable(self.shown(key), system_reason(error))
