"""Printing a tree and reading it again gives an equal tree."""

from __future__ import annotations

from fractions import Fraction

import pytest

from contractlang.source import Source
from contractlang.syntax import nodes as n
from contractlang.syntax.dump import dump_ast, dump_tokens
from contractlang.syntax.parser import parse
from contractlang.syntax.printer import print_expression, print_pattern
from syntax.programs import PROGRAMS
from syntax.trees import parsed


@pytest.mark.parametrize("text", PROGRAMS)
def test_round_trip(text: str) -> None:
    tree = parsed(text)
    printed = print_expression(tree)
    assert dump_ast(parsed(printed), places=False) == dump_ast(tree, places=False), printed
    # The layout is canonical: printing once more changes nothing.
    assert print_expression(parsed(printed)) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{a=1,b|C|default=2,..}", "{ a = 1, b | C | default = 2, .. }"),
        ("{ }", "{}"),
        ("let rec x=(1)in x", "let rec x = 1 in x"),
        ("(a+b)*c -(d -e)", "(a + b) * c - (d - e)"),
        ("(a ->b)->(c ->d)", "(a -> b) -> c -> d"),
        ("-(-(1))", "--1"),
        ("(-a) b", "(-a) b"),
        ("f (-a) (g x) y.z", "f (-a) (g x) y.z"),
        ("(fun x=>x) 1", "(fun x => x) 1"),
        ("(!a)+b", "(!a) + b"),
        ("{a:Number;Dyn}", "{ a : Number; Dyn }"),
        ("{_:Array (Array T)}", "{ _ : Array (Array T) }"),
        ("[|'A,'B {x:T};r|]", "[| 'A, 'B { x : T }; r |]"),
        ("match{'A x or 'B x if y=>1,}", "match { ('A x) or ('B x) if y => 1 }"),
        ("fun {a?1|T=[b,..c],..} x@1=>1", "fun { a ? 1 | T = [b, ..c], .. } x @ 1 => 1"),
        ('"a\\n%{x}\\%{"', '"a\\n%{x}\\%{"'),
        ('{"a b"."if".c=1}', '{ "a b"."if".c = 1 }'),
        ("0.250", "0.25"),
        ("1e3", "1000"),
        ('\'"a b"', '\'"a b"'),
        ('\'"ab"', "'ab"),
        ('"a\\u{0}b\u200b"', '"a\\u{0}b\\u{200b}"'),
    ],
)
def test_layout(text: str, printed: str) -> None:
    assert print_expression(parsed(text)) == printed


def test_numbers_that_no_literal_can_write() -> None:
    third = n.Num(0, 0, Fraction(1, 3))
    assert print_expression(n.App(0, 0, n.Var(0, 0, "f"), [third])) == "f (1 / 3)"
    assert print_expression(n.BinOp(0, 0, "*", third, n.Num(0, 0, -2))) == "1 / 3 * -2"


def test_long_texts_are_cut() -> None:
    assert print_expression(parsed("[1, 2, 3, 4, 5]"), limit=8) == "[1, 2, …"
    assert print_expression(parsed("[1, 2]"), limit=8) == "[1, 2]"


def test_patterns() -> None:
    tree = parsed("match { x @ 'A (1 or 2) => 1 }")
    assert isinstance(tree, n.Match)
    assert print_pattern(tree.branches[0].pattern) == "x @ 'A (1 or 2)"


def test_trees_with_holes_can_be_printed() -> None:
    tree, _ = parse(Source("test.ncl", "{a = , b = fun => x }"))
    assert print_expression(tree) == "{ a = _, b = fun _ => x }"


def test_dump_of_tokens() -> None:
    assert dump_tokens(Source("test.ncl", 'x # y\n"a%{1}"')) == (
        '1:1 IDENT "x"\n1:3 comment "# y"\n2:1 OPEN "\\""\n2:2 TEXT "a"\n2:3 INTERP "\\%{"\n2:5 NUM "1"\n2:6 ENDI "}"\n'
        '2:7 CLOSE "\\""\n2:8 $END\n'
    )


def test_dump_of_a_tree() -> None:
    assert dump_ast(parsed('{a | C = [x, "%{1}b"]}')) == (
        "Rec 0..22 decls[1] ellipsis=-1 tail=none\n"
        "  decls: FieldDecl 1..21 path[1] annots[1]\n"
        '    path: FieldName 1..2 name="a" expr=none is_ident=true\n'
        '    annots: Annot 3..6 kind="|"\n'
        '      value: Var 5..6 name="C"\n'
        "    value: Arr 9..21 items[2]\n"
        '      items: Var 10..11 name="x"\n'
        "      items: Interp 13..20 chunks[2]\n"
        "        chunks: Chunk 14..18 indent=0\n"
        "          expr: Num 16..17 value=1\n"
        '        chunks: "b"\n'
    )
