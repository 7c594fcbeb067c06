"""Broken programs: each mistake is reported once, at its place, and there is a tree."""

from __future__ import annotations

import pytest

from contractlang.source import Source
from contractlang.syntax import nodes as n
from contractlang.syntax.parser import parse, parse_tokens
from syntax.trees import broken, errors, parsed, places, sketch

UNEXPECTED = "unexpected-token"


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("{a = , b = 2}", [5]),
        ("{a = 1 b = 2, c = 3}", [9]),
        ("{a = 1 b = 2 c = 3}", [9, 15]),
        ("{a = 1; b = 2; c = 3}", [10, 17]),
        ("[1, +, 3]", [4]),
        ("[1, +, 3, *, 5, /, 7]", [4, 10, 16]),
        ("(1 + ) * 2", [5]),
        ("{a = {b = ), c = 1}, d = 2}", [10]),
        ("{a = {b = (1, c = 2}, d = 3}", [12]),
        ("{a | = 1, b = 3}", [5]),
        ("{a : = 1, b : Number = }", [5, 23]),
        ("match { x => , y => 2 }", [13]),
        ("match { 'A => 1, 'B 2, 'C => , _ => 4 }", [21, 29]),
        ("match { x -> 1, y -> 2 }", [10, 18]),
        ("match { x => 1 y => 2 }", [17]),
        ("let x = in {a = x}", [8]),
        ("let x == 1 in x", [6]),
        ("let {a, b} in a", [11]),
        ("let x = 1 let y = 2 in x", [10]),
        ("if x = 1 then 2 else 3", [5]),
        ("[if a else b, c]", [6]),
        ("[if a then b, c]", [12]),
        ("f fun x => x", [2]),
        ("[1 + let x = 1 in x, 2 + if a then b else c]", [5, 25]),
        ("{a = f fun x => x, b = 1 +}", [7, 26]),
        ("fun x -> x", [6]),
        ("fun x, y => x", [5]),
        ("{ if = 1, then = 2, a = 3 }", [2, 10]),
        ("{a = [1, 2, b = 3}", [14]),
        ("{a = [1, 2}, b = 3}", [10]),
        ("{a = (1, 2], b = 3}", [7]),
        ('{a = "x%{1 + }y", b = "z%{ {a = } }", c = 1}', [13, 32]),
        ("{a | not_exported optional = 1}", [18]),
        ("let x : forall a b a -> b = 1 in x", [21]),
        ('import "foo.ncl" & {a = 1}', [17]),
        ("{a = 1, b = $x, c = 2}", [12]),
        ("{a = “hello world”, b = 1}", [5]),
        ("{a = 1 = 2, b = 1}", [7]),
        ("{..., a}", [3]),
        ("[| 'A | 'B |]", [6]),
        ("%foo% 1", [0]),
        ("let f x y = 1 in f", [6]),
        ("x === y", [4]),
    ],
)
def test_each_mistake_is_reported_once(text: str, offsets: list[int]) -> None:
    assert places(text) == [(UNEXPECTED, offset) for offset in offsets]


def test_three_mistakes_of_different_kinds() -> None:
    text = '{\n  a = "\\q",\n  b = 1 +,\n  c = import "x" as \'Cbor,\n  d = let x = 1, x = 2 in x,\n}}'
    assert errors(text) == [
        ("invalid-escape", "q"),
        (UNEXPECTED, ","),
        ("invalid-import-format", "'Cbor"),
        ("duplicate-let-binding", "x"),
        ("unmatched-brace", "}"),
    ]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("{a = , b = 2}", "Rec([FieldDecl([a], [], Hole()), FieldDecl([b], [], 2)], -1, None)"),
        ("{a = 1 b = 2}", "Rec([FieldDecl([a], [], 1), FieldDecl([b], [], 2)], -1, None)"),
        ("{a = f x b.c = 2}", "Rec([FieldDecl([a], [], App(f, [x])), FieldDecl([b, c], [], 2)], -1, None)"),
        ("[1, +, 3]", "Arr([1, Hole(), 3])"),
        ("f fun x => x", "App(f, [Fun([x], x)])"),
        ("if x = 1 then 2 else 3", "If(BinOp(==, x, 1), 2, 3)"),
        ("{if = 1}", "Rec([FieldDecl([if], [], 1)], -1, None)"),
        (
            "let {a, b} in a",
            "Let(False, [Binding(PRec([PField(a, [], None, None), PField(b, [], None, None)], None), [], Hole())], a)",
        ),
        ("let a b = 1 in a", "Let(False, [Binding(PHole(), [], 1)], a)"),
        ("match { 'A => , y => 2 }", "Match([Branch(PTag(A, None), None, Hole()), Branch(y, None, 2)])"),
        ("[1, 2", "Arr([1, 2])"),
        (
            "{a = {b = 1, c = f (2",
            "Rec([FieldDecl([a], [], Rec([FieldDecl([b], [], 1), FieldDecl([c], [], App(f, [2]))], -1, None))], -1, None)",
        ),
        ("let x = 1", "Let(False, [Binding(x, [], 1)], Hole())"),
        ("let", "Let(False, [Binding(PHole(), [], Hole())], Hole())"),
        ("fun x", "Fun([x], Hole())"),
        ("if a then", "If(a, Hole(), Hole())"),
        ("x.", "Access(x, '')"),
        ("1 +", "BinOp(+, 1, Hole())"),
        ("match", "Match([])"),
        ("", "Hole()"),
        ('"a%{1 + ', "Interp(['a', Chunk(BinOp(+, 1, Hole()), 0)])"),
    ],
)
def test_there_is_a_tree(text: str, tree: str) -> None:
    assert sketch(broken(text)[0]) == tree


