"""Files that are not there: what is said of them, and which are suggested."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    for name in ("schema.ncl", "conf/main.ncl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("1")
    (tmp_path / "main.ncl").write_text('import "shcema.ncl"')
    return tmp_path


@pytest.mark.parametrize("command", ["export", "check", "typecheck", "format"])
def test_a_file_is_suggested(process: Run, command: str) -> None:
    ran = process(command, "shema.ncl")
    expected = "error[file-not-found]: there is no file shema.ncl\n  = Did you mean `schema.ncl`?\n"
    assert (ran.status, ran.out, ran.err) == (1, "", expected)


def test_the_entry_of_a_directory_is_suggested(process: Run) -> None:
    assert process("export", "conf").err.endswith(
        "conf is a directory, not a file\n  = Did you mean `conf/main.ncl`?\n"
    )


def test_nothing_is_suggested_where_nothing_is_like_it(process: Run) -> None:
    assert process("export", "web.yaml").err == "error[file-not-found]: there is no file web.yaml\n"


def test_an_import_is_suggested_and_mended(process: Run) -> None:
    ran = process("export", "main.ncl", "--error-format", "json")
    (diagnostic,) = json.loads(ran.err)["diagnostics"]
    assert diagnostic["message"] == "import of shcema.ncl failed: there is no such file"
    assert diagnostic["notes"] == ["looked in the working directory", "Did you mean `schema.ncl`?"]
    (fix,) = diagnostic["fixes"]
    assert fix["replacement"] == '"schema.ncl"'
    assert (fix["span"]["start"]["column"], fix["span"]["end"]["column"]) == (8, 20)


def test_the_places_that_were_looked_in_are_listed(process: Run, folder: Path) -> None:
    (folder / "conf/main.ncl").write_text('import "nowhere.ncl"')
    ran = process("export", "conf/main.ncl", "-I", "lib")
    assert "\n  = looked in `conf`, where the importing file is; `lib`\n" in ran.err


def test_nothing_outside_the_import_root_is_suggested(process: Run, folder: Path) -> None:
    (folder / "conf/main.ncl").write_text('import "schema.ncl"')
    assert "Did you mean `../schema.ncl`?" in process("export", "conf/main.ncl").err
    ran = process("export", "conf/main.ncl", "--import-root", "conf")
    assert ran.status == 1
    assert "Did you mean" not in ran.err


@pytest.mark.parametrize("name", ["k.yaml", "k.yml", "K.JSON", "k.toml", "k.txt"])
@pytest.mark.parametrize("command", [("format",), ("format", "--check"), ("format", "--diff"), ("migrate",)])
def test_data_is_no_program(process: Run, folder: Path, name: str, command: tuple[str, ...]) -> None:
    (folder / name).write_text("a: 1\n")
    ran = process(*command, name)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == f"error[not-a-program]: {name} is data, not a program\n  = help: programs end in .ncl\n"
    assert (folder / name).read_text() == "a: 1\n"
