"""Codes of values that a format cannot hold."""

from __future__ import annotations

from contractlang.diagnostics.codes.entry import Entry

EXPORTING = (
    Entry(
        "non-serializable",
        "a value that no format can express",
        "Numbers, strings, booleans, `null`, arrays, records and tags without argument can be exported. Functions, contracts, "
        "types and tags with an argument cannot: mark the field `not_exported`, or convert the value.",
        "{ double = fun x => x * 2, four = double 2 }",
        "{ double | not_exported = fun x => x * 2, four = double 2 }",
    ),
    Entry(
        "null-unsupported",
        "TOML has no null",
        "The value is `null`, and TOML cannot say that. Leave the field out (mark it `optional`), or use another format.",
        "std.serialize 'Toml { a = null }",
        'std.serialize \'Toml { a = "" }',
    ),
    Entry(
        "not-a-string",
        "only a string can be exported as text",
        "The format `text` writes a string as it is. Select the field that holds one with `--field`, or build one.",
        "$ printf '{ a = \"x\" }' > main.ncl\n$ contractlang export main.ncl -f text",
        "$ contractlang export main.ncl -f text --field a",
        command=True,
    ),
    Entry(
        "number-out-of-range",
        "a number too large for data formats",
        "Numbers are exact in the language, but data formats hold doubles: at most about 1.8e308 in absolute value. Export it as "
        "a string.",
        "1e400",
        "std.string.from_number (std.number.pow 10 400)",
    ),
    Entry(
        "expected-array",
        "several documents can only come from an array",
        "The format `yaml-documents` writes each element of an array as a document of its own.",
        "$ printf '{ a = 1 }' > main.ncl\n$ contractlang export main.ncl -f yaml-documents",
        "$ printf '[{ a = 1 }]' > main.ncl\n$ contractlang export main.ncl -f yaml-documents",
        command=True,
    ),
    Entry(
        "no-documentation",
        "there is no documentation to extract",
        'Neither the value nor any of its fields has a `| doc "…"`.',
    ),
    Entry(
        "serialization-failed",
        "the document could not be written",
        "The format's writer refused the value for the reason in the note.",
    ),
)
