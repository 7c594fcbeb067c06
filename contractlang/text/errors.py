"""What the primitives on strings raise when an argument is at fault."""

from __future__ import annotations


class TextError(Exception):
    """A string primitive cannot do what was asked; `message` is the whole sentence that the language prescribes."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
