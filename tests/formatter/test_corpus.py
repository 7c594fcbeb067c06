"""Every program of the repository is formatted safely, and the reference evaluates what comes out as it evaluates what went in.

With `CONTRACTLANG_FORMATTED` set the reference evaluates all of them, otherwise a sample.
"""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest

from differential.oracle import available, run_oracle
from formatter.safety import assert_safe, readable
from spec.programs import load

ROOT = Path(__file__).parents[2]
FOLDERS = ("examples", "stdlib", "tests", "docs", "playground", "lsp")
FILES = [
    path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.ncl")) if "node_modules" not in path.parts
]

OWN = [*sorted((ROOT / "stdlib").rglob("*.ncl")), *sorted((ROOT / "examples").glob("*/*.ncl"))]


def test_the_files_are_found() -> None:
    assert len(FILES) > 300


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file(path: Path) -> None:
    text = path.read_text("utf-8")
    if not readable(text):
        pytest.skip("it is meant to have syntax errors, or is a list of programs")
    assert_safe(text)


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_our_own_programs_are_in_the_canonical_layout(path: Path) -> None:
    text = path.read_text("utf-8")
    if readable(text):
        assert assert_safe(text) == text, f"run contractlang format {path.relative_to(ROOT)}"


def test_the_documentation_shows_the_style_as_it_is() -> None:
    shown = re.findall(r"```nickel\n(.*?)```", (ROOT / "docs" / "formatter.md").read_text("utf-8"), re.DOTALL)
    assert len(shown) > 3
    for text in shown:
        whole = text + "server\n" if text.endswith((" in\n", "\nin\n")) else text
        assert assert_safe(whole) == whole


def specification() -> list[str]:
    return sorted(source for source in {program.source for program in load()} if readable(source))


def test_the_programs_of_the_specification() -> None:
    assert len([assert_safe(source) for source in specification()]) > 5000


@pytest.mark.seconds(36_000)
@pytest.mark.skipif(not available(), reason="the reference, py-nickel, is not installed")
def test_the_reference_evaluates_formatted_programs_alike() -> None:
    programs: list[tuple[str, list[str] | None]] = [
        (source, None) for source in specification() if "import" not in source
    ]
    if "CONTRACTLANG_FORMATTED" not in os.environ:
        programs = random.Random(1).sample(programs, 100)
    programs += [(path.read_text("utf-8"), [str(path.parent)]) for path in sorted((ROOT / "examples").glob("*/*.ncl"))]
    documents = 0
    for source, import_paths in programs:
        if not readable(source):
            continue
        before = run_oracle(source, import_paths, seconds=5)
        after = run_oracle(assert_safe(source), import_paths, seconds=5)
        assert (after.text, after.code, after.party) == (before.text, before.code, before.party), source
        documents += before.text is not None
    assert documents > len(programs) / 4


def test_the_standard_library_and_examples_have_no_long_lines_but_for_texts() -> None:
    for folder in ("examples", "stdlib"):
        for path in sorted((ROOT / folder).rglob("*.ncl")):
            text = path.read_text("utf-8")
            if readable(text):
                long = [line for line in assert_safe(text).splitlines() if len(line) > 100]
                assert [line for line in long if '"' not in line and "#" not in line and not _is_prose(line)] == []


def _is_prose(line: str) -> bool:
    """Whether a line may belong to a multiline string: the formatter leaves those as long as they are."""
    return line.lstrip()[:1].isalnum() or line.lstrip().startswith(("`", "[", "("))
