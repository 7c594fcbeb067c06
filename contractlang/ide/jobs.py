"""Jobs for the worker processes: evaluations of files as the editor shows them."""

from __future__ import annotations

from contractlang.ide.globs import matches
from contractlang.loaders.disk import DiskLoader
from contractlang.loaders.memory import MemoryLoader
from contractlang.workspace.workers.job import Job
from contractlang.workspace.workspace import format_of

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contractlang.workspace.workspace import Snapshot

DATA = frozenset({"Json", "Yaml", "Toml"})


def job(
    snapshot: Snapshot,
    kind: str,
    main: str,
    *,
    format: str = "json",
    field: str | None = None,
    contracts: Sequence[str] = (),
    extra: Mapping[str, str] = {},
) -> Job:
    """An evaluation of `main`, over what is open and what is on the disk. `extra`: texts of files that do not exist otherwise."""
    loader = snapshot.loader
    on_disk = isinstance(loader.base, DiskLoader)
    files: dict[str, str] = {}
    if isinstance(loader.base, MemoryLoader):
        keys = loader.base.keys()
        files = {key: snapshot.document(key).text for key in keys}
    for path in snapshot.files():
        document = snapshot.document(path)
        if document.is_open:
            files[path] = document.text
    files |= extra
    return Job(
        kind,
        main,
        files,
        disk=on_disk,
        format=format,
        field=field,
        contracts=tuple(contracts),
        import_paths=tuple(snapshot.settings.import_paths),
        import_root=loader.import_root,
        edition=snapshot.settings.edition,
        directory=loader.directory,
    )


def data_contracts(snapshot: Snapshot, path: str) -> list[str]:
    """The contracts that the settings have for a data file: the paths of those whose glob it matches, each once."""
    if format_of(path) not in DATA:
        return []
    loader = snapshot.loader
    key = loader.key(path)
    found: dict[str, None] = {}
    for glob, contract in snapshot.settings.data_contracts:
        for folder in snapshot.folders or (loader.directory,):
            relative = key[len(folder) :].lstrip("/\\") if key.startswith(folder) else key
            if matches(glob, relative) or matches(glob, key):
                found[loader.key(loader.flavour.join(folder, contract))] = None
                break
    return list(found)
