"""Values under contract: flat ones, arrays, records, dictionaries, enums, contracts made by hand."""

# ruff: noqa: E501 - programs of one line are easiest to read on one line

from __future__ import annotations

from blame.verdicts import Program, blames_contract, blames_nobody, blames_value

POSITIVE = "let Positive = std.contract.from_predicate (fun n => n > 0) in\n"
EVEN = """let Even = std.contract.from_validator (fun n =>
  if n % 2 == 0 then 'Ok else 'Error { message = "%{n} is odd" }) in
"""

FLAT: list[Program] = [
    blames_value("a string for a number", 'let x |⟨Number⟩ = "ten" in', "x", at='"ten"', name="x"),
    blames_value("a number for a string", "let x |⟨String⟩ = 10 in", "x", at="10", name="x"),
    blames_value("null for a boolean", "let x |⟨Bool⟩ = null in", "x", at="null", name="x"),
    blames_value("a computed value", "let x |⟨String⟩ = 1 + 2 in", "x", at="1 + 2", name="x"),
    blames_value("what a variable stands for", "let y = 1 in\nlet x |⟨String⟩ = y in", "x", at="y", name="x"),
    blames_value("an annotation within an expression", "let x = (1 |⟨String⟩) in", "[x]", at="1"),
    blames_value("a field", "let r = { a |⟨Number⟩ = true } in", "r.a", at="true", name="a"),
    blames_value("the last part of a field path", "let r = { a.b |⟨Number⟩ = true } in", "r.a.b", at="true", name="b"),
    blames_value(
        "a default that nobody overrides",
        "let r = { a |⟨Number⟩ | default = '\"' } in".replace("'\"'", '"1"'),
        "r",
        at='"1"',
        name="a",
    ),
    blames_nobody("a wrong value that nobody looks at", 'let x |⟨Number⟩ = "ten" in', "1", value="1"),
    blames_nobody("a wrong field that nobody looks at", 'let r = { a |⟨Number⟩ = "x", b = 2 } in', "r.b", value="2"),
    blames_nobody("a right value", "let x |⟨Number⟩ = 10 in", "x", value="10"),
    blames_nobody(
        "a default that is overridden", 'let r = { a |⟨Number⟩ | default = "1" } in', "r & { a = 2 }", value='{"a":2}'
    ),
]

ARRAYS: list[Program] = [
    blames_value("no array", "let xs |⟨Array Number⟩ = 5 in", "xs", at="5", name="xs"),
    blames_value("an element", 'let xs |⟨Array Number⟩ = [1, "b", 3] in', "xs", at='"b"', name="xs"),
    blames_value(
        "an element of an element", "let xs |⟨Array (Array Number)⟩ = [[1], [null]] in", "xs", at="null", name="xs"
    ),
    blames_nobody(
        "an element that nobody looks at", 'let xs |⟨Array Number⟩ = ["a", 2] in', "std.array.at 1 xs", value="2"
    ),
    blames_value(
        "an element that somebody looks at",
        'let xs |⟨Array Number⟩ = ["a", 2] in',
        "std.array.first xs",
        at='"a"',
        name="xs",
    ),
    blames_value(
        "an element made by the library",
        "let xs |⟨Array String⟩ = std.array.map (fun x => x) [1] in",
        "xs",
        at="1",
        name="xs",
    ),
]

