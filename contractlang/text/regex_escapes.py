"""What follows a backslash in a regular expression, inside and outside brackets.

Source: stdlib.md appendix B.
"""

from __future__ import annotations

from contractlang.text.regex_cursor import Cursor
from contractlang.text.regex_nodes import Assertion, Literal, Node, PerlClass, PropertyClass

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

_END: Final = "incomplete escape sequence, reached end of pattern prematurely"
_HEX_DIGITS: Final = {"x": 2, "u": 4, "U": 8}
_HEX: Final = frozenset("0123456789abcdefABCDEF")
_CONTROLS: Final = {"a": 7, "f": 12, "t": 9, "n": 10, "r": 13, "v": 11}
_ASSERTIONS: Final = {"A": "A", "z": "z", "b": "b", "B": "B", "<": "start", ">": "end"}
_BOUNDARIES: Final = frozenset({"start", "end", "start-half", "end-half"})
_BOUNDARY_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-")


def parse_escape(cursor: Cursor) -> Node:
    """The node of the escape sequence at the cursor, which is left behind it."""
    start = cursor.position
    if not cursor.advance():
        raise cursor.error(_END, start, cursor.position)
    char = cursor.char
    if char in "0123456789":
        raise cursor.error("backreferences are not supported", start, cursor.position + 1)
    if char in _HEX_DIGITS:
        return _hexadecimal(cursor, start, char)
    if char in "pP":
        return _property(cursor, start)
    cursor.advance()
    end = cursor.position
    if char in "dswDSW":
        return PerlClass(start, end, char, cursor.flags)
    if char in _CONTROLS:
        return Literal(start, end, _CONTROLS[char], cursor.flags)
    if char in _ASSERTIONS:
        kind = (_special_boundary(cursor, start) if char == "b" else None) or _ASSERTIONS[char]
        return Assertion(start, cursor.position, kind, cursor.flags)
    if char.isascii() and not char.isalnum():
        return Literal(start, end, ord(char), cursor.flags)
    raise cursor.error("unrecognized escape sequence", start, end)


def _special_boundary(cursor: Cursor, start: int) -> str | None:
    r"""The name in `\b{name}`; None if the brace opens something else, and the cursor stays there."""
    brace = cursor.position
    if cursor.char != "{":
        return None
    if not cursor.advance_past_space():
        raise cursor.error(
            "found either the beginning of a special word boundary or a bounded repetition on a \\b with an opening brace, "
            "but no closing brace",
            start,
            cursor.position,
        )
    begin = cursor.position
    if cursor.char not in _BOUNDARY_LETTERS:
        cursor.move(brace)
        return None
    name = ""
    while cursor.char and cursor.char in _BOUNDARY_LETTERS:
        name += cursor.char
        cursor.advance_past_space()
    if cursor.char != "}":
        reason = "special word boundary assertion is either unclosed or contains an invalid character"
        raise cursor.error(reason, brace, cursor.position)
    end = cursor.position
    cursor.advance()
    if name not in _BOUNDARIES:
        raise cursor.error(
            "unrecognized special word boundary assertion, valid choices are: start, end, start-half or end-half",
            begin,
            end,
        )
    return name


def _hexadecimal(cursor: Cursor, start: int, letter: str) -> Literal:
    if not cursor.advance_past_space():
        raise cursor.error(_END, cursor.position, cursor.position)
    if cursor.char == "{":
        return _braced_hexadecimal(cursor, start)
    begin = cursor.position
    digits = ""
    for i in range(_HEX_DIGITS[letter]):
        if i and not cursor.advance_past_space():
            raise cursor.error(_END, cursor.position, cursor.position)
        digits += _hexadecimal_digit(cursor)
    cursor.advance_past_space()
    code = _scalar(cursor, digits, begin, cursor.position)
    return Literal(start, cursor.position, code, cursor.flags, is_byte=letter == "x")


def _braced_hexadecimal(cursor: Cursor, start: int) -> Literal:
    brace = cursor.position
    digits = []
    while cursor.advance_past_space() and cursor.char != "}":
        digits.append(_hexadecimal_digit(cursor))
    if not cursor.char:
        raise cursor.error(_END, brace, cursor.position)
    end = cursor.position
    cursor.advance_past_space()
    if not digits:
        raise cursor.error("hexadecimal literal empty", brace, cursor.position)
    return Literal(start, cursor.position, _scalar(cursor, "".join(digits), brace + 1, end), cursor.flags)


def _hexadecimal_digit(cursor: Cursor) -> str:
    if cursor.char not in _HEX:
        raise cursor.error_here("invalid hexadecimal digit")
    return cursor.char


def _scalar(cursor: Cursor, digits: str, start: int, end: int) -> int:
    significant = digits.lstrip("0")
    code = int(significant or "0", 16) if len(significant) <= 6 else -1
    if 0 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF:
        return code
    raise cursor.error("hexadecimal literal is not a Unicode scalar value", start, end)


def _property(cursor: Cursor, start: int) -> PropertyClass:
    negated = cursor.char == "P"
    if not cursor.advance_past_space():
        raise cursor.error(_END, cursor.position, cursor.position)
    if cursor.char != "{":
        name = cursor.char
        if name == "\\":
            raise cursor.error_here("invalid Unicode character class")
        cursor.advance_past_space()
        return PropertyClass(start, cursor.position, name, None, negated, cursor.flags)
    chars = []
    while cursor.advance_past_space() and cursor.char != "}":
        chars.append(cursor.char)
    if not cursor.char:
        raise cursor.error(_END, cursor.position, cursor.position)
    cursor.advance()
    text = "".join(chars)
    for operator in ("!=", ":", "="):
        name, found, value = text.partition(operator)
        if found:
            return PropertyClass(start, cursor.position, name, value, negated ^ (operator == "!="), cursor.flags)
    return PropertyClass(start, cursor.position, text, None, negated, cursor.flags)
