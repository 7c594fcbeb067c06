"""Inline: the program comes to the same; refused where it would not."""

from __future__ import annotations

import pytest

from ide.acting import acted, assert_same_value, titles
from ide.marks import marked


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("let x$0 = 1 + 2 in x * x", "(1 + 2) * (1 + 2)"),
        ("let x$0 = 1 + 2 in { a = x }", "{ a = 1 + 2 }"),
        ("let x$0 = 1 + 2 in [x]", "[1 + 2]"),
        ("let x$0 = 1 * 2 in x + x", "1 * 2 + 1 * 2"),
        ("let x$0 = 3 in 10 - x - x", "10 - 3 - 3"),
        ("let x$0 = 3 - 1 in 10 - x", "10 - (3 - 1)"),
        ("let x$0 = -1 in std.number.abs x", "std.number.abs (-1)"),
        ("let f$0 = fun x => x + 1 in f 1", "(fun x => x + 1) 1"),
        ("let r$0 = { a = 1 } in r.a", "{ a = 1 }.a"),
        ("let r$0 = { a = 1 } & { b = 2 } in r.a", "({ a = 1 } & { b = 2 }).a"),
        ("let c$0 = if true then 1 else 2 in c + 1", "(if true then 1 else 2) + 1"),
        ("let x$0 = let y = 1 in y in x + x", "(let y = 1 in y) + (let y = 1 in y)"),
        ('let s$0 = "a" in "%{s}b%{s}"', '"%{"a"}b%{"a"}"'),
        ("let t$0 : Number = 1 in t + 1", "(1 : Number) + 1"),
        ("let t$0 | Number = 1 in t + 1", "(1 | Number) + 1"),
        ('let t$0 | doc "one" = 1 in t + 1', "1 + 1"),
        ("let a = 1, b$0 = 2 in a + b", "let a = 1 in a + 2"),
        ("let a$0 = 1, b = 2, in a + b", "let b = 2, in 1 + b"),
        ("let rec a$0 = 1, b = a + 1 in a + b", "let rec b = 1 + 1 in 1 + b"),
        ("let C$0 = Number in { a | C = 1, b | Array C = [2] }", "{ a | Number = 1, b | Array Number = [2] }"),
        ("let C$0 = { x | Number } in { a | C = { x = 1 } }", "{ a | { x | Number } = { x = 1 } }"),
        ("let C$0 = Array Number in { a | Array C = [[2]] }", "{ a | Array (Array Number) = [[2]] }"),
        ("# one\nlet # two\n  x$0 = 1\nin\n# three\nx + 1", "# one\n# two\n# three\n1 + 1"),
        ("let x$0 =\n  # why\n  [1]\nin { a = x }", "# why\n{ a = [1] }"),
        ("let y = 1 in (let x$0 = y in (fun z => x + z)) 2", "let y = 1 in ((fun z => y + z)) 2"),
        ("let x$0 = 'A in x |> match { 'A => 1 }", "'A |> match { 'A => 1 }"),
    ],
)  # fmt: skip
def test_all_uses_are_replaced(source: str, expected: str) -> None:
    after = acted(source, "Inline `")
    assert after == expected
    assert_same_value(marked(source).text, after)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("let x = 1 in x + x$0", "let x = 1 in x + 1"),
        ("let x = 1 in $0x + x", "let x = 1 in 1 + x"),
    ],
)
def test_at_a_use_only_that_one_is_replaced(source: str, expected: str) -> None:
    assert acted(source, "Inline this use of `x`") == expected


def test_the_binding_goes_with_its_only_use() -> None:
    assert acted("let x = 1 in x$0 + 2", "Inline `x`") == "1 + 2"


@pytest.mark.parametrize(
    "source",
    [
        # A name in the value means something else there.
        "let y = 1 in let x$0 = y in (fun y => x + y) 2",
        "let y = 1 in let x$0 = y in { y = x }",
        "let y = 1 in let x$0 = y in let y = 2 in x",
        "let y = 1 in let x$0 = y in 2 |> match { y => x }",
        "let y = 1 in let x$0 = y in (fun { y } => x) { y = 3 }",
        "let x$0 = std.number.pi in { std = 1, a = x }",
        # It refers to itself, or is more than an expression.
        "let rec x$0 = fun n => if n == 0 then 0 else x (n - 1) in x 2",
        "let x$0 = 1 in { include x }",
        "let { x$0 } = { x = 1 } in x",
        "let x$0 = 1 in 2",
        # It would become something else.
        "let t$0 = 'A in t 1",
        "let C$0 = std.contract.from_predicate (fun x => x > 0) in { a | C } & { a | C = 1 }",
        "let C$0 = std.contract.from_predicate (fun x => x > 0) in 1 | C",
        "let C$0 = {} in { a = 1 } | C",
    ],
)
def test_what_would_change_its_meaning_is_not_inlined(source: str) -> None:
    assert not [title for title in titles(source) if title.startswith("Inline")]


def test_a_contract_of_its_own_is_applied_once_in_a_merge_because_it_has_a_name() -> None:
    once = "let C$0 = std.contract.custom (fun _ v => 'Ok (v + 1)) in { a | C } & { a | C = 1 }"
    assert not [title for title in titles(once) if title.startswith("Inline")]
