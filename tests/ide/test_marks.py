"""Marked sources say where the marks stood, and places sort and apply as edits."""

from __future__ import annotations

import pytest

from contractlang.ide.places import Place, TextEdit, apply_edits, in_order
from ide.marks import marked


def test_marks_are_cut_out_and_noted() -> None:
    at = marked("let «x» = 1 in x$0 + $1«y»")
    assert at.text == "let x = 1 in x + y"
    assert (at.name, at.offset) == ("main.ncl", 14)
    assert at.marks[1] == ("main.ncl", 17)
    assert at.spans() == [(4, 5), (17, 18)]


def test_several_files_stand_in_one_text() -> None:
    at = marked("""
        import "lib.ncl"$0
        -- file: lib.ncl
        { «a» = 1 }
    """)
    assert at.files == {"main.ncl": 'import "lib.ncl"\n', "lib.ncl": "{ a = 1 }\n"}
    assert at.stretches == [("lib.ncl", 2, 3)]


def test_places_are_shown_as_the_test_names_files() -> None:
    at = marked("$0x")
    assert at.shown([Place(at.path, 0, 1)]) == [("main.ncl", 0, 1)]


def test_places_are_sorted_once_each() -> None:
    assert in_order([Place("b", 0, 1), Place("a", 4, 5), Place("b", 0, 1)]) == [Place("a", 4, 5), Place("b", 0, 1)]


def test_edits_refer_to_the_text_before_any_of_them() -> None:
    edits = [TextEdit("f", 4, 5, "yy"), TextEdit("f", 0, 1, ""), TextEdit("f", 5, 5, "!")]
    assert apply_edits("x = x", edits) == " = yy!"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abc", [TextEdit("f", 0, 2, ""), TextEdit("f", 1, 3, "")])
