"""What is said about mistakes."""

from __future__ import annotations

import pytest

from contractlang.diagnostics.model import Diagnostic
from syntax.trees import broken


def first(text: str) -> Diagnostic:
    return broken(text)[1][0]


@pytest.mark.parametrize(
    ("text", "headline", "label"),
    [
        ("{a = }", "unexpected token `}`", "expected an expression"),
        ("[1 2", "unexpected end of file when parsing test.ncl", "expected `]` or `,`"),
        ("x ]", "unexpected token `]`", "expected an operator or the end of the file"),
        ("let in 1", "unexpected token `in`", "expected a name or a pattern"),
        ("let x in 1", "unexpected token `in`", "expected a pattern, `:`, `|` or `=`"),
        ("if a else b", "unexpected token `else`", "expected `then`"),
        ("{1}", "unexpected token `1`", "expected a field name, `}` or `..`"),
        ("{a | }", "unexpected token `}`", "expected a contract or metadata such as `default`"),
        ("let a | = 1 in a", "unexpected token `=`", "expected a contract or `doc`"),
        ("x | ", "unexpected end of file when parsing test.ncl", "expected a type or contract"),
        ("1 + *", "unexpected token `*`", "expected a value"),
        ("import 1", "unexpected token `1`", "expected a name or a string without interpolation"),
        ("x.1a.if", "unexpected token `if`", "expected a field name"),
        ("fun => 1", "unexpected token `=>`", "expected a pattern"),
        ('"abc', "unexpected end of file when parsing test.ncl", "expected the end of the string"),
        ('"\\q"', "invalid escape sequence", "`q` means nothing after a backslash"),
        ('"\\x80"', "invalid ascii escape code", "expected at most 7f"),
        ("}", "unmatched closing brace '}'", "nothing is open that this could close"),
        ('m%"a"%%', "string closing delimiter has too many `%`", "the closing delimiter"),
        ('import "a" as \'Cbor', "unknown import format tag", "`'Cbor` is not a format that can be imported"),
        ('%eval_nix% "1"', "interpreter compiled without required features", "`%eval_nix%` is not available"),
        ("let x = 1, x = 2 in x", "duplicated binding `x` in let block", "duplicated binding here"),
        ("let {x, x} = 1 in x", "duplicated binding `x` in record pattern", "duplicated binding here"),
        ("1e999999999", "number literal is too large", "this number has more than 100000 digits"),
        ("let x y = 1 in x", "unexpected token `y`", "this does not continue the pattern"),
        ("1 + !a", "unexpected token `!`", "expected an operand that binds more tightly than `+`"),
        ("\xa0", "unexpected token U+00A0", "expected an expression"),
    ],
)
def test_wording(text: str, headline: str, label: str) -> None:
    problem = first(text)
    assert problem.message == headline
    assert problem.labels[0].message == label
    assert problem.labels[0].primary


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("f fun x => x", "put parentheses around it: `(fun …)`"),
        ("1 + let x = 1 in x", "put parentheses around it: `(let …)`"),
        ("if x = 1 then 2 else 3", "to compare, write `==`"),
        ("x === 1", "equality is written `==`"),
        ("let x == 1 in x", "to define, write `=`"),
        ("{a = 1 b = 2}", "add a comma before `b`"),
        ("{a = 1; b = 2}", "separate fields and items with `,`"),
        ("{if = 1}", '`if` is a reserved word; to use it as a field name, quote it: `"if"`'),
        ("{a = 1}.then", '`then` is a reserved word; to use it as a field name, quote it: `"then"`'),
        ("let default = 1 in 1", "`default` is a reserved word and cannot be used as a name"),
        ("std.array.map (x => x) []", "functions are written `fun x => …`"),
        ("{f = {x, ..} y => x}", "functions are written `fun x => …`"),
        ("x ? 1 : 2", "conditionals are written `if … then … else …`"),
        ("match x { 1 => 2 }", "a match is a function of the value: write `value |> match { … }`"),
        ("let f x = 1 in f", "a function is bound as `let f = fun x => …`"),
        ("fun x -> x", "write `=>` before the body; `->` stands between types"),
        ("// no", "comments begin with `#`"),
        ("{a = 1 | default}", "metadata belong to a field, before its `=`: `{ field | default = value }`"),
        ("a = 1", "a program is one expression: put fields into `{ … }`, or write `let … in …`"),
        ('import "a" & {}', 'put parentheses around the import: `(import "a")`'),
        ("%foo% 1", "there is no primitive operator `%foo%`"),
        ("{a | default optional}", "write `| optional`: each piece of metadata has its own `|`"),
        ("{.., a}", "`..` comes last, without a comma after it"),
        ("“a”", 'strings are written in straight quotes: `"…"`'),
        (
            "fun (x) => x",
            "remove the parentheses: they are for enum variants, `('Tag x)`, and alternatives, `(p or q)`",
        ),
        ("1 + !a", "put parentheses around it: `(!…)`"),
        ("forall a b", None),
        ("x : forall a a -> a", "add `.` after the type variables"),
        ("\xa0x", "this is a no-break space (U+00A0): replace it by an ordinary one"),
    ],
)
def test_advice(text: str, advice: str | None) -> None:
    assert first(text).help == ([] if advice is None else [advice])


@pytest.mark.parametrize(
    ("text", "start", "label"),
    [
        ("{a = [1, 2", 5, "this is never closed"),
        ("{a = [1, 2}", 5, "this is open here"),
        ('{a = "b%{ [1 }', 10, "this is open here"),
        ('x "abc', 2, "the string that begins here is never closed"),
        ('m%%"a"%%%', 0, "the opening delimiter"),
        ("let x = 1, x = 2 in x", 4, "previous binding here"),
    ],
)
def test_second_place(text: str, start: int, label: str) -> None:
    (second,) = [each for each in first(text).labels if not each.primary]
    assert second.span.start == start
    assert second.message == label


def test_matching_brackets_are_no_news() -> None:
    assert len(first("{a = [1 + ]}").labels) == 1
