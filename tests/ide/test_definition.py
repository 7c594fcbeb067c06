"""Where names are defined, declared, and where their contracts are: `$0` is the cursor, `«…»` the places that must come out."""

from __future__ import annotations

import pytest

from contractlang.ide.definition import declaration, definition, type_definition
from ide.marks import marked

DEFINITIONS = {
    "a let": "let «x» = 1 in x$0",
    "a let, the cursor before the name": "let «x» = 1 in $0x",
    "the innermost of two lets": "let x = 1 in let «x» = 2 in x$0",
    "the outer let in the value of an inner one": "let «x» = 1 in let x = x$0 in x",
    "a recursive let": "let rec «f» = fun n => f$0 n in f",
    "a parameter": "fun «a» b => a$0 + b",
    "a variable of a record pattern": "let { a, «b» } = { a = 1, b = 2 } in b$0",
    "a variable of a renamed field in a pattern": "let { a = «x» } = { a = 1 } in x$0",
    "the rest of a record pattern": "let { a, ..«rest» } = { a = 1, b = 2 } in rest$0",
    "an alias in a pattern": "let «all» @ { a } = { a = 1 } in all$0",
    "the variable of an enum pattern": "'Ok 1 |> match { 'Ok «value» => value$0, _ => 0 }",
    "both alternatives share one variable": "'A 1 |> match { 'A «x» or 'B x => x$0, _ => 0 }",
    "a field of the same record": "{ «port» = 80, url = port$0 }",
    "a field of an outer record": "{ «port» = 80, inner = { url = port$0 } }",
    "a field through a let": "let r = { «a» = 1 } in r.a$0",
    "a field through two lets": "let r = { «a» = 1 } in let s = r in s.a$0",
    "a nested field": "let r = { a.«b» = 1 } in r.a.b$0",
    "the middle of a path": "let r = { «a».b = 1 } in r.a$0.b",
    "a quoted field": 'let r = { «"a b"» = 1 } in r."a b$0"',
    "both definitions of a merge": "let r = { «a» = 1 } & { «a» = 1 } in r.a$0",
    "both pieces of one field": "let r = { «a».b = 1, «a».c = 2 } in r.a$0",
    "a definition and the default in the contract": "let C = { «p» | Number | default = 1 } in let r | C = { «p» = 2 } in r.p$0",
    "only the definition when the contract defines nothing": "let C = { p | Number } in let r | C = { «p» = 2 } in r.p$0",
    "the contract when nothing else is known": "let C = { «p» | Number } in fun r => (r | C).p$0",
    "a row of a record type": "let f : { «p» : Number } -> Number = fun r => r.p$0 in f",
    "through a function": "let f = fun n => { «name» = n } in (f 1).name$0",
    "what a function was given": "let f = fun n => { name = n } in (f { «x» = 1 }).name.x$0",
    "through both branches of an if": "let r = if true then { «a» = 1 } else { «a» = 2 } in r.a$0",
    "an element of an array": "std.array.map (fun s => s.n$0) [{ «n» = 1 }]",
    "through a pipe": "[{ «n» = 1 }] |> std.array.map (fun s => s.n$0)",
    "the first of an array": "(std.array.first [{ «n» = 1 }]).n$0",
    "through std.record.merge_all": "(std.record.merge_all [{ «a» = 1 }, { b = 2 }]).a$0",
    "through std.record.get": 'let r = { k = { «a» = 1 } } in (std.record.get "k" r).a$0',
    "the field that a pattern takes": "let { a$0 } = { «a» = 1 } in a",
    "a type variable": "let f : forall «a». a -> a$0 = fun x => x in f",
    "a tag where its enum type lists it": "let T = [| «'A», 'B |] in { x | T = 'A$0 }",
    "a tag in a match": "let f : [| «'A», 'B |] -> Number = match { 'A$0 => 1, 'B => 2 } in f",
    "in an interpolation": 'let «x» = "a" in "b %{x$0}"',
    "in a contract": "let «Port» = Number in { p | Port$0 }",
    "an included variable": "let «x» = 1 in { include x$0 }",
    "another file": '(import "lib.ncl").a$0\n-- file: lib.ncl\n{ «a» = 1 }',
    "another file through a let": 'let l = import "lib.ncl" in l.a.b$0\n-- file: lib.ncl\n{ a = { «b» = 1 } }',
    "two files away": '(import "a.ncl").x$0\n-- file: a.ncl\nimport "b.ncl"\n-- file: b.ncl\n{ «x» = 1 }',
    "the value in a JSON file": '(import "d.json").a.b$0\n-- file: d.json\n{"a": {"b": «1»}}',
    "the value in a YAML file": '(import "d.yaml").a$0\n-- file: d.yaml\na: «1»\n',
    "a merge with another file": '((import "l.ncl") & { «a» = 1 }).a$0\n-- file: l.ncl\n{ «a» = 1 }',
    "half-typed text after it": "let «x» = 1 in { a = x$0, b = std. }",
}


