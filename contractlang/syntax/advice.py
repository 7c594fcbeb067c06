"""What to do about a token that does not fit, where that is obvious: from the repair that worked, or from what people coming from
other languages write."""

from __future__ import annotations

from contractlang.syntax import tokens as t
from contractlang.syntax.lexer import primitive_kind

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.repairs import Repair
    from contractlang.syntax.tokens import Tokens

ARGUMENT_LENGTH = 24

CHARACTERS = {
    "“": 'strings are written in straight quotes: `"…"`',
    "”": 'strings are written in straight quotes: `"…"`',
    "‘": 'strings are written in straight double quotes: `"…"`',
    "’": 'strings are written in straight double quotes: `"…"`',
    "`": 'strings are written in double quotes, `"…"`, or over several lines as `m%"…"%`',
    "$": "variables are written by their name alone, interpolations in strings as `%{…}`",
    "\\": "functions are written `fun x => …`",
    "^": "powers are written `std.number.pow base exponent`",
    "~": "the negation of a condition is written `!`",
    "\ufeff": "remove the byte order mark (U+FEFF): files are plain UTF-8",
    "\xa0": "this is a no-break space (U+00A0): replace it by an ordinary one",
    "\r": "this is a carriage return without a line feed: lines end in LF or CRLF",
    "\f": "this is a form feed: use spaces and line breaks alone",
    "…": "three dots are one character here; an open record ends in two: `..`",
    "–": "this is a dash: the minus sign is `-`",
    "—": "this is a dash: the minus sign is `-`",
    "−": "this is the typographic minus sign: write `-`",
    "≤": "write `<=`",
    "≥": "write `>=`",
    "≠": "write `!=`",
    "→": "write `->` for the type of a function, `=>` in a function or a branch",
}
FIELD_PATH = frozenset({t.IDENT, t.DOT, t.STR})
MISSING = {
    t.THEN: "add `then` between the condition and its consequence",
    t.ELSE: "add `else`: every `if` has both branches",
    t.IN: "add `in` between the bindings and the expression that uses them",
    t.DARROW: "add `=>` between the pattern and the body",
    t.EQUALS: "add `=` before the value",
    t.RPAREN: "add the missing `)`",
    t.RBRACK: "add the missing `]`",
    t.RBRACE: "add the missing `}`",
    t.RENUM: "add the missing `|]`",
}


def advice(text: str, tokens: Tokens, index: int, expected: list[int], repair: Repair | None) -> str | None:
    """A sentence on what to write instead of the token at `index`, which `repair` got over; None if nothing is obvious."""
    kind = tokens.kinds[index]
    if kind == t.INVALID:
        return _character(text, tokens.starts[index])
    return (
        _foreign(text, tokens, index, expected)
        or (_repaired(text, tokens, index, expected, repair) if repair is not None else None)
        or _context(text, tokens, index, expected)
    )


def _character(text: str, start: int) -> str | None:
    if text[start] == "'":
        return "strings are written in double quotes; after a tick comes an enum tag: `'Name` or `'\"any text\"`"
    return CHARACTERS.get(text[start])


def _spelling(text: str, tokens: Tokens, index: int) -> str:
    """A token as written, in backticks, shortened."""
    found = text[tokens.starts[index] : tokens.ends[index]].split("\n", 1)[0]
    if len(found) > ARGUMENT_LENGTH:
        found = found[:ARGUMENT_LENGTH] + "…"
    return f"`{found}`"


def _foreign(text: str, tokens: Tokens, index: int, expected: list[int]) -> str | None:
    """Habits from other languages."""
    kinds, starts = tokens.kinds, tokens.starts
    kind, start = kinds[index], starts[index]
    before = kinds[index - 1] if index else -1
    if kind == t.INFIX:
        symbol = text[start]
        if text[start : start + 2] in {"//", "/*"} or text[start - 1 : start + 1] in {"//", "/*"}:
            return "comments begin with `#`"
        if symbol == "%":
            name = text[start + 1 :].split("%", 1)[0]
            if name.replace("_", "").replace("/", "").isalnum() and primitive_kind(name, internal=False) < 0:
                return f"there is no primitive operator `%{name}%`"
        if symbol == "&" and text[start : start + 2] == "&&" and before == t.BAR:
            return "several annotations are written one after the other: `x | A | B`"
        if symbol == ">" and text[start - 1 : start] == "-":
            return "names may contain dashes, so an arrow needs a space before it: `A -> B`"
    if kind == t.EQUALS and t.END in expected and all(each in FIELD_PATH for each in kinds[:index]):
        return "a program is one expression: put fields into `{ … }`, or write `let … in …`"
    if kind == t.EQUALS and before == t.INFIX and starts[index] == tokens.ends[index - 1]:
        return "equality is written `==`"
    if before == t.ARRAY:
        return "`Array` takes the type of its elements: `Array Number`, or `Array Dyn` for any"
    if kind == t.QUESTION:
        return "conditionals are written `if … then … else …`"
    if before == t.MATCH and kind != t.END:
        return "a match is a function of the value: write `value |> match { … }`"
    if kind == t.DOT and before == t.ELLIPSIS:
        return "write two dots, `..`"
    if kind == t.DOT and before == t.IDENT and index > 1 and kinds[index - 2] == t.IMPORT:
        return 'files are named by strings: `import "…"`'
    if t.DARROW in expected and t.NUM in expected:
        if kind == t.COMMA:
            return "parameters and patterns are followed by `=>`; parameters are separated by spaces"
        if kind in {t.COLON, t.BAR}:
            return (
                "parameters take no annotations: annotate the function, `let f : A -> B = fun x => …`, or a field, "
                "`fun {x | A} => …`"
            )
    if kind == t.COMMA and before == t.ELLIPSIS:
        return "`..` comes last, without a comma after it"
    return None


