"""Texts: what is open in the editor, else what is on the disk, and why a text cannot be had."""

from __future__ import annotations

from contractlang.loaders.errors import InvalidUtf8, LoadError
from contractlang.loaders.overlay import OverlayLoader
from contractlang.source import Source

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contractlang.loaders.loader import Loader
    from contractlang.source import LineIndex

EXTENSIONS = (".ncl", ".json", ".yaml", ".yml", ".toml")


class Edit:
    """The stretch from `start` to `end` becomes `text`. Offsets count code points; those past the end mean the end."""

    __slots__ = ("end", "start", "text")

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text = text

    def __repr__(self) -> str:
        return f"Edit({self.start}, {self.end}, {self.text!r})"


class Document:
    """A text at one moment. `path` is its key; `version` the editor's number for it; `problem` says why it could not be read: then
    the text is what could be, or empty. Nobody changes a document; `source` is its text for diagnostics to point into."""

    __slots__ = ("is_open", "path", "problem", "source", "version")

    def __init__(
        self, path: str, source: Source, *, is_open: bool, version: int | None = None, problem: LoadError | None = None
    ) -> None:
        self.path = path
        self.source = source
        self.is_open = is_open
        self.version = version
        self.problem = problem

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def lines(self) -> LineIndex:
        return self.source.lines

    @property
    def missing(self) -> bool:
        """Whether there is nothing that can be read."""
        return self.problem is not None

    def __repr__(self) -> str:
        return f"Document({self.path!r}, version={self.version})"


class Documents:
    """The texts of a workspace, by key. What was read from the disk is kept until somebody says that it has changed."""

    def __init__(self, loader: Loader) -> None:
        self.loader = OverlayLoader(loader)
        self._known: dict[str, Document] = {}

    def get(self, key: str) -> Document:
        """The document of a key; never raises."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._read(key)
        return known

    def open(self, key: str, text: str, version: int | None) -> None:
        self.loader.open(key, text)
        source = Source(self.loader.shown(key), text, key)
        self._known[key] = Document(key, source, is_open=True, version=version)

    def close(self, key: str) -> None:
        self.loader.close(key)
        self._known.pop(key, None)

    def forget(self, key: str) -> bool:
        """Read a text anew when it is needed next, unless it is open; returns whether anything can have changed."""
        known = self._known.get(key)
        if known is not None and known.is_open:
            return False
        self._known.pop(key, None)
        return True

    def opened(self) -> list[str]:
        """The keys of the open documents."""
        return [key for key, document in self._known.items() if document.is_open]

    def keep_only(self, keys: set[str]) -> None:
        """Forget the texts that nobody asked for lately; open ones stay."""
        for key in [key for key, known in self._known.items() if key not in keys and not known.is_open]:
            del self._known[key]

    def _read(self, key: str) -> Document:
        text = ""
        problem: LoadError | None = None
        try:
            text = self.loader.read_text(key)
        except InvalidUtf8 as error:
            problem = error
            text = error.before
        except LoadError as error:
            problem = error
        return Document(key, Source(self.loader.shown(key), text, key), is_open=False, problem=problem)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text after edits, each of which refers to the text that the one before it left."""
    for edit in edits:
        start = min(max(edit.start, 0), len(text))
        end = min(max(edit.end, start), len(text))
        text = text[:start] + edit.text + text[end:]
    return text


def is_analysed(path: str, extensions: Sequence[str] = EXTENSIONS) -> bool:
    """Whether a path is that of a program or of data that programs import."""
    return path.lower().endswith(tuple(extensions))
