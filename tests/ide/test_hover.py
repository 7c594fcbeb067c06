"""What hover says: `$0` is the pointer; the answer is compared by what it must contain."""

from __future__ import annotations

import pytest

from contractlang.ide.hover import Hover, evaluation_question, hover
from ide.marks import Marked, marked


def shown(at: Marked) -> Hover:
    found = hover(at.snapshot, at.path, at.offset)
    assert found is not None
    return found


SIGNATURES = {
    "a number": ("let x = 1 in x$0", "x : Number"),
    "a string": ('let x = "a" in x$0', "x : String"),
    "a boolean": ("let x = true in x$0", "x : Bool"),
    "an array": ("let x = [1, 2] in x$0", "x : Array Number"),
    "a record": ("let r = { a = 1, b = 'B } in r$0", "r : { a : Number, b : 'B }"),
    "a function": ("let f = fun x y => x in f$0", "f : Dyn -> Dyn -> Dyn"),
    "a field": ('let r = { a = ["x"] } in r.a$0', "a : Array String"),
    "a field that needs quotes": ('let r = { "a b" = 1 } in r."a b$0"', '"a b" : Number'),
    "arithmetic": ("let x = 1 + 2 in x$0", "x : Number"),
    "a comparison": ("let x = 1 < 2 in x$0", "x : Bool"),
    "an annotation": ("let x : Number = 1 in x$0", "x : Number"),
    "a contract": ("let x | std.number.Nat = 1 in x$0", "x | std.number.Nat"),
    "two contracts": ("let r = { p | Number | std.number.Nat = 1 } in r.p$0", "p | Number | std.number.Nat"),
    "the contract of the record": ("let C = { p | Number } in { p$0 = 1 } | C", "p | Number"),
    "its own contract and that of the record": (
        "let C = { p | Number } in { p$0 | std.number.Nat = 1 } | C",
        "p | std.number.Nat | Number",
    ),
    "a type that is named": ("let Port = Number in { p | Port$0 }", "Port = Number"),
    "a contract that the library makes": (
        "let P = std.contract.from_predicate (fun x => true) in { a | P$0 }",
        "P",
    ),
    "a parameter with a contract": ("let f | String -> Number = fun s => s$0 in f", "s | String"),
    "an element": ("std.array.map (fun s => s$0) [1, 2]", "s : Number"),
    "a member of the library": ("std.array.map$0", "std.array.map : forall a b. (a -> b) -> Array a -> Array b"),
    "a member of the library by another name": ("let a = std.array in a.map$0", "std.array.map : forall a b."),
    "a member of std itself": ("std.to_string$0", "std.to_string | std.string.Stringable -> String"),
    "a module": ("std.array$0.map", "std.array"),
    "a field of data": ('(import "d.json").a$0\n-- file: d.json\n{"a": [1]}', "a : Array Number"),
}


@pytest.mark.parametrize(("source", "signature"), SIGNATURES.values(), ids=SIGNATURES.keys())
def test_signature(source: str, signature: str) -> None:
    assert shown(marked(source)).signature.startswith(signature)


LINES = {
    "a literal": ("let x = 42 in x$0", "value: `42`"),
    "a field": ("let r = { a = 'A } in r.a$0", "value: `'A`"),
    "an interpolation of constants": ('{ a = 1, b$0 = "x%{a}" }', 'value: `"x1"`'),
    "an array of constants": ("let x = [1, 'B] in x$0", "value: `[1, 'B]`"),
    "an exact fraction": ("let x = 0.5 in x$0", "value: `0.5`"),
    "the merged value": ("let r = { a | default = 1 } & { a = 2 } in r.a$0", "value: `2`"),
    "a forced value": ("let r = { a | force = 1 } & { a = 2 } in r.a$0", "value: `1`"),
    "a higher priority": ("let r = { a | priority 3 = 1 } & { a | priority 2 = 2 } in r.a$0", "value: `1`"),
    "the default of a contract": ("let C = { p | default = 8 } in let r | C = {} in r.p$0", "value: `8`"),
    "a default": ("{ p$0 | default = 80 }", "default: `80`"),
    "a forced definition": ("{ p$0 | force = 80 }", "forced: `80`"),
    "a numeric priority": ("{ p$0 | priority 5 = 80 }", "priority 5: `80`"),
    "an optional field": ("{ p$0 | optional }", "*optional*"),
    "a field that is not exported": ("{ p$0 | not_exported = 1 }", "*not exported*"),
    "what a caller must supply": ('let f | Number -> String = fun n => "" in f$0', "you supply `n`: `Number`"),
    "what a caller may rely on": ('let f | Number -> String = fun n => "" in f$0', "you may rely on `String`"),
    "all arguments": (
        "let f | Number -> (Number -> Bool) -> Bool = fun n p => p n in f$0",
        "you supply `n`: `Number`, `p`: `Number -> Bool`",
    ),
    "the duties of a contract that has a name": (
        'let F = Number -> String in let f | F = fun n => "" in f$0', "you may rely on `String`",
    ),
    "an import": ('impo$0rt "l.ncl"\n-- file: l.ncl\n{ a = 1, b = 2 }', "fields: `a`, `b`"),
    "a data file": ('import "d.json$0"\n-- file: d.json\n{"a": 1}', "JSON data"),
    "a tag": ("let T = [| 'A, 'B |] in { x | T = 'A$0 }", "[| 'A, 'B |]"),
    "a type variable": ("let f : forall a. a -> a$0 = fun x => x in f", "type variable"),
    "a built-in type": ("{ a | Num$0ber }", "exact rationals"),
    "the array type": ("{ a | Arr$0ay Number }", "arrays"),
    "merge": ("{} &$0 {}", "**merge**"),
    "pipe": ("1 |>$0 f", "**pipe**"),
    "concatenation": ('"a" ++$0 "b"', "concatenation"),
    "array concatenation": ("[] @$0 []", "arrays"),
    "a contract sign": ("{ a |$0 Number }", "**contract annotation**"),
    "a type sign": ("let x :$0 Number = 1 in x", "**type annotation**"),
    "an arrow": ("let f : Number -$0> Number = fun x => x in f", "**function type**"),
    "let": ("l$0et x = 1 in x", "**let**"),
    "match": ("mat$0ch { _ => 1 }", "**match"),
    "default": ("{ a | def$0ault = 1 }", "**default**"),
    "force": ("{ a | for$0ce = 1 }", "**force**"),
    "optional": ("{ a | opt$0ional }", "**optional**"),
    "not_exported": ("{ a | not_$0exported = 1 }", "**not_exported**"),
    "priority": ("{ a | prio$0rity 1 = 1 }", "**priority**"),
    "doc": ('{ a | d$0oc "x" }', "**doc**"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "line"), LINES.values(), ids=LINES.keys())