RECORDS: list[Program] = [
    blames_value("no record", "let r |⟨{ a : Number }⟩ = 1 in", "r", at="1", name="r"),
    blames_value("a field of a record type", 'let r |⟨{ a : Number }⟩ = { a = "x" } in', "r", at='"x"', name="r"),
    blames_value(
        "a missing field of a record type",
        "let r |⟨{ a : Number, b : Number }⟩ = { a = 1 } in",
        "r",
        at="{ a = 1 }",
        name="r",
    ),
    blames_value(
        "an extra field of a record type",
        "let r |⟨{ a : Number }⟩ = { a = 1, b = 2 } in",
        "r",
        at="b",
        name="r",
    ),
    blames_value("a field of a record contract", 'let r |⟨{ a | Number }⟩ = { a = "x" } in', "r", at='"x"', name="a"),
    blames_value(
        "an extra field of a record contract",
        "let r |⟨{ a | Number }⟩ = { a = 1, b = 2 } in",
        "r",
        at="b",
        name="r",
    ),
    blames_value(
        "a missing field of a record contract",
        "let r |⟨{ a | Number }⟩ = {} in",
        "r",
        at="{}",
        name="a",
        code="missing-definition",
    ),
    blames_value(
        "a field two records down",
        'let c |⟨{ db | { port | Number } }⟩ = { db.port = "x" } in',
        "c",
        at='"x"',
        name="port",
    ),
    blames_value(
        "a schema that is a variable",
        'let Schema = { port | Number } in\nlet c |⟨Schema⟩ = { port = "x" } in',
        "c",
        at='"x"',
        name="port",
    ),
    blames_value(
        "the default of a schema", 'let c |⟨{ port | Number | default = "x" }⟩ = {} in', "c", at='"x"', name="port"
    ),
    blames_value(
        "a schema over a function's record",
        'let c |⟨{ a | Number }⟩ = (fun x => { a = x }) "y" in',
        "c.a",
        at="x",
        name="a",
    ),
    blames_value(
        "a recursive schema",
        'let rec Tree = { left | Tree | optional, v | Number } in\nlet t |⟨Tree⟩ = { v = 1, left = { v = "x" } } in',
        "t",
        at='"x"',
        name="v",
    ),
    blames_nobody(
        "an open record contract", "let r |⟨{ a | Number, .. }⟩ = { a = 1, b = 2 } in", "r", value='{"a":1,"b":2}'
    ),
    blames_nobody("an optional field", "let r |⟨{ a | Number | optional }⟩ = {} in", "r", value="{}"),
]

DICTIONARIES: list[Program] = [
    blames_value("no dictionary", "let d |⟨{ _ : Number }⟩ = [] in", "d", at="[]", name="d"),
    blames_value(
        "a value of a dictionary type", 'let d |⟨{ _ : Number }⟩ = { a = 1, b = "x" } in', "d", at='"x"', name="d"
    ),
    blames_value(
        "a value of a dictionary contract", 'let d |⟨{ _ | Number }⟩ = { a = 1, b = "x" } in', "d", at='"x"', name="d"
    ),
    blames_value(
        "a record in a dictionary",
        'let d |⟨{ _ | { port | Number } }⟩ = { web.port = "x" } in',
        "d",
        at='"x"',
        name="port",
    ),
    blames_value(
        "a dictionary of arrays", "let d |⟨{ _ : Array Number }⟩ = { a = [1, null] } in", "d.a", at="null", name="d"
    ),
]

ENUMS: list[Program] = [
    blames_value("a tag that is not listed", "let e |⟨[| 'Small, 'Large |]⟩ = 'Medium in", "e", at="'Medium", name="e"),
    blames_value(
        "the argument of a variant",
        "let e |⟨[| 'Circle Number, 'Point |]⟩ = 'Circle \"big\" in",
        "std.serialize 'Json (e |> match { 'Circle r => r, 'Point => 0 })",
        at='"big"',
        name="e",
    ),
    blames_value("a string for a tag", 'let e |⟨[| \'A |]⟩ = "A" in', "e", at='"A"', name="e"),
    blames_nobody("a tag that is listed", "let e |⟨[| 'A, 'B |]⟩ = 'B in", "e", value='"B"'),
]

