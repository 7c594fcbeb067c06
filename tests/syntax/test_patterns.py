"""Patterns: the flat lists that the grammar reads, taken apart."""

from __future__ import annotations

import pytest

from contractlang.syntax import nodes as n
from syntax.trees import broken, errors, parsed, sketch


def in_branch(text: str) -> str:
    tree = parsed(f"match {{ {text} => 1 }}")
    assert isinstance(tree, n.Match)
    return sketch(tree.branches[0].pattern)


def parameters(text: str) -> str:
    tree = parsed(f"fun {text} => 1")
    assert isinstance(tree, n.Fun)
    return sketch(tree.params)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("x", "x"),
        ("_", "PWild()"),
        ("1", "PConst(1)"),
        ("- 1.5", "PConst(-3/2)"),
        ("null", "PConst(None)"),
        ('"a"', "PConst(a)"),
        ("'A", "PTag(A, None)"),
        ("'A x", "PTag(A, x)"),
        ("('A x)", "PTag(A, x)"),
        ("'A 'B", "PTag(A, PTag(B, None))"),
        ("'A ('B x)", "PTag(A, PTag(B, x))"),
        ("'A x @ y", "PTag(A, PAlias(x, y))"),
        ("x @ 1", "PAlias(x, PConst(1))"),
        ("x @ 'A y", "PAlias(x, PTag(A, y))"),
        ("1 or 2 or 3", "POr([PConst(1), PConst(2), PConst(3)])"),
        ("(1 or 2)", "POr([PConst(1), PConst(2)])"),
        ("x @ 1 or 2", "PAlias(x, POr([PConst(1), PConst(2)]))"),
        ("1 or x @ 2", "POr([PConst(1), PAlias(x, PConst(2))])"),
        ("'A x or 'B x", "POr([PTag(A, x), PTag(B, x)])"),
        ("'A or 'B", "POr([PTag(A, None), PTag(B, None)])"),
        ("(1 or 2) or 3", "POr([POr([PConst(1), PConst(2)]), PConst(3)])"),
        # `or` as a variable.
        ("or", "or"),
        ("'A or", "PTag(A, or)"),
        ("'A or 'B or", "POr([PTag(A, None), PTag(B, or)])"),
        ("or or or", "POr([or, or])"),
        ("'A or or", "POr([PTag(A, None), or])"),
        # Records and arrays.
        ("{}", "PRec([], None)"),
        ("{..}", "PRec([], )"),
        ("{..r}", "PRec([], r)"),
        ("{a, b,}", "PRec([PField(a, [], None, None), PField(b, [], None, None)], None)"),
        ("{a, ..}", "PRec([PField(a, [], None, None)], )"),
        ("{a, ..r}", "PRec([PField(a, [], None, None)], r)"),
        ("{a = b}", "PRec([PField(a, [], None, b)], None)"),
        ("{a = 'A x or 'B x}", "PRec([PField(a, [], None, POr([PTag(A, x), PTag(B, x)]))], None)"),
        (
            "{a | C : T ? 1 = {b}}",
            "PRec([PField(a, [Annot(|, C), Annot(:, T)], 1, PRec([PField(b, [], None, None)], None))], None)",
        ),
        ("{a ? 1 | C}", "PRec([PField(a, [], Annotated(1, [Annot(|, C)]), None)], None)"),
        (
            "{include, as, or}",
            "PRec([PField(include, [], None, None), PField(as, [], None, None), PField(or, [], None, None)], None)",
        ),
        ("[]", "PArr([], None)"),
        ("[..]", "PArr([], )"),
        ("[..r]", "PArr([], r)"),
        ("[x, y,]", "PArr([x, y], None)"),
        ("[x @ 1, 'A y, 1 or 2, ..r]", "PArr([PAlias(x, PConst(1)), PTag(A, y), POr([PConst(1), PConst(2)])], r)"),
    ],
)
def test_pattern_of_a_branch(text: str, tree: str) -> None:
    assert in_branch(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("x or y", "[x, or, y]"),
        ("'A x", "[PTag(A, None), x]"),
        ("'A ('B x) {c, ..}", "[PTag(A, None), PTag(B, x), PRec([PField(c, [], None, None)], )]"),
        ("x @ 'A y", "[PAlias(x, PTag(A, None)), y]"),
        ("x @ ('A y)", "[PAlias(x, PTag(A, y))]"),
        ("(1 or 2)", "[POr([PConst(1), PConst(2)])]"),
        ("or @ -1", "[PAlias(or, PConst(-1))]"),
    ],
)
def test_parameters(text: str, tree: str) -> None:
    assert parameters(text) == tree


