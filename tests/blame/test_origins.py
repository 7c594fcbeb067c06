"""Reports lead to where a value was written, whatever way it came."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.engine import Options, export, run_source
from contractlang.loaders.memory import MemoryLoader
from contractlang.request import Outcome
from contractlang.source import Span


def marked(outcome: Outcome) -> list[tuple[str, str]]:
    """The texts that the marks of the first diagnostic show, and what they say."""
    return [(label.span.text, label.message) for label in outcome.diagnostics[0].labels]


def blamed(source: str) -> str:
    """The text that the blamed party is shown at."""
    outcome = run_source(source)
    blame = outcome.diagnostics[0].blame
    assert blame is not None
    assert isinstance(blame.at, Span)
    return blame.at.text


@pytest.mark.parametrize(
    ("way", "source"),
    [
        ("a parameter", 'let mk = fun p => { port | Number = p } in mk "eighty"'),
        ("a pattern", 'let mk = fun { p, .. } => { port | Number = p } in mk { p = "eighty", q = 1 }'),
        ("include", 'let mk = fun { port } => { include port } in (mk { port = "eighty" }) | { port | Number }'),
        ("two functions", 'let id = fun x => x in let mk = fun p => { port | Number = p } in mk (id "eighty")'),
        ("a merge over a default", '{ port | Number | default = 80 } & { port = "eighty" }'),
        ("an array", 'let mk = fun ps => { ports | Array Number = ps } in mk [1, "eighty"]'),
        ("an array built of others", '{ ports | Array Number = [1] @ std.array.reverse ["eighty", 2] }'),
        ("a field of a sibling", '{ base = 80, port | Number = base } & { base | force = "eighty" }'),
        ("a fold", '{ xs | Array Number = std.array.fold_left (fun acc x => acc @ [x]) [] [1, "eighty"] }'),
        ("a dictionary", '({ a = 1 } & { b = "eighty" }) | { _ | Number }'),
        ("a variant", "let mk = fun v => { shape | [| 'Port Number |] = v } in mk ('Port \"eighty\")"),
    ],
)
def test_the_value_answers_where_it_was_written(way: str, source: str) -> None:
    assert blamed(source) == '"eighty"', way


@pytest.mark.parametrize("value", ["70000", "-70000", "1e30", "0.5", "123456789012345678901234567890"])
def test_numbers_have_origins(value: str) -> None:
    source = (
        "let Port = std.contract.from_predicate (fun p => p == 80) in "
        f"let mk = fun p => {{ port | Port = p }} in mk ({value})"
    )
    assert blamed(source) == value


def test_what_has_no_identity_is_shown_where_it_is_handed_on() -> None:
    assert blamed("let mk = fun p => { port | String = p } in mk 80") == "p"


def test_what_was_computed_is_shown_where_it_was_computed() -> None:
    assert blamed('{ port | Number = "eigh" ++ "ty" }') == '"eigh" ++ "ty"'


def test_a_reference_stays_the_provider_and_the_literal_is_shown_besides() -> None:
    outcome = run_source('let p = "eighty" in std.array.all std.is_number [(p | Number)]')
    assert marked(outcome)[0] == ("p", "this is a String")
    assert marked(outcome)[-1] == ('"eighty"', "the value was written here")


def test_the_middle_one_of_three_parties_stays_the_caller() -> None:
    outcome = run_source('let f | Number -> Number = fun x => x in let middle = fun x => f x in middle "eighty"')
    assert marked(outcome)[0] == ("x", "this argument")
    assert ('"eighty"', "the value was written here") in marked(outcome)


def test_a_function_merged_over_the_default_is_the_one_that_lies() -> None:
    source = """
      { make | Number -> Number | default = fun x => x, made = make 1 } & { make = fun x => "one" }
    """
    assert blamed(source) == 'fun x => "one"'


def test_an_operand_of_the_wrong_class_is_shown_with_its_literal() -> None:
    outcome = run_source('let double = fun x => x * 2 in double "three"')
    assert marked(outcome) == [
        ("x", "this expression has type String, but Number was expected"),
        ('"three"', "the value was written here"),
    ]


def test_two_values_that_do_not_merge_are_both_shown() -> None:
    outcome = run_source('let mk = fun a b => a & b in mk { v = "one" } { v = "two" }')
    assert marked(outcome) == [('"one"', "cannot merge this definition"), ('"two"', "with this one")]


def test_one_place_that_fails_for_two_values_is_two_failures(tmp_path: Path) -> None:
    file = tmp_path / "main.ncl"
    file.write_text('let double = fun x => x * 2 in { a = double "three", b = double "four", c = double "four" }')
    outcome = export([str(file)], "json", Options(cache="off"))
    assert [diagnostic.labels[1].span.text for diagnostic in outcome.diagnostics] == ['"three"', '"four"', '"four"']


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data.json", '{"ports": [1, "eighty"]}'),
        ("data.yaml", 'ports:\n- 1\n- "eighty"\n'),
        ("data.toml", 'ports = [1, "eighty"]\n'),
    ],
)
def test_the_value_of_a_data_file_is_shown_in_that_file(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    file = tmp_path / "main.ncl"
    file.write_text(f'let mk = fun ps => {{ ports | Array Number = ps }} in mk (import "{name}").ports')
    outcome = export([str(file)], "json", Options(cache="off"))
    [diagnostic] = outcome.diagnostics
    assert diagnostic.labels[0].span.source.name.endswith(name)
    assert diagnostic.labels[0].span.text == '"eighty"'


def test_the_second_run_is_silent(tmp_path: Path) -> None:
    said: list[str] = []
    file = tmp_path / "main.ncl"
    file.write_text('std.trace "once" { a | Number = "x" }')
    outcome = export([str(file)], "json", Options(cache="off", trace=said.append))
    assert outcome.status == 1
    assert said == ["once"]


def test_no_more_arrays_are_remembered_than_memory_allows() -> None:
    source = 'let rec loop = fun n acc => if n == 0 then acc + "x" else loop (n - 1) (std.array.length [n, acc]) in loop 400000 0'
    outcome = run_source(source)
    assert outcome.diagnostics[0].code == "dynamic-type-error"


@pytest.mark.parametrize(
    ("source", "headline"),
    [
        (
            'let f | { n | Number | default = "two" } -> Dyn = fun { n } => n + 1 in f {}',
            "contract of `f` broken by itself",
        ),
        ("let g | Number -> { a | String | default = 700 } = fun x => {} in g 1", "contract of `g` broken by itself"),
    ],
)
def test_a_default_that_the_contract_itself_gives_is_the_contracts_fault(source: str, headline: str) -> None:
    [diagnostic] = run_source(source).diagnostics
    assert diagnostic.message == headline
    assert diagnostic.blame is not None
    assert diagnostic.blame.party == "contract"
    assert diagnostic.labels[0].span.text in ('"two"', "700")


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("let f = match { 'a => 1 } in { x = f 'b }", "'b"),
        ("let f = match { 'a => 1 } in { x = f 'b, y = std.seq 'b 1 }", "'b"),
        ("let f = match { { a } => a } in let g = fun x => f x in { x = g { b = 1 } }", "{ b = 1 }"),
        ("let f = fun { a, b } => a in { x = f { a = 1 } }", "{ a = 1 }"),
        ("let f = fun r => r.a in { x = f { b = 1 } }", "{ b = 1 }"),
        ("let f = fun { r } => r.a in { x = f { r = { b = 1 } } }", "{ b = 1 }"),
    ],
)
def test_a_value_that_no_pattern_takes_is_shown_where_it_was_written(source: str, written: str) -> None:
    marks = marked(run_source(source))
    assert marks[0][1] != "the value was written here"
    assert marks[-1] == (written, "the value was written here")


def test_a_computed_value_is_not_said_to_be_written() -> None:
    marks = marked(run_source("let f = match { 1 => 2 } in { x = f (1 == 1), y = true }"))
    assert marks == [("match { 1 => 2 }", "in this match expression")]


def test_a_missing_field_is_marked_in_the_file_whose_record_lacks_it() -> None:
    loader = MemoryLoader(
        {
            "schema.ncl": "{ Image = { name | String, tag | String } }",
            "main.ncl": 'let { Image } = import "schema.ncl" in { images | Array Image = [{ name = "a" }] }',
        }
    )
    outcome = export(["main.ncl"], "json", Options(cache="off"), loader=loader)
    (diagnostic,) = outcome.diagnostics
    assert [(label.span.text, label.primary, label.message) for label in diagnostic.labels] == [
        ('{ name = "a" }', True, "this lacks it"),
        ("tag", False, "required here"),
    ]
