"""The workspace: documents, folders and settings that change, and snapshots that answer about one moment.

A query is answered at most once for a content: what an edit does not touch is kept from one snapshot to the next. Queries never
raise for what a text contains, only `Cancelled`: when the workspace has changed since, or its owner wants to hear something else.
"""

from __future__ import annotations

from contractlang.loaders.errors import LoadError
from contractlang.loaders.overlay import OverlayLoader
from contractlang.resolve.memory import Memory
from contractlang.resolve.program import EXTENSIONS, Program, import_format
from contractlang.syntax import nodes as ast
from contractlang.workspace.analysis import (
    Analysed,
    Parsed,
    analyse,
    analyse_data,
    parse_data_document,
    parse_document,
)
from contractlang.workspace.cancellation import Cancelled
from contractlang.workspace.circumstances import Analysing
from contractlang.workspace.documents import Document, Documents, Edit, edited, is_analysed
from contractlang.workspace.settings import Settings

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contractlang.diagnostics.model import Diagnostic
    from contractlang.loaders.loader import Loader
    from contractlang.typecheck.memory import TypeMemory
    from contractlang.typecheck.table import TypeTable

    Typed = tuple[TypeTable, list[Diagnostic]]

# Of how many programs the types are kept, those asked for last.
MOST_TYPED = 64

__all__ = ["Cancelled", "Document", "Edit", "Settings", "Snapshot", "Workspace"]


