"""What completion offers: `$0` is the cursor."""

from __future__ import annotations

import pytest

from contractlang.ide.candidates import Completion
from contractlang.ide.completion import complete, completion_documentation
from contractlang.ide.places import apply_edits
from contractlang.workspace.workspace import Settings
from ide.marks import Marked, marked


def offered(at: Marked) -> list[Completion]:
    return complete(at.snapshot, at.path, at.offset)


def labels(at: Marked) -> list[str]:
    return [item.label for item in offered(at)]


def accepted(at: Marked, label: str) -> str:
    """The text after a completion was chosen."""
    item = next(item for item in offered(at) if item.label == label)
    return apply_edits(at.text, [item.edit])


EXACTLY = {
    "fields of a let": ("let r = { a = 1, b = 2 } in r.$0", ["a", "b"]),
    "fields while one is typed": ("let r = { alpha = 1, beta = 2 } in r.al$0", ["alpha", "beta"]),
    "fields in the middle of a word": ("let r = { alpha = 1 } in r.al$0ph", ["alpha"]),
    "nested fields": ("let r = { a.b.c = 1 } in r.a.b.$0", ["c"]),
    "both sides of a merge": ("let r = { a = 1 } & { b = 2 } in r.$0", ["a", "b"]),
    "both branches": ("let r = if true then { a = 1 } else { b = 2 } in r.$0", ["a", "b"]),
    "fields of a contract": ("let C = { p | Number, q | String } in let f | C -> Number = fun c => c.$0 in f", ["p", "q"]),
    "fields of a record type": ("let f : { p : Number } -> Number = fun c => c.$0 in f", ["p"]),
    "fields of merged contracts": ("let A = { a } in let B = { b } in let r | A & B = {} in r.$0", ["a", "b"]),
    "fields of an annotated value": ("({ a = 1 } | { b }).$0", ["a", "b"]),
    "fields of a quoted name": ('let r = { "x y" = { a = 1 } } in r."x y".$0', ["a"]),
    "fields of a call": ("let f = fun n => { name = n } in (f 1).$0", ["name"]),
    "fields of what was given to a call": ("let f = fun n => { name = n } in (f { x = 1 }).name.$0", ["x"]),
    "fields of a promised result": ("let f : Number -> { a : Number } = fun n => { a = n } in (f 1).$0", ["a"]),
    "elements of an array": ("std.array.map (fun s => s.$0) [{ a = 1 }, { b = 2 }]", ["a", "b"]),
    "elements through a pipe": ("[{ a = 1 }] |> std.array.filter (fun s => s.$0)", ["a"]),
    "elements through two pipes": (
        "[{ a = { b = 1 } }] |> std.array.map (fun s => s.a) |> std.array.filter (fun t => t.$0)", ["b"],
    ),
    "the result of a fold": ("(std.array.fold_left (fun acc x => acc) { a = 1 } []).$0", ["a"]),
    "values of a dictionary": ("let d | { _ | { a | Number } } = {} in d.any.$0", ["a"]),
    "values of std.record.map": ("std.record.map (fun k v => v.$0) { x = { a = 1 } }", ["a"]),
    "std.record.merge_all": ("(std.record.merge_all [{ a = 1 }, { b = 2 }]).$0", ["a", "b"]),
    "all_of contracts": ("let r | std.contract.all_of [{ a }, { b }] = {} in r.$0", ["a", "b"]),
    "an import": ('(import "l.ncl").$0\n-- file: l.ncl\n{ a = 1 }', ["a"]),
    "a let-bound import": ('let l = import "l.ncl" in l.$0\n-- file: l.ncl\n{ a = 1 }', ["a"]),
    "an imported contract": ('let C = import "c.ncl" in { $0 } | C\n-- file: c.ncl\n{ p | Number }', ["p", "include"]),
    "imported JSON": ('(import "d.json").$0\n-- file: d.json\n{"a": 1, "b c": 2}', ["a", '"b c"']),
    "imported YAML": ('(import "d.yaml").a.$0\n-- file: d.yaml\na:\n  b: 1\n', ["b"]),
    "imported TOML": ('(import "d.toml").a.$0\n-- file: d.toml\n[a]\nb = 1\n', ["b"]),
    "in an interpolation": ('let r = { a = 1 } in "x %{r.$0} y"', ["a"]),
    "in a nested record with commas after": ("let foo = { a = 1 } in { a = foo. $0, b = 2 }", ["a"]),
    "a variable of a pattern": ("let { r } = { r = { a = 1 } } in r.$0", ["a"]),
    "the argument of a variant": ("'Ok { a = 1 } |> match { 'Ok v => v.$0 }", ["a"]),
    "the argument of an enum type": ("let f : [| 'Ok { a : Number } |] -> Number = match { 'Ok v => v.$0 } in f", ["a"]),
    "quoted fields": ('let r = { "a b" = 1 } in r.$0', ['"a b"']),
    "inside of quotes": ('let r = { "a b" = 1, c = 2 } in r."a$0"', ['"a b"', '"c"']),
    "no fields of a number": ("let n = 1 in n.$0", []),
    "missing fields, required ones first": (
        "let C = { o | optional, d | default = 1, r | Number } in { $0 } | C", ["r", "o", "d", "include"],
    ),
    "missing fields while one is typed": ("let C = { port, name } in { po$0 } | C", ["port", "name", "include"]),
    "missing fields after others": ("let C = { a, b, c } in { b = 1, $0 } | C", ["a", "c", "include"]),
    "missing fields before others": ("let C = { a, b, c } in { $0, b = 1 } | C", ["a", "c", "include"]),
    "fields of the contract of a field": ("let C = { a } in { x | C = { $0 } }", ["a", "include"]),
    "fields of a nested contract": ("let C = { x | { a, b } } in { x = { a = 1, $0 } } | C", ["b", "include"]),
    "fields of what the record is merged with": ("{ a | Number } & { $0 }", ["a", "include"]),
    "fields of what a function demands": ("let f | { a } -> Number = fun r => 1 in f { $0 }", ["a", "include"]),
    "fields of what a pattern takes": ("let f = fun { a, b } => a in f { b = 1, $0 }", ["a", "include"]),
    "fields of array elements": ("let C = { a } in let xs | Array C = [{ $0 }] in xs", ["a", "include"]),
    "fields of dictionary values": ("let C = { a } in let d | { _ | C } = { x = { $0 } } in d", ["a", "include"]),
    "fields below a path": ("let C = { x | { a, b } } in { x.$0 } | C", ["a", "b"]),
    "fields of a record type, missing": ("let r : { a : Number, b : String } = { a = 1, $0 } in r", ["b", "include"]),
    "fields for a pattern": ("let { a, $0 } = { a = 1, b = 2, c = 3 } in a", ["b", "c"]),
    "tags of an annotation": ("let T = [| 'A, 'B |] in { x | T = '$0 }", ["'A", "'B"]),
    "tags while one is typed": ("let T = [| 'Alpha, 'Beta |] in { x | T = 'Al$0 }", ["'Alpha", "'Beta"]),
    "tags of an argument": ("std.serialize '$0", ["'Json", "'Toml", "'Yaml", "'YamlDocuments"]),
    "tags in a comparison": ("let f : [| 'A, 'B |] -> Bool = fun x => x == '$0 in f", ["'A", "'B"]),
    "tags of an array's elements": ("let xs | Array [| 'A, 'B |] = ['$0] in xs", ["'A", "'B"]),
    "tags of a branch": ("let x : [| 'A, 'B |] = if true then 'A else '$0 in x", ["'A", "'B"]),
    "tags that no branch covers": ("let f : [| 'A, 'B, 'C |] -> Number = match { 'A => 1, $0 } in f", ["'B", "'C", "_"]),
    "covered by an or-pattern": ("let f : [| 'A, 'B, 'C |] -> Number = match { 'A or 'B => 1, '$0 } in f", ["'C"]),
    "a guarded branch covers nothing": (
        "let f : [| 'A, 'B |] -> Number = match { 'A if x => 1, '$0 } in f", ["'A", "'B"],
    ),
    "tags of what is piped into a match": ("let x | [| 'A, 'B |] = 'A in x |> match { '$0 }", ["'A", "'B"]),
    "tags of the file where none are expected": ("let a = 'One in let b = 'Two in '$0", ["'One", "'Two"]),
    "files to import": ('import "$0"\n-- file: a.ncl\n1\n-- file: data/d.json\n{}', ["a.ncl", "data/"]),
    "files in a folder": ('import "data/$0"\n-- file: data/d.json\n{}\n-- file: a.ncl\n1', ["data/d.json"]),
    "files while the quote is open": ('import "$0\n-- file: a.ncl\n1', ["a.ncl"]),
    "a comment": ("# std.$0", []),
    "a string": ('"std.$0"', []),
    "a multiline string": ('m%"\n  std.$0\n"%', []),
    "the name of a let": ("let na$0", []),
    "the name of a parameter": ("fun a b$0", []),
    "documentation": ("{ a | doc $0 }", []),
    "a number": ("{ a = 12$0 }", []),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), EXACTLY.values(), ids=EXACTLY.keys())
