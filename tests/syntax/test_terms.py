"""Every production of terms, applications and types, by the tree that it makes."""

from __future__ import annotations

from fractions import Fraction

import pytest

from contractlang.syntax import nodes as n
from syntax.trees import errors, parsed, shape


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        # Atoms.
        ("1", "1"),
        ("null", "Const(None)"),
        ("[true, false,]", "Arr([Const(True), Const(False)])"),
        ("x", "x"),
        ('"a"', "'a'"),
        ("'Foo", "'Foo"),
        ("[]", "Arr([])"),
        ("[1]", "Arr([1])"),
        ("((1))", "1"),
        ("_", "Wildcard()"),
        ("or", "or"),
        ("[include, as]", "Arr([include, as])"),
        # Access.
        ("a.b.c", "Access(Access(a, b), c)"),
        ('a."b c"', "Access(a, 'b c')"),
        ('a."%{b}"', "Access(a, Interp([Chunk(b, 0)]))"),
        ("a.default.doc.include.priority", "Access(Access(Access(Access(a, default), doc), include), priority)"),
        ("1 .a", "Access(1, a)"),
        ("f r.x", "App(f, [Access(r, x)])"),
        # Application.
        ("f x y", "App(f, [x, y])"),
        ("(f x) y", "App(App(f, [x]), [y])"),
        ("r.5", "App(r, [Num])".replace("Num", "1/2")),
        ("'A 1", "Variant('A, 1)"),
        ("('A) 1", "Variant('A, 1)"),
        ("('A 1) 2", "App(Variant('A, 1), [2])"),
        ("'A 1 2", "App('A, [1, 2])"),
        ("f 'A 1", "App(f, ['A, 1])"),
        ("match { 1 => 2 } 3", "App(Match([Branch(PConst(1), None, 2)]), [3])"),
        ("match {}", "Match([])"),
        ("match { x if y => 1, _ => 2, }", "Match([Branch(x, y, 1), Branch(PWild(), None, 2)])"),
        ("%typeof% x", "PrimOp(typeof, [x], None)"),
        ("%seq% a b", "App(PrimOp(seq, [a], None), [b])"),
        ("%array/slice% 1 2 x.y", "PrimOp(array/slice, [1, 2, Access(x, y)], None)"),
        ("%record/seal_tail% a b c d", "PrimOp(record/seal_tail, [a, b, c, d], None)"),
        ("%enum/embed% foo 'A", "PrimOp(enum/embed, ['A], foo)"),
        ("%typeof% (%typeof% 1)", "PrimOp(typeof, [PrimOp(typeof, [1], None)], None)"),
        # Terms.
        ("if a then b else c", "If(a, b, c)"),
        ("if a then b else c | T", "If(a, b, Annotated(c, [Annot(|, T)]))"),
        ("fun x y => x", "Fun([x, y], x)"),
        ("fun x => x | T", "Fun([x], Annotated(x, [Annot(|, T)]))"),
        ("let x = 1 in x", "Let(False, [Binding(x, [], 1)], x)"),
        ("let rec x = 1, y = 2, in x", "Let(True, [Binding(x, [], 1), Binding(y, [], 2)], x)"),
        ("let x = 1, in x", "Let(False, [Binding(x, [], 1)], x)"),
        ("let rec x = 1 in x", "Let(True, [Binding(x, [], 1)], x)"),
        (
            'let x | A : B | doc "d" | doc m%"\n  e"% = 1 in x',
            "Let(False, [Binding(x, [Annot(|, A), Annot(:, B), Annot(doc, d), Annot(doc, e)], 1)], x)",
        ),
        ('import "a.ncl"', "Import(a.ncl, None)"),
        ('import "a" as \'Json', "Import(a, 'Json)"),
        ("import pkg", "ImportPackage(pkg)"),
        ("x | A : B | C", "Annotated(x, [Annot(|, A), Annot(:, B), Annot(|, C)])"),
        ("v | T |> f", "Annotated(v, [Annot(|, BinOp(|>, T, f))])"),
        ("x | forall a. a -> a", "Annotated(x, [Annot(|, Forall([a], BinOp(->, a, a)))])"),
        ("x | forall a. a | B", "Annotated(x, [Annot(|, Forall([a], a)), Annot(|, B)])"),
        # Types.
        ("Dyn", "Dyn"),
        ("Array Number", "ArrayType(Number)"),
        ("Array Number x", "App(ArrayType(Number), [x])"),
        ("A -> B -> C", "BinOp(->, A, BinOp(->, B, C))"),
        ("(A -> B) -> C", "BinOp(->, BinOp(->, A, B), C)"),
        ("{_ : Number}", "DictType(:, Number)"),
        ("{_ | C}", "DictType(|, C)"),
        ("[| |]", "EnumType([], None)"),
        ("[| 'A, 'B Number, |]", "EnumType([EnumRow(A, None), EnumRow(B, Number)], None)"),
        ("[| 'A; r |]", "EnumType([EnumRow(A, None)], r)"),
        ("[| 'A, ; r |]", "EnumType([EnumRow(A, None)], r)"),
        ("[| ; r |]", "EnumType([], r)"),
        ("forall a b. a -> b", "Forall([a, b], BinOp(->, a, b))"),
        ("forall a. forall b. a", "Forall([a], Forall([b], a))"),
        ("A -> (forall a. a)", "BinOp(->, A, Forall([a], a))"),
    ],
)
def test_tree(text: str, tree: str) -> None:
    assert shape(text) == tree


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("007", 7),
        (".5", Fraction(1, 2)),
        ("0.1", Fraction(1, 10)),
        ("1.50", Fraction(3, 2)),
        ("2.0", 2),
        ("1e3", 1000),
        ("1.5E+1", 15),
        ("25e-1", Fraction(5, 2)),
        ("0e99999999999999999999", 0),
        ("0xfF", 255),
        ("0o17", 15),
        ("0b101", 5),
        ("1e400", 10**400),
        ("1e-400", Fraction(1, 10**400)),
    ],
)
def test_numbers_are_exact(text: str, value: int | Fraction) -> None:
    tree = parsed(text)
    assert isinstance(tree, n.Num)
    assert tree.value == value
    assert type(tree.value) is type(value)


