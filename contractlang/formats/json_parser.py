"""A JSON parser without recursion, for texts that the standard library's decoder refuses: it words errors and reads deep texts.

Wording and positions follow the reference (stdlib.md §12). There, an error is at the number of bytes consumed, of which the last
belongs to the character that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from contractlang.formats.data import Data, DataError
from contractlang.text.numbers import Number

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final, NoReturn

_BLANKS: Final = re.compile(r"[ \t\n\r]*")
_PLAIN_CHARACTERS: Final = re.compile(r'[^"\\\x00-\x1f]*')
_DIGITS: Final = re.compile(r"[0-9]*")
_HEXADECIMAL: Final = re.compile(r"[0-9a-fA-F]{4}")
_ESCAPES: Final = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_CONSTANTS: Final[dict[str, tuple[str, Data]]] = {"n": ("null", None), "t": ("true", True), "f": ("false", False)}


class JsonParser:
    """One parse of one text; `make_object` gets the key-value pairs in order, `deepest` limits nesting (None: no limit)."""

    def __init__(
        self,
        text: str,
        parse_int: Callable[[str], Number],
        parse_float: Callable[[str], Number],
        make_object: Callable[[list[tuple[str, Data]]], dict[str, Data]],
        deepest: int | None,
    ) -> None:
        self.text = text
        self.parse_int = parse_int
        self.parse_float = parse_float
        self.make_object = make_object
        self.deepest = deepest
        self.index = 0

    def parse(self) -> Data:
        """The data of the whole text. Raises DataError."""
        open_arrays: list[
            tuple[list[Data], list[str] | None]
        ] = []  # values of the enclosing containers; keys of objects
        while True:
            character = self.peek()
            value: Data
            if character in {"[", "{"}:
                if self.deepest is not None and len(open_arrays) >= self.deepest:
                    self.fail("recursion limit exceeded", self.index + 1)
                self.index += 1
                keys: list[str] | None = [] if character == "{" else None
                if self.starts_entry(keys, first=True):
                    open_arrays.append(([], keys))
                    continue
                value = [] if keys is None else {}
            else:
                value = self.scalar(character)
            while open_arrays:
                values, keys = open_arrays[-1]
                values.append(value)
                if self.starts_entry(keys, first=False):
                    break
                open_arrays.pop()
                value = values if keys is None else self.make_object(list(zip(keys, values, strict=True)))
            else:
                if self.peek():
                    self.fail("trailing characters", self.index + 1)
                return value

    def peek(self) -> str:
        """The next character that is not blank, empty at the end."""
        match = _BLANKS.match(self.text, self.index)
        assert match is not None
        self.index = match.end()
        return self.text[self.index : self.index + 1]

    def starts_entry(self, keys: list[str] | None, *, first: bool) -> bool:
        """Go to the value of the next entry of an array or (where there are keys) object; false behind its closing bracket."""
        closing = "]" if keys is None else "}"
        character = self.peek()
        if character == closing:
            self.index += 1
            return False
        if not character:
            self.fail(f"EOF while parsing {'a list' if keys is None else 'an object'}", self.index + 1)
        if not first:
            if character != ",":
                self.fail(f"expected `,` or `{closing}`", self.index + 1)
            self.index += 1
            character = self.peek()
            if character == closing:
                self.fail("trailing comma", self.index + 1)
            if not character:
                self.fail("EOF while parsing a value", self.index + 1)
        if keys is not None:
            if character != '"':
                self.fail("key must be a string", self.index + 1)
            keys.append(self.string())
            character = self.peek()
            if character != ":":
                self.fail("expected `:`" if character else "EOF while parsing an object", self.index + 1)
            self.index += 1
        return True

    def scalar(self, character: str) -> Data:
        if character == '"':
            return self.string()
        if character and character in "-0123456789":
            return self.number()
        if character in _CONSTANTS:
            word, value = _CONSTANTS[character]
            for expected in word:
                if self.text[self.index : self.index + 1] != expected:
                    at_end = self.index >= len(self.text)
                    self.fail("EOF while parsing a value" if at_end else "expected ident", self.index + 1)
                self.index += 1
            return value
        return self.fail("expected value" if character else "EOF while parsing a value", self.index + 1)

    def string(self) -> str:
        """The string whose opening quote is next."""
        text = self.text
        parts: list[str] = []
        index = self.index + 1
        while True:
            match = _PLAIN_CHARACTERS.match(text, index)
            assert match is not None
            parts.append(match[0])
            index = match.end()
            character = text[index : index + 1]
            index += 1
            if character == '"':
                self.index = index
                return "".join(parts)
            if not character:
                self.fail("EOF while parsing a string", index)
            if character != "\\":
                self.fail("control character (\\u0000-\\u001F) found while parsing a string", index)
            escaped = text[index : index + 1]
            index += 1
            if escaped == "u":
                index, character = self.unicode_escape(index)
                parts.append(character)
            elif escaped in _ESCAPES:
                parts.append(_ESCAPES[escaped])
            else:
                self.fail("invalid escape" if escaped else "EOF while parsing a string", index)

    def unicode_escape(self, index: int) -> tuple[int, str]:
        """The character whose hexadecimal digits begin at `index`, and where the text goes on."""
        high = self.hexadecimal(index)
        index += 4
        if not 0xD800 <= high <= 0xDFFF:
            return index, chr(high)
        if high >= 0xDC00:
            self.fail("lone leading surrogate in hex escape", index)
        for expected in "\\u":
            if self.text[index : index + 1] != expected:
                at_end = index >= len(self.text)
                self.fail("EOF while parsing a string" if at_end else "unexpected end of hex escape", index + 1)
            index += 1
        low = self.hexadecimal(index)
        index += 4
        if not 0xDC00 <= low <= 0xDFFF:
            self.fail("lone leading surrogate in hex escape", index)
        return index, chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))

    def hexadecimal(self, index: int) -> int:
        match = _HEXADECIMAL.match(self.text, index)
        if match is None:
            at_end = len(self.text[index : index + 4].encode("utf-8", "replace")) < 4
            self.fail(
                "EOF while parsing a string" if at_end else "invalid escape", len(self.text) if at_end else index + 4
            )
        return int(match[0], 16)

    def number(self) -> Number:
        start = self.index
        text = self.text
        if text[start] == "-":
            self.index += 1
        if text[self.index : self.index + 1] == "0":
            self.index += 1
            if text[self.index : self.index + 1].isdecimal() and text[self.index].isascii():
                self.fail("invalid number", self.index + 1)
        else:
            self.digits()
        integral = True
        if text[self.index : self.index + 1] == ".":
            integral = False
            self.index += 1
            self.digits()
        if text[self.index : self.index + 1] in {"e", "E"}:
            integral = False
            self.index += 1
            if text[self.index : self.index + 1] in {"+", "-"}:
                self.index += 1
            self.digits()
        literal = text[start : self.index]
        try:
            return self.parse_int(literal) if integral else self.parse_float(literal)
        except OverflowError:
            return self.fail("number out of range", start + _consumed_of_too_large(literal))

    def digits(self) -> None:
        """Consume digits, at least one."""
        match = _DIGITS.match(self.text, self.index)
        assert match is not None
        if not match[0]:
            at_end = self.index >= len(self.text)
            self.fail("EOF while parsing a value" if at_end else "invalid number", self.index + 1)
        self.index = match.end()

    def fail(self, message: str, consumed: int) -> NoReturn:
        """Raise the error for the last of the characters consumed (at most one past the end)."""
        text = self.text
        offset = max(consumed - 1, 0)
        if offset >= len(text):
            # Nothing is left: the reference names the end, counted from the beginning of the last line.
            offset = len(text)
            column = len(text[text.rfind("\n") + 1 :].encode("utf-8", "replace"))
            headline_line = text.count("\n") + 1
        elif text[offset] == "\n":
            headline_line, column = text.count("\n", 0, offset + 1) + 1, 0
        else:
            column = len(text[text.rfind("\n", 0, offset) + 1 : offset].encode("utf-8", "replace")) + 1
            headline_line = text.count("\n", 0, offset) + 1
        headline = f"json parse error: {message} at line {headline_line} column {column}"
        raise DataError(headline, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset), offset)


def _consumed_of_too_large(literal: str) -> int:
    """How much of a number is read before it turns out to be too large: all, unless its exponent already exceeds 31 bits."""
    mark = max(literal.find("e"), literal.find("E"))
    if mark < 0:
        return len(literal)
    start = mark + 2 if literal[mark + 1] == "+" else mark + 1
    end = len(literal) - len(literal[start:].lstrip("0"))
    while end < len(literal) and int(literal[start:end] or "0") < 2**31:
        end += 1
    return end
