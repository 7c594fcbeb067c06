"""Trees are equal when they say the same, wherever it stands."""

from __future__ import annotations

import pytest

from contractlang.syntax.equality import equal_trees
from syntax.programs import PROGRAMS
from syntax.trees import parsed


@pytest.mark.parametrize("text", PROGRAMS)
def test_places_do_not_count(text: str) -> None:
    assert equal_trees(parsed(text), parsed(f"\n# moved\n ({text}\n)"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", "2"),
        ("1", "true"),
        ("0", "false"),
        ("1", '"1"'),
        ("{ a = 1, b = 2 }", "{ b = 2, a = 1 }"),
        ("{ a }", "{ a, .. }"),
        ("{ a }", '{ "a" }'),
        ("[1]", "[1, 1]"),
        ("(a + b) + c", "a + (b + c)"),
        ("f x y", "(f x) y"),
        ('"%{a}"', '"%{b}"'),
        ('m%"\n  %{a}\n    %{b}\n"%', 'm%"\n  %{a}\n  %{b}\n"%'),
        ('"a"', "'a"),
        ("let a = 1 in a", "let rec a = 1 in a"),
        ("{ a : T }", "{ a | T }"),
        ("x", "x | C"),
        ("fun x => x", "fun { x } => x"),
    ],
)
def test_everything_else_does(one: str, other: str) -> None:
    assert not equal_trees(parsed(one), parsed(other))
    assert not equal_trees(parsed(other), parsed(one))


def test_deep_trees() -> None:
    deep = "[" * 50_000 + "1" + "]" * 50_000
    assert equal_trees(parsed(deep), parsed(deep))
    assert not equal_trees(parsed(deep), parsed(deep.replace("1", "2")))
