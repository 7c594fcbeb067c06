"""From text to tokens.

The scanner never fails: what is no token becomes one of kind INVALID, which no production takes; what is wrong inside a token is
noted as a problem and the token goes on. Strings with interpolation switch between two ways of reading, so that the tokens of
`"a%{b}c"` are OPEN TEXT INTERP IDENT ENDI TEXT CLOSE; braces are counted to know which one ends the interpolation.

Speed comes from letting C look for the end of things. The text is turned into bytes once, one for each code point (all beyond
ASCII become `?`, and the scanner looks at the text itself when it meets one). Indexing gives numbers then, and a copy in which
characters of identifiers are 1 and all others 0 tells where a word ends with a single `find`.
"""

from __future__ import annotations

from contractlang.syntax import string_scanner
from contractlang.syntax import tokens as t
from contractlang.syntax.primitives import DISABLED_PRIMITIVE, EMBED, INTERNAL_PRIMITIVES, PRIMITIVES
from contractlang.syntax.problem import Problem
from contractlang.syntax.tokens import Tokens

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

WORD: Final = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'-"
BLANK: Final = b" \t\n"

# Classes of first characters.
LETTER: Final = 1
SINGLE_CHARACTER: Final = 2
QUOTE: Final = 3
EQUALS_SIGN: Final = 4
DIGIT: Final = 5
OPENING_BRACE: Final = 6
CLOSING_BRACE: Final = 7
DOT: Final = 8
TICK: Final = 9
PERCENT: Final = 10
LOW_LINE: Final = 11
OPERATOR: Final = 12
QUESTION: Final = 13


def _map(members: bytes) -> bytes:
    """A table for `bytes.translate`: 1 for the members, 0 for others."""
    table = bytearray(256)
    for member in members:
        table[member] = 1
    return bytes(table)


def _classes() -> bytes:
    table = bytearray(256)
    for members, number in (
        (b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", LETTER),
        (b"()],;:", SINGLE_CHARACTER),
        (b'"', QUOTE),
        (b"=", EQUALS_SIGN),
        (b"0123456789", DIGIT),
        (b"{", OPENING_BRACE),
        (b"}", CLOSING_BRACE),
        (b".", DOT),
        (b"'", TICK),
        (b"%", PERCENT),
        (b"_", LOW_LINE),
        (b"[|-><&!@+*/", OPERATOR),
        (b"?", QUESTION),
    ):
        for member in members:
            table[member] = number
    return bytes(table)


WORD_MAP: Final = _map(WORD)
BLANK_MAP: Final = _map(BLANK)
DIGIT_MAP: Final = _map(b"0123456789")
CLASSES: Final = _classes()
KEYWORDS: Final = t.KEYWORDS
SINGLE: Final = {
    40: t.LPAREN,
    41: t.RPAREN,
    93: t.RBRACK,
    44: t.COMMA,
    59: t.SEMI,
    58: t.COLON,
}
OPERATORS_OF_TWO: Final = {
    "[|": t.LENUM,
    "|]": t.RENUM,
    "=>": t.DARROW,
    "->": t.ARROW,
    "..": t.ELLIPSIS,
    "||": t.INFIX,
    "&&": t.INFIX,
    "==": t.INFIX,
    "!=": t.INFIX,
    "<=": t.INFIX,
    ">=": t.INFIX,
    "|>": t.INFIX,
    "++": t.INFIX,
}
OPERATORS_OF_ONE: Final = {
    "[": t.LBRACK,
    ".": t.DOT,
    "|": t.BAR,
    "=": t.EQUALS,
    "-": t.MINUS,
    "!": t.BANG,
    "@": t.AT,
    "?": t.QUESTION,
    "<": t.INFIX,
    ">": t.INFIX,
    "&": t.INFIX,
    "+": t.INFIX,
    "*": t.INFIX,
    "/": t.INFIX,
    "%": t.INFIX,
}
OPENING_QUOTES: Final = "“„”"
BASES: Final = {120: b"0123456789abcdefABCDEF", 111: b"01234567", 98: b"01"}

# Longer than any name between percent signs, so that looking for the second one costs nothing in a long text.
LONGEST_PRIMITIVE: Final = 64


def primitive_kind(name: str, internal: bool) -> int:
    """The kind of the token `%name%`, or -1: there is no such operator."""
    if name == EMBED:
        return t.EMBED
    arity = PRIMITIVES.get(name)
    if arity is None and internal:
        arity = INTERNAL_PRIMITIVES.get(name)
    if arity is None:
        return t.PRIM1 if name == DISABLED_PRIMITIVE else -1
    return t.PRIM1 + arity[0] - 1


def lex(text: str, internal: bool = False, depth: int = 0) -> Tokens:
    """Splits a text into tokens; `internal` allows the primitive operators of the standard library. `depth`: how many braces are
    open where the text begins, for a part of a program."""
    result = Tokens()
    add_kind = result.kinds.append
    add_value = result.values.append
    add_start = result.starts.append
    add_end = result.ends.append
    keywords = KEYWORDS
    classes = CLASSES
    single = SINGLE
    size = len(text)
    # A few zeros at the end spare all tests for it when looking ahead.
    data = text.encode("ascii", "replace") + b"\0\0\0\0"
    find_word_end = data.translate(WORD_MAP).find
    find_text_start = data.translate(BLANK_MAP).find
    find_quote = text.find
    # `depth` is that of braces since the innermost interpolation began.
    modes: list[
        tuple[int, tuple[int, int], int]
    ] = []  # for each interpolation its percent signs, opening delimiter and the depth outside
    i = 0
    while True:
        c = data[i]
        if c <= 35:
            if c == 32:
                i += 1
                continue
            if c in {10, 9}:
                i = find_text_start(0, i)
                continue
            if c == 35:
                end = text.find("\n", i)
                if end < 0:
                    end = size
                result.comments.append((i, end))
                i = end
                continue
            if c == 13 and data[i + 1] == 10:
                i += 2
                continue
            if c == 0 and i >= size:
                add_kind(t.END)
                add_value(None)
                add_start(size)
                add_end(size)
                return result
        kind = classes[c]
        if kind == LOW_LINE:
            j = i + 1
            while data[j] == 95:
                j += 1
            if classes[data[j]] == LETTER:
                kind = LETTER
        if kind == LETTER:
            j = find_word_end(0, i)
            word = text[i:j]
            if data[j] == 37 and (word == "m" or (word[-2:] == "-s" and c != 95)):
                k = j + 1
                while data[k] == 37:
                    k += 1
                if data[k] == 34:
                    opening = (i, k + 1)
                    i = string_scanner.open_percent_string(text, data, i, j, k, size, result)
                    if result.kinds[-1] == t.INTERP:
                        modes.append((k - j, opening, depth))
                        depth = 0
                    continue
            add_kind(keywords.get(word, 0))
            add_value(word)
            add_start(i)
            add_end(j)
            i = j
            continue
        if kind == SINGLE_CHARACTER:
            add_kind(single[c])
            add_value(None)
            add_start(i)
            i += 1
            add_end(i)
            continue
        if kind == QUOTE:
            j = find_quote('"', i + 1)
            if j >= 0:
                body = text[i + 1 : j]
                if "\\" not in body and "%" not in body and "\r" not in body:
                    add_kind(t.STR)
                    add_value(body)
                    add_start(i)
                    i = j + 1
                    add_end(i)
                    continue
            opening = (i, i + 1)
            i = string_scanner.open_standard_string(text, data, i, size, result)
            if result.kinds[-1] == t.INTERP:
                modes.append((0, opening, depth))
                depth = 0
            continue
        if kind == EQUALS_SIGN and data[i + 1] != 61 and data[i + 1] != 62:
            add_kind(t.EQUALS)
            add_value(None)
            add_start(i)
            i += 1
            add_end(i)
            continue
        if kind == DIGIT or (kind == DOT and 48 <= data[i + 1] <= 57):
            j = number_end(data, i)
            add_kind(t.NUM)
            add_value(text[i:j])
            add_start(i)
            add_end(j)
            i = j
            continue
        if kind == OPENING_BRACE:
            depth += 1
            add_kind(t.LBRACE)
            add_value(None)
            add_start(i)
            i += 1
            add_end(i)
            continue
        if kind == CLOSING_BRACE:
            if depth > 0:
                depth -= 1
                add_kind(t.RBRACE)
            elif modes:
                add_kind(t.ENDI)
                add_value(None)
                add_start(i)
                add_end(i + 1)
                percents, opening, _ = modes[-1]
                i = string_scanner.scan_part(text, data, i + 1, size, percents, opening, result)
                if result.kinds[-1] == t.CLOSE:
                    depth = modes.pop()[2]
                continue
            else:
                # Recovery may yet find a use for it, when an earlier brace was meant to be another bracket.
                result.problems.append(Problem("unmatched-brace", i, i + 1))
                add_kind(t.INVALID)
            add_value(None)
            add_start(i)
            i += 1
            add_end(i)
            continue
        if kind == TICK:
            i = scan_tag(text, data, i, find_word_end(0, i), size, result)
            continue
        j = i + 1
        if kind == PERCENT:
            j = text.find("%", i + 1, i + LONGEST_PRIMITIVE)
            kind = primitive_kind(text[i + 1 : j], internal) if j >= 0 else -1
            if kind >= 0:
                add_kind(kind)
                add_value(text[i + 1 : j])
                add_start(i)
                i = j + 1
                add_end(i)
                continue
            j = i + 1
            kind = t.INFIX
        elif kind == LOW_LINE:
            kind = t.UNDERSCORE
        else:
            kind = OPERATORS_OF_TWO.get(text[i : i + 2], -1)
            if kind >= 0:
                j = i + 2
            else:
                kind = OPERATORS_OF_ONE.get(text[i], t.INVALID)
                if kind == t.INVALID and text[i] in OPENING_QUOTES:
                    j = string_scanner.typographic_string_end(text, i)
        add_kind(kind)
        add_value(text[i:j])
        add_start(i)
        add_end(j)
        i = j


def number_end(data: bytes, i: int) -> int:
    """Where the number that begins at `i` ends."""
    c = data[i]
    j = i + 1
    if c == 48 and data[j] in BASES:
        digits = BASES[data[j]]
        k = j + 1
        while data[k] in digits:
            k += 1
        # Without a digit, `0x` is a zero and an identifier.
        return k if k > j + 1 else j
    while 48 <= data[j] <= 57:
        j += 1
    if c != 46 and data[j] == 46 and 48 <= data[j + 1] <= 57:
        j += 1
        while 48 <= data[j] <= 57:
            j += 1
    if data[j] == 101 or data[j] == 69:
        k = j + 1
        if data[k] == 43 or data[k] == 45:
            k += 1
        if 48 <= data[k] <= 57:
            while 48 <= data[k] <= 57:
                k += 1
            return k
    return j


def scan_tag(text: str, data: bytes, i: int, word_end: int, size: int, result: Tokens) -> int:
    """Reads the enum tag that begins with the tick at `i`, and says where it ends."""
    if data[i + 1] == 34:
        return string_scanner.scan_quoted_tag(text, data, i, size, result)
    j = i + 1
    while data[j] == 95:
        j += 1
    kind = t.TAG
    if CLASSES[data[j]] != LETTER:
        kind = t.INVALID
        word_end = max(j, i + 1)
    elif text[i + 1 : word_end] == "m" and data[word_end] == 37:
        j = word_end
        while data[j] == 37:
            j += 1
        if data[j] == 34:
            # A tag cannot be written as a multiline string.
            kind = t.INVALID
            word_end = j + 1
    result.kinds.append(kind)
    result.values.append(text[i + 1 : word_end] if kind == t.TAG else text[i:word_end])
    result.starts.append(i)
    result.ends.append(word_end)
    return word_end
