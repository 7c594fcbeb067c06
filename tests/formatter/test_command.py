"""`contractlang format`, as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from contractlang.cli.main import main

UGLY, PRETTY = "{a=1}", "{ a = 1 }\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(here: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*command_line: str) -> tuple[int, str, str]:
        status = main(["format", *command_line])
        captured = capfd.readouterr()
        return status, captured.out, captured.err

    return call


Run = Callable[..., tuple[int, str, str]]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def test_files_are_rewritten_in_place(run: Run, here: Path) -> None:
    write(here / "a.ncl", UGLY)
    write(here / "b.ncl", PRETTY)
    before = (here / "b.ncl").stat().st_mtime_ns
    assert run("a.ncl", "b.ncl") == (0, "", "")
    assert (here / "a.ncl").read_bytes().decode() == PRETTY
    # What is in order already is not touched, and nothing is left lying about.
    assert (here / "b.ncl").stat().st_mtime_ns == before
    assert sorted(os.listdir(here)) == ["a.ncl", "b.ncl"]


def test_directories_mean_the_programs_in_them(run: Run, here: Path) -> None:
    for name in ("src/a.ncl", "src/deep/b.ncl", "src/.git/c.ncl", "src/.d.ncl", "src/e.json"):
        write(here / name, UGLY)
    assert run("src", "src/a.ncl") == (0, "", "")
    changed = {path.name for path in here.rglob("*") if path.is_file() and path.read_text() == PRETTY}
    assert changed == {"a.ncl", "b.ncl"}


def test_check_reports_and_writes_nothing(run: Run, here: Path) -> None:
    write(here / "a.ncl", UGLY)
    write(here / "b.ncl", PRETTY)
    status, out, err = run("--check", "a.ncl", "b.ncl")
    assert (status, out) == (1, "")
    assert "error[not-formatted]: a.ncl is not in the canonical layout" in err
    assert "b.ncl" not in err
    assert (here / "a.ncl").read_text() == UGLY
    assert run("--check", "b.ncl") == (0, "", "")


def test_check_says_where_for_machines(run: Run, here: Path) -> None:
    write(here / "a.ncl", "{\n  a = 1,\n  b=2,\n}\n")
    status, _, err = run("--check", "--error-format", "json", "a.ncl")
    assert status == 1
    [diagnostic] = json.loads(err)["diagnostics"]
    assert diagnostic["code"] == "not-formatted"
    assert diagnostic["labels"][0]["start"] == {"line": 3, "column": 1}


def test_diff_shows_a_patch_and_writes_nothing(run: Run, here: Path) -> None:
    write(here / "a.ncl", "{\n  a = 1,\n  b=2,\n}")
    status, out, err = run("--diff", "a.ncl")
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "--- a.ncl",
        "+++ a.ncl (formatted)",
        "@@ -1,4 +1,4 @@",
        " {",
        "   a = 1,",
        "-  b=2,",
        "-}",
        "\\ No newline at end of file",
        "+  b = 2,",
        "+}",
    ]
    assert (here / "a.ncl").read_text() == "{\n  a = 1,\n  b=2,\n}"
    assert run("--diff", "--check", "a.ncl")[0] == 1


def test_files_with_syntax_errors_are_left_alone(run: Run, here: Path) -> None:
    write(here / "bad.ncl", "{a=")
    write(here / "good.ncl", UGLY)
    status, out, err = run("bad.ncl", "good.ncl")
    assert (status, out) == (1, "")
    assert "bad.ncl:1:4" in err
    assert (here / "bad.ncl").read_text() == "{a="
    assert (here / "good.ncl").read_text() == PRETTY


def test_a_file_on_which_the_formatter_fails_is_left_alone(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contractlang.formatter import layout

    monkeypatch.setattr(layout, "lay_out", lambda document: "2\n")
    write(here / "a.ncl", UGLY)
    status, _, err = run("a.ncl")
    assert status == 70
    assert "internal error: a.ncl cannot be formatted" in err
    assert (here / "a.ncl").read_text() == UGLY


def test_programs_of_2021_are_left_alone_with_a_warning(run: Run, here: Path) -> None:
    text = "// edition: 2021\n{a=1;}\n"
    write(here / "src/old.ncl", text)
    write(here / "src/new.ncl", UGLY)
    status, out, err = run("src")
    assert (status, out) == (0, "")
    assert "warning[not-formatted]" in err
    assert (here / "src/old.ncl").read_text() == text
    assert (here / "src/new.ncl").read_text() == PRETTY


def test_a_missing_file_is_reported_and_the_others_are_formatted(run: Run, here: Path) -> None:
    write(here / "a.ncl", UGLY)
    status, _, err = run("none.ncl", "a.ncl")
    assert status == 1
    assert "error[file-not-found]: there is no file none.ncl" in err
    assert (here / "a.ncl").read_text() == PRETTY


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX systems")
def test_permissions_and_links_stay(run: Run, here: Path) -> None:
    write(here / "a.ncl", UGLY)
    (here / "a.ncl").chmod(0o600)
    (here / "link.ncl").symlink_to("a.ncl")
    assert run("link.ncl")[0] == 0
    assert (here / "link.ncl").is_symlink()
    assert (here / "a.ncl").read_text() == PRETTY
    assert (here / "a.ncl").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_standard_input_goes_to_standard_output(arguments: list[str], tmp_path: Path) -> None:
    def piped(text: str, *more: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "contractlang", "format", *more, *arguments]
        done = subprocess.run(command, input=text.encode(), capture_output=True, cwd=tmp_path, check=False)
        return done.returncode, done.stdout.decode()

    assert piped(UGLY) == (0, PRETTY)
    assert piped(PRETTY) == (0, PRETTY)
    assert piped("{\r\na=1}") == (0, "{\r\n  a = 1,\r\n}\r\n")
    assert piped("{a=") == (1, "")
    assert piped(UGLY, "--check") == (1, "")


def test_wrong_command_lines(run: Run) -> None:
    assert run("-", "-")[0] == 2
    assert run("a.ncl", "--", "a=1")[0] == 2
    assert run("--columns", "80")[0] == 2
