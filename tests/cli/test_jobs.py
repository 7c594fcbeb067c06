"""`check --jobs`: several processes, the same result."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contractlang.cli import parallel
from contractlang.cli.main import main

Process = Callable[..., Any]

FILES = {
    "a.ncl": "{ a | String = 1 }",
    "b.ncl": "{ b = 1 }",
    "c.ncl": "{ c = d }",
    "d.ncl": '{ d : Number = "x", f = fun x => x }',
    "e.json": '{"e": ',
    "f.ncl": 'import "a.ncl"',
    "g.ncl": "{ bad = std.fail_with \"'one'\", worse | Number = [] }",
}


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return list(FILES)


@pytest.mark.parametrize("options", [(), ("--error-format", "json"), ("--strict-types",), ("--max-errors", "2")])
def test_the_same_report_in_the_same_order(process: Process, files: list[str], options: tuple[str, ...]) -> None:
    alone = process("check", *files, *options)
    together = process("check", *files, *options, "--jobs", "3")
    assert alone.status == together.status == 1
    assert together.err == alone.err
    assert alone.err


def test_standard_input_is_one_of_the_files(process: Process, files: list[str]) -> None:
    ran = process("check", "b.ncl", "-", "--jobs", "2", stdin=b"{ a | String = 1 }")
    assert ran.status == 1
    assert "<stdin>:1:" in ran.err


def test_a_contract_for_all(process: Process, files: list[str], tmp_path: Path) -> None:
    (tmp_path / "contract.ncl").write_text("{ b | String, .. }")
    ran = process("check", "b.ncl", "b.ncl", "--contract", "contract.ncl", "--jobs", "2")
    assert ran.status == 1
    assert ran.err.count("error[contract-broken]") == 2


def test_a_process_that_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    def in_order(jobs: int, work: object, tasks: list[Any], lost: Callable[[Any], Any]) -> Any:
        return [lost(task) for task in tasks]

    monkeypatch.setattr(parallel, "in_order", in_order)
    assert main(["check", "a.ncl", "b.ncl", "--jobs", "2"]) == 3
    assert "b.ncl was not checked: a process that checked files was killed" in capsys.readouterr().err


def test_what_becomes_of_lost_tasks() -> None:
    """Each task ends its process."""
    lost = list(parallel.in_order(2, os._exit, [(1,), (2,)], lambda task: ("lost", task)))
    assert lost == [("lost", (1,)), ("lost", (2,))]


def test_jobs_is_a_positive_number(process: Process) -> None:
    for wrong in ("0", "-1", "many"):
        ran = process("check", "b.ncl", f"--jobs={wrong}")
        assert ran.status == 2
        assert "is no positive whole number" in ran.err