def test_completion(source: str, expected: list[str]) -> None:
    assert labels(marked(source)) == expected


AMONG = {
    "names in scope": ("let a = 1 in let b = 2 in $0", ["a", "b", "std", "let", "if", "fun", "match", "import"]),
    "names at the end of the file": ("let abc = 1 in\n\n$0\n", ["abc"]),
    "parameters": ("fun alpha beta => $0", ["alpha", "beta"]),
    "variables of a pattern": ("match { 'A { x, y } => $0 }", ["x", "y"]),
    "fields of the enclosing records": ("{ outer = 1, r = { inner = 2, x = $0 } }", ["outer", "inner"]),
    "names in an interpolation": ('let abc = "a" in "x %{$0} y"', ["abc"]),
    "names in a half-typed array": ("let abc = 1 in [abc, $0", ["abc"]),
    "modules of the library": ("std.$0", ["array", "record", "string", "to_string"]),
    "members of a module": ("std.array.$0", ["map", "fold_left", "NonEmpty"]),
    "members below a member": ("std.contract.label.$0", ["with_message"]),
    "metadata": ("{ a | $0 }", ["default", "doc", "force", "optional", "priority", "not_exported"]),
    "types": ("{ a | $0 }", ["Number", "String", "Bool", "Array", "Dyn"]),
    "contracts in scope": ("let Port = Number in { a | $0 }", ["Port"]),
    "types after a colon": ("let x : $0", ["Number", "String", "forall"]),
    "types after an arrow": ("let f : Number -> $0", ["Number"]),
    "types of elements": ("let f : Array $0", ["Number"]),
    "tags beside names": ("let T = [| 'A |] in { x | T = $0 }", ["'A", "T"]),
    "booleans that are expected": ("{ x | Bool = $0 }", ["true", "false"]),
    "a function that is expected": ("std.array.map $0", ["fun x => …"]),
    "a record with what is required": ("let C = { a | Number, b } in { x | C = $0 }", ["{ … }"]),
    "keywords that go on": ("let x = 1 $0", ["in"]),
}


