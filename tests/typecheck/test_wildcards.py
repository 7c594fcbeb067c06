"""The types inferred for wildcards, as the compiler gets them."""

from __future__ import annotations

import pytest

from contractlang.resolve import core
from contractlang.resolve.dump import dump_type
from typecheck.static import typed


def inferred(text: str) -> list[str]:
    """The inferred types of the wildcards of a program, in the order of the text."""
    table, problems = typed(text)
    assert not problems, problems
    found: list[tuple[int, core.Type]] = [(node.start, type_) for node, type_ in table.wildcards.items()]
    return [" ".join(dump_type(type_).split()) for _, type_ in sorted(found, key=lambda pair: pair[0])]


@pytest.mark.parametrize(
    ("program", "types"),
    [
        ("let x : _ = 1 in x", ["Number"]),
        ("let f : _ -> _ = fun x => x + 1 in f", ["Number", "Number"]),
        ("let f : _ = fun x => { a = x + 1, b = [x] } in f", ['TArrow Number TRecord "a" Number "b" TArray Number']),
        ('let x : { a : _, b : _ } = { a = 1, b = "" } in x', ["Number", "String"]),
        ("let d : { _ : _ } = { a = true } in d", ["Bool"]),
        ("let f : _ = fun x => x in f", ["TArrow Dyn Dyn"]),
        ("let f : _ = fun r => r.a + 1 in f", ['TArrow TRecord ; Dyn "a" Number Number']),
        ("let f : _ = match { 'A => 1, 'B x => x + 1 } in f", ["TArrow TEnum 'A 'B Number Number"]),
        ("let e : _ = 'A in e", ["Dyn"]),
        ("let f : forall a. a -> _ = fun x => x in f", ["Dyn"]),
        ("let C = fun l v => v in let f : _ = fun x => (x | C) in f", ["TArrow Dyn Dyn"]),
        ("let f : _ = std.function.id in f", ["TArrow Dyn Dyn"]),
    ],
)
def test_inferred_type(program: str, types: list[str]) -> None:
    assert inferred(program) == types


def test_wildcard_of_a_contract_is_not_inferred() -> None:
    assert inferred("let x | _ = 1 in (1 : Number)") == []
    assert inferred("(1 | _) : Number") == []
    assert inferred("(let x : _ | Array _ = [1] in x) : Array Number") == ["TArray Number"]


def test_exponential_type_is_dyn() -> None:
    doublings = "".join(f"let x{n + 1} = {{ l = x{n}, r = x{n} }} in " for n in range(40))
    assert inferred(f"let f : _ = (let x0 = 1 in {doublings} x40) in f") == ["Dyn"]