CUT_OFF = """
( · [ · { · {a · {a. · {a = · {a : · {a | · {a | doc · {a | priority · {a; · {include · {include [ · {_ · {_ : · {_ : T · let x
· let x = · let rec · let x = 1, · let {a · let [a, .. · fun · fun {a ? · fun x => · if · if a · if a then b · match { · match { x
· match { x => · match { x if · import · import "x" as · forall · forall a · forall a. · [| · [| 'A · [| 'A; · x : · x | · - · !
· f ( · %seal% 1 · %enum/embed% · Array · "%{ · m%"%{ {a = "%{
"""


@pytest.mark.parametrize("text", [text.strip() for text in CUT_OFF.split("·")])
def test_the_end_of_the_file_is_the_only_mistake(text: str) -> None:
    assert places(text) == [("unexpected-eof", len(text))]


@pytest.mark.parametrize(
    "text", ['"abc', 'm%"abc', "'\"abc", '{a = "x\n}', '"%{', '"%{1}', 'm%"%{1}', 'm%%"a"%%%{1}', 'q-s%"a']
)
def test_unclosed_string_is_the_only_mistake(text: str) -> None:
    assert errors(text)[-1:] == [("unexpected-eof", "")]
    assert len(errors(text)) == 1


def test_mistakes_before_an_unclosed_string_are_told() -> None:
    assert errors('{a = 1 +, b = "x\n c = ) ]') == [(UNEXPECTED, ","), ("unexpected-eof", "")]


def test_garbage_ends_in_a_hole_and_few_reports() -> None:
    for text in ["]" * 50, "," * 50, "$" * 50, "=> => => =>", ") 1 )", "in in in", "} { } {"]:
        tree, problems = broken(text)
        assert isinstance(tree, n.Expr)
        assert len(problems) <= 50


def test_reports_are_limited() -> None:
    tree, problems = broken("[" + "1 + , " * 500 + "]")
    assert isinstance(tree, n.Expr)
    assert len(problems) == 100


def test_recovery_leaves_no_traces_in_other_programs() -> None:
    broken("{a = , b = 2}")
    assert sketch(parsed("{a = 1}")) == "Rec([FieldDecl([a], [], 1)], -1, None)"


def test_every_prefix_of_a_program_has_a_tree() -> None:
    text = """
    let rec f | forall a. Array a -> Number = fun {x | T ? 1 = [y, ..], ..r} z @ ('B (1 or 2)) => x + (-y) * f [z] in
    { a."b%{(c)}" : {d : T; Dyn} | doc m%"x"% = match { 'A u if (u) => "%{ 1 + 2 }", _ => %seq% (1) (2) }, include [f] }
    """
    for end in range(len(text.rstrip())):
        tree, problems = parse(Source("test.ncl", text[:end]))
        assert isinstance(tree, n.Expr)
        # What was cut may itself be wrong: `.` for `..`, a tick without its name, `%se` without the rest.
        assert all(
            each.code == "unexpected-eof" or " " not in text[each.labels[0].span.start : end] for each in problems
        )


def test_every_program_without_one_of_its_tokens_has_a_tree() -> None:
    text = '{ a | C | default = fun {x, ..} => if x then [1, (2 + x)] else "%{x}", b = let y = {} in match { \'A z => z, } y, }'
    tokens = parse_tokens(Source("test.ncl", text))
    # All but the first brace, without which there is no record.
    for start, end in zip(tokens.starts[1:], tokens.ends[1:], strict=True):
        tree, _ = parse(Source("test.ncl", text[:start] + text[end:]))
        assert isinstance(tree, n.Rec | n.App), text[:start] + text[end:]
