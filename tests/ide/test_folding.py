"""Folding: what is hidden, and which line stays in view."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.ide.folding import folding_ranges
from contractlang.loaders.memory import MemoryLoader
from contractlang.workspace.workspace import Workspace
from ide.marks import marked


def folds(source: str) -> list[tuple[int, int, str]]:
    """First and last hidden line's numbers (the line that stays in view, the last hidden one; from 1), and the kind."""
    at = marked(source)
    lines = at.snapshot.document(at.path).lines
    return [
        (lines.position(fold.start)[0], lines.position(fold.end)[0], fold.kind)
        for fold in folding_ranges(at.snapshot, at.path)
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{\n  a = 1,\n}", [(1, 2, "region")]),
        ("{\n  a = 1 }", [(1, 2, "region")]),
        ("{ a = 1 }", []),
        ("[\n  1,\n  2,\n]", [(1, 3, "region")]),
        ("{\n  a = [\n    1,\n  ],\n}", [(1, 4, "region"), (2, 3, "region")]),
        ("(\n  1\n)", [(1, 2, "region")]),
        ("x |> match {\n  'A => 1,\n  'B =>\n    2,\n}", [(1, 4, "region"), (3, 4, "region")]),
        ('m%"\n  a\n  b\n"%', [(1, 3, "region")]),
        ('m%"\n  %{x}\n  b\n"%', [(1, 3, "region")]),
        ("let f = fun x =>\n  x + 1\nin f", [(1, 2, "region")]),
        ("{\n  a =\n    1,\n}", [(1, 3, "region"), (2, 3, "region")]),
        ("# a\n# b\n# c\n1", [(1, 3, "comment")]),
        ("# a\n\n# b\n1", []),
        ("1 # a\n# b\n# c", [(2, 3, "comment")]),
        ("# region x\n1 +\n2\n# endregion\n", [(1, 4, "region")]),
        ('let a = import "a.ncl" in\nlet b = (import "b.ncl").c in\n{ a = 1 }', [(1, 2, "imports")]),
        ('let a = import "a.ncl" in\n{\n a = 1\n}', [(2, 3, "region")]),
    ],
)
def test_what_can_be_folded(source: str, expected: list[tuple[int, int, str]]) -> None:
    assert folds(source) == expected


def test_of_what_begins_in_one_line_the_longest_is_given() -> None:
    assert folds("{ a = {\n    b = 1,\n  },\n  c = 2,\n}") == [(1, 4, "region")]


def test_brackets_of_a_broken_text_can_be_folded() -> None:
    assert folds("{\n  a = = [\n    1,\n  ],\n  b = (((\n}")[:2] == [(1, 5, "region"), (2, 3, "region")]


PIECES = [
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\n",
    "a = 1",
    ",",
    "# x\n",
    "# region\n",
    "# endregion\n",
    '"',
    'm%"',
    '"%',
    "%{",
    "let x = ",
    " in ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_folds_of_any_text_lie_in_it(text: str) -> None:
    workspace = Workspace(MemoryLoader({}))
    workspace.open("/main.ncl", text)
    for fold in folding_ranges(workspace.snapshot(), "/main.ncl"):
        assert 0 <= fold.start < fold.end <= len(text)
        assert "\n" in text[fold.start : fold.end]
