"""Did you mean …? The rule of evaluation.md §8.3; the verdicts were compared with the reference's."""

from __future__ import annotations

import pytest

from contractlang.diagnostics.suggest import closest, edit_distance


@pytest.mark.parametrize(
    ("name", "candidates", "expected"),
    [
        ("fooo", ["foo"], "foo"),
        ("SERVER_NAME", ["server_names", "server_name"], "server_name"),
        ("abcdg", ["abcdf", "abcde"], "abcde"),
        ("b", ["a"], None),
        ("ba", ["ab"], None),
        ("fob", ["bar", "foo"], "foo"),
        ("bca", ["abc", "ca"], "ca"),
        ("acbd", ["abdc", "abcd"], "abcd"),
        ("port", [], None),
        ("", ["a"], None),
        ("recieve", ["receive", "relieve"], "receive"),
        ("x" * 1000, ["x" * 999], None),
    ],
)
def test_closest(name: str, candidates: list[str], expected: str | None) -> None:
    assert closest(name, candidates) == expected


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("ca", "abc", 2), ("kitten", "sitting", 3), ("a漢", "漢a", 1)],
)
def test_edit_distance(left: str, right: str, distance: int) -> None:
    assert edit_distance(left, right) == edit_distance(right, left) == distance
