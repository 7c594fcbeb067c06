"""`contractlang explain FILE PATH`: where a value comes from, and which contracts it crosses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

SCHEMA = """\
let Port = std.contract.from_predicate (fun p => std.is_number p && p > 0 && p < 65536) in
{
  Service = {
    name | String,
    port | Port | default = 80,
    replicas | Number | default = 1,
  },
}
"""
CONFIG = """\
let { Service, .. } = import "schema.ncl" in
{
  web | Service = { name = "web" } & (import "data.json"),
  api | Service = { name = "api", port = 70000 },
  db | Service = { name = "db", port | force = 5432 } & { port = 1 },
  total = web.replicas + 1,
  both = { x = { a = 1 } } & { x = { b = 2 } },
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "schema.ncl").write_text(SCHEMA)
    (tmp_path / "config.ncl").write_text(CONFIG)
    (tmp_path / "data.json").write_text('{"port": 8080}')
    return tmp_path


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "web.port",
            [
                "web.port = 8080",
                "made at data.json:1:10",
                "overridden at schema.ncl:5:5 (default)",
                "crosses the contract at schema.ncl:5:12",
            ],
        ),
        (
            "web.replicas",
            [
                "web.replicas = 1",
                "defined at schema.ncl:6:5 (default)",
                "crosses the contract at schema.ncl:6:16",
            ],
        ),
        (
            "db.port",
            [
                "db.port = 5432",
                "defined at config.ncl:5:33 (force)",
                "overridden at config.ncl:5:66",
                "overridden at schema.ncl:5:5 (default)",
                "crosses the contract at schema.ncl:5:12",
            ],
        ),
        ("total", ["total = 2", "defined at config.ncl:6:3"]),
        ("both.x", ["both.x = { a = …, b = … }", "merged from config.ncl:7:16", "merged from config.ncl:7:36"]),
    ],
)
@pytest.mark.usefixtures("folder")
def test_the_story_of_a_value(process: Run, path: str, expected: list[str]) -> None:
    result = process("explain", "config.ncl", path)
    assert result.status == 0, result.err
    told = [line for line in result.out.splitlines() if line and not line.startswith("    ")]
    assert told == expected


@pytest.mark.usefixtures("folder")
def test_each_place_is_quoted(process: Run) -> None:
    result = process("explain", "config.ncl", "total")
    assert result.out == "total = 2\n\ndefined at config.ncl:6:3\n    total = web.replicas + 1,\n"


@pytest.mark.usefixtures("folder")
def test_a_value_that_fails_has_a_story_too(process: Run) -> None:
    result = process("explain", "config.ncl", "api.port")
    assert result.status == 1
    assert result.out.startswith("api.port fails\n\ndefined at config.ncl:4:42\n")
    assert "crosses the contract at schema.ncl:5:12" in result.out
    assert "error[contract-broken]" in result.err


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["config.ncl", "web.nope"], 1, "missing field `nope`"),
        (["config.ncl", "total.x"], 1, "tried to query field `x`"),
        (["config.ncl"], 2, "no field was given: explain 'config.ncl' PATH"),
        (["config.ncl", ""], 2, "the path '' has an empty name: write the names"),
        (["config.ncl", "web..port"], 2, "the path 'web..port' has an empty name"),
        (["nothing.ncl", "a"], 1, "there is no file nothing.ncl"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_explained(process: Run, arguments: list[str], status: int, message: str) -> None:
    result = process("explain", *arguments)
    assert (result.status, result.out) == (status, "")
    assert message in result.err