@pytest.mark.parametrize(("source", "expected"), AMONG.values(), ids=AMONG.keys())
def test_completions_among_others(source: str, expected: list[str]) -> None:
    assert set(expected) <= set(labels(marked(source)))


ABSENT = {
    "no metadata after a colon": ("let x : $0", "default"),
    "no name before its let": ("let a = $0 in a", "a"),
    "no name after its scope": ("(let a = 1 in a) + $0", "a"),
    "not the parameters outside of the function": ("[fun x => x, $0]", "x"),
    "no fields of the record in a pattern of a match": ("{ a = 1, b = match { $0 } }", "a"),
}


@pytest.mark.parametrize(("source", "label"), ABSENT.values(), ids=ABSENT.keys())
def test_what_is_not_offered(source: str, label: str) -> None:
    assert label not in labels(marked(source))


ACCEPTED = {
    "the typed part is replaced": ("let r = { alpha = 1 } in r.al$0", "alpha", "let r = { alpha = 1 } in r.alpha"),
    "the rest of the word too": ("let r = { alpha = 1 } in r.a$0lp", "alpha", "let r = { alpha = 1 } in r.alpha"),
    "names that need quotes get them": ('let r = { "a b" = 1 } in r.$0', '"a b"', 'let r = { "a b" = 1 } in r."a b"'),
    "quotes are not doubled": ('let r = { "a b" = 1 } in r."a$0"', '"a b"', 'let r = { "a b" = 1 } in r."a b"'),
    "a field is begun": ("{ po$0 } | { port }", "port", "{ port =  } | { port }"),
    "a field that is begun keeps its sign": ("{ po$0 = 1 } | { port }", "port", "{ port = 1 } | { port }"),
    "a tag": ("let x : [| 'Abc |] = 'A$0 in x", "'Abc", "let x : [| 'Abc |] = 'Abc in x"),
    "a tag from its apostrophe alone": ("let x : [| 'Abc |] = '$0 in x", "'Abc", "let x : [| 'Abc |] = 'Abc in x"),
    "a path between quotes": ('import "$0"\n-- file: a.ncl\n1', "a.ncl", 'import "a.ncl"\n'),
    "a path without a closing quote": ('import "a$0\n-- file: a.ncl\n1', "a.ncl", 'import "a.ncl\n'),
    "a path without quotes": ("import $0\n-- file: a.ncl\n1", "a.ncl", 'import "a.ncl"\n'),
}


