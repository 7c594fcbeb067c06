"""Selections grow from the word to the file, each within the next."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.ide.selection import selection_ranges
from contractlang.loaders.memory import MemoryLoader
from contractlang.workspace.workspace import Workspace
from ide.marks import marked


def grown(source: str) -> list[str]:
    at = marked(source)
    return [at.text[start:end] for start, end in selection_ranges(at.snapshot, at.path, at.offset)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("f (a + b$0) c", ["b", "a + b", "(a + b)", "f (a + b) c"]),
        ("{ a = x.y$0 }", ["y", "x.y", "a = x.y", "{ a = x.y }"]),
        ('"one two$0 three"', ["two", "one two three", '"one two three"']),
        ('"a %{x + y$0} b"', ["y", "x + y", "%{x + y}", "a %{x + y} b", '"a %{x + y} b"']),
        ("[1, 2$02, 3]", ["22", "1, 22, 3", "[1, 22, 3]"]),
        ("let abc$0 = 1 in abc", ["abc", "abc = 1", "let abc = 1 in abc"]),
        ("# one two$0\n1", ["two", "# one two", "# one two\n1"]),
        ("# one\n# two$0\n1", ["two", "# two", "# one\n# two", "# one\n# two\n1"]),
        ("{ a | Number$0 = 1 }", ["Number", "| Number", "a | Number = 1", "{ a | Number = 1 }"]),
        ("", [""]),
    ],
)
def test_selections_grow(source: str, expected: list[str]) -> None:
    assert grown(source if "$0" in source else source + "$0") == expected


@given(st.text("{}[]()\"%m|=a1 \n#.,'", max_size=40), st.integers(0, 40))
def test_selections_in_any_text_are_nested(text: str, offset: int) -> None:
    workspace = Workspace(MemoryLoader({}))
    workspace.open("/main.ncl", text)
    offset = min(offset, len(text))
    found = selection_ranges(workspace.snapshot(), "/main.ncl", offset)
    assert found[-1] == (0, len(text))
    for (start, end), (outer_start, outer_end) in pairwise(found):
        assert outer_start <= start <= offset <= end <= outer_end
        assert (start, end) != (outer_start, outer_end)
