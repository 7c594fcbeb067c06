"""Whose fault it is when an evaluation fails while a contract looks at a value: the value's own definition, or the contract."""

from __future__ import annotations

import pytest

from contractlang.diagnostics.model import Diagnostic
from contractlang.engine import run_source
from contractlang.loaders.memory import MemoryLoader
from contractlang.pipeline import force
from contractlang.request import Options
from contractlang.run import Goal, run
from contractlang.source import Source

CONTRACTS = {
    "Positive": "std.contract.from_predicate (fun p => p > 0)",
    "Bound": "std.contract.from_predicate (fun p => let q = p in let r = q + 1 in r > 0)",
    "Known": "let positive = fun x => x > 0 in std.contract.from_predicate positive",
    "Typed": "std.contract.from_predicate ((fun p => p == 1) | Dyn -> Bool)",
    "Checked": "std.contract.from_validator (fun p => if p > 0 then 'Ok else 'Error {})",
    "Custom": "std.contract.custom (fun _label p => if p > 0 then 'Ok p else 'Error {})",
    "Handed": "std.contract.custom (fun label p => std.contract.check std.number.PosNat label p)",
    "Several": "std.contract.all_of [std.number.PosNat, std.contract.from_predicate (fun p => p < 9)]",
    "Library": "std.number.PosNat",
}
PROGRAMS = {
    "a merge": "{ port | C = 1 } & { port = 2 }",
    "a merge of three": "{ port | C = 1 } & { port = 2 } & { port = 3 }",
    "a merge of defaults": "{ port | C | default = 1 } & { port | default = 2 }",
    "a merge of references": "{ a = 1, port | C = a } & { b = 2, port = b }",
    "a merge under two contracts": "{ port | C | Number = 1 } & { port = 2 }",
    "a merge in a record": "{ port | { a | C } = { a = 1 } & { a = 2 } }",
    "an operator": '{ port | C = 1 + "a" }',
    "an operator on a sibling": '{ x = "a", port | C = 1 + x }',
    "a function": '{ port | C = (fun x => x + "b") 1 }',
    "a match expression": "{ port | C = 'x |> match { 'dev => 1, 'prod => 3 } }",
    "a missing field": "{ a = { b = 1 }, port | C = a.c }",
    "a missing definition": "{ s = { a | Number }, port | C = s.a }",
    "an infinite recursion": "{ port | C = b, b = port + 1 }",
    "a broken contract of a sibling": '{ a | Number = "x", port | C = a }',
    "a broken contract inside": '{ port | C = ("x" | Number) }',
    "a variable": 'let p | C = 1 + "a" in { port = p }',
    "an expression": '{ port = (1 + "a" | C) }',
    "an element": '{ port | Array C = [1, 1 + "a"] }',
    "a dictionary": '{ port | { _ | C } = { a = 1 + "a" } }',
    "an argument": 'let g | C -> Number = fun x => x in { port = g (1 + "a") }',
    "a result": 'let g | Number -> C = fun x => x + "a" in { port = g 1 }',
}


def report(text: str) -> Diagnostic:
    return run_source(text, name="main.ncl").diagnostics[0]


def said(diagnostic: Diagnostic) -> tuple[object, ...]:
    """All that a report says, places as texts."""
    marks = [(label.span.text, label.message, label.primary) for label in diagnostic.labels]
    blame = diagnostic.blame and (diagnostic.blame.party, diagnostic.blame.name)
    return diagnostic.code, diagnostic.message, marks, diagnostic.notes, diagnostic.help, diagnostic.path, blame


@pytest.mark.parametrize("contract", CONTRACTS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_value_that_fails_by_itself_is_told_as_under_a_plain_type(program: str, contract: str) -> None:
    plain = report(f"let C = Number in {PROGRAMS[program]}")
    assert said(report(f"let C = {CONTRACTS[contract]} in {PROGRAMS[program]}")) == said(plain)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("fun p => std.array.all (fun x => x > 0) p", '[1, 1 + "a"]'),
        ("fun p => std.array.fold_left (fun acc x => acc + x) 0 p > 0", '[1, 1 + "a"]'),
        ("match { 'Some x => x > 0, _ => false }", '\'Some (1 + "a")'),
        ("fun p => std.record.values p |> std.array.all (fun x => x > 0)", '{ b = 1 + "a" }'),
        ("match { { b, .. } => b > 0, _ => false }", '{ b = 1 + "a" }'),
    ],
)
def test_what_lies_in_a_value_is_its_own_fault(body: str, value: str) -> None:
    diagnostic = report(f"let C = std.contract.from_predicate ({body}) in let v = {value} in {{ port | C = v }}")
    assert diagnostic.labels[0].span.text == '"a"'
    assert diagnostic.blame is None


@pytest.mark.parametrize(
    ("contract", "at"),
    [
        ('std.contract.from_predicate (fun p => p + "x" > 0)', '"x"'),
        ('std.contract.from_predicate (fun p => let q = p + "x" in q > 0)', '"x"'),
        ("std.contract.from_predicate (fun p => { a = p + 'x }.a > 0)", "'x"),
        ('let grown = fun x => let y = x + "x" in y > 0 in std.contract.from_predicate (fun p => grown p)', '"x"'),
        ("std.contract.from_predicate (fun p => p.a > 0)", "p"),
        ("std.contract.from_predicate (match { 2 => true })", "match { 2 => true }"),
        ("std.contract.from_validator (fun p => if p then 'Ok else 'Error {})", "p"),
        ("std.contract.custom (fun _label p => 'Ok (p + 'x))", "'x"),
        (
            "std.contract.custom (fun label p => std.contract.check (std.contract.from_predicate (fun x => x.a)) label p)",
            "x",
        ),
    ],
)
@pytest.mark.parametrize("merged", ["", " & { port | C = 1 }", " & { other = 2 }"])
def test_a_contract_answers_for_its_own_code(contract: str, at: str, merged: str) -> None:
    diagnostic = report(f"let C = {contract} in {{ port | C = 1 }}{merged}")
    assert diagnostic.labels[0].span.text == at
    assert diagnostic.blame is not None
    assert diagnostic.blame.party == "contract"


def test_a_conflict_of_files_shows_both_definitions() -> None:
    files = {
        "base.ncl": "let Port = std.contract.from_predicate (fun p => p > 0) in { port | Port = 1 }",
        "local.ncl": "{ port = 2 }",
    }
    sources = [Source(name, text, name) for name, text in files.items()]
    goal = Goal(lambda value, _: str(force(value)))
    diagnostic = run(sources, MemoryLoader(files), Options(cache="off"), goal).diagnostics[0]
    assert [(label.span.source.name, label.span.text) for label in diagnostic.labels] == [
        ("base.ncl", "1"),
        ("local.ncl", "2"),
    ]
    assert diagnostic.blame is None
    assert diagnostic.path == ["port"]
