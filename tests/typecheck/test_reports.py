"""What a type error says: both sides, where they differ, where each comes from, and what to do."""

from __future__ import annotations

import pytest

from contractlang.diagnostics.model import Diagnostic
from typecheck.static import check, errors, load, only


def marked(error: Diagnostic) -> list[tuple[str, str]]:
    """The labels: the text marked, and what is said of it."""
    return [(label.span.text, label.message) for label in error.labels]


def test_mismatch_names_both_types_and_their_annotations() -> None:
    error = only('let add : Number -> Number = fun x => x in let s : String = "a" in (add s : Number)')
    assert error.message == "incompatible types"
    assert error.notes == [
        "Expected an expression of type `Number`",
        "Found an expression of type `String`",
        "These types are not compatible",
        "This is argument 1 of `add`",
    ]
    assert marked(error) == [
        ("s", "this expression"),
        ("Number", "expected because of this annotation"),
        ("String", "found because of this annotation"),
    ]


def test_inferred_type_is_explained_by_the_use_that_decided_it() -> None:
    error = only('(let f = fun x => [x, "a"] in f 1) : Array String')
    assert ('"a"', "this use made the expected type `String`") in marked(error)


def test_differing_part_is_underlined() -> None:
    error = only('let f : Number -> { a : String } = fun n => { a = "" } in (f : Number -> { a : Number })')
    expected = "Expected an expression of type `Number -> { a : Number }`"
    assert error.notes[0].split("\n") == [expected, " " * expected.rindex("Number") + "^^^^^^"]
    assert "They differ in field `a` of the result: expected `Number`, found `String`" in error.notes


@pytest.mark.parametrize(
    ("program", "place"),
    [
        ("let f : Array (Array Number) = [] in (f : Array (Array String))", "the elements of the elements"),
        ("let f : { _ : Number } = {} in (f : { _ : String })", "the values"),
        ("let f : Number -> Number -> Number = fun x y => 1 in (f : Number -> String -> Number)", "argument 2"),
        ("let f : [| 'A Number |] = 'A 1 in (f : [| 'A String |])", "the argument of `'A`"),
        (
            "let f : (Number -> Number) -> Number = fun g => 1 in (f : (String -> Number) -> Number)",
            "argument 1 of argument 1",
        ),
    ],
)
def test_place_of_the_difference_is_named(program: str, place: str) -> None:
    assert any(f"They differ in {place}: expected `String`, found `Number`" in note for note in only(program).notes)


def test_missing_and_misspelt_fields() -> None:
    error = only('let r : { name : String, port : Number } = { nmae = "a", port = 1 } in r')
    assert error.message == "type error: missing field `name`"
    assert error.labels[0].message == "this record lacks `name`"
    assert error.notes[0] == "Expected an expression of type `{ name : String, port : Number }`"
    assert error.notes[1].startswith("Found an expression of type `{ nmae : ")
    assert "Missing: `name`" in error.notes
    assert "Not expected: `nmae`" in error.notes
    assert "Did you mean `name` instead of `nmae`?" in error.notes


def test_misspelt_library_function() -> None:
    error = only("(std.array.mpa (fun x => x) [1]) : Array Number")
    assert marked(error)[1] == ("mpa", "`mpa` required here")
    assert error.notes[-1] == "Did you mean `map` instead of `mpa`?"
    assert all(len(note) < 1500 for note in error.notes)


def test_misspelt_tag() -> None:
    error = only("let f : [| 'Debug |] -> Number = match { 'Debg => 1 } in f")
    assert "while matching function types: type error: missing row `Debug`" in error.notes
    assert "Did you mean `Debug` instead of `Debg`?" in error.notes


def test_row_mismatch_shows_the_whole_path() -> None:
    error = only("let x : { a : { b : Number } } = { a = { b = 1 } } in (x : { a : { b : String } })")
    assert error.code == "record-row-mismatch"
    assert error.notes[0] == "Expected an expression of a record type with the row `a.b: String`"
    assert "while typing field `a.b`: incompatible types" in error.notes


def test_contract_against_type() -> None:
    error = only("let N = Number in let x | N = 1 in (x + 1 : Number)")
    assert "Found an expression of type `N` (a contract)" in error.notes
    assert "Static types and contracts are not compatible" in error.notes


def test_dyn_needs_an_annotation() -> None:
    assert "`| Dyn`" in only("(std.is_number 1) : Bool").help[0]
    assert "untyped code has the type `Dyn`" in only("let x = 1 + 1 in (x + 1 : Number)").help[0]


def test_rigid_variable_is_explained() -> None:
    error = only("let f : forall a. a -> a = fun x => 1 in f")
    assert "The type variable `a` stands for any type at all, so for no type in particular" in error.notes


def test_variables_are_named_in_order() -> None:
    error = only("let f : Number -> Number = fun x y => x in f 1")
    assert "Found an expression of type `Number -> _a -> _b`" in error.notes[1]


def test_contract_in_type_marks_the_contract() -> None:
    error = only("let C = fun l v => v in ((Array C) : Dyn)")
    assert error.code == "contract-in-type-term"
    assert marked(error)[1] == ("C", "contains this user-defined contract")


def test_large_types_are_cut() -> None:
    fields = ", ".join(f"a{number} = {number}" for number in range(2000))
    error = only(f"({{ {fields} }}) : Number")
    assert all(len(note) < 2000 for note in error.notes)


def test_long_arrays_report_their_first_wrong_element() -> None:
    assert len(errors('([1, "a", "b", "c", [2 + "d"]]) : Array Number')) == 2


def test_independent_errors_are_all_reported() -> None:
    program = """
    let f : Number -> Number = fun x => x ++ "a" in
    let g : String -> String = fun s => s + 1 in
    let h : { a : Number } = { a = "s" } in
    h.b
    """
    places = [error.labels[0].span.text for error in errors(program)]
    assert places == ["x", 'x ++ "a"', "s", "s + 1", '"s"']


def test_one_mistake_is_one_error() -> None:
    program = """
    (let r = { a = 1 } in
     let x = r.b in
     let y = x + 1 in
     let z = [y, x] in
     std.array.map (fun e => e + 1) z) : Array Number
    """
    assert [error.code for error in errors(program)] == ["missing-field-type"]


def test_unbound_names_stand_among_type_errors_where_checking_meets_them() -> None:
    table, problems = load('{ a = (1 + "a" : nope), b = ("x" : Number), c = nope2 }')
    found = check(table)[1]
    assert [error.code for error in problems] == ["unbound-identifier", "unbound-identifier"]
    assert [error.labels[0].span.text for error in found] == ["nope", '"a"', '"x"', "nope2"]
