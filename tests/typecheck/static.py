"""Runs the stages before evaluation on a program, for tests."""

from __future__ import annotations

from contractlang.diagnostics.model import Diagnostic
from contractlang.formats.data_files import check_data
from contractlang.loaders.disk import DiskLoader
from contractlang.loaders.loader import Loader
from contractlang.loaders.memory import MemoryLoader
from contractlang.resolve.program import Program, load_program
from contractlang.source import Source
from contractlang.typecheck.checker import check
from contractlang.typecheck.table import TypeTable
from contractlang.workspace.circumstances import Analysing


def load(text: str, files: dict[str, str] | None = None) -> tuple[Program, list[Diagnostic]]:
    """A resolved program whose imports are in memory."""
    loader: Loader = MemoryLoader(files or {})
    with Analysing():
        return load_program([Source("main.ncl", text)], loader)


def load_from_disk(text: str, import_paths: list[str]) -> tuple[Program, list[Diagnostic]]:
    """A resolved program whose imports are files."""
    with Analysing():
        return load_program([Source("main.ncl", text)], DiskLoader(), import_paths, check_data=check_data)


def typed(
    text: str, files: dict[str, str] | None = None, *, strict: bool = False
) -> tuple[TypeTable, list[Diagnostic]]:
    """Checks a program without mistakes of form."""
    program, problems = load(text, files)
    assert not problems, problems
    with Analysing():
        return check(program, strict=strict)


def errors(text: str, files: dict[str, str] | None = None, *, strict: bool = False) -> list[Diagnostic]:
    return typed(text, files, strict=strict)[1]


def codes(text: str, files: dict[str, str] | None = None, *, strict: bool = False) -> list[str]:
    return [error.code for error in errors(text, files, strict=strict)]


def only(text: str, files: dict[str, str] | None = None, *, strict: bool = False) -> Diagnostic:
    """The one error of a program."""
    found = errors(text, files, strict=strict)
    assert len(found) == 1, [f"{error.code}: {error.message}" for error in found]
    return found[0]
