"""Reports as a person sees them at 80 columns. `UPDATE_SNAPSHOTS=1` writes them anew: read what changed before you commit it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from blame.snapshot_programs import PROGRAMS
from contractlang.diagnostics.paint import Terminal
from contractlang.diagnostics.render_text import render_text
from contractlang.diagnostics.summary import Summary
from contractlang.engine import run_source
from contractlang.request import Options

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.mark.parametrize("color", [False, True], ids=["plain", "color"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_report(name: str, color: bool) -> None:
    outcome = run_source(PROGRAMS[name], name="main.ncl", options=Options())
    assert outcome.diagnostics, f"all is well: {outcome.text}"
    summary = Summary(outcome.diagnostics, outcome.hidden)
    text = render_text(outcome.diagnostics, Terminal(80, color=color), summary)
    path = SNAPSHOTS / f"{name}{'.color' if color else ''}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.exists(), f"no report is on record: {path.name} (UPDATE_SNAPSHOTS=1 writes it)"
    assert text == path.read_text("utf-8")


def test_there_are_enough_and_no_others() -> None:
    assert len(PROGRAMS) >= 60
    expected = {f"{name}{ending}" for name in PROGRAMS for ending in (".txt", ".color.txt")}
    assert {path.name for path in SNAPSHOTS.iterdir()} == expected