class Workspace:
    """What an editor has open and knows of. Paths may be written in any way that the loader understands. Belongs to one thread."""

    def __init__(self, loader: Loader, *, folders: Sequence[str] = (), settings: Settings | None = None) -> None:
        self.documents = Documents(loader)
        self.settings = Settings() if settings is None else settings
        self.revision = 0
        self.folders: list[str] = []
        self._interrupted: Callable[[], bool] = _never
        self._files: dict[str, None] | None = None
        # By format and key.
        self._parsed: dict[tuple[str, str], tuple[Document, Parsed]] = {}
        self._units: dict[tuple[str, str], _Kept] = {}
        self._types: dict[str, tuple[list[Analysed], Typed, TypeMemory]] = {}
        self.set_folders(folders)

    @property
    def loader(self) -> OverlayLoader:
        """The loader that gives open buffers where there are some."""
        return self.documents.loader

    # ---- changes

    def open(self, path: str, text: str, version: int | None = None) -> None:
        """The editor shows a text: from now on it counts, whatever the disk holds."""
        key = self.loader.key(path)
        self.documents.open(key, text, version)
        if self._files is not None and is_analysed(key):
            self._files[key] = None
        self._changed()

    def change(self, path: str, edits: Sequence[Edit], version: int | None = None) -> None:
        """The editor has changed a text that is open; edits count one after the other. A text that is not open is opened."""
        key = self.loader.key(path)
        self.documents.open(key, edited(self.documents.get(key).text, edits), version)
        self._changed()

    def close(self, path: str) -> None:
        """The editor has closed a text: the disk counts again."""
        key = self.loader.key(path)
        self.documents.close(key)
        self._look_again(key)
        self._changed()

    def files_changed(self, paths: Sequence[str]) -> None:
        """Files were created, changed or deleted on the disk; open ones are not affected."""
        for path in paths:
            key = self.loader.key(path)
            self.documents.forget(key)
            self._look_again(key)
        self._changed()

    def set_folders(self, folders: Sequence[str]) -> None:
        """The folders whose files belong to the workspace."""
        self.folders = [self.loader.key(folder) for folder in folders]
        self._files = None
        self._changed()

    def set_settings(self, settings: Settings) -> None:
        """Other settings count from now on."""
        if settings.edition != self.settings.edition:
            self._parsed.clear()
        self.settings = settings
        self._changed()

    def set_interruption(self, interrupted: Callable[[], bool]) -> None:
        """Queries ask this between their stages, and give up with `Cancelled` when it says yes."""
        self._interrupted = interrupted

    def snapshot(self) -> Snapshot:
        """The workspace as it is now."""
        return Snapshot(self, self.revision)

    def _changed(self) -> None:
        self.revision += 1

    def _look_again(self, key: str) -> None:
        """Whether a file is there may have changed."""
        if self._files is None or not is_analysed(key):
            return
        if self.loader.probe(key) and any(self._contains(folder, key) for folder in self.folders):
            self._files[key] = None
        else:
            self._files.pop(key, None)
            self._types.pop(key, None)
            for known in (self._parsed, self._units):
                known.pop((format_of(key), key), None)

    def _contains(self, folder: str, key: str) -> bool:
        from contractlang.loaders.paths import contains

        return contains(folder, key, self.loader.flavour)

    # ---- queries, for snapshots

    def check(self, revision: int) -> None:
        """Raises `Cancelled` if an answer about a revision is not wanted any more."""
        if revision != self.revision or self._interrupted():
            raise Cancelled

    def list_files(self) -> list[str]:
        if self._files is None:
            found = {key: None for folder in self.folders for key in self.loader.below(folder) if is_analysed(key)}
            self._files = dict.fromkeys(sorted(found))
        return sorted({*self._files, *self.documents.opened()})

    def parse(self, key: str, kind: str | None = None) -> Parsed:
        """A file, read in a format (None: the one that its name says)."""
        document = self.documents.get(key)
        kind = kind or format_of(key)
        known = self._parsed.get((kind, key))
        if known is not None and known[0] is document:
            return known[1]
        # The old tree becomes the new one: should that fail, there is none.
        self._parsed.pop((kind, key), None)
        if kind == "Nickel":
            parsed = parse_document(document, self.settings.edition, None if known is None else known[1])
        else:
            parsed = parse_data_document(document, kind)
        self._parsed[kind, key] = document, parsed
        return parsed

    def analyse(self, key: str, kind: str | None = None) -> Analysed:
        """The meaning of a file, read in a format (None: the one that its name says)."""
        kind = kind or format_of(key)
        parsed = self.parse(key, kind)
        known = self._units.get((kind, key))
        if known is not None and known.analysed.parsed is parsed and self._is_current(key, known):
            return known.analysed
        if kind != "Nickel":
            analysed = analyse_data(parsed, key, kind)
            self._units[kind, key] = _Kept(analysed, self.revision, Memory())
            return analysed
        # What is remembered counts only as long as imports lead where they led.
        current = known is not None and self._is_current(key, known)
        memory = known.memory if known is not None and current else Memory()
        self._units.pop((kind, key), None)
        analysed = analyse(parsed, f"Nickel:{key}", lambda node: self._find(key, node), memory)
        self._units[kind, key] = _Kept(analysed, self.revision, memory)
        return analysed

    def _is_current(self, key: str, known: _Kept) -> bool:
        """Whether the imports of an analysis still lead where they led."""
        if known.revision != self.revision:
            for node, answer in known.analysed.asked:
                if isinstance(node, ast.Import) and answer.key != self._answer(key, node):
                    return False
            known.revision = self.revision
        return True

    def _answer(self, key: str, node: ast.Import) -> str | None:
        """The key of the unit that an import leads to, None if it leads nowhere."""
        try:
            return f"{import_format(node)}:{self._find(key, node)}"
        except LoadError:
            return None

    def _find(self, key: str, node: ast.Import) -> str:
        """The key of the file that an import leads to; raises `LoadError`."""
        path = self.loader.resolve(node.path, key, self.settings.import_paths)
        problem = self.documents.get(path).problem
        if problem is not None:
            raise problem
        return path

    def program(self, key: str, revision: int) -> tuple[Program, list[Analysed]]:
        """A file and what it imports, in the order in which imports are met."""
        program = Program()
        parts: list[Analysed] = []
        work: list[tuple[str, str]] = [(format_of(key), key)]
        while work:
            kind, path = work.pop()
            name = f"{kind}:{path}"
            if name in program.units:
                continue
            self.check(revision)
            analysed = self.analyse(path, kind)
            parts.append(analysed)
            program.units[name] = analysed.unit
            program.problems[name] = analysed.problems
            work += [(node.format, node.key.split(":", 1)[1]) for node in reversed(analysed.unit.imports)]
        program.mains.append(parts[0].unit)
        return program, parts

    def types(self, key: str, revision: int) -> Typed:
        program, parts = self.program(key, revision)
        known = self._types.get(key)
        if known is not None and len(known[0]) == len(parts) and all(map(_is, known[0], parts)):
            return known[1]
        from contractlang.typecheck.checker import check_units
        from contractlang.typecheck.memory import TypeMemory

        self.check(revision)
        memory = TypeMemory() if known is None else known[2]
        self._types.pop(key, None)  # should the check fail, nothing is known
        table, found = check_units(program, memory=memory)
        problems: list[Diagnostic] = []
        for part in parts:
            problems += part.problems if part.malformed else found[part.unit.key]
        self._types[key] = parts, (table, problems), memory
        if len(self._types) > MOST_TYPED:
            del self._types[next(iter(self._types))]
        return table, problems


