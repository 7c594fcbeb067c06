"""TOML strings: basic and literal ones, on one line or several (TOML 1.1)."""

from __future__ import annotations

import re

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

_BASIC: Final = re.compile(r'[^"\\\x00-\x08\x0a-\x1f\x7f]*')
_BASIC_LINES: Final = re.compile(r'[^"\\\x00-\x08\x0b-\x1f\x7f]*(?:\r\n[^"\\\x00-\x08\x0b-\x1f\x7f]*)*')
_LITERAL: Final = re.compile(r"[^'\x00-\x08\x0a-\x1f\x7f]*")
_LITERAL_LINES: Final = re.compile(r"[^'\x00-\x08\x0b-\x1f\x7f]*(?:\r\n[^'\x00-\x08\x0b-\x1f\x7f]*)*")
_QUOTES: Final = {'"': re.compile(r'"{1,5}'), "'": re.compile(r"'{1,5}")}
_NEWLINE: Final = re.compile(r"\r?\n")
_CONTINUATION: Final = re.compile(r"[ \t]*\r?\n[ \t\r\n]*")
_ESCAPES: Final = {
    "b": "\b",
    "t": "\t",
    "n": "\n",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    '"': '"',
    "\\": "\\",
}
_HEXADECIMAL: Final = {
    "x": re.compile(r"[0-9A-Fa-f]{2}"),
    "u": re.compile(r"[0-9A-Fa-f]{4}"),
    "U": re.compile(r"[0-9A-Fa-f]{8}"),
}


class InvalidString(Exception):
    """A string that is not well-formed, and the offset where it goes wrong."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


def read_string(text: str, start: int, *, several_lines: bool = True) -> tuple[str, int]:
    """The string whose opening quote is at `start`, and the offset behind it. Raises InvalidString."""
    quote = text[start]
    if text.startswith(quote * 3, start):
        if not several_lines:
            raise InvalidString("keys cannot be multi-line strings", start)
        return _several_lines(text, start + 3, quote)
    plain = _BASIC if quote == '"' else _LITERAL
    parts: list[str] = []
    index = start + 1
    while True:
        match = plain.match(text, index)
        assert match is not None
        parts.append(match[0])
        index = match.end()
        if text.startswith(quote, index):
            return "".join(parts), index + 1
        if quote == "'" or not text.startswith("\\", index):
            raise _unfinished(text, index, quote)
        character, index = _escape(text, index)
        parts.append(character)


def _several_lines(text: str, index: int, quote: str) -> tuple[str, int]:
    newline = _NEWLINE.match(text, index)
    if newline:
        index = newline.end()
    plain = _BASIC_LINES if quote == '"' else _LITERAL_LINES
    parts: list[str] = []
    while True:
        match = plain.match(text, index)
        assert match is not None
        parts.append(match[0])
        index = match.end()
        quotes = _QUOTES[quote].match(text, index)
        if quotes:
            index = quotes.end()
            if len(quotes[0]) >= 3:  # up to two belong to the text
                parts.append(quotes[0][3:])
                return "".join(parts), index
            parts.append(quotes[0])
            continue
        if quote == "'" or not text.startswith("\\", index):
            raise _unfinished(text, index, quote * 3)
        continuation = _CONTINUATION.match(text, index + 1)
        if continuation:
            index = continuation.end()
        else:
            character, index = _escape(text, index)
            parts.append(character)


def _escape(text: str, index: int) -> tuple[str, int]:
    """The character that the escape at `index` denotes, and the offset behind it."""
    letter = text[index + 1 : index + 2]
    if letter in _ESCAPES:
        return _ESCAPES[letter], index + 2
    if letter in _HEXADECIMAL:
        match = _HEXADECIMAL[letter].match(text, index + 2)
        code = int(match[0], 16) if match else -1
        if match and code < 0x110000 and not 0xD800 <= code < 0xE000:
            return chr(code), match.end()
        raise InvalidString(f"`\\{letter}` must be followed by the digits of a Unicode scalar value", index)
    raise InvalidString("unknown escape; write `\\\\` for a backslash", index)


def _unfinished(text: str, index: int, quotes: str) -> InvalidString:
    if index >= len(text) or (text[index] in "\r\n" and len(quotes) == 1):
        return InvalidString(f"the string is not closed, expected `{quotes}`", index)
    return InvalidString(f"control character U+{ord(text[index]):04X} in a string must be escaped", index)
