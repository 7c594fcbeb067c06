"""TOML text as data (TOML 1.1; serialization.md §7, stdlib.md §12).

The parser is ours because the standard library's reads TOML 1.0 only and turns date-times into objects that have lost their text
(`Z` or `+00:00`, more than six digits of a second); and because the places of values are wanted, which it does not tell.

A table may be written in pieces, so each has a state that says what may still be added: see `_State`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum

from contractlang.formats.data import Data, DataError
from contractlang.formats.toml_scalars import InvalidToken, deserialized_scalar, importable_scalar
from contractlang.formats.toml_strings import InvalidString, read_string

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final, Literal, NoReturn

DEEPEST: Final = 80  # values within each other, and likewise parts of a key

_BLANKS: Final = re.compile(r"[ \t]*")
_COMMENT: Final = r"#[^\x00-\x08\x0a-\x1f\x7f]*"
_LINES: Final = re.compile(rf"(?:[ \t\n]+|\r\n|{_COMMENT}(?=\r?\n|\Z))*")  # blanks, comments and line breaks
_LINE_END: Final = re.compile(rf"[ \t]*(?:{_COMMENT})?(?:\r?\n|\Z)")
_LINE_REST: Final = re.compile(rf"[ \t]*(?:{_COMMENT})?")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_+.:-]+")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME_AHEAD: Final = re.compile(r" [0-9]")

Table = dict[str, Data]
KeyPath = list[tuple[str, int]]  # the parts of a dotted key and where they begin


def read_toml(text: str, mode: Literal["import", "deserialize"]) -> Table:
    """The data of a TOML text.

    In mode "import" integers have 64 bits, floats are the exact values of their doubles and date-times strings; in mode
    "deserialize" integers have 128 bits, floats are simplest rationals and date-times records with the field
    `$__toml_private_datetime`. Raises DataError.
    """
    return TomlParser(text, importable_scalar if mode == "import" else deserialized_scalar).parse()


class _State(IntEnum):
    """How a table came about. Tables without state are inline and closed."""

    IMPLICIT = 0  # passed through by a header: may get a header of its own, and fields by dotted keys
    DOTTED = 1  # made by dotted keys: may get more fields by dotted keys, and tables by headers
    HEADED = 2  # has had its header: headers may still add tables


class TomlParser:
    """One parse of one text. `places`, if given, gets the span of each value by the identity of its container and its key there."""

    def __init__(
        self,
        text: str,
        scalar: Callable[[str], Data],
        places: dict[tuple[int, str | int], tuple[int, int]] | None = None,
    ) -> None:
        self.text = text
        self.scalar = scalar
        self.places = places
        self.index = 1 if text.startswith("\ufeff") else 0
        self.states: dict[int, _State] = {}  # by the identity of the table
        self.table_arrays: set[int] = set()  # identities of arrays made by `[[…]]`

    def parse(self) -> Table:
        """The data of the whole text. Raises DataError."""
        root: Table = {}
        current = root
        while self.skip_lines():
            if self.text[self.index] == "[":
                current = self.header(root)
            else:
                self.key_value(current)
            self.end_of_line()
        return root

    # Blanks

    def skip_blanks(self) -> None:
        match = _BLANKS.match(self.text, self.index)
        assert match is not None
        self.index = match.end()

    def skip_lines(self) -> bool:
        """Skip blanks, comments and line breaks; false at the end of the text."""
        match = _LINES.match(self.text, self.index)
        assert match is not None
        self.index = match.end()
        if self.index >= len(self.text):
            return False
        if self.text[self.index] in "#\r":
            self.fail_at_line_end()
        return True

    def end_of_line(self) -> None:
        match = _LINE_END.match(self.text, self.index)
        if match is None:
            self.fail_at_line_end()
        self.index = match.end()

    def fail_at_line_end(self) -> NoReturn:
        match = _LINE_REST.match(self.text, self.index)
        assert match is not None
        offset = match.end()
        character = self.text[offset]
        if character == "\r":
            self.fail("a carriage return must be followed by a line feed", offset)
        if "#" in match[0]:
            self.fail(f"control character U+{ord(character):04X} in a comment", offset)
        self.fail("expected the end of the line", offset)

    # Keys

    def key_path(self) -> KeyPath:
        parts: KeyPath = []
        while True:
            self.skip_blanks()
            start = self.index
            parts.append((self.key(), start))
            self.skip_blanks()
            if not self.text.startswith(".", self.index):
                break
            self.index += 1
        if len(parts) > DEEPEST:
            self.fail("recursion limit exceeded", parts[DEEPEST][1])
        return parts

    def key(self) -> str:
        match = _BARE_KEY.match(self.text, self.index)
        if match:
            self.index = match.end()
            return match[0]
        if self.text.startswith(('"', "'"), self.index):
            return self.string(several_lines=False)
        return self.fail("expected a key: letters, digits, `-` and `_`, or anything in quotes", self.index)

    # Headers

    def header(self, root: Table) -> Table:
        """The table whose fields follow."""
        start = self.index
        of_array = self.text.startswith("[[", start)
        closing = "]]" if of_array else "]"
        self.index += len(closing)
        path = self.key_path()
        if not self.text.startswith(closing, self.index):
            self.fail(f"expected `{closing}`", self.index)
        self.index += len(closing)
        place = (start, self.index)
        table = root
        for name, offset in path[:-1]:
            table = self.passed_by_header(table, name, offset, place)
        name, offset = path[-1]
        return self.next_element(table, name, offset, place) if of_array else self.headed(table, name, offset, place)

    def passed_by_header(self, table: Table, name: str, offset: int, place: tuple[int, int]) -> Table:
        if name not in table:
            return self.new_table(table, name, _State.IMPLICIT, place)
        value = table[name]
        if type(value) is list and id(value) in self.table_arrays:
            value = value[-1]
        if type(value) is not dict or id(value) not in self.states:
            self.fail(f"`{name}` cannot get fields here: it is {_description(value)}", offset)
        return value

    def headed(self, table: Table, name: str, offset: int, place: tuple[int, int]) -> Table:
        if name not in table:
            return self.new_table(table, name, _State.HEADED, place)
        value = table[name]
        if type(value) is not dict or self.states.get(id(value)) is not _State.IMPLICIT:
            self.fail(f"duplicate key `{name}`", offset)
        self.states[id(value)] = _State.HEADED
        self.note(table, name, *place)
        return value

    def next_element(self, table: Table, name: str, offset: int, place: tuple[int, int]) -> Table:
        elements = table.get(name)
        if name not in table:
            elements = table[name] = []
            self.table_arrays.add(id(elements))
            self.note(table, name, *place)
        if type(elements) is not list or id(elements) not in self.table_arrays:
            self.fail(f"duplicate key `{name}`", offset)
        element: Table = {}
        self.note(elements, len(elements), *place)
        elements.append(element)
        self.states[id(element)] = _State.HEADED
        return element

    def new_table(self, table: Table, name: str, state: _State, place: tuple[int, int]) -> Table:
        created: Table = {}
        table[name] = created
        self.states[id(created)] = state
        self.note(table, name, *place)
        return created

    # Fields

    def key_value(self, table: Table, depth: int = 0) -> None:
        """Read `key = value` into a table; `depth` counts the arrays and inline tables around it."""
        path = self.key_path()
        if not self.text.startswith("=", self.index):
            self.fail("expected `=` and a value", self.index)
        self.index += 1
        for name, offset in path[:-1]:
            table = self.extended(table, name, offset)
        name, offset = path[-1]
        if name in table:
            self.fail(f"duplicate key `{name}`", offset)
        self.skip_blanks()
        start = self.index
        table[name] = self.value(depth)
        self.note(table, name, start, self.index)

    def extended(self, table: Table, name: str, offset: int) -> Table:
        """The table that a part of a dotted key leads to."""
        if name not in table:
            return self.new_table(table, name, _State.DOTTED, (offset, offset + len(name)))
        value = table[name]
        state = self.states.get(id(value))
        if state is _State.HEADED or id(value) in self.table_arrays:
            self.fail(f"duplicate key `{name}`: it is defined by a header", offset)
        if type(value) is not dict or state is None:
            self.fail(f"`{name}` cannot get fields here: it is {_description(value)}", offset)
        self.states[id(value)] = _State.DOTTED
        return value

    # Values

    def value(self, depth: int) -> Data:
        """The value that comes next; `depth` counts the arrays and inline tables around it."""
        character = self.text[self.index : self.index + 1]
        if character in {'"', "'"}:
            return self.string(several_lines=True)
        if character in {"[", "{"}:
            if depth >= DEEPEST:
                self.fail("recursion limit exceeded", self.index)
            self.index += 1
            return self.array(depth + 1) if character == "[" else self.inline_table(depth + 1)
        match = _TOKEN.match(self.text, self.index)
        if not match:
            return self.fail("expected a value", self.index)
        token, end = match[0], match.end()
        if _DATE.fullmatch(token) and _TIME_AHEAD.match(self.text, end):
            match = _TOKEN.match(self.text, end + 1)
            assert match is not None
            token, end = f"{token}T{match[0]}", match.end()
        try:
            value = self.scalar(token)
        except InvalidToken as error:
            self.fail(str(error), self.index)
        self.index = end
        return value

    def string(self, *, several_lines: bool) -> str:
        try:
            text, self.index = read_string(self.text, self.index, several_lines=several_lines)
        except InvalidString as error:
            self.fail(error.reason, error.offset)
        return text

    def array(self, depth: int) -> list[Data]:
        elements: list[Data] = []
        while self.more_entries("]", first=not elements):
            start = self.index
            value = self.value(depth)
            self.note(elements, len(elements), start, self.index)
            elements.append(value)
        return elements

    def inline_table(self, depth: int) -> Table:
        table: Table = {}
        first = True
        while self.more_entries("}", first=first):
            first = False
            self.key_value(table, depth)
        return table

    def more_entries(self, closing: str, *, first: bool) -> bool:
        """Go to the next entry of an array or inline table; false behind its closing bracket."""
        found = self.skip_lines()
        if not first and self.text.startswith(",", self.index):
            self.index += 1
            found = self.skip_lines()
        elif not first and found and self.text[self.index] != closing:
            self.fail(f"expected `,` or `{closing}`", self.index)
        if not found:
            self.fail(f"expected `{closing}`", self.index)
        if self.text[self.index] == closing:
            self.index += 1
            return False
        return True

    def note(self, container: Table | list[Data], key: str | int, start: int, end: int) -> None:
        if self.places is not None:
            self.places[id(container), key] = (start, end)

    def fail(self, reason: str, offset: int) -> NoReturn:
        offset = min(offset, len(self.text))
        line = self.text.count("\n", 0, offset) + 1
        column = offset - self.text.rfind("\n", 0, offset)
        headline = f"toml parse error: TOML parse error at line {line}, column {column}"
        raise DataError(headline, line, column, offset, reason)


def _description(value: Data) -> str:
    if type(value) is dict:
        return "an inline table, which is complete"
    if type(value) is list:
        return "an array"
    return "no table"
