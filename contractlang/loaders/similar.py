"""Which file was meant by a path that leads nowhere: one whose names are nearly the same, or the same name in a directory nearby.

Only what may be imported is looked at: nothing is listed outside the import root.
"""

from __future__ import annotations

from itertools import islice

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence

    from contractlang.loaders.loader import Loader

# Comparing names takes time, and who looks at a directory of thousands knows better than a guess.
MOST_COMPARED = 500
ENTRY = "main.ncl"


def similar_file(
    loader: Loader, path: str, directories: Sequence[str], importing_file: str | None = None
) -> str | None:
    """The path, written as `path` is, of a file that was likely meant; None if there is none.

    `directories`: keys of what a relative path may be relative to; `importing_file`: the key of a file that is not meant.
    """
    flavour = loader.flavour
    parts = (path.replace("\\", "/") if flavour.sep == "\\" else path).rstrip("/").split("/")
    if not parts[-1]:
        return None
    if flavour.isabs(path):
        start, parts = flavour.dirname(path), parts[-1:]
        found = _misspelt(loader, loader.key(start), parts, importing_file)
        return None if found is None else flavour.join(start, found)
    for search in (_misspelt, _elsewhere):
        for directory in directories:
            found = search(loader, loader.key(directory), parts, importing_file)
            if found is not None and found != path:
                return found
    return None


def _misspelt(loader: Loader, directory: str, parts: Sequence[str], importing_file: str | None) -> str | None:
    """The path with each part that does not exist replaced by one that does and looks like it."""
    written: list[str] = []
    for part in parts:
        name: str | None = part
        if part not in ("", ".", ".."):
            names = _names(loader, directory)
            name = part if part in names else _nearest(part, names)
        if name is None:
            return None
        directory = loader.key(loader.flavour.join(directory, name))
        written.append(name)
    if _is_meant(loader, directory, importing_file):
        return "/".join(written)
    if _is_meant(loader, loader.flavour.join(directory, ENTRY), importing_file):  # a directory was named
        return "/".join([*written, ENTRY])
    return None


def _elsewhere(loader: Loader, directory: str, parts: Sequence[str], importing_file: str | None) -> str | None:
    """The file of that name in the directory above or in one of those directly below."""
    name = parts[-1]
    if name in (".", ".."):
        return None
    for near in ("..", *_names(loader, directory)):
        if _is_meant(loader, loader.key(loader.flavour.join(directory, near, name)), importing_file):
            return f"{near}/{name}"
    return None


def _names(loader: Loader, directory: str) -> list[str]:
    if loader.is_outside(directory):
        return []
    return sorted(islice((name for name in loader.names_in(directory) if not name.startswith(".")), MOST_COMPARED))


def _is_meant(loader: Loader, key: str, importing_file: str | None) -> bool:
    return key != importing_file and not loader.is_outside(key) and loader.probe(key)


def _nearest(part: str, names: Sequence[str]) -> str | None:
    from contractlang.diagnostics.suggest import closest

    same_stem = [name for name in names if name.partition(".")[0] == part.partition(".")[0]]
    if same_stem:
        return closest(part, same_stem) or same_stem[0]
    # An extension in common does not make names alike.
    stem, dot, extension = part.rpartition(".")
    if not stem:
        return closest(part, names)
    near = closest(stem, [name.rpartition(".")[0] for name in names if name.endswith(dot + extension)])
    return (
        near + dot + extension
        if near
        else closest(part, [name for name in names if not name.endswith(dot + extension)])
    )