class Snapshot:
    """The workspace at one revision. Queries raise `Cancelled` once the workspace has changed."""

    __slots__ = ("_workspace", "folders", "loader", "revision", "settings")

    def __init__(self, workspace: Workspace, revision: int) -> None:
        self._workspace = workspace
        self.revision = revision
        self.settings = workspace.settings
        self.folders = tuple(workspace.folders)
        self.loader = workspace.loader

    def _key(self, path: str) -> str:
        self._workspace.check(self.revision)
        return self.loader.key(path)

    def document(self, path: str) -> Document:
        """A text; where there is none it is empty and `missing`."""
        return self._workspace.documents.get(self._key(path))

    def parsed(self, path: str) -> Parsed:
        """The tokens and the tree of a file, and its mistakes of form."""
        key = self._key(path)
        with Analysing():
            return self._workspace.parse(key)

    def unit(self, path: str) -> Analysed:
        """The Core of a file, what its names mean, and what is wrong with it by itself."""
        key = self._key(path)
        with Analysing():
            return self._workspace.analyse(key)

    def program(self, path: str) -> Program:
        """A file and everything that it imports."""
        key = self._key(path)
        with Analysing():
            return self._workspace.program(key, self.revision)[0]

    def types(self, path: str) -> Typed:
        """The static types of a file and of what it imports, and everything that is wrong with them: mistakes of form where there
        are any in a file, else those of names, imports and types."""
        key = self._key(path)
        with Analysing():
            return self._workspace.types(key, self.revision)

    def diagnostics(self, path: str, stage: str) -> list[Diagnostic]:
        """What a stage finds wrong: "syntax" the mistakes of form of this file, "types" all that can be said of it and of what it
        imports without evaluating anything."""
        if stage == "syntax":
            return self.parsed(path).problems
        if stage == "types":
            return self.types(path)[1]
        raise ValueError(f"there is no static stage {stage}")

    def files(self) -> list[str]:
        """The keys of all programs and data files of the folders, and of those that are open; sorted."""
        self._workspace.check(self.revision)
        return self._workspace.list_files()

    def importers(self, path: str) -> list[str]:
        """The keys of the programs that import a file themselves; sorted."""
        key = self._key(path)
        found: list[str] = []
        with Analysing():
            for each in self._workspace.list_files():
                if format_of(each) != "Nickel" or "import" not in self.document(each).text:
                    continue
                self._workspace.check(self.revision)
                if any(node.key.split(":", 1)[1] == key for node in self._workspace.analyse(each).unit.imports):
                    found.append(each)
        return found


class _Kept:
    """An analysis, the revision at which its imports were last seen to lead where they did, and what there is to remember of it."""

    __slots__ = ("analysed", "memory", "revision")

    def __init__(self, analysed: Analysed, revision: int, memory: Memory) -> None:
        self.analysed = analysed
        self.memory = memory
        self.revision = revision


def format_of(path: str) -> str:
    """The format of a file by its name: `Nickel`, `Json`, `Yaml`, `Toml` or `Text`."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    return EXTENSIONS.get(name.rsplit(".", 1)[1], "Nickel") if "." in name else "Nickel"


def _never() -> bool:
    return False


def _is(one: object, other: object) -> bool:
    return one is other
