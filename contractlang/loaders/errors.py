"""Why a text could not be loaded: one exception a cause, each a clear sentence, with the parts for whoever words it anew.

`code` is the diagnostic's code in the catalogue. `path` is the path as a person should see it.
"""

from __future__ import annotations


class LoadError(Exception):
    """A text could not be loaded. `str()` gives the sentence."""

    code = "io-error"

    def __init__(self, path: str, sentence: str) -> None:
        super().__init__(sentence)
        self.path = path


class NotFound(LoadError):
    """There is nothing under that path."""

    code = "file-not-found"

    def __init__(self, path: str) -> None:
        super().__init__(path, f"there is no file {path}")


class NotAFile(LoadError):
    """The path leads to a directory."""

    code = "not-a-file"

    def __init__(self, path: str) -> None:
        super().__init__(path, f"{path} is a directory, not a file")


class Unreadable(LoadError):
    """The system refused; `reason` is its own word for why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, f"cannot read {path}: {reason}")
        self.reason = reason


class TooLarge(LoadError):
    """The file exceeds the limit, in bytes, that the loader was given."""

    code = "limit-file-size"

    def __init__(self, path: str, limit: int) -> None:
        super().__init__(path, f"{path} is larger than {limit:,} bytes, the most that is read from one file")
        self.limit = limit


class InvalidUtf8(LoadError):
    """The bytes are no UTF-8. `offset` counts bytes from 0, `line` from 1; `before` is the valid text up to there."""

    code = "invalid-utf8"

    def __init__(self, path: str, content: bytes, offset: int) -> None:
        line = content.count(b"\n", 0, offset) + 1
        super().__init__(
            path,
            f"{path} is not UTF-8 text: the byte 0x{content[offset]:02x} at offset {offset} (line {line}) is invalid",
        )
        self.offset = offset
        self.line = line
        self.before = content[:offset].decode("utf-8")


class OutsideRoot(LoadError):
    """An import leads out of the directory that imports are confined to."""

    code = "outside-import-root"

    def __init__(self, path: str, root: str) -> None:
        super().__init__(path, f"{path} lies outside the import root {root}")
        self.root = root


class ImportNotFound(LoadError):
    """No place had the import. `places` are the directories looked in, as written, the importing file's first; `near` is a path
    that leads to a file and may have been meant."""

    code = "import-failed"

    def __init__(self, path: str, places: list[str], near: str | None = None) -> None:
        super().__init__(path, f"import of {path} failed: there is no such file")
        self.places = places
        self.near = near
