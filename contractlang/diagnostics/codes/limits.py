"""Codes of limits: nothing was decided about the program. The exit status is 3."""

from __future__ import annotations

from contractlang.diagnostics.codes.entry import Entry

LIMITS = (
    Entry(
        "limit-depth",
        "evaluation is nested too deeply",
        "Calls, values or the program's own text are nested beyond `--max-depth`. A function that never reaches its end looks "
        "like this; so does a very long chain that is really meant, for which the limit can be raised.",
        "let rec f = fun n => 1 + f (n + 1) in f 0",
        "let rec f = fun n => if n == 10 then 0 else 1 + f (n + 1) in f 0",
    ),
    Entry(
        "limit-time",
        "evaluation took too long",
        "The time of `--timeout` is over. The place is where evaluation stood at that moment, which need not be the cause.",
        "$ printf 'let rec f = fun n => f (n + 1) in f 0' > main.ncl\n$ contractlang export main.ncl --timeout 1",
        "",
        command=True,
    ),
    Entry(
        "limit-memory",
        "evaluation took too much memory",
        "The process grew beyond `--max-memory`, or the system had no more to give.",
    ),
    Entry(
        "limit-number-size",
        "a number with too many digits",
        "Numbers are exact, and this one would have more digits than the limit allows (`--max-number-bits`); it is refused "
        "before it is computed. Division, and arithmetic with fractions, takes much longer than the rest: its limit is an "
        "eighth of that.",
        "std.number.pow 10 (std.number.pow 10 9)",
        "std.number.pow 10 9",
    ),
    Entry(
        "limit-array-size",
        "an array with too many elements",
        "The array would have more elements than the limit allows (`--max-array-length`); it is refused before it is made.",
        "std.array.length (std.array.replicate 4000000000 0)",
        "std.array.length (std.array.replicate 4000 0)",
    ),
    Entry(
        "limit-string-size",
        "a string that is too long",
        "The string would be longer than the limit allows (`--max-string-length`); it is refused before it is made.",
        'let rec double = fun n text => if n == 0 then text else double (n - 1) (text ++ text) in double 60 "ab"',
        'let rec double = fun n text => if n == 0 then text else double (n - 1) (text ++ text) in double 6 "ab"',
    ),
    Entry(
        "limit-output-size",
        "a document that is too large",
        "The exported document would have more values in it than the limit allows (`--max-output-nodes`). Values that a "
        "program shares are written out each time that they occur, and what is long or lies deep counts more than once.",
    ),
    Entry(
        "limit-file-size",
        "a file that is too large",
        "The file is larger than what is read from one file. It is probably not the one that was meant, or a device.",
    ),
    Entry(
        "limit-type-steps",
        "the static types became too large",
        "Some programs double a type with each line, so that checking them would take time and memory without end. Annotate an "
        "intermediate result, or leave the block untyped.",
    ),
)
