"""Formatting in an editor: small edits that come to the canonical text, and the indentation of what is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.formatter.formatting import format_text
from contractlang.ide.formatting import format_document, format_on_type, format_range, smallest_edits
from contractlang.ide.places import apply_edits
from contractlang.loaders.memory import MemoryLoader
from contractlang.source import Source
from contractlang.workspace.workspace import Workspace
from ide.marks import marked

MESSY = """{
  a   =   1,
  b = [1,2],
    c = { d=3 },
  # last
  e = fun x=>x,
}
"""


def test_the_edits_of_a_document_make_it_canonical() -> None:
    at = marked(MESSY)
    edits = format_document(at.snapshot, at.path)
    assert apply_edits(at.text, edits) == format_text(Source("main.ncl", at.text))[0]
    assert sum(edit.end - edit.start for edit in edits) < len(at.text) / 2


def test_a_canonical_document_needs_no_edits() -> None:
    at = marked("{ a = 1 }\n")
    assert format_document(at.snapshot, at.path) == []


@pytest.mark.parametrize("source", ["{ a = ", "// edition: 2021\n{a = 1}", '-- file: d.json\n{"a":1}'])
def test_what_has_no_canonical_text_is_left_alone(source: str) -> None:
    at = marked(source)
    assert format_document(at.snapshot, at.path) == []


def test_a_stretch_changes_its_own_lines_only() -> None:
    at = marked(MESSY.replace("b = [1,2]", "«b = [1,2]»"))
    edits = format_range(at.snapshot, at.path, *at.spans()[0])
    assert apply_edits(at.text, edits) == at.text.replace("[1,2]", "[1, 2]")


def test_a_stretch_of_whole_lines_ends_before_the_next_one() -> None:
    at = marked("{\n«  a   =   1,\n»  b   =   2,\n}\n")
    assert "b   =   2" in apply_edits(at.text, format_range(at.snapshot, at.path, *at.spans()[0]))


def test_line_ends_of_windows_are_kept() -> None:
    at = marked("{\r\n  a   = 1,\r\n  b = 2,\r\n}\r\n")
    formatted = apply_edits(at.text, format_document(at.snapshot, at.path))
    assert formatted == "{\r\n  a = 1,\r\n  b = 2,\r\n}\r\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{\n$0", "{\n  "),
        ("{\n  a = 1,\n$0\n}", "{\n  a = 1,\n  \n}"),
        ("{\n  a = {\n$0\n  },\n}", "{\n  a = {\n    \n  },\n}"),
        ("{\n  a = {\n$0},\n}", "{\n  a = {\n  },\n}"),
        ("{\n  a =\n$0", "{\n  a =\n    "),
        ("{\n  a = [\n$0", "{\n  a = [\n    "),
        ("let f = fun x =>\n$0", "let f = fun x =>\n  "),
        ("let x = 1 in\n$0", "let x = 1 in\n"),
        ("{\n  a = f (\n      $0", "{\n  a = f (\n    "),
        ("{\n  a = 1 +\n$0", "{\n  a = 1 +\n  "),
        ('{\n  a = m%"\n$0\n"%', '{\n  a = m%"\n\n"%'),
        ("# note\n$0", "# note\n"),
        ("{\n  # note\n$0", "{\n  # note\n  "),
    ],
)
def test_a_new_line_is_indented(source: str, expected: str) -> None:
    at = marked(source)
    assert apply_edits(at.text, format_on_type(at.snapshot, at.path, at.offset, "\n")) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{\n  a = [\n    1,\n    ]$0\n}", "{\n  a = [\n    1,\n  ]\n}"),
        ("{\n  a = 1,\n  }$0", "{\n  a = 1,\n}"),
        ("{ a = 1 }$0", "{ a = 1 }"),
        ("1\n  )$0", "1\n  )"),
        ('"\n  }$0"', '"\n  }"'),
        ("# }$0", "# }"),
    ],
)
def test_a_closing_bracket_goes_below_the_line_of_its_opening_one(source: str, expected: str) -> None:
    at = marked(source)
    typed = at.text[at.offset - 1]
    assert apply_edits(at.text, format_on_type(at.snapshot, at.path, at.offset, typed)) == expected


@given(st.text("ab\n\r ", max_size=30), st.text("ab\n\r ", max_size=30))
def test_smallest_edits_make_one_text_of_another(old: str, new: str) -> None:
    edits = smallest_edits("/main.ncl", old, new)
    assert apply_edits(old, edits) == new
    assert all(edit.start < edit.end or edit.text for edit in edits)


@given(st.text("{}[]()\"%m|=a1 \n#,'", max_size=40), st.integers(0, 40), st.sampled_from("\n}])x"))
def test_typing_anywhere_changes_blanks_alone(text: str, offset: int, typed: str) -> None:
    workspace = Workspace(MemoryLoader({}))
    workspace.open("/main.ncl", text)
    offset = min(offset, len(text))
    for edit in format_on_type(workspace.snapshot(), "/main.ncl", offset, typed):
        assert not text[edit.start : edit.end].strip()
        assert not edit.text.strip()
