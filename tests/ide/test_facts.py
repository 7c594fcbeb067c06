"""What is known without running: shown by the fields that completion would offer and by hover's types."""

from __future__ import annotations

import pytest

from contractlang.ide.completion import complete
from contractlang.ide.definition import definition
from contractlang.ide.hover import hover
from contractlang.ide.references import references
from ide.marks import marked

FIELDS = {
    "a parameter, by the calls of its function": ("let f = (fun r => r.$0) in [f { a = 1 }, f { b = 2 }]", ["a", "b"]),
    "a second parameter": ("let f = (fun n r => r.$0) in f 1 { a = 1 }", ["a"]),
    "a parameter, by a pipe": ("let f = (fun r => r.$0) in { a = 1 } |> f", ["a"]),
    "a parameter, by a pipe into a partial call": ("let f = (fun n r => r.$0) in { a = 1 } |> f 1", ["a"]),
    "a parameter of a field": ("{ f = fun r => r.$0, x = f { a = 1 } }", ["a"]),
    "a recursive function": ("let rec f = (fun r => f r.$0) in f { a = 1 }", ["a"]),
    "the contract on an import": (
        '{ $0 }\n-- file: all.ncl\nlet C = { p | Number } in { web | C = import "main.ncl" }', ["p", "include"],
    ),
    "the contract on an import, in parentheses": (
        '{ $0 }\n-- file: all.ncl\n(import "main.ncl") | { p | Number }', ["p", "include"],
    ),
    "the contract on an array of imports": (
        '{ $0 }\n-- file: all.ncl\nlet C = { p } in [import "main.ncl"] | Array C', ["p", "include"],
    ),
    "a contract made by a function": ("let Of = fun T => { item | T } in let r | Of Number = {} in r.$0", ["item"]),
    "what a contract's parameter is": ("let Of = fun T => { item | T } in let r | Of { a } = {} in r.item.$0", ["a"]),
    "a let in a function": ("let f = fun x => let y = { a = x } in y in (f 1).$0", ["a"]),
    "a match": ("let f = match { 'A => { a = 1 }, _ => { b = 2 } } in (f 'A).$0", ["a", "b"]),
    "composition": ("(std.function.compose (fun x => { a = x }) (fun x => x) 1).$0", ["a"]),
    "identity": ("(std.function.id { a = 1 }).$0", ["a"]),
    "a fold that builds records": ("(std.array.fold_right (fun x acc => acc & { a = x }) {} [1]).$0", ["a"]),
    "concatenated arrays": ("std.array.first ([{ a = 1 }] @ [{ b = 2 }]) |> fun x => x.$0", ["a", "b"]),
    "entries of to_array": ("std.record.to_array { x = { a = 1 } } |> std.array.map (fun e => e.value.$0)", ["a"]),
    "names and values of to_array": ("std.record.to_array { x = 1 } |> std.array.map (fun e => e.$0)", ["field", "value"]),
    "groups": ("(std.array.partition (fun x => x.$0) [{ a = 1 }])", ["a"]),
    "the parts of a partition": ("(std.array.partition (fun x => true) [1]).$0", ["right", "wrong"]),
    "an update": ('(std.record.update "a" 1 { a = 2, b = 3 }).$0', ["a", "b"]),
    "a dictionary of records": ("let d = { x = { a = 1 } } in (std.record.values d |> std.array.first).$0", ["a"]),
    "a partial application that has a name": (
        "let names = std.array.map (fun s => { n = s }) in (std.array.first (names [1])).$0", ["n"],
    ),
    "a contract in another contract": ("let A = { a } in let B = { x | A } in fun b => (b | B).x.$0", ["a"]),
    "a contract made by hand that checks another one": (
        "let C = std.contract.custom (fun label value => std.contract.check { a } label value) in fun r => (r | C).$0",
        ["a"],
    ),
    "a function that refines contracts": (
        ("let Refined = fun Base f => std.contract.custom (fun label value => f (std.contract.apply Base label value)) in "
        "fun r => (r | Refined { a, b } (fun v => 'Ok v)).$0"),
        ["a", "b"],
    ),
    "optional fields too": ("let C = { o | optional } in fun c => (c | C).$0", ["o"]),
    "a default of a pattern": ("fun { r ? { a = 1 } } => r.$0", ["a"]),
    "an annotation of a pattern": ("fun { r | { a } } => r.$0", ["a"]),
    "an array pattern": ("let [x, ..] = [{ a = 1 }] in x.$0", ["a"]),
    "a symbolic name for the library": ("let arr = std.array in let m = arr.map in (arr.first (m (fun x => { a = x }) [1])).$0",
        ["a"]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), FIELDS.values(), ids=FIELDS.keys())
def test_fields(source: str, expected: list[str]) -> None:
    at = marked(source)
    assert [item.label for item in complete(at.snapshot, at.path, at.offset)] == expected


def test_a_parameter_has_no_type_and_no_value_because_a_call_gives_one() -> None:
    at = marked("let f = fun x => x$0 in f 1")
    found = hover(at.snapshot, at.path, at.offset)
    assert found is not None
    assert found.markdown == "```nickel\nx : Dyn\n```"


def test_the_contract_of_an_importer_is_shown() -> None:
    at = marked('{ p$0 = 1 }\n-- file: all.ncl\n(import "main.ncl") | { p | Number }')
    found = hover(at.snapshot, at.path, at.offset)
    assert found is not None
    assert found.signature == "p | Number"


def test_fields_are_found_from_the_contract_of_an_importer() -> None:
    at = marked('{ «p» = 1 }\n-- file: all.ncl\n(import "main.ncl") | { «p$0» | Number }')
    assert at.shown(references(at.snapshot, at.path, at.offset)) == at.stretches


def test_what_a_function_gets_is_defined_at_its_calls() -> None:
    at = marked("let f = fun r => r.a$0 in f { «a» = 1 }")
    assert at.shown(definition(at.snapshot, at.path, at.offset)) == at.stretches


def test_an_edit_is_seen_at_once() -> None:
    from contractlang.workspace.workspace import Edit

    at = marked('(import "lib.ncl").$0\n-- file: lib.ncl\n{ a = 1 }')
    assert [item.label for item in complete(at.snapshot, at.path, at.offset)] == ["a"]
    at.workspace.open(at.key("lib.ncl"), "{ a = 1 }")
    at.workspace.change(at.key("lib.ncl"), [Edit(2, 2, "b = 2, ")])
    snapshot = at.workspace.snapshot()
    assert [item.label for item in complete(snapshot, at.path, at.offset)] == ["b", "a"]
