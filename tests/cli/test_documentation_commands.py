"""Commands that show documentation: pages written with `-o DIR`, members of the library, metadata of fields."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize(("command", "page"), [("explain", "missing-field.md"), ("doc", "array.md")])
def test_pages_are_written_and_checked(process: Run, tmp_path: Path, command: str, page: str) -> None:
    assert process(command, "-o", "pages").status == 0
    assert process(command, "-o", "pages", "--check").status == 0
    (tmp_path / "pages" / page).write_text("else")
    ran = process(command, "-o", "pages", "--check")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.endswith(f"{page} is not what contractlang {command} -o pages writes\n")


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("explain", "missing-field", "-o", "pages"), "-o writes all pages: leave out missing-field"),
        (("explain", "--check"), "--check needs -o DIR, where the pages are"),
        (("doc", "std.array", "-o", "pages"), "-o writes all pages: leave out std.array"),
    ],
)
def test_pages_go_with_nothing_else(process: Run, command: tuple[str, ...], sentence: str) -> None:
    ran = process(*command)
    assert (ran.status, ran.out, ran.err) == (2, "", f"error: {sentence}\n")


def test_a_directory_that_cannot_be_made_is_told(process: Run, tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("a file")
    ran = process("explain", "-o", "pages")
    assert ran.status == 1
    assert ran.err.startswith("error[io-error]: cannot write pages: ")


def test_a_member_is_found_without_its_module(process: Run) -> None:
    ran = process("doc", "map")
    assert ran.status == 2
    assert "did you mean std.array.map or std.enum.map or std.record.map?" in ran.err


def test_the_field_of_a_query_may_stand_behind_the_file(process: Run, tmp_path: Path) -> None:
    (tmp_path / "a.ncl").write_text("{ a = { b | Number = 1 } }")
    assert process("query", "a.ncl", "a.b").out == process("query", "a.ncl", "--field", "a.b").out
    ran = process("query", "a.ncl", "a.b", "--field", "a")
    assert (ran.status, ran.err) == (2, "error: a field was given twice: leave out --field\n")


@pytest.mark.parametrize(
    "command", [("query", "a.ncl"), ("query", "a.ncl", "--field"), ("explain", "a.ncl"), ("export", "a.ncl", "--field")]
)
def test_a_path_that_can_be_none_is_told(process: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "a.ncl").write_text('{ a = [{ b = 1 }], "c[0]" = 2 }')
    ran = process(*command, "a..b")
    assert ran.status == 2
    assert ran.err.startswith("error: the path 'a..b' has an empty name: ")
    ran = process(*command, "a[0].b")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "error: the path 'a[0].b' leads into an array, which has no fields: ask for 'a'\n"
    assert process(*command, '"c[0]"').status == 0