@pytest.mark.parametrize("source", DEFINITIONS.values(), ids=DEFINITIONS.keys())
def test_definition(source: str) -> None:
    at = marked(source)
    assert at.shown(definition(at.snapshot, at.path, at.offset)) == at.stretches


NOWHERE = {
    "a number": "let x = 4$02 in x",
    "a field of something unknown": "fun x => x.a$0",
    "a name that is not bound": "nothing$0",
    "a comment": "let x = 1 in # x$0\nx",
    "the text of a string": 'let x = 1 in "x$0"',
    "an empty file": "$0",
    "a keyword": "le$0t x = 1 in x",
}


@pytest.mark.parametrize("source", NOWHERE.values(), ids=NOWHERE.keys())
def test_what_has_no_definition(source: str) -> None:
    at = marked(source)
    assert definition(at.snapshot, at.path, at.offset) == []


def test_an_import_leads_to_the_file() -> None:
    at = marked('imp$0ort "lib.ncl"\n-- file: lib.ncl\n1')
    assert at.shown(definition(at.snapshot, at.path, at.offset)) == [("lib.ncl", 0, 0)]


def test_the_path_of_an_import_leads_to_the_file() -> None:
    at = marked('import "li$0b.ncl"\n-- file: lib.ncl\n1')
    assert at.shown(definition(at.snapshot, at.path, at.offset)) == [("lib.ncl", 0, 0)]


def test_members_of_the_library_lead_into_its_sources() -> None:
    from contractlang.ide.library import library_text

    at = marked("std.array.map$0")
    (found,) = definition(at.snapshot, at.path, at.offset)
    text = library_text(found.path)
    assert found.path == "std/array.ncl"
    assert text is not None
    assert text[found.start : found.end] == "map"


def test_modules_of_the_library_lead_to_their_files() -> None:
    at = marked("std.arr$0ay.map")
    assert [found.path for found in definition(at.snapshot, at.path, at.offset)] == ["std/array.ncl"]


def test_definitions_inside_the_library() -> None:
    """The library's files can be shown by an editor, and asked about like any other."""
    from contractlang.ide.library import library_text

    at = marked("$01")
    text = library_text("std/contract.ncl") or ""
    use = text.index("Sequence contracts")
    (found,) = definition(at.snapshot, "std/contract.ncl", use)
    assert text[found.start : found.end] == "Sequence"


DECLARATIONS = {
    "the contract's field rather than the value": "let C = { «p» | Number } in let r | C = { p = 2 } in r.p$0",
    "the field of the type": "let r : { «p» : Number } = { p = 2 } in r.p$0",
    "the definition where no contract lists it": "let r = { «p» = 2 } in r.p$0",
    "from the definition to the contract": "let C = { «p» | Number } in { p$0 = 2 } | C",
    "a variable": "let «x» = 1 in x$0",
}


@pytest.mark.parametrize("source", DECLARATIONS.values(), ids=DECLARATIONS.keys())
def test_declaration(source: str) -> None:
    at = marked(source)
    assert at.shown(declaration(at.snapshot, at.path, at.offset)) == at.stretches


TYPE_DEFINITIONS = {
    "the name of the contract": "let «C» = { p | Number } in let r | C = { p = 2 } in r$0",
    "a contract from another file": 'let r | (import "c.ncl").C = {} in r$0\n-- file: c.ncl\n{ «C» = { p | Number } }',
    "what the elements of an array are": "let «C» = { p | Number } in let r | Array C = [] in r$0",
    "what the values of a dictionary are": "let «C» = { p | Number } in let r | { _ | C } = {} in r$0",
    "a record type that is written out": "let r : «{ p : Number }» = { p = 2 } in r$0",
    "an enum type that is written out": "let r : «[| 'A |]» = 'A in r$0",
    "of a field": "let «C» = Number in let r = { p | C = 1 } in r.p$0",
    "of a field, from its declaration": "let «C» = Number in { p$0 | C = 1 }",
    "of a parameter, by the function's type": "let «C» = { p | Number } in let f | C -> Number = fun c => c$0.p in f",
    "of a call": "let «C» = { p | Number } in let f | Number -> C = fun n => { p = n } in let c = f 1 in c$0",
    "a contract that is applied to arguments": "let «AtLeast» = fun n => Number in let x | AtLeast 3 = 4 in x$0",
    "both contracts of a merge": "let «A» = { a | Number } in let «B» = { b | Number } in let r | A & B = {} in r$0",
}


@pytest.mark.parametrize("source", TYPE_DEFINITIONS.values(), ids=TYPE_DEFINITIONS.keys())
def test_type_definition(source: str) -> None:
    at = marked(source)
    assert at.shown(type_definition(at.snapshot, at.path, at.offset)) == at.stretches


def test_the_contract_of_a_library_member_is_in_the_library() -> None:
    at = marked("let x | std.number.Nat = 1 in x$0")
    (found,) = type_definition(at.snapshot, at.path, at.offset)
    assert found.path == "std/number.ncl"
