"""Every program of the corpus comes to what its header says, and migrated it comes to the same, here and on the reference."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from contractlang.edition2021.migrate import migrate
from contractlang.edition2021.parser import parse
from contractlang.source import Source
from contractlang.syntax.dump import dump_ast
from contractlang.syntax.parser import parse as parse_modern
from differential.oracle import available, run_oracle
from language import Result, layout, parse_json, run

_spec = importlib.util.spec_from_file_location("edition2021_programs", Path(__file__).with_name("programs.py"))
assert _spec is not None
assert _spec.loader is not None
programs = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = programs
_spec.loader.exec_module(programs)

PROGRAMS = programs.load()
READABLE = [
    program
    for program in PROGRAMS
    if not parse(program.source).problems and not migrate(Source("old.ncl", program.source)).gaps
]
# The migration gives other names, or quotes them, where a name is a word of the language today.
RENAMED = {
    "library: std is an ordinary name",
    "tokens: words that are reserved today",
    "tokens: words that are reserved today, as fields",
    "types: a variable of the name of a type today",
}
IMPORTED = [str(programs.CORPUS / "imported")]
EACH = pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
EACH_READABLE = pytest.mark.parametrize("program", READABLE, ids=lambda program: program.name)


def migrated(program: programs.Program) -> str:
    migration = migrate(Source("old.ncl", program.source))
    assert migration.text is not None
    assert migration.gaps == []
    return migration.text


def check(program: programs.Program, result: Result) -> None:
    """The result is what the header says."""
    if program.expect is not None:
        assert result.text is not None, result.outcome()
        assert result.text.strip() == layout(parse_json(program.expect))
    else:
        assert result.code == program.error, result.outcome()


def test_there_are_enough() -> None:
    assert len(PROGRAMS) >= 80 + 6
    assert len({program.name for program in PROGRAMS}) == len(PROGRAMS)
    assert all((program.expect is None) != (program.error is None) for program in PROGRAMS)


@EACH
def test_program(program: programs.Program) -> None:
    result = run("// edition: 2021\n" + program.source, import_paths=IMPORTED)
    check(program, result)
    if program.blames is not None:
        assert result.blamed == program.blames
    for text in program.mentions:
        assert text in result.report


@EACH_READABLE
def test_migrated_program(program: programs.Program, tmp_path: Path) -> None:
    check(program, run(migrated(program), import_paths=[migrated_imports(tmp_path)]))


@EACH_READABLE
def test_migrated_program_is_the_same_tree(program: programs.Program) -> None:
    if program.name in RENAMED:
        return
    tree, problems = parse_modern(Source("new.ncl", migrated(program)))
    assert problems == []
    assert dump_ast(tree, places=False) == dump_ast(parse(program.source).lowered, places=False)


@pytest.mark.skipif(not available(), reason="the reference is not installed")
@EACH_READABLE
def test_migrated_program_on_the_reference(program: programs.Program, tmp_path: Path) -> None:
    check(program, run_oracle(migrated(program), [migrated_imports(tmp_path)]))


def migrated_imports(folder: Path) -> str:
    for path in (programs.CORPUS / "imported").glob("*.ncl"):
        migration = migrate(Source(path.name, path.read_text("utf-8")))
        assert migration.text is not None
        (folder / path.name).write_text(migration.text, "utf-8")
    return str(folder)
