"""Reports about files under contracts point into the files, not into the text that the command made of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def schema(tmp_path: Path) -> None:
    (tmp_path / "s.ncl").write_text("{ a | Number }")


def places(text: str) -> list[tuple[str, int, int, bool, str]]:
    (diagnostic,) = json.loads(text)["diagnostics"]
    return [
        (each["file"], each["start"]["line"], each["start"]["column"], each["primary"], each["message"])
        for each in diagnostic["labels"]
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("v.yaml", "5\n"),
        ("v.json", "[1]"),
        ("v.ncl", "'Tag"),
    ],
)
def test_a_root_that_is_no_record(process: Run, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    ran = process("check", name, "--contract", "s.ncl", "--error-format", "json")
    assert ran.status == 1
    assert places(ran.err) == [(name, 1, 1, True, "this value"), ("s.ncl", 1, 1, False, "expected type")]
    blame = json.loads(ran.err)["diagnostics"][0]["blame"]
    assert (blame["at"]["file"], blame["contract"]["at"]["file"]) == (name, "s.ncl")


def test_comments_are_no_values(process: Run, tmp_path: Path) -> None:
    (tmp_path / "v.yaml").write_text("# about\n---\n\n- 1\n")
    assert "v.yaml:4:1\n" in process("check", "v.yaml", "--contract", "s.ncl").err


def test_the_whole_value_is_marked_where_it_is_known(process: Run, tmp_path: Path) -> None:
    (tmp_path / "v.ncl").write_text("# about\n[\n  1,\n]\n")
    ran = process("export", "v.ncl", "--apply-contract", "s.ncl")
    assert "┌─ v.ncl:2:1\n" in ran.err
    assert "╰─^ this value\n" in ran.err
    assert "merged" not in ran.err


def test_standard_input_under_a_contract(process: Run) -> None:
    ran = process("check", "-", "--contract", "s.ncl", stdin=b'# about\n{ a = "x" } # the end', COLUMNS="200")
    assert ran.status == 1
    assert "┌─ <stdin>:2:7\n" in ran.err


def test_a_contract_that_does_not_exist(process: Run, tmp_path: Path) -> None:
    (tmp_path / "v.json").write_text("{}")
    ran = process("check", "v.json", "--contract", "t.ncl")
    assert (ran.status, ran.err) == (1, "error[file-not-found]: there is no file t.ncl\n")


@pytest.mark.parametrize("options", [(), ("--contract", "s.ncl")])
def test_who_names_a_data_file_is_not_told_that_it_is_imported(
    process: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    (tmp_path / "v.json").write_text('{"a": [1')
    ran = process("check", "v.json", *options, "--error-format", "json")
    assert [place[:4] for place in places(ran.err)] == [("v.json", 1, 9, True)]
