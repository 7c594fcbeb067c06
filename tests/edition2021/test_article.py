"""The article's programs give the article's results, as they are and migrated; and their reports are those in `reports/`.

`UPDATE_SNAPSHOTS=1` writes the reports anew; read the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from contractlang.cli.main import main
from contractlang.edition2021.migrate import migrate
from contractlang.source import Source
from differential.oracle import available, run_oracle
from language import run

FOLDER = Path(__file__).parents[2] / "examples" / "contracts-2021"

# What each comes to: the exported value, or the guilty party and the tag.
ARTICLE: dict[str, object] = {
    "1-flat-let": 4,
    "1-flat-sum": 2,
    "1-flat-broken": ("value", ""),
    "2-custom": 3,
    "2-custom-too-small": ("value", "smaller or equals"),
    "2-custom-no-number": ("value", "not a number"),
    "3-own-num": 2,
    "3-own-num-broken": ("value", ""),
    "4-function": 0,
    "4-function-broken-by-caller": ("caller", ""),
    "4-function-broken-by-function": ("function", ""),
    "5-both-sides": 6,
    "5-both-sides-broken-by-caller": ("caller", "smaller or equals"),
    "5-both-sides-broken-by-function": ("function", "smaller or equals"),
    "6-force-everything": ("value", ""),
    "6-force-nothing": 2,
    "6-force-kept": {"a": [1, 2]},
}
EACH = pytest.mark.parametrize("name", ARTICLE)


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.ncl").read_text("utf-8")


def migrated(name: str) -> str:
    migration = migrate(Source(name, text_of(name)))
    assert migration.text is not None
    assert migration.gaps == []
    return migration.text


def outcome(text: str | None, party: str | None, message: str) -> object:
    """A result in the terms of the table."""
    if text is not None:
        return json.loads(text)
    tag = message.replace("\n", " ").partition(": ")[2] if ": " in message else message.partition("\n")[2].lstrip(": ")
    return party, tag


def test_every_program_is_there() -> None:
    assert {path.stem for path in FOLDER.glob("*.ncl")} == set(ARTICLE)


@EACH
def test_result(name: str) -> None:
    result = run(text_of(name))
    assert outcome(result.text, result.party, result.message) == ARTICLE[name]


@EACH
def test_migrated(name: str) -> None:
    result = run(migrated(name))
    assert outcome(result.text, result.party, result.message) == ARTICLE[name]


@pytest.mark.skipif(not available(), reason="the reference is not installed")
@EACH
def test_migrated_on_the_reference(name: str) -> None:
    result = run_oracle(migrated(name))
    assert outcome(result.text, result.party, result.message) == ARTICLE[name]


@EACH
def test_report(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(FOLDER)
    monkeypatch.setenv("COLUMNS", "80")
    main(["export", "--no-cache", "--color", "never", f"{name}.ncl"])
    said = capsys.readouterr()
    report = FOLDER / "reports" / f"{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        report.write_text(said.out + said.err, "utf-8")
    assert report.read_text("utf-8") == said.out + said.err