def test_long_numbers() -> None:
    tree = parsed("1" + "0" * 50_000)
    assert isinstance(tree, n.Num)
    assert tree.value == 10**50_000
    tree = parsed("0." + "0" * 5_000 + "5")
    assert isinstance(tree, n.Num)
    assert tree.value == Fraction(5, 10**5_001)
    tree = parsed("0x" + "f" * 20_000)
    assert isinstance(tree, n.Num)
    assert tree.value == 16**20_000 - 1


@pytest.mark.parametrize("text", ["1e999999999", "1e-999999999", "1e" + "9" * 50, "9" * 100_001, "0x" + "f" * 100_001])
def test_absurd_numbers_are_refused(text: str) -> None:
    assert errors(f"[{text}]") == [("limit-number-size", text)]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b c + d", "BinOp(+, App(a, [b, c]), d)"),
        ("-f x", "UnOp(-, App(f, [x]))"),
        ("- - 1", "UnOp(-, UnOp(-, 1))"),
        ("2 * -3", "BinOp(*, 2, UnOp(-, 3))"),
        ("2 - -3", "BinOp(-, 2, UnOp(-, 3))"),
        ("f -1", "BinOp(-, f, 1)"),
        ("-a ++ b", "BinOp(++, UnOp(-, a), b)"),
        ('"a" ++ -2', "BinOp(++, 'a', UnOp(-, 2))"),
        ("a ++ b @ c", "BinOp(@, BinOp(++, a, b), c)"),
        ("a * b / c % d", "BinOp(%, BinOp(/, BinOp(*, a, b), c), d)"),
        ("a + b * c", "BinOp(+, a, BinOp(*, b, c))"),
        ("a * b + c", "BinOp(+, BinOp(*, a, b), c)"),
        ("a - b + c", "BinOp(+, BinOp(-, a, b), c)"),
        ("a * b ++ c", "BinOp(*, a, BinOp(++, b, c))"),
        ("!a == b", "BinOp(==, UnOp(!, a), b)"),
        ("!a + b", "UnOp(!, BinOp(+, a, b))"),
        ("!!a", "UnOp(!, UnOp(!, a))"),
        ("!-a", "UnOp(!, UnOp(-, a))"),
        ("a && !b + c || d", "BinOp(||, BinOp(&&, a, UnOp(!, BinOp(+, b, c))), d)"),
        ("a & b |> c & d", "BinOp(&, BinOp(|>, BinOp(&, a, b), c), d)"),
        ("a |> !b", "BinOp(|>, a, UnOp(!, b))"),
        ("a & b < c", "BinOp(<, BinOp(&, a, b), c)"),
        ("a < b == c >= d", "BinOp(==, BinOp(<, a, b), BinOp(>=, c, d))"),
        ("a == b != c", "BinOp(!=, BinOp(==, a, b), c)"),
        ("a < b <= c > d", "BinOp(>, BinOp(<=, BinOp(<, a, b), c), d)"),
        ("a || b && c == d", "BinOp(||, a, BinOp(&&, b, BinOp(==, c, d)))"),
        ("a || b -> c || d -> e", "BinOp(->, BinOp(||, a, b), BinOp(->, BinOp(||, c, d), e))"),
        ("!a -> b", "BinOp(->, UnOp(!, a), b)"),
        ("1 + match {} 2", "BinOp(+, 1, App(Match([]), [2]))"),
        ("(a + b) * c", "BinOp(*, BinOp(+, a, b), c)"),
        ("(- 1)", "UnOp(-, 1)"),
    ],
)
def test_operators(text: str, tree: str) -> None:
    assert shape(text) == tree