def _repaired(text: str, tokens: Tokens, index: int, expected: list[int], repair: Repair) -> str | None:
    kind = tokens.kinds[index]
    if len(repair.inserted) != 1:
        return None
    inserted = repair.inserted[0]
    replaced = repair.last - repair.first
    if inserted == t.ERROR:
        return None
    if replaced == 0:
        if inserted == t.COMMA:
            return f"add a comma before {_spelling(text, tokens, repair.first)}"
        if inserted == t.BAR:
            return (
                f"write `| {text[tokens.starts[index] : tokens.ends[index]]}`: each piece of metadata has its own `|`"
            )
        if inserted == t.COLON:
            return f"write `:` or `|` before the type {_spelling(text, tokens, index)}"
        if inserted == t.FUN:
            return "functions are written `fun x => …`"
        if inserted == t.DOT:
            return "add `.` after the type variables" if t.META not in expected else None
        if inserted == t.LPAREN:
            return f"put parentheses around it: `({text[tokens.starts[index] : tokens.ends[index]]} …)`"
        if inserted in {t.RPAREN, t.RBRACK, t.RBRACE, t.RENUM} and kind in {t.LPAREN, t.LBRACK, t.LBRACE, t.LENUM}:
            return None
        return MISSING.get(inserted)
    if inserted == t.COMMA:
        return "separate fields and items with `,`"
    if inserted == t.IDENT:
        if index and tokens.kinds[index - 1] == t.BAR:
            return None
        word = text[tokens.starts[index] : tokens.ends[index]]
        if t.META in expected:
            return f'`{word}` is a reserved word; to use it as a field name, quote it: `"{word}"`'
        return f"`{word}` is a reserved word and cannot be used as a name" if t.LET not in expected else None
    if inserted == t.INFIX and kind == t.EQUALS:
        return "to compare, write `==`"
    if inserted == t.EQUALS and text[tokens.starts[index] : tokens.ends[index]] == "==":
        return "to define, write `=`"
    if inserted == t.DARROW:
        return "write `=>` before the body; `->` stands between types"
    if inserted == t.EQUALS:
        return "write `=` before the value"
    if inserted == t.ARROW:
        return "the type of a function is written `A -> B`"
    if inserted in MISSING:
        return f"the bracket that is open here is closed by `{MISSING[inserted][-2]}`"
    return None


def _context(text: str, tokens: Tokens, index: int, expected: list[int]) -> str | None:
    kinds = tokens.kinds
    kind = kinds[index]
    before = kinds[index - 1] if index else -1
    if kind == t.END and index == 0:
        return "a program is one expression: a record, for instance"
    if before == t.BAR and kind in {t.META, t.DOC, t.PRIORITY}:
        if t.DOC in expected:
            return "bindings of `let` take `doc` and contracts; other metadata are for fields of records"
        return "metadata belong to a field, before its `=`: `{ field | default = value }`"
    if before == t.STR and index > 1 and kinds[index - 2] == t.IMPORT:
        return f"put parentheses around the import: `(import {_spelling(text, tokens, index - 1)[1:-1]})`"
    if kind == t.COMMA and t.RPAREN in expected:
        return "arguments are separated by spaces: `f x y`; several values in one are an array, `[x, y]`, or a record"
    if kind in {t.IN, t.THEN, t.ELSE} and t.BASE in expected:
        return f"an expression is missing before {_spelling(text, tokens, index)}"
    if kind in {t.SEMI, t.COMMA} and t.END in expected:
        return "a program is one expression"
    return None