MERGING: list[Program] = [
    blames_value(
        "a contract before merging",
        "let schema = { port |⟨Number⟩ } in",
        'schema & { port = "80" }',
        at='"80"',
        name="port",
        there=True,
    ),
    blames_value(
        "a contract after merging",
        "let schema = { port |⟨Number⟩ } in",
        '{ port = "80" } & schema',
        at='"80"',
        name="port",
        there=True,
    ),
    blames_value(
        "a contract on the merge",
        'let both |⟨{ a | Number, b | Number }⟩ = { a = 1 } & { b = "x" } in',
        "both",
        at='"x"',
        name="b",
    ),
    blames_value(
        "an override of a default",
        "let base = { port |⟨Number⟩ | default = 80 } in",
        'base & { port = "x" }',
        at='"x"',
        name="port",
        there=True,
    ),
    blames_value(
        "a forced override",
        "let base = { port |⟨Number⟩ = 80 } in",
        'base & { port | force = "x" }',
        at='"x"',
        name="port",
        there=True,
    ),
    blames_value(
        "a dependent field", "let base = { n | default = 1, text |⟨String⟩ = n } in", "base", at="1", name="text"
    ),
    blames_value(
        "an override through a dictionary contract",
        "let d |⟨{ _ | Number }⟩ = { a | default = 1 } in",
        'd & { a = "x" }',
        at='"x"',
        name="d",
        there=True,
    ),
    blames_nobody(
        "an override of what a dictionary type checked",
        "let d |⟨{ _ : Number }⟩ = { a | default = 1 } in",
        'd & { a | force = "x" }',
        value='{"a":"x"}',
    ),
    blames_nobody(
        "a contract within an overridden default",
        'let base = { port | default = ("x" |⟨Number⟩) } in',
        "base & { port = 3 }",
        value='{"port":3}',
    ),
    blames_value(
        "a merge in three parts",
        "let base = { a |⟨Number⟩ } in\nlet extended = base & { b = 1 } in",
        "extended & { a = true }",
        at="true",
        name="a",
        there=True,
    ),
    blames_value(
        "a missing definition of a schema",
        "let r |⟨{ a | Number, b | Number }⟩ = { a = 1 } in",
        "r.b",
        at="{ a = 1 }",
        name="b",
        code="missing-definition",
    ),
]

CUSTOM: list[Program] = [
    blames_value("a predicate that says no", POSITIVE + "let x |⟨Positive⟩ = -1 in", "x", at="-1", name="x"),
    blames_value("a validator that says no", EVEN + "let x |⟨Even⟩ = 3 in", "x", at="3", name="x"),
    blames_value(
        "a contract with a parameter",
        "let Below = fun top => std.contract.from_predicate (fun n => n < top) in\nlet x |⟨Below 5⟩ = 7 in",
        "x",
        at="7",
        name="x",
    ),
    blames_value(
        "a custom contract in an array", POSITIVE + "let xs |⟨Array Positive⟩ = [1, -2] in", "xs", at="-2", name="xs"
    ),
    blames_value(
        "a custom contract in a record", POSITIVE + "let r |⟨{ n | Positive }⟩ = { n = 0 } in", "r", at="0", name="n"
    ),
    blames_value(
        "the second of a sequence",
        POSITIVE + "let x |⟨std.contract.Sequence [Number, Positive]⟩ = -3 in",
        "x",
        at="-3",
        name="x",
    ),
    blames_value(
        "all of several", POSITIVE + "let x |⟨std.contract.all_of [Number, Positive]⟩ = -3 in", "x", at="-3", name="x"
    ),
    blames_value(
        "none of several", "let x |⟨std.contract.any_of [Number, String]⟩ = true in", "x", at="true", name="x"
    ),
    blames_value("not", "let x |⟨std.contract.not Number⟩ = 1 in", "x", at="1", name="x"),
    blames_value("Equal", "let x |⟨std.contract.Equal 5⟩ = 6 in", "x", at="6", name="x"),
    blames_value(
        "Equal within a record", "let x |⟨std.contract.Equal { a = 1 }⟩ = { a = 2 } in", "x", at="2", name="x"
    ),
    blames_value("FailWith", 'let x |⟨std.FailWith "no"⟩ = 6 in', "x", at="6", name="x"),
    blames_value(
        "a contract that hands over to another",
        'let Strict = std.contract.custom (fun label value => std.contract.check Number label value) in\nlet x |⟨Strict⟩ = "a" in',
        "x",
        at='"a"',
        name="x",
    ),
    blames_value(
        "a contract with a delayed part",
        'let Lazy = std.contract.custom (fun label value => \'Ok (std.contract.apply (Array Number) label value)) in\nlet x |⟨Lazy⟩ = ["a"] in',
        "x",
        at='"a"',
        name="x",
    ),
    blames_value(
        "a plain function that blames",
        'let Naked = fun label value => if std.is_number value then value else std.contract.blame_with_message "no" label in\nlet x |⟨Naked⟩ = "a" in',
        "x",
        at='"a"',
        name="x",
    ),
    blames_nobody("a predicate that says yes", POSITIVE + "let x |⟨Positive⟩ = 4 in", "x", value="4"),
    blames_nobody(
        "the second of two branches", 'let x |⟨std.contract.any_of [Number, String]⟩ = "a" in', "x", value='"a"'
    ),
]

