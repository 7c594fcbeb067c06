"""Help with the arguments of calls: `$0` is the cursor."""

from __future__ import annotations

import pytest

from contractlang.ide.signature import signature_help
from ide.marks import marked

MAP = "std.array.map (function : a -> b) (array : Array a) -> Array b"

CALLS = {
    "the first argument": ("std.array.map $0", MAP, 0),
    "while it is typed": ("std.array.map fu$0", MAP, 0),
    "in the first argument": ("std.array.map (fun x => $0) []", MAP, 0),
    "the second argument": ("std.array.map (fun x => x) $0", MAP, 1),
    "in the second argument": ("std.array.map f [1$0]", None, None),
    "at the end of an argument": ("std.array.map f xs$0", MAP, 1),
    "a function without contract": ("let f = fun one two => one in f $0", "f one two", 0),
    "its second argument": ("let f = fun one two => one in f 1 $0", "f one two", 1),
    "a function with a contract": (
        "let f | Number -> String -> Bool = fun n s => true in f 1 $0", "f (n : Number) (s : String) -> Bool", 1,
    ),
    "a contract without a literal": ("fun f => (f | Number -> Bool) $0", "(f | Number -> Bool) (_ : Number) -> Bool", 0),
    "a field": ("let r = { f = fun a => a } in r.f $0", "r.f a", 0),
    "the inner of two calls": ("let f = fun a => a in let g = fun b => b in f (g $0)", "g b", 0),
    "the outer call when the inner is unknown": ("let f = fun a b => a in f 1 (unknown $0)", "f a b", 1),
    "an operand inside of parentheses": ("let f = fun a => a in f (1 + $0)", "f a", 0),
    "a function under a pattern": ("let f = fun { x, y } => x in f $0", "f { x, y }", 0),
    "another file": ('(import "l.ncl").f $0\n-- file: l.ncl\n{ f = fun a => a }', '(import "l.ncl").f a', 0),
    "an incomplete call in a record": ("let f = fun a b => a in { x = f 1 $0, y = 2 }", "f a b", 1),
    "in an interpolation": ('let f = fun a => a in "x %{f $0}"', "f a", 0),
    "partial application": ("let f = fun a b => a in let g = f 1 in g $0", "g b", 0),
    "no call": ("let x = 1 in x + $0", None, None),
    "a value that is no function": ("let x = 1 in x $0", None, None),
    "too many arguments": ("let f = fun a => 1 in f 1 $0", None, None),
    "a comment": ("std.array.map # $0", None, None),
    "the function itself": ("std.array.ma$0p", None, None),
    "an empty file": ("$0", None, None),
}  # fmt: skip


@pytest.mark.parametrize(("source", "label", "active"), CALLS.values(), ids=CALLS.keys())
def test_signature(source: str, label: str | None, active: int | None) -> None:
    at = marked(source)
    found = signature_help(at.snapshot, at.path, at.offset)
    assert (found.label if found else None, found.active if found else None) == (label, active)


def test_parameters_are_parts_of_the_label() -> None:
    at = marked("std.array.fold_left $0")
    found = signature_help(at.snapshot, at.path, at.offset)
    assert found is not None
    parts = [found.label[each.start : each.end] for each in found.parameters]
    assert parts == ["(function : a -> b -> a)", "(start : a)", "(array : Array b)"]
    assert found.parameters[1].documentation == "you supply `a`"


def test_documentation_of_the_function() -> None:
    at = marked('let r = { f | doc "Does it." = fun a => a } in r.f $0')
    found = signature_help(at.snapshot, at.path, at.offset)
    assert found is not None
    assert found.documentation == "Does it."
