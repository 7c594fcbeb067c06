"""URIs of the protocol ↔ paths as loaders know them.

Files have `file:` URIs. Whatever else an editor opens (`untitled:…`, a file on another machine) is a text of its own,
known under the URI as if it were a path. The files of the bundled library are `contractlang-std:///array.ncl`, which
a client that can show virtual documents asks us for; other clients get the file that was installed with us, if there
is one.
"""

from __future__ import annotations

import importlib.util
import os

from pygls.uris import from_fs_path, to_fs_path, uri_scheme

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contractlang.loaders.loader import Loader

STD_SCHEME = "contractlang-std"
RESULT_SCHEME = "contractlang-result"
STD_FOLDER = "std/"  # how `ide` begins the paths of the library's files
STD_PACKAGE = "contractlang_stdlib"


class Uris:
    """The correspondence of one session. URIs that the client used are given back as it wrote them."""

    def __init__(self, loader: Loader, *, virtual_std: bool = False) -> None:
        self._loader = loader
        self._written: dict[str, str] = {}
        self.virtual_std = virtual_std

    def path(self, uri: str) -> str:
        """The path (a loader's key) of a URI."""
        if uri_scheme(uri) == STD_SCHEME:
            return STD_FOLDER + uri.partition(":")[2].lstrip("/")
        file = to_fs_path(uri)
        return self._loader.key(uri if file is None else file)

    def opened(self, uri: str) -> str:
        """As `path`; the client's way of writing this URI is remembered."""
        path = self.path(uri)
        self._written[path] = uri
        return path

    def uri(self, path: str) -> str:
        """The URI of a path."""
        written = self._written.get(path)
        if written is not None:
            return written
        if path.startswith(STD_FOLDER):
            name = path.removeprefix(STD_FOLDER)
            installed = None if self.virtual_std else installed_std(name)
            if installed is None:
                return f"{STD_SCHEME}:///{name}"
            path = installed
        uri: str = from_fs_path(path)
        return uri


def installed_std(name: str) -> str | None:
    """The path of a file of the bundled library on the disk; None where the library is no folder (a zip file, say)."""
    spec = importlib.util.find_spec(STD_PACKAGE)
    if spec is None or not spec.origin:
        return None
    path = os.path.join(os.path.dirname(spec.origin), *name.split("/"))
    return path if os.path.isfile(path) else None
