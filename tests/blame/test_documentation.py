"""The reports in `docs/contracts.md` are those that its programs get. `UPDATE_SNAPSHOTS=1` writes them anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

from contractlang.diagnostics.paint import Terminal
from contractlang.diagnostics.render_text import render_text
from contractlang.diagnostics.summary import Summary
from contractlang.engine import run_source
from contractlang.request import Options

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "contracts.md"
_EXAMPLE = re.compile(r"```nickel\n((?:(?!```).)*)\n```\n\n```text\n(?:(?!```).)*```", re.DOTALL)


def _anew(found: re.Match[str]) -> str:
    outcome = run_source(found[1], name="main.ncl", options=Options())
    report = render_text(outcome.diagnostics, Terminal(80), Summary(outcome.diagnostics, outcome.hidden))
    return f"```nickel\n{found[1]}\n```\n\n```text\n{report}```"


def test_reports_are_real() -> None:
    text = DOCUMENT.read_text("utf-8")
    anew, count = _EXAMPLE.subn(_anew, text)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        DOCUMENT.write_text(anew, "utf-8")
    assert count >= 10
    assert anew == DOCUMENT.read_text("utf-8")
