"""Lines that are broken to fit a terminal."""

from __future__ import annotations

import pytest

from contractlang.diagnostics.cells import wrap


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("short", 10, ["short"]),
        ("one two three", 7, ["one two", "three"]),
        ("mark it `| default` now", 14, ["mark it", "`| default`", "now"]),
        ("or `| force`, or `| optional`", 20, ["or `| force`, or", "`| optional`"]),
        ("`a b` `c d`", 5, ["`a b`", "`c d`"]),
        ("code `that fits nowhere` ends", 12, ["code `that", "fits", "nowhere`", "ends"]),
        ("a lone ` opens nothing", 12, ["a lone `", "opens", "nothing"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines
