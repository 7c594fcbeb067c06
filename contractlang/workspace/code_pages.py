"""The pages about diagnostic codes, made from the catalogue: one for each code, with the report of its example, and an index."""

from __future__ import annotations

from contractlang.diagnostics.catalogue import SECTIONS
from contractlang.diagnostics.codes.entry import Entry
from contractlang.diagnostics.paint import Terminal
from contractlang.diagnostics.render_text import render_one
from contractlang.engine import Options, export
from contractlang.loaders.memory import MemoryLoader

GENERATED = "<!-- made by `contractlang explain -o` from the catalogue of codes: change it there -->\n"
PROMPT = "$ "
PROGRAM = "main.ncl"


def pages() -> dict[str, str]:
    """The pages by file name. Evaluates every example."""
    result = {"README.md": _index()}
    for title, entries in SECTIONS.items():
        for entry in entries:
            result[_file(entry)] = _page(entry, title)
    return result


def _file(entry: Entry) -> str:
    return f"{entry.code}.md"


def _index() -> str:
    lines = [
        GENERATED,
        "# Diagnostic codes",
        "",
        "Every report begins with its code: `error[contract-broken]`. A code never changes its meaning, so scripts and filters may",
        "rely on it. `contractlang explain CODE` shows the same in a terminal.",
        "",
    ]
    for title, entries in SECTIONS.items():
        lines += [f"## {title}", "", "| code | |", "|---|---|"]
        lines += [f"| [`{entry.code}`]({_file(entry)}) | {_in_table(entry.title)} |" for entry in entries]
        lines.append("")
    return "\n".join(lines)


def _in_table(text: str) -> str:
    return text.replace("|", "\\|")


def _page(entry: Entry, section: str) -> str:
    lines = [GENERATED, f"# `{entry.code}`: {entry.title}", "", entry.explanation, ""]
    if entry.example:
        lines += ["## Fails", "", *_block(entry.example), ""]
        report = _report(entry)
        if report is not None:
            lines += ["```text", report, "```", ""]
    if entry.fix:
        lines += ["## Works", "", *_block(entry.fix), ""]
    lines += [f"[All codes](README.md) · {section}", ""]
    return "\n".join(lines)


def _block(example: str) -> list[str]:
    """A program, or commands with their prompts."""
    return ["```console" if example.startswith(PROMPT) else "```nickel", example, "```"]


def _report(entry: Entry) -> str | None:
    """What the example is told, None where it takes more than this program to fail so."""
    if entry.example.startswith(PROMPT):
        return None
    outcome = export([PROGRAM], "json", Options(fixes=True), loader=MemoryLoader({PROGRAM: entry.example}))
    for diagnostic in outcome.diagnostics:
        if diagnostic.code == entry.code:
            return render_one(diagnostic, Terminal())
    return None
