"""Where nodes begin and end."""

from __future__ import annotations

import pytest

from contractlang.syntax import nodes as n
from contractlang.syntax.dump import fields
from syntax.trees import find, parsed, piece


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        ("( 1 )", n.Num, "1"),
        ("(a) + (b)", n.BinOp, "(a) + (b)"),
        ("((a) + b) * c", n.BinOp, "((a) + b) * c"),
        ("[(a) + (b) * (c)]", n.BinOp, "(a) + (b) * (c)"),
        ("x == -(a) ++ (b)", n.UnOp, "-(a)"),
        ("[- - (a)]", n.UnOp, "- - (a)"),
        ("x && !(a) + (b)", n.UnOp, "!(a) + (b)"),
        ("[f (x)]", n.App, "f (x)"),
        ("[(f) x]", n.App, "(f) x"),
        ("['A (x)]", n.Variant, "'A (x)"),
        ("[(r).x]", n.Access, "(r).x"),
        ("[Array (x)]", n.ArrayType, "Array (x)"),
        ("[%typeof% (x)]", n.PrimOp, "%typeof% (x)"),
        ("[x | A : (B)]", n.Annotated, "x | A : (B)"),
        ("[x | (A)]", n.Annot, "| (A)"),
        ("[x | (A)]", n.Var, "x"),
        ("{a | default , b}", n.Annot, "| default"),
        ("{a | priority - 1}", n.Annot, "| priority - 1"),
        ('{a | doc "x" = 1}', n.Annot, '| doc "x"'),
        ("{ a.b | C = (1) , c}", n.FieldDecl, "a.b | C = (1)"),
        ('{ a."b" = 1}', n.FieldName, "a"),
        ("{ include x | C }", n.Include, "include x | C"),
        ("[{a = 1, ..}]", n.Rec, "{a = 1, ..}"),
        ("{a; rest }", n.RecordTail, "rest"),
        ("{a; Dyn }", n.RecordTail, "Dyn"),
        ("[| 'A ; rest |]", n.RecordTail, "rest"),
        ("[| 'A (B) , 'C |]", n.EnumRow, "'A (B)"),
        ("[[| 'A |]]", n.EnumType, "[| 'A |]"),
        ("[{_ : (A)}]", n.DictType, "{_ : (A)}"),
        ("(forall a. (b))", n.Forall, "forall a. (b)"),
        ('["a%{ (b) }c"]', n.Interp, '"a%{ (b) }c"'),
        ('["a%{ (b) }c"]', n.Chunk, "%{ (b) }"),
        ('["a%{ (b) }c"]', n.Var, "b"),
        ('[m%%"a"%%]', n.Str, 'm%%"a"%%'),
        ('[q-s%"a"%]', n.SymStr, 'q-s%"a"%'),
        ("[(+)]", n.Curried, "(+)"),
        ("(if a then b else (c))", n.If, "if a then b else (c)"),
        ("(let x = (1) in (x))", n.Let, "let x = (1) in (x)"),
        ("let x : T = (1) in x", n.Binding, "x : T = (1)"),
        ("(fun x => (x))", n.Fun, "fun x => (x)"),
        ("[match { 1 => (2) }]", n.Match, "match { 1 => (2) }"),
        ("match { 1 if (x) => (2) , 3 => 4}", n.Branch, "1 if (x) => (2)"),
        ('(import "a" as \'Json)', n.Import, 'import "a" as \'Json'),
        ('(import "a" as \'Json)', n.Tag, "'Json"),
        ("(import a)", n.ImportPackage, "import a"),
        ("fun ('A (x or y)) => 1", n.PTag, "'A (x or y)"),
        ("fun ('A (x or y)) => 1", n.POr, "x or y"),
        ("match { ('A x) or ('B x) => 1 }", n.POr, "('A x) or ('B x)"),
        ("match { y @ ('A x) => 1 }", n.PAlias, "y @ ('A x)"),
        ("match { 'A y @ (1 or 2) => 1 }", n.PTag, "'A y @ (1 or 2)"),
        ("fun {a ? (1) = [b] , c} => 1", n.PField, "a ? (1) = [b]"),
        ("fun {a, ..r} => 1", n.PRec, "{a, ..r}"),
        ("fun [a, ..] => 1", n.PArr, "[a, ..]"),
        ("fun - 1 => 1", n.PConst, "- 1"),
        ("# é\n[é]".replace("[é]", "[xy]"), n.Var, "xy"),
        ('["é😀", xy]', n.Var, "xy"),
    ],
)
def test_span(text: str, kind: type[n.Node], span: str) -> None:
    assert piece(text, kind) == span


def test_ellipsis() -> None:
    node = find(parsed("{a, .. }"), n.Rec)
    assert isinstance(node, n.Rec)
    assert node.ellipsis == 4


def test_children_lie_within_their_parents() -> None:
    text = """
    let rec f | forall a. Array a -> Number = fun {x | T ? 1 = [y, ..], ..r} z @ ('B (1 or 2)) => x + (-y) * f [z] in
    { a."b%{(c)}" : {d : T; Dyn} | doc m%"x"% = match { 'A u if (u) => "%{ 1 + 2 }", _ => %seq% (1) (2) }, include [f] }
    """
    stack: list[tuple[n.Node, n.Node]] = [(root := parsed(text), root)]
    while stack:
        parent, node = stack.pop()
        assert parent.start <= node.start <= node.end <= parent.end, (parent, node)
        for field in fields(type(node)):
            value = getattr(node, field)
            children = value if isinstance(value, list) else [value]
            stack += [(node, each) for each in children if isinstance(each, n.Node)]
