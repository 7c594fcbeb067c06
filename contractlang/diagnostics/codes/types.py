"""Codes of the static type checker."""

from __future__ import annotations

from contractlang.diagnostics.codes.entry import Entry

TYPES = (
    Entry(
        "type-mismatch",
        "an expression has another type than its place demands",
        "Inside a block with a static type (`: Type`) every expression must have the type that its place expects. The notes show "
        "both. Where a value comes from untyped code, give it a contract: `value | Type`.",
        '(1 + "a") : Number',
        "(1 + 2) : Number",
    ),
    Entry(
        "missing-field-type",
        "a typed record lacks a field",
        "The type demands a field that the record does not have, or typed code reads a field that the record's type does not "
        "list.",
        "{ a = 1 } : { a : Number, b : Number }",
        "{ a = 1, b = 2 } : { a : Number, b : Number }",
    ),
    Entry(
        "missing-row",
        "an enum type lacks a tag that is expected",
        "The value's enum type does not list a tag that the expected type lists; for the static checker these are two different "
        "types. Leave the smaller one open with a variable, or annotate the value with the larger one.",
        "let e : [| 'A, 'B |] = 'A in (e : [| 'A, 'B, 'C |])",
        "let e : [| 'A, 'B, 'C |] = 'A in (e : [| 'A, 'B, 'C |])",
    ),
    Entry(
        "extra-row",
        "a field or tag that the type does not list",
        "The expression has a field, or the value is a tag, that the expected type excludes.",
        "'A : [| 'B |]",
        "'A : [| 'A, 'B |]",
    ),
    Entry(
        "missing-dyn-tail",
        "the expected record type is open, the given one is not",
        "A record type that ends in `; Dyn` admits further fields of any type; one without does not. Static types distinguish "
        "them.",
        "let f : { a : Number; Dyn } -> Number = fun r => r.a in (f { a = 1 } : Number)",
        "let f : { a : Number } -> Number = fun r => r.a in (f { a = 1 } : Number)",
    ),
    Entry(
        "extra-dyn-tail",
        "the given record type is open, the expected one is not",
        "The record may have further fields (`; Dyn`), which the expected type does not admit.",
        "let r : { a : Number; Dyn } = { a = 1 } | { a : Number; Dyn } in (r : { a : Number })",
        "let r : { a : Number } = { a = 1 } in (r : { a : Number })",
    ),
    Entry(
        "record-row-mismatch",
        "a field has another type than the record type says",
        "Two record types list the same field with types that do not agree. The second part of the message says how they "
        "differ.",
        "let r : { a : Number } = { a = 1 } in (r : { a : String })",
        "let r : { a : Number } = { a = 1 } in (r : { a : Number })",
    ),
    Entry(
        "enum-row-mismatch",
        "the argument of a tag has another type than the enum type says",
        "Two enum types list the same tag with arguments whose types do not agree.",
        "let e : [| 'A Number |] = 'A 1 in (e : [| 'A String |]) |> match { 'A x => x }",
        "let e : [| 'A Number |] = 'A 1 in (e : [| 'A Number |]) |> match { 'A x => x }",
    ),
    Entry(
        "row-conflict",
        "one row would occur twice",
        "A type variable for the rest of a record or enum type would have to contain a field or tag that stands beside it "
        "already, with another type. A type lists each name once.",
        "let f : forall r. [| 'A Number; r |] -> [| ; r |] -> Number = fun a b => 1 in (f ('A 1) ('A \"s\") : Number)",
        "let f : forall r. [| 'A Number; r |] -> [| ; r |] -> Number = fun a b => 1 in (f ('A 1) ('B \"s\") : Number)",
    ),
    Entry(
        "arrow-mismatch",
        "two function types do not agree",
        "The function takes or gives something else than its place demands, or takes another number of arguments. The marked "
        "part of the type is where they differ.",
        "let f : Number -> Number = fun x y => x in f 1",
        "let f : Number -> Number -> Number = fun x y => x in f 1 2",
    ),
    Entry(
        "parametricity-violation",
        "a particular type where any must do",
        "A `forall` promises to work for all types, so what it ranges over cannot be fixed to one record or enum type inside.",
        "let f : forall r. { a : Number; r } -> { ; r } = fun x => x in f { a = 1 }",
        "let f : forall r. { a : Number; r } -> { a : Number; r } = fun x => x in f { a = 1 }",
    ),
    Entry(
        "invalid-generalization",
        "a polymorphic type would hold a type from outside",
        "The variable of a `forall` would have to stand for a type that was fixed outside of it. Polymorphism begins at the "
        "`forall`; what is known before it cannot depend on its variable.",
        "((fun x => let y : forall a. a = x in (y : Number)) : _) 1",
        "((fun x => let y : Number = x in y) : _) 1",
    ),
    Entry(
        "inhomogeneous-record",
        "a record with fields of different types where a dictionary is expected",
        "A dictionary type `{ _ : T }` demands one type for all fields. List the fields in a record type instead, or use "
        "`{ _ : Dyn }`.",
        'let r : { a : Number, b : String } = { a = 1, b = "" } in (r : { _ : Number })',
        "let r : { a : Number, b : Number } = { a = 1, b = 2 } in (r : { _ : Number })",
    ),
    Entry(
        "contract-in-type-term",
        "a type with a contract inside cannot be used as a value",
        "Inside a static type block, a type that mentions a contract of your own cannot be turned into a contract. Take it out "
        "of the typed block.",
        "let C = std.contract.from_predicate (fun x => true) in (Array C : Dyn)",
        "let C = std.contract.from_predicate (fun x => true) in ([1] | Array C)",
    ),
    Entry(
        "or-pattern-variables",
        "the branches of an or-pattern bind different variables",
        "Whichever branch of `A or B` matches, the same variables must be bound, because what follows uses them.",
        "('A 1) |> match { 'A x or 'B y => x }",
        "('A 1) |> match { 'A x or 'B x => x }",
    ),
    Entry(
        "unbound-type-variable",
        "a type variable that no `forall` binds",
        "A lower-case name in a type is a variable and needs a `forall` that introduces it.",
    ),
    Entry(
        "infinite-type",
        "a type that would contain itself",
        "The expression could only have a type that is a part of itself, such as a function that takes itself as its argument. "
        "There is no such type; leave the expression untyped.",
        "(fun x => x x) : _",
        "fun x => x x",
        command=True,
    ),
)
