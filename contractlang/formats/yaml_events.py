"""YAML text as the events of PyYAML's parser, which is libyaml where its wheel has it.

PyYAML knows YAML 1.1. At the level of events what matters of 1.2 is brought about here:

- U+0085, U+2028 and U+2029 break no lines, and other characters that 1.1 does not allow are accepted as in the reference. The
  parser gets private-use characters in their places, which the text does not contain, and the values are translated back.
- A text that does not end in a line break is read as if it did (so that a final block scalar has its line break).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from yaml.reader import ReaderError

from contractlang.formats.data import DataError

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

Parser: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNUSUAL: Final = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_PRIVATE_USE: Final = range(0xE000, 0xF900)


class YamlEvents:
    """The events of one text, and how to read values and places off them. `iterate` raises DataError."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._shift = 1 if text.startswith("\ufeff") else 0  # the parser does not count a byte order mark
        self._restored: dict[int, str] = {}
        self._parsed = text[self._shift :]
        if _UNUSUAL.search(self._parsed):
            self._hide_unusual_characters()
        if not self._parsed.endswith("\n"):
            self._parsed += "\n"

    def _hide_unusual_characters(self) -> None:
        unusual = sorted(set(_UNUSUAL.findall(self._parsed)))
        present = set(self._parsed)
        free = (chr(code) for code in _PRIVATE_USE if chr(code) not in present)
        hidden = dict(zip(unusual, free, strict=False))
        self._restored = {ord(stand_in): character for character, stand_in in hidden.items()}
        self._parsed = self._parsed.translate({ord(character): stand_in for character, stand_in in hidden.items()})

    def iterate(self) -> Iterator[yaml.Event]:
        """All events in order."""
        parser = Parser(self._parsed)
        next_event = parser.get_event
        try:
            while True:
                event = next_event()
                if event is None or type(event) is yaml.StreamEndEvent:
                    return
                yield event
        except ReaderError as error:
            character = error.character if isinstance(error.character, int) else ord(error.character[:1])
            raise self._error_at(f"{error.reason} (U+{character:04X})", error.position) from None
        except yaml.MarkedYAMLError as error:
            # libyaml says: "while parsing a flow sequence", "did not find expected ',' or ']'"
            problem = (error.problem or "").replace("did not find expected", "expected")
            message = f"{error.context}, {problem}" if error.context else problem
            mark = error.problem_mark or error.context_mark
            if mark is None:
                raise self._error_at(message, len(self.text)) from None
            raise self._error_at(message, mark.index, mark.line, mark.column) from None
        finally:
            parser.dispose()

    def value(self, event: yaml.ScalarEvent) -> str:
        """The text of a scalar."""
        text: str = event.value
        return text.translate(self._restored) if self._restored else text

    def start(self, event: yaml.Event) -> int:
        """Where an event begins, as an offset in the text."""
        assert event.start_mark is not None
        return min(event.start_mark.index + self._shift, len(self.text))

    def end(self, event: yaml.Event) -> int:
        """Where an event ends, as an offset in the text."""
        assert event.end_mark is not None
        return min(event.end_mark.index + self._shift, len(self.text))

    def misplaced(self, message: str, event: yaml.Event) -> DataError:
        """The error for an event that may not stand where it does; the headline has its place."""
        mark = event.start_mark
        assert mark is not None
        return self._error_at(message, mark.index, mark.line, mark.column)

    def unrepresentable(self, message: str, event: yaml.Event) -> DataError:
        """The error for a value that cannot be represented; the headline has no place."""
        return self._error(message, self.start(event))

    def _error_at(self, message: str, index: int, line: int | None = None, column: int | None = None) -> DataError:
        """As in the reference, the headline counts characters, calls them bytes, and names the line after the end of the text."""
        offset = min(index + self._shift, len(self.text))
        error = self._error(message, offset)
        shown_line = error.line if line is None else line + 1
        shown_column = error.column if column is None else column + 1
        error.message += f" at byte {offset} line {shown_line} column {shown_column}"
        return error

    def _error(self, message: str, offset: int) -> DataError:
        line = self.text.count("\n", 0, offset) + 1
        column = offset - self.text.rfind("\n", 0, offset)
        return DataError(f"yaml parse error: {message}", line, column, offset)