CONTRACTS_AT_FAULT: list[Program] = [
    blames_contract("a predicate that crashes", POSITIVE + 'let x |⟨Positive⟩ = "a" in', "x", at="n", name="x"),
    blames_contract(
        "a predicate that adds a string",
        "let Big = std.contract.from_predicate (fun n => n + 1 > 10) in\nlet x |⟨Big⟩ = null in",
        "x",
        at="n",
        name="x",
    ),
    blames_contract(
        "a validator that reads a field that is not there",
        "let Named = std.contract.from_validator (fun r => if r.name == \"\" then 'Error {} else 'Ok) in\nlet x |⟨Named⟩ = {} in",
        "x",
        at="r.name",
        name="x",
        code="missing-field",
    ),
    blames_contract(
        "a custom contract that divides by zero",
        "let Ratio = std.contract.custom (fun label value => if 1 / value > 0 then 'Ok value else 'Error {}) in\nlet x |⟨Ratio⟩ = 0 in",
        "x",
        at="1 / value",
        name="x",
        code="evaluation-other",
    ),
    blames_contract(
        "a contract that looks at itself",
        "let rec Loop = std.contract.from_predicate (fun n => answer n), answer = fun n => again, again = again + 1 in\nlet x |⟨Loop⟩ = 0 in",
        "x",
        at="again",
        name="x",
        code="infinite-recursion",
    ),
    blames_contract(
        "a match that knows too few cases",
        "let Known = std.contract.from_predicate (match { 'A => true, 'B => false }) in\nlet x |⟨Known⟩ = 'C in",
        "x",
        at="match { 'A => true, 'B => false }",
        name="x",
        code="unmatched-enum-pattern",
    ),
    blames_contract(
        "a predicate inside an array", POSITIVE + 'let x |⟨Array Positive⟩ = ["a"] in', "x", at="n", name="x"
    ),
    blames_contract(
        "a predicate on a field", POSITIVE + 'let x |⟨{ n | Positive }⟩ = { n = "a" } in', "x", at="n", name="n"
    ),
    blames_value(
        "a predicate that forces a value that is broken itself",
        POSITIVE + 'let x |⟨Positive⟩ = ("a" | Number) in',
        "x",
        at='"a"',
    ),
    blames_value(
        "a predicate that reads a field that is broken itself",
        'let Fine = std.contract.from_predicate (fun r => r.a > 0) in\nlet x |⟨Fine⟩ = { a | Number = "x" } in',
        "x",
        at='"x"',
        name="a",
    ),
    blames_value(
        "a contract whose own data break a contract",
        'let top | Number = "10" in\nlet Low = std.contract.from_predicate (fun n => n < top) in\nlet x |⟨Low⟩ = 1 in',
        "x",
        at='"10"',
        name="top",
        code="contract-broken",
    ),
    blames_contract(
        "a contract that calls a contracted function wrongly",
        'let check | Number -> Bool = fun n => n > 1 in\nlet Low = std.contract.from_predicate (fun n => check "x") in\nlet x |⟨Low⟩ = 1 in',
        "x",
        at='"x"',
        name="x",
        code="contract-broken",
    ),
]

PROGRAMS = [*FLAT, *ARRAYS, *RECORDS, *DICTIONARIES, *ENUMS, *MERGING, *CUSTOM, *CONTRACTS_AT_FAULT]
