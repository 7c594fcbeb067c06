"""Every code is declared once, explained in sentences, and its example does what it says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import contractlang
from contractlang.diagnostics.catalogue import CATALOGUE, SECTIONS, find
from contractlang.diagnostics.codes.entry import Entry
from contractlang.engine import run_source
from contractlang.workspace.code_pages import pages

PAGES = Path(__file__).parents[2] / "docs/errors"
PROGRAMS = [entry for entry in CATALOGUE.values() if entry.example and not entry.command]
CODE = re.compile(r"[a-z]+[0-9]*(-[a-z0-9]+)*")


def test_codes_are_unique() -> None:
    assert len(CATALOGUE) == sum(len(entries) for entries in SECTIONS.values())
    assert find("no-such-code") is None


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.code)
def test_an_entry_is_written_for_a_person(entry: Entry) -> None:
    assert CODE.fullmatch(entry.code)
    assert 10 < len(entry.title) <= 72
    assert not entry.title.endswith(".")
    assert len(entry.explanation) > 50
    assert entry.explanation.endswith((".", "`)."))
    assert entry.example or not entry.fix


def declared_elsewhere() -> set[str]:
    """The codes that the product's own modules make diagnostics with, as far as they are written as constants."""
    codes = set()
    for path in Path(contractlang.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Diagnostic":
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    codes.add(first.value)
            elif (
                isinstance(node, ast.Assign)
                and ast.unparse(node.targets[0]) == "code"  # of a class of exceptions
                and isinstance(node.value, ast.Constant)
            ):
                codes.add(node.value.value)
    return codes


def test_every_code_in_use_is_declared() -> None:
    codes = declared_elsewhere()
    assert "missing-field" in codes
    assert sorted(codes - set(CATALOGUE)) == []


def test_every_code_of_the_corpus_is_declared() -> None:
    corpus = Path(__file__).parents[1] / "spec" / "codes.txt"
    assert sorted(set(corpus.read_text("utf-8").split()) - set(CATALOGUE)) == []


@pytest.mark.parametrize("entry", PROGRAMS, ids=lambda entry: entry.code)
def test_an_example_fails_with_its_code_and_the_fix_works(entry: Entry) -> None:
    outcome = run_source(entry.example)
    assert [diagnostic.code for diagnostic in outcome.diagnostics][:1] == [entry.code]
    if entry.fix:
        fixed = run_source(entry.fix)
        assert [diagnostic.message for diagnostic in fixed.diagnostics] == []
        assert fixed.status == 0


def test_pages_are_what_the_catalogue_says() -> None:
    made = pages()
    assert sorted(path.name for path in PAGES.iterdir()) == sorted(made)
    for name, text in made.items():
        assert (PAGES / name).read_text("utf-8") == text, f"contractlang explain -o {PAGES} would change {name}"


def test_a_page_shows_the_report_of_its_example() -> None:
    page = pages()["missing-field.md"]
    assert "```nickel\n{ foo = 1 }.fooo\n```" in page
    assert "error[missing-field]: missing field `fooo`\n  ┌─ main.ncl:1:1\n" in page