@pytest.mark.parametrize(("source", "label", "expected"), ACCEPTED.values(), ids=ACCEPTED.keys())
def test_accepting(source: str, label: str, expected: str) -> None:
    assert accepted(marked(source), label) == expected


def test_required_fields_are_marked() -> None:
    at = marked("let C = { a | Number, b | default = 1 } in { $0 } | C")
    assert {item.label: item.required for item in offered(at)} == {"a": True, "b": False, "include": False}


def test_details_tell_types() -> None:
    at = marked('let r = { a = 1, b | String = "", c = { d = 1 } } in r.$0')
    assert [item.detail for item in offered(at)] == ["Number", "String", "{ d : Number }"]


def test_the_innermost_names_come_first() -> None:
    at = marked("let zz = 1 in let aa = 2 in fun mm => $0")
    names = [label for label in labels(at) if label in {"zz", "aa", "mm"}]
    assert names == ["mm", "aa", "zz"]


def test_contracts_come_before_other_names_in_annotations() -> None:
    at = marked("let port = 1 in let Port = Number in { a | $0 }")
    found = labels(at)
    assert found.index("Port") < found.index("Number") < found.index("port")


def test_snippets_have_tab_stops() -> None:
    at = marked("$0")
    found = {item.label: item.snippet for item in offered(at)}
    assert found["if"] == "if ${1:condition} then ${2:value} else ${3:value}"
    assert found["std"] is None


def test_a_branch_is_completed_with_its_arrow() -> None:
    at = marked("let f : [| 'A, 'B Number |] -> Number = match { $0 } in f")
    found = {item.label: item.snippet for item in offered(at)}
    assert found["'A"] == "'A => ${0},"
    assert found["'B"] == "'B ${1:value} => ${0},"


def test_kinds_of_fields() -> None:
    at = marked("std.$0")
    kinds = {item.label: item.kind for item in offered(at)}
    assert kinds["array"] == "module"
    assert kinds["to_string"] == "function"


def test_documentation_is_resolved_by_label() -> None:
    at = marked("std.array.$0")
    found = completion_documentation(at.snapshot, at.path, at.offset, "map")
    assert found is not None
    assert found.startswith("What a function answers")
    assert completion_documentation(at.snapshot, at.path, at.offset, "nothing") is None


def test_documentation_of_fields() -> None:
    at = marked('let r = { a | doc "The first." = 1 } in r.$0')
    assert completion_documentation(at.snapshot, at.path, at.offset, "a") == "The first."


def test_import_paths_are_searched() -> None:
    source = 'import "$0"\n-- file: vendor/lib.ncl\n1'
    at = marked(source, settings=Settings(import_paths=["vendor"]))
    assert "lib.ncl" in labels(at)


def test_files_of_a_folder_above() -> None:
    at = marked('-- file: sub/main.ncl\nimport "../$0"\n-- file: lib.ncl\n1')
    assert labels(at) == ["../lib.ncl"]


def test_of_very_many_names_those_are_offered_that_fit() -> None:
    fields = "".join(f"field_{number} = {number}, " for number in range(400))
    at = marked(f"{{ {fields} other = 1, x = fld_39$0 }}")
    assert "field_399" in labels(at)
    assert "other" not in labels(at)