def test_lines(source: str, line: str) -> None:
    assert line in "\n".join(shown(marked(source)).lines)


NO_VALUE = {
    "definitions that disagree": "let r = { a = 1 } & { a = 2 } in r.a$0",
    "a computation": "let x = 1 + 2 in x$0",
    "two branches": "let x = if c then 1 else 2 in x$0",
    "a parameter": "fun x => x$0",
}


@pytest.mark.parametrize("source", NO_VALUE.values(), ids=NO_VALUE.keys())
def test_values_that_are_not_certain_are_not_told(source: str) -> None:
    assert "value:" not in shown(marked(source)).markdown


DOCUMENTED = {
    "at the declaration": '{ p$0 | doc "The port." = 1 }',
    "at an access": 'let r = { p | doc "The port." = 1 } in r.p$0',
    "from the contract": 'let C = { p | doc "The port." } in { p$0 = 1 } | C',
    "of the value in another file": '(import "l.ncl").p$0\n-- file: l.ncl\n{ p | doc "The port." = 1 }',
    "of a let": 'let x | doc "The port." = 1 in x$0',
    "of a let that is an alias": 'let r = { p | doc "The port." = 1 } in let q = r.p in q$0',
}


@pytest.mark.parametrize("source", DOCUMENTED.values(), ids=DOCUMENTED.keys())
def test_documentation(source: str) -> None:
    assert shown(marked(source)).documentation == "The port."


def test_the_library_is_documented_with_examples() -> None:
    found = shown(marked("std.array.map$0"))
    assert "```nickel" in found.documentation
    assert found.markdown.startswith("```nickel\nstd.array.map :")


def test_modules_say_what_they_are_about() -> None:
    assert shown(marked("std.array$0")).documentation.startswith("Functions on arrays")


def test_the_name_is_what_is_marked() -> None:
    at = marked("let r = { a = 1 } in r.«a»$0")
    found = shown(at)
    assert [(found.start, found.end)] == at.spans()


NOTHING = {
    "a comment": "1 # let$0",
    "the text of a string": '"let$0"',
    "a blank": "1  $0  ",
    "an empty file": "$0",
}


@pytest.mark.parametrize("source", NOTHING.values(), ids=NOTHING.keys())
def test_where_there_is_nothing_to_say(source: str) -> None:
    at = marked(source)
    assert hover(at.snapshot, at.path, at.offset) is None


def test_evaluated_values_are_shown() -> None:
    at = marked("let f = fun n => n + 1 in { a.b$0 = f 1 }")
    question = evaluation_question(at.snapshot, at.path, at.offset)
    assert question == ("a", "b")
    found = hover(at.snapshot, at.path, at.offset, {question: "2"})
    assert found is not None
    assert "value: `2`" in found.lines


QUESTIONS = {
    "through annotations": ("{ a = { b$0 = 1 } } | C", ("a", "b")),
    "through merges": ("{ a = 1 } & { c.d$0 = 1 }", ("c", "d")),
    "in the body of a let": ("let x = 1 in { a$0 = x }", ("a",)),
    "not in a let": ("let x = { a$0 = 1 } in x", None),
    "not in a function": ("fun x => { a$0 = x }", None),
    "not in an array": ("{ a = [{ b$0 = 1 }] }", None),
    "not a use": ("{ a = 1, b = a$0 }", None),
    "not in a contract": ("{ a | { b$0 | Number } = 1 }", None),
}


@pytest.mark.parametrize(("source", "question"), QUESTIONS.values(), ids=QUESTIONS.keys())
def test_which_field_would_have_to_be_evaluated(source: str, question: tuple[str, ...] | None) -> None:
    at = marked(source)
    assert evaluation_question(at.snapshot, at.path, at.offset) == question


def test_inferred_types_of_typed_code() -> None:
    assert shown(marked("let f : Number -> Number = fun n => let m$0 = n + 1 in m in f")).signature == "m : Number"