@pytest.mark.parametrize(
    "operator", ["+", "-", "*", "/", "%", "++", "@", "&", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "!", "|>", "."]
)
def test_curried_operators(operator: str) -> None:
    assert shape(f"({operator})") == f"Curried({operator})"
    assert shape(f"( {operator} ) x") == f"App(Curried({operator}), [x])"


@pytest.mark.parametrize(
    ("text", "culprit"),
    [
        ("1 + !b", "!"),
        ("a ++ !b", "!"),
        ("-!b", "!"),
        ("(->)", "->"),
        ("(=)", "="),
        ("1 |> fun x => x", "fun"),
        ("f fun x => x", "fun"),
        ("f match {}", "match"),
        ("match {}.a", "."),
        ("1 + let x = 1 in x", "let"),
        ("x | let a = 1 in a", "let"),
        ("x | fun y => y", "fun"),
        ("a -> forall b. c", "forall"),
        ("forall a. a | b", "|"),
        ('import "a" & 1', "&"),
        ('import "a" | b', "|"),
        ('(import "f") & import "g"', "import"),
        ("import foo as 'Nickel", "as"),
        ('import m%"a"%', 'm%"'),
        ('import "a%{b}"', "%{"),
        ('{a | doc "x%{1}"}', "%{"),
        ("%typeof% %typeof% 1", "%typeof%"),
        ("%foo% 1", "%"),
        ("Array Array Number", "Array"),
        ("Array -> Number", "->"),
        ("match {x}", "}"),
        ('1 | doc "a"', "doc"),
        ("let x | default = 1 in x", "default"),
        ("let x = 1,, in x", ","),
        ("let default = 1 in 1", "default"),
        ("[,]", ","),
        ("[1,,2]", ","),
        ("()", ")"),
        ("x.if", "if"),
        ("[| A |]", "A"),
        ("{_}", "}"),
        ("{_ : Number, }", ","),
        ("1 )", ")"),
        ("1 in", "in"),
        ("1 ,", ","),
        ("a $ b", "$"),
    ],
)
def test_rejected(text: str, culprit: str) -> None:
    assert errors(text)[0] == ("unexpected-token", culprit)


@pytest.mark.parametrize(
    "text", ["", "# only a comment", "  \n ", "1 +", "f (", "let x = 1", "%typeof%", "import", "x."]
)
def test_unexpected_end(text: str) -> None:
    assert errors(text) == [("unexpected-eof", "")]


def test_disabled_feature() -> None:
    assert errors('%eval_nix% "1"') == [("disabled-feature", "%eval_nix%")]


def test_import_format() -> None:
    assert errors('import "a" as \'Cbor') == [("invalid-import-format", "'Cbor")]


def test_internal_primitives_are_for_the_standard_library(monkeypatch: pytest.MonkeyPatch) -> None:
    from contractlang.source import Source
    from contractlang.syntax import primitives
    from contractlang.syntax.parser import parse

    monkeypatch.setitem(primitives.INTERNAL_PRIMITIVES, "array/secret", (2, 0))
    source = Source("test.ncl", "%array/secret% 1 2")
    assert parse(source)[1]
    tree, problems = parse(source, internal=True)
    assert not problems
    assert isinstance(tree, n.PrimOp)
