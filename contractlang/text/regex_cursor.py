"""The place in a pattern where its parser stands, and the flags in force there."""

from __future__ import annotations

from contractlang.text.errors import TextError
from contractlang.text.regex_errors import pattern_error
from contractlang.text.regex_nodes import UNICODE, VERBOSE
from contractlang.text.strings import WHITE_SPACE


class Cursor:
    """A position in `pattern`. `char` is the character there, "" at the end."""

    __slots__ = ("char", "flags", "pattern", "position")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.position = 0
        self.char = pattern[:1]
        self.flags = UNICODE

    def move(self, position: int) -> None:
        self.position = position
        self.char = self.pattern[position : position + 1]

    def advance(self) -> bool:
        """One character on; False at the end."""
        if self.char:
            self.move(self.position + 1)
        return bool(self.char)

    def accept(self, text: str) -> bool:
        """Past `text`, if the pattern goes on with it."""
        if not self.pattern.startswith(text, self.position):
            return False
        self.move(self.position + len(text))
        return True

    def skip_space(self) -> None:
        """Past white space and comments, where the flag x makes them meaningless."""
        if not self.flags & VERBOSE:
            return
        while self.char:
            if self.char in WHITE_SPACE:
                self.advance()
            elif self.char == "#":
                end = self.pattern.find("\n", self.position)
                self.move(end + 1 if end >= 0 else len(self.pattern))
            else:
                return

    def advance_past_space(self) -> bool:
        """One character on, then past meaningless space; False at the end."""
        if not self.advance():
            return False
        self.skip_space()
        return bool(self.char)

    def peek(self) -> str:
        """The character after this one."""
        return self.pattern[self.position + 1 : self.position + 2]

    def peek_past_space(self) -> str:
        """The next character that means something."""
        if not self.flags & VERBOSE:
            return self.peek()
        i = self.position + 1
        while i < len(self.pattern) and (self.pattern[i] in WHITE_SPACE or self.pattern[i] == "#"):
            i += 1
        return self.pattern[i : i + 1]

    def error(self, reason: str, start: int, end: int) -> TextError:
        return pattern_error(self.pattern, reason, (start, end))

    def error_here(self, reason: str) -> TextError:
        """An error whose mark stands under the current character."""
        return pattern_error(self.pattern, reason, (self.position, self.position + 1))
