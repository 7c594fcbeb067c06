"""Fixes: the error is gone afterwards, and none has come."""

from __future__ import annotations

import pytest

from contractlang.ide.actions.action import QUICK_FIX
from ide.acting import Failure, acted, assert_same_value, offered, titles, value, wrong
from ide.marks import marked


@pytest.mark.parametrize(
    ("source", "title", "expected"),
    [
        ("{ a = 1 $0b = 2 }", "Add `,`", "{ a = 1, b = 2 }"),
        ("{ a = 1;$0 b = 2 }", "Write `,` instead of `;`", "{ a = 1, b = 2 }"),
        ("{ a = 1,,$0 b = 2 }", "Remove `,`", "{ a = 1, b = 2 }"),
        ("{ a = [1, 2$0 }", "Add `]`", "{ a = [1, 2] }"),
        ("{ a = (1 + 2$0 }", "Add `)`", "{ a = (1 + 2) }"),
        ("[1, 2$0", "Add `]`", "[1, 2]"),
        ("{ a = 1$0", "Add `}`", "{ a = 1}"),
        ("{ a = 1 }$0}", "Remove `}`", "{ a = 1 }"),
        ("fun x ->$0 x", "Write `=>` instead of `->`", "fun x => x"),
        ("x =>$0 1", "Add `fun`", "fun x => 1"),
        ("1 |> match { x ->$0 1 }", "Write `=>` instead of `->`", "1 |> match { x => 1 }"),
        ("{ a ==$0 1 }", "Write `=` instead of `==`", "{ a = 1 }"),
        ("if 1 =$0 1 then 2 else 3", "Write `==` instead of `=`", "if 1 == 1 then 2 else 3"),
        ("{ a default$0 = 1 }", "Add `|`", "{ a | default = 1 }"),
        ("{ let$0 = 1 }", 'Write `"let"` instead of `let`', '{ "let" = 1 }'),
        ("{ a = “text”$0 }", "Use straight quotes", '{ a = "text" }'),
        ('"a\\q$0"', "Write `\\\\`", '"a\\\\q"'),
        ("1 ≤$0 2", "Write `<=`", "1 <= 2"),
        ("{ a = 1 //$0 note\n}", "Write `#` instead of `//`", "{ a = 1 # note\n}"),
        ("{ a = 1\u00a0$0}", "Remove U+00A0", "{ a = 1 }"),
        ("fun (x)$0 => x", "Remove the parentheses", "fun x => x"),
        ("{ a = 1, .$0.. }", "Write `..` instead of `...`", "{ a = 1, .. }"),
    ],
)
def test_syntax_errors_are_corrected(source: str, title: str, expected: str) -> None:
    assert wrong(marked(source).text) != []
    assert acted(source, title) == expected
    assert wrong(expected) == []


def test_a_syntax_error_is_corrected_from_anywhere_in_its_line() -> None:
    assert titles("$0{ a = 1; b = 2 }") == ["Write `,` instead of `;`"]
    assert titles("{ a = 1; b = 2,\n $0c = 3 }") == []


@pytest.mark.parametrize(
    ("source", "title", "expected"),
    [
        ("let port = 1 in prot$0", "Write port", "let port = 1 in port"),
        ("let r = { port = 1 } in r.prot$0", "Write port", "let r = { port = 1 } in r.port"),
        ("let r : { port : Number } = { prot$0 = 1 } in r", "Write port", "let r : { port : Number } = { port = 1 } in r"),
        (
            "let f : { port : Number } -> Number = fun x => x.prot$0 in f { port = 1 }",
            "Write port",
            "let f : { port : Number } -> Number = fun x => x.port in f { port = 1 }",
        ),
        ("(std.array.mapp$0 (fun x => x) [1] : Array Number)", "Write map", "(std.array.map (fun x => x) [1] : Array Number)"),
        ("let x : [| 'Red, 'Blue |] = 'Blu$0 in x", "Write 'Blue", "let x : [| 'Red, 'Blue |] = 'Blue in x"),
        ("let C = { port | Number } in ({ prot$0 = 1 } | C)", "Write port", "let C = { port | Number } in ({ port = 1 } | C)"),
        ("let x | [| 'Red, 'Blue |] = 'Blu$0 in x", "Write 'Blue", "let x | [| 'Red, 'Blue |] = 'Blue in x"),
        ('{ a | Number = "8$00" }', "Write the number 80", "{ a | Number = 80 }"),
        ("{ a | String = 8$00 }", "Put it in quotes", '{ a | String = "80" }'),
        ("let x = 1 in { x = x$0 }", "Write `include x`", "let x = 1 in { include x }"),
        ("let x = 1 in { x | Number = x$0 }", "Write `include x`", "let x = 1 in { include x | Number }"),
    ],
)  # fmt: skip
def test_what_was_meant_is_written(source: str, title: str, expected: str) -> None:
    assert wrong(marked(source).text) or isinstance(value(marked(source).text), Failure)
    assert acted(source, title) == expected
    assert wrong(expected) == []
    assert not isinstance(value(expected), Failure)


def test_a_fix_says_what_it_fixes() -> None:
    action = next(each for each in offered("let port = 1 in prot$0") if each.title == "Write port")
    assert action.kind == QUICK_FIX
    assert action.preferred
    assert [finding.code for finding in action.fixes] == ["unbound-identifier"]


def test_a_correction_that_would_bring_another_error_is_not_offered() -> None:
    assert titles("let text = 1 in (tetx$0 : String)") == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("let unused$0 = 1 in 2", "2"),
        ("let a = 1, unused$0 = 2 in a", "let a = 1 in a"),
        ("let unused$0 = 2, a = 1 in a", "let a = 1 in a"),
        ("let a = 1, unused$0 = 2, in a", "let a = 1 in a"),
        ("{ a = let unused$0 = 1 in (2 + 3) }", "{ a = (2 + 3) }"),
        ("let rec unused$0 = fun x => unused x in 2", "2"),
        ("# above\nlet unused$0 = 1 in\n# below\n2", "# above\n# below\n2"),
        ("let used = 1 in\nlet unused$0 =\n  # why\n  2\nin\nused", "let used = 1 in\n# why\nused"),
    ],
)
def test_unused_bindings_are_removed(source: str, expected: str) -> None:
    after = acted(source, "Remove the unused `unused`")
    assert after == expected
    assert_same_value(marked(source).text, after)


def test_used_bindings_and_those_meant_to_be_unused_stay() -> None:
    assert not [title for title in titles("let a$0 = 1 in a") if "unused" in title]
    assert not [title for title in titles("let _a$0 = 1 in 2") if "unused" in title]


def test_a_file_that_cannot_be_read_is_not_refactored() -> None:
    assert titles("let x$0 = 1 in {") == ["Add `}`"]
