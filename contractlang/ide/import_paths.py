"""The files that an `import` could name: those of the workspace, as seen from the importing file and from the import paths."""

from __future__ import annotations

import posixpath

from contractlang.ide.candidates import Completion, Target

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.workspace.workspace import Snapshot

IMPORTABLE = (".ncl", ".json", ".yaml", ".yml", ".toml", ".txt")


def import_candidates(snapshot: Snapshot, path: str, target: Target, typed: str, *, quoted: bool) -> list[Completion]:
    """Files and folders that go on from what is typed; `quoted`: whether the quotes are still to be written."""
    folder, slash, _ = typed.rpartition("/")
    prefix = folder + slash
    found: dict[str, str] = {}
    here = posixpath.dirname(_portable(path))
    for base in (here, *(_portable(snapshot.loader.key(each)) for each in snapshot.settings.import_paths)):
        for file in snapshot.files():
            relative = _relative(_portable(file), base)
            if file == path or not relative.endswith(IMPORTABLE) or not relative.startswith(prefix):
                continue
            if base != here and relative.startswith("../"):
                continue
            name, below, _ = relative[len(prefix) :].partition("/")
            found.setdefault(prefix + name + below, "folder" if below else "file")
    items: list[Completion] = []
    for name, kind in sorted(found.items(), key=lambda each: (each[0].startswith(".."), each[1] == "folder", each[0])):
        text = f'"{name}"' if quoted else name
        items.append(Completion(name, kind, target.edit(text), sort=f"{len(items):04}", filter=text))
    return items


def _portable(path: str) -> str:
    return path.replace("\\", "/")


def _relative(path: str, base: str) -> str:
    """A path as written in an import of a file in a folder."""
    try:
        return posixpath.relpath(path, base or ".")
    except ValueError:
        return path
