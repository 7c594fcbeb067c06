"""Diagnostics as a JUnit report: a test case for each file that is well, a failed one for each diagnostic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape as escape_xml
from xml.sax.saxutils import quoteattr

from contractlang.diagnostics.escape import escape
from contractlang.diagnostics.model import Diagnostic
from contractlang.diagnostics.paint import Terminal
from contractlang.diagnostics.places import main_place
from contractlang.diagnostics.render_text import render_one

SUITE = "contractlang"


def render_junit(diagnostics: Iterable[Diagnostic], files: Sequence[str]) -> str:
    """The report; `files` are those that were asked for."""
    terminal = Terminal()
    cases: list[str] = []
    failures = 0
    faulty: set[str] = set()
    for diagnostic in diagnostics:
        if diagnostic.severity != "error":
            continue
        failures += 1
        place = main_place(diagnostic)
        file = place.file if place is not None else (files[0] if len(files) == 1 else SUITE)
        faulty.add(file)
        at = f" at line {place.line}" if place is not None else ""
        cases.append(
            f"    <testcase classname={_attribute(file)} name={_attribute(diagnostic.code + at)}>\n"
            f"      <failure type={_attribute(diagnostic.code)} message={_attribute(diagnostic.message)}>"
            f"{escape_xml(render_one(diagnostic, terminal))}</failure>\n"
            "    </testcase>\n"
        )
    cases += [
        f"    <testcase classname={_attribute(file)} name={_attribute(file)}/>\n"
        for file in files
        if file not in faulty and not (failures and len(files) == 1)
    ]
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="{SUITE}" {counts}>\n'
        f'  <testsuite name="{SUITE}" {counts}>\n'
        f"{''.join(cases)}"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def _attribute(text: str) -> str:
    """Quoted; what XML cannot hold at all (control characters) is shown by number."""
    return quoteattr(escape(text))
