"""What is shown as it is, and what by number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.diagnostics.escape import escape, escape_lines
from contractlang.diagnostics.places import path_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 漢字 👍🏽 👨‍👩‍👧 ☃️", "plain é 漢字 👍🏽 👨‍👩‍👧 ☃️"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("\x1b[31m\x00\x7f\x9b", "\\u{1b}[31m\\u{0}\\u{7f}\\u{9b}"),
        ("\u202eabc\u2066\u200f", "\\u{202e}abc\\u{2066}\\u{200f}"),
        ("a\u2028b\u2029", "a\\u{2028}b\\u{2029}"),
        ("zero\u200bwidth\ufeff", "zero\\u{200b}width\\u{feff}"),
        ("a\u200db", "a\\u{200d}b"),
        ("no\xa0break", "no\\u{a0}break"),
        ("half \ud83d", "half \\u{d83d}"),
        ("\ufffe\uffff", "\\u{fffe}\\u{ffff}"),
    ],
)
def test_escape(text: str, shown: str) -> None:
    assert escape(text) == shown


@given(st.text(st.characters(codec=None)))
def test_what_is_shown_can_be_encoded_and_stays_on_its_line(text: str) -> None:
    assert len(escape(text).encode("utf-8").decode("utf-8").splitlines()) <= 1
    assert len(escape_lines(text)) == text.count("\n") + 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (["servers", 3, "port"], "servers[3].port"),
        ([0, "a"], "[0].a"),
        (["a b", "c-d'", "_x", "1"], '"a b".c-d\'._x."1"'),
        (["", '"', "\\", "%{x}", "a\nb"], '""."\\""."\\\\"."\\%{x}"."a\\nb"'),
    ],
)
def test_path_text(path: list[str | int], text: str) -> None:
    assert path_text(path) == text


def test_the_middle_of_a_long_path_is_left_out() -> None:
    steps: list[str | int] = ["a", 0] * 40
    ten = "a[0].a[0].a[0].a[0].a[0]"
    assert path_text(steps) == f"{ten}.….{ten}"
    assert "…" not in path_text(steps[:50])
