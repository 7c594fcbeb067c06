"""Codes of mistakes in the form of a program."""

from __future__ import annotations

from contractlang.diagnostics.codes.entry import Entry

SYNTAX = (
    Entry(
        "unexpected-eof",
        "the text ends in the middle of an expression",
        "The parser reached the end of the text while something was still open or missing: a brace, a bracket, a string, the "
        "value after `=`, the body of a `let`. The place where it was opened is the one to look at.",
        "{ port =",
        "{ port = 80 }",
    ),
    Entry(
        "unexpected-token",
        "something stands where the grammar does not allow it",
        "The marked piece cannot follow what stands before it. Often the mistake is a little earlier: a forgotten comma between "
        "fields, a missing `in` after a `let`, an operator without its operand.",
        "{ a = 1 b = 2 }",
        "{ a = 1, b = 2 }",
    ),
    Entry(
        "extra-token",
        "something follows after the program is complete",
        "The text is a whole program, and then it goes on. A file holds exactly one expression; combine several with `let`, a "
        "record or `&`.",
    ),
    Entry(
        "unmatched-brace",
        "a closing brace closes nothing",
        "There is a `}` without a `{` before it. It may be one too many, or the opening one was lost.",
        "1 }",
        "{ a = 1 }",
    ),
    Entry(
        "invalid-escape",
        "an unknown escape sequence in a string",
        "After a backslash in a string only these may follow: `\\\\`, `\\\"`, `\\'`, `\\%`, `\\n`, `\\r`, `\\t`, `\\x41` and "
        '`\\u{1F600}`. Write a backslash itself as `\\\\`, or use a multi-line string `m%"…"%`, which has no escapes.',
        '"C:\\data"',
        '"C:\\\\data"',
    ),
    Entry(
        "invalid-ascii-escape",
        "an escape `\\x…` outside of ASCII",
        "`\\x` takes two hexadecimal digits up to `7F`. For other characters write `\\u{…}` with the code point.",
        '"caf\\xe9"',
        '"caf\\u{e9}"',
    ),
    Entry(
        "invalid-unicode-escape",
        "an escape `\\u{…}` that is no character",
        "`\\u{…}` takes one to six hexadecimal digits that name a Unicode character: at most `10FFFF`, and no surrogate "
        "(`D800` to `DFFF`).",
        '"\\u{D800}"',
        '"\\u{1F600}"',
    ),
    Entry(
        "string-delimiter",
        "the end of a string has more `%` than its beginning",
        'A string that begins with `m%"` ends with `"%`. With more percent signs at the end the text is ambiguous, so it is '
        'refused. Give both ends the same number; more of them allow `"%` inside the string.',
        'm%"text"%%',
        'm%%"text"%%',
    ),
    Entry(
        "type-variable-kind",
        "a type variable is used for two kinds of things",
        "A variable of a `forall` stands either for types, or for the rest of a record type, or for the rest of an enum type. "
        "It cannot be two of these at once; use two variables.",
        "let f | forall a. { ; a } -> a = fun x => x in f 1",
        "let f | forall a. { ; a } -> { ; a } = fun x => x in f {}",
    ),
    Entry(
        "invalid-record-type",
        "neither a record nor a record type",
        "A literal with `: Type` fields without values, or with a tail `; Dyn`, is a record type; then every field must be of "
        "that form. Values, `|` contracts, `..`, `include` and computed names belong to records and record contracts.",
        "{ a = 1 } | { a : Number, .. }",
        "{ a = 1 } | { a | Number, .. }",
    ),
    Entry(
        "typed-field-without-value",
        "a field with a static type has no value",
        "In a record a field with `: Type` must be given a value, because the type is checked against it before the program "
        "runs. To demand a field that is defined elsewhere, use a contract: `field | Type`.",
        "{ a = 1, b : Number }",
        "{ a = 1, b : Number = 2 }",
    ),
    Entry(
        "invalid-contract",
        "this cannot be a contract",
        "After `|` stands a contract: a type, a record, or an expression that gives one. A literal number, string, array or tag "
        "never is. To compare with a value, use `std.contract.Equal`, or an enum type such as `[| 'a, 'b |]`.",
        "1 | 2",
        "2 | std.contract.Equal 2",
    ),
    Entry(
        "duplicate-pattern-binding",
        "a pattern binds one name twice",
        "Each variable of a pattern must have a name of its own; otherwise it would be unclear which part it means.",
        "let { a, a } = { a = 1 } in a",
        "let { a } = { a = 1 } in a",
    ),
    Entry(
        "duplicate-let-binding",
        "a block of bindings defines one name twice",
        "The bindings of one `let`, separated by commas, are made together, so each needs a name of its own. To shadow a name, "
        "use a second `let`.",
        "let a = 1, a = 2 in a",
        "let a = 1 in let a = 2 in a",
    ),
    Entry(
        "duplicate-include",
        "a field is both included and defined",
        "`include x` defines the field `x` from the variable of that name. The same record cannot define it again; to change it, "
        "merge with another record.",
        "let x = 1 in { include x, x = 2 }",
        "let x = 1 in { include x }",
    ),
    Entry(
        "invalid-import-format",
        "an unknown format of an import",
        "After `as` stands one of `'Nickel`, `'Json`, `'Yaml`, `'Toml` and `'Text`, spelled so. Without `as` the format follows "
        "from the file's extension.",
        'import "notes.txt" as \'Txt',
        'import "notes.txt" as \'Text',
        command=True,
    ),
    Entry(
        "data-parse",
        "a data file is not of its format",
        "The imported file, or the file under check, is no valid JSON, YAML or TOML. The place in it is where the parser gave "
        "up; a file that ends there was probably cut short.",
        "$ printf '{\"a\": [1, 2' > data.json\n$ contractlang check data.json",
        "$ printf '{\"a\": [1, 2]}' > data.json\n$ contractlang check data.json",
        command=True,
    ),
    Entry(
        "interpolation-in-path",
        "a path into a value has to be plain text",
        "The path of `--field` or of an assignment on the command line names fields; it cannot compute them with `%{…}`.",
        "$ contractlang export main.ncl --field 'a.\"%{b}\"'",
        "$ contractlang export main.ncl --field 'a.b'",
        command=True,
    ),
    Entry(
        "sigil",
        "an unknown sigil in an assignment",
        "On the command line the value of an assignment may begin with a selector such as `@env:NAME`. This one is unknown, or "
        "its `:` is missing.",
    ),
    Entry(
        "disabled-feature",
        "this build cannot do that",
        "The feature that the program asks for was left out of this installation. The message names it; installing the "
        "optional dependency of that name brings it.",
    ),
    Entry(
        "edition-2021",
        "a modern file that is written in the Nickel of 2021",
        "The file uses the syntax of 2021: `#Contract`, `Num`, `switch`, `// comments`. Begin it with the line `// edition: 2021`, "
        "or give `--edition 2021`, and it runs as it is; `contractlang migrate` rewrites it in the modern language.",
        "1 + 1 | Num",
        "// edition: 2021\n1 + 1 | Num",
    ),
    Entry(
        "edition-2021-gap",
        "something of 2021 that the modern language does not have",
        "A few primitives of 2021, such as `%wrap%`, have no modern counterpart. A program of that edition that uses them cannot "
        "run; `contractlang migrate` leaves a marked comment in their place. A contract with `forall` seals values today.",
    ),
)