@pytest.mark.parametrize(
    ("text", "culprit"),
    [
        ("fun (x) => x", ")"),
        ("fun ('A) => 1", ")"),
        ("match { (('A x)) => 1 }", ")"),
        ("fun (x @ 'A y) => 1", "@"),
        ("fun x : T => x", ":"),
        ("fun x @ => x", "=>"),
        ("fun x @ y @ z => 1", "@"),
        ("let _ @ y = 1 in y", "@"),
        ("let a b = 1 in a", "b"),
        ("let [x y] = 1 in x", "y"),
        ("let {a = b ? 1} = 1 in b", "?"),
        ('let {"a" = b} = 1 in b', '"a"'),
        ("let {default} = 1 in 1", "default"),
        ("let {a, ..,} = 1 in a", ","),
        ("let {a, ..r, b} = 1 in a", ","),
        ("match { 'A 'B x => 1 }", "x"),
        ("match { 1 2 => 1 }", "2"),
        ("match { x or => 1 }", "=>"),
        ("match { or x => 1 }", "x"),
        ("match { x @ y @ z => 1 }", "@"),
        ("match { x @ => 1 }", "=>"),
        ("match { 'A x @ 'B y => 1 }", "y"),
        ("match { 'A or @ x => 1 }", "@"),
        ('match { m%"a"% => 1 }', 'm%"'),
        ("match { -x => 1 }", "x"),
    ],
)
def test_rejected(text: str, culprit: str) -> None:
    assert errors(text)[0] == ("unexpected-token", culprit)


@pytest.mark.parametrize(
    ("text", "second", "first"),
    [
        ("let x = 1, y = 2, x = 3 in x", 18, 4),
        ("let rec x = 1, x = 2 in x", 15, 8),
        ("let {a} = 1, a = 2 in a", 13, 5),
        ("let {b = a} = 1, [..a] = 2 in a", 20, 9),
        ("let a @ {b} = 1, {c = b} = 2 in a", 22, 9),
        ("let x @ 1 = 1, 'A x = 2 in x", 18, 4),
        ("let 1 or x = 1, {..x} = 2 in x", 19, 9),
    ],
)
def test_duplicate_let_binding(text: str, second: int, first: int) -> None:
    problem = broken(text)[1][0]
    assert problem.code == "duplicate-let-binding"
    assert [(label.span.start, label.primary) for label in problem.labels] == [(second, True), (first, False)]
    assert all(label.span.end == label.span.start + 1 for label in problem.labels)


def test_one_pattern_may_bind_a_name_twice() -> None:
    parsed("let {a, b = {a}} = 1 in a")
    parsed("let [a, a] = 1 in a")
    parsed("let x = 1 in let x = 2 in x")


@pytest.mark.parametrize(
    ("text", "second", "first"), [("let {a, a} = 1 in a", 8, 5), ("fun {b, x = {ab = 1, c, ab | T}} => 1", 24, 13)]
)
def test_duplicate_pattern_binding(text: str, second: int, first: int) -> None:
    problem = broken(text)[1][0]
    assert problem.code == "duplicate-pattern-binding"
    assert [(label.span.start, label.primary) for label in problem.labels] == [(second, True), (first, False)]
