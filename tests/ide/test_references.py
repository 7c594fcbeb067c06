"""Every mention of a name, in all files: `$0` is the cursor, `«…»` the places that must come out."""

from __future__ import annotations

import pytest

from contractlang.ide.references import highlights, references
from ide.marks import marked

REFERENCES = {
    "a let and its uses": "let «x» = 1 in [«x»$0, «x»]",
    "asked at the declaration": "let «x$0» = 1 in «x»",
    "not a shadowing name": "let «x» = 1 in (let x = 2 in x) + «x»$0",
    "the value of a shadowing let": "let «x» = 1 in let x = «x»$0 in x",
    "a parameter": "fun «n» => «n»$0 + «n»",
    "a pattern variable in both alternatives": "match { 'A «x» or 'B «x» => «x»$0 }",
    "the rest of a pattern": "let { ..«rest» } = {} in «rest»$0",
    "a field and its sibling uses": "{ «port» = 1, url = «port»$0 }",
    "a field and accesses to it": "let r = { «a» = 1 } in [r.«a»$0, r.«a»]",
    "not a field of another record": "let r = { «a» = 1 } in let s = { a = 2 } in [r.«a»$0, s.a]",
    "both sides of a merge": "let r = { «a» = 1 } & { «a» = 2 } in r.«a»$0",
    "the contract and the value": "let C = { «p» | Number } in { «p»$0 = 1 } | C",
    "several values of one contract": "let C = { «p$0» | Number } in [{ «p» = 1 } | C, { «p» = 2 } | C]",
    "both pieces of a field": "let r = { «a».b = 1, «a».c = 2 } in r.«a»$0",
    "a field that a pattern takes": "let { «a»$0 = x } = { «a» = 1 } in x",
    "an argument and the parameter's pattern": "let f = fun { «a» = x } => x in f { «a$0» = 1 }",
    "a row of a type and its uses": "let f : { «p$0» : Number } -> Number = fun r => r.«p» in f",
    "a variable, not the field of the same name": "let «x»$0 = 1 in [«x», { x = 2 }.x]",
    "fields of array elements": "let xs = [{ «n» = 1 }, { «n» = 2 }] in std.array.map (fun x => x.«n»$0) xs",
    "the standard library": "[«std»$0.array, «std».string]",
    "tags of one name": "let T = [| «'A», 'B |] in { x | T = «'A»$0, y = 'B }",
    "a type variable": "let f : forall «a». «a»$0 -> «a» = fun x => x in f",
    "in two files": '[(import "l.ncl").«a»$0]\n-- file: l.ncl\n{ «a» = 1, b = «a» }',
    "from the file that declares it": '{ «a$0» = 1 }\n-- file: m.ncl\n(import "main.ncl").«a»',
    "in three files": '{ «a$0» = 1 }\n-- file: m.ncl\nimport "main.ncl"\n-- file: n.ncl\n(import "m.ncl").«a»',
    "a schema, its user, and the user's user": (
        '{ «port$0» | Number }\n-- file: web.ncl\n{ «port» = 80 } | (import "main.ncl")\n'
        '-- file: all.ncl\n{ web = import "web.ncl", p = web.«port» }'
    ),
    "the same import": 'let a = «import "l.ncl"»$0 in let b = «import "l.ncl"» in a & b\n-- file: l.ncl\n{}',
}


@pytest.mark.parametrize("source", REFERENCES.values(), ids=REFERENCES.keys())
def test_references(source: str) -> None:
    at = marked(source)
    assert at.shown(references(at.snapshot, at.path, at.offset)) == at.stretches


def test_without_declarations() -> None:
    at = marked("let x = 1 in [«x»$0, «x»]")
    assert at.shown(references(at.snapshot, at.path, at.offset, declarations=False)) == at.stretches


def test_what_no_name_is_has_no_references() -> None:
    at = marked("let x = 4$02 in x")
    assert references(at.snapshot, at.path, at.offset) == []


def test_members_of_the_library_are_found_in_all_files() -> None:
    at = marked("std.array.«map»$0\n-- file: b.ncl\nlet a = std.array in a.«map»\n-- file: c.ncl\n{ map = 1 }.map")
    found = references(at.snapshot, at.path, at.offset, declarations=False)
    assert at.shown(found) == at.stretches


def test_an_access_to_something_unknown_is_no_reference() -> None:
    at = marked("let r = { «a» = 1 } in fun s => r.«a»$0 + s.a")
    assert at.shown(references(at.snapshot, at.path, at.offset)) == at.stretches


HIGHLIGHTS = {
    "a let": ("let «x» = 1 in [«x»$0, «x»]", ["write", "read", "read"]),
    "a field": ("{ «a» = 1, b = «a»$0 }", ["write", "read"]),
    "two definitions": ("let r = { «a» = 1 } & { «a» = 2 } in r.«a»$0", ["write", "write", "read"]),
    "this file alone": ('(import "l.ncl").«a»$0\n-- file: l.ncl\n{ a = 1 }', ["read"]),
    "a parameter at its declaration": ("fun «x$0» => «x»", ["write", "read"]),
}


@pytest.mark.parametrize(("source", "kinds"), HIGHLIGHTS.values(), ids=HIGHLIGHTS.keys())
def test_highlights(source: str, kinds: list[str]) -> None:
    at = marked(source)
    found = highlights(at.snapshot, at.path, at.offset)
    assert [(each.start, each.end) for each in found] == at.spans()
    assert [each.kind for each in found] == kinds


@pytest.mark.parametrize("source", REFERENCES.values(), ids=REFERENCES.keys())
def test_names_that_are_frequent_are_found_as_well(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frequent names are sought in another way, with the same result."""
    monkeypatch.setattr("contractlang.ide.references.FEW", 0)
    at = marked(source)
    assert at.shown(references(at.snapshot, at.path, at.offset)) == at.stretches
