"""Random edits, as somebody types them and as nobody would: for the tests that compare what edits lead to with a fresh start."""

from __future__ import annotations

import random

FRAGMENTS = (
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "[|",
    "|]",
    '"',
    "%{",
    'm%"',
    '"%',
    "%",
    "'",
    "'\"",
    "#",
    "\n",
    " ",
    ",",
    ";",
    "=",
    "=>",
    "->",
    "..",
    ".",
    "let x = ",
    " in ",
    "fun x => ",
    "if a then b else c",
    "match { 'A => 1 }",
    'import "a.ncl"',
    "std.array.",
    "{ a = ",
    "a.b.c = 1,",
    "x",
    "_",
    "1",
    "0x",
    ".5",
    "é",
    "😀",
    "\r\n",
    "\t",
    "\\",
    "\\u{41}",
    "| String",
    ": Number",
    "forall a. a -> a",
    "include x,",
    'm%"\n  text %{x}\n  "%',
    '"a%{b}c"',
    "“quoted”",
    "{ } ",
    "{{{{",
    "}}}}",
    "[[[[",
    "))))",
    "# comment\n",
    "\n\n",
    "'Tag",
    "; Dyn",
    "  field_of_mine = 12,\n",
    "let y = 1 in\n",
    "%string/length%",
    "%array/map%",
    "\x00",
    "\ufeff",
    "null",
    "a\n=\n1,",
)


def edit(text: str, chance: random.Random) -> tuple[int, int, str]:
    """The stretch of a text that changes, and what comes in its place."""
    size = len(text)
    at = chance.randrange(size + 1)
    kind = chance.randrange(10)
    if kind < 5:  # something goes in
        return at, at, chance.choice(FRAGMENTS)
    if kind < 7:  # a character or a few go
        return at, min(size, at + chance.randrange(1, 4)), ""
    if kind == 7:  # a line or a few go
        end = at
        for _ in range(chance.randrange(1, 4)):
            end = text.find("\n", end) + 1 or size
        return at, max(end, at), ""
    if kind == 8:  # a stretch is copied elsewhere
        other = chance.randrange(size + 1)
        return at, at, text[other : other + chance.randrange(200)]
    return at, min(size, at + chance.randrange(30)), chance.choice(FRAGMENTS) * chance.randrange(1, 3)


def applied(text: str, change: tuple[int, int, str]) -> str:
    start, end, new = change
    return text[:start] + new + text[end:]
