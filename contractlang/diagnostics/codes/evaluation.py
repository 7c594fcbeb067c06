"""Codes of what goes wrong while a program is evaluated."""

from __future__ import annotations

from contractlang.diagnostics.codes.entry import Entry

EVALUATION = (
    Entry(
        "contract-broken",
        "a value broke the promise of its contract",
        "A contract was checked and not kept. The headline says who is to blame: a value, a function that broke its own promise, "
        "its caller who passed something else than was demanded, or the contract itself if it is wrong. The labels show the part "
        "of the contract that failed and the value that failed it.",
        '{ port | Number = "80" }',
        "{ port | Number = 80 }",
    ),
    Entry(
        "sealed-tail-access",
        "a polymorphic function looks at what it promised not to see",
        "A function with `forall r. { …; r }` promises to pass the fields behind `r` on untouched. It tried to read, remove or "
        "change one of them.",
        "let f | forall r. { ; r } -> Dyn = fun x => x.a in f { a = 1 }",
        "let f | forall r. { a : Dyn; r } -> Dyn = fun x => x.a in f { a = 1 }",
    ),
    Entry(
        "missing-definition",
        "a field is declared and needed, but has no value",
        "The record declares the field, with a contract or as a bare name, and nobody has given it a value. Define it, merge in "
        "a record that does, give it a `default`, or mark it `optional` if it may be absent.",
        "{ port | Number }",
        "{ port | Number | default = 80 }",
    ),
    Entry(
        "missing-field",
        "the record has no such field",
        "The record that is read does not have the field. If its name is close to one that exists, that one is suggested. An "
        "`optional` field without a value counts as absent.",
        "{ foo = 1 }.fooo",
        "{ foo = 1 }.foo",
    ),
    Entry(
        "unbound-identifier",
        "a name that nothing defines",
        "No `let`, function parameter, pattern or field of an enclosing record defines the name. Fields of records that were "
        "merged or imported are not in scope: read them with a dot.",
        "let port = 80 in prot",
        "let port = 80 in port",
    ),
    Entry(
        "dynamic-type-error",
        "an operation was given a value of the wrong type",
        "The operator or primitive works on other kinds of values than the one it was given. The note says which argument and "
        "what was expected. `++` joins strings, `@` arrays, `&` merges.",
        '1 + "a"',
        '"1" ++ "a"',
    ),
    Entry(
        "not-a-function",
        "something that is no function is applied",
        "Writing one expression behind another applies the first to the second. In an array or record a comma may be missing.",
        "[1 2]",
        "[1, 2]",
    ),
    Entry(
        "not-enough-arguments",
        "a primitive was given too few arguments",
        "Primitives between percent signs take all their arguments at once. Use the function of the standard library, which "
        "can be given some now and the others later.",
        "%array/generate% 3",
        "%array/generate% 3 (fun i => i)",
    ),
    Entry(
        "non-mergeable",
        "two values for one field, and none takes precedence",
        "Merging combines records; other values can be merged only if they are equal. Let one give way (`default`), let one "
        "win (`force`), or remove one.",
        "{ port = 80 } & { port = 8080 }",
        "{ port | default = 80 } & { port = 8080 }",
    ),
    Entry(
        "infinite-recursion",
        "a value needs itself",
        "To compute the value its own result is needed. In a record every field is in scope in all others, so `{ x = x }` "
        "means itself; to take a variable from outside, write `include x`.",
        "let x = 1 in { x = x }",
        "let x = 1 in { include x }",
    ),
    Entry(
        "cannot-compare",
        "values that have no equality",
        "Functions, contracts and other opaque values cannot be compared with one of their kind.",
        "(fun x => x) == (fun x => x)",
        "(fun x => x) 1 == (fun x => x) 1",
    ),
    Entry(
        "unmatched-enum-pattern",
        "a tag that no branch matches",
        "The `match` lists some tags, and the value is another. Add a branch for it, or `_ => …` for all others.",
        "'C |> match { 'A => 1, 'B => 2 }",
        "'C |> match { 'A => 1, 'B => 2, _ => 3 }",
    ),
    Entry(
        "unmatched-pattern",
        "a value that no branch matches",
        "None of the patterns of the `match` fits the value. Add a branch for it, or `_ => …` for everything else.",
        "3 |> match { 1 => 1 }",
        "3 |> match { 1 => 1, _ => 0 }",
    ),
    Entry(
        "destructuring-failed",
        "a value does not have the shape of the pattern",
        "The pattern of a `let` or parameter must fit the value. A record pattern demands exactly its fields unless it ends in "
        "`..`.",
        "let { a } = { a = 1, b = 2 } in a",
        "let { a, .. } = { a = 1, b = 2 } in a",
    ),
    Entry(
        "deserialization",
        "a text is not of the format it is read as",
        "`std.deserialize` was given a text that is no valid JSON, YAML or TOML. The message says where it goes wrong.",
        'std.deserialize \'Json "{"',
        'std.deserialize \'Json "{}"',
    ),
    Entry(
        "query-non-record",
        "the path goes on into something that is no record",
        "`--field` and `query` follow field names; on the way a value was met that has none.",
        "$ printf '{ a = 1 }' > main.ncl\n$ contractlang export main.ncl --field a.b",
        "$ contractlang export main.ncl --field a",
        command=True,
    ),
    Entry(
        "parse-in-term",
        "a part of the program cannot be read",
        "An editor evaluates what it can of a program that is being typed; this part has a syntax error.",
    ),
    Entry(
        "evaluation-other",
        "an operation is not possible with these values",
        "The arguments have the right types, but there is no result: a division by zero, an index out of bounds, a regular "
        "expression that cannot be read, a field inserted twice. The message says which.",
        "1 / 0",
        "1 / 2",
    ),
    Entry(
        "naked-function-contract",
        "a plain function is used as a contract",
        "Applying a function as a contract still works but is deprecated. Build the contract with "
        "`std.contract.from_predicate`, `std.contract.from_validator` or `std.contract.custom`.",
        "1 | (fun label value => value)",
        "1 | std.contract.custom (fun label value => 'Ok value)",
        command=True,
    ),
    Entry(
        "internal",
        "a mistake in contractlang itself",
        "Something happened that the program's authors did not foresee; your configuration may be perfectly right. Please report "
        "it, with the files and with what the same command prints with `-v`.",
    ),
)
