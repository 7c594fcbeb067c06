"""What the catalogue says of one code."""

from __future__ import annotations


class Entry:
    """`title`: one line. `explanation`: a paragraph for a person who met the code for the first time. `example`: a program that
    fails with it (a command line if `command` is true), `fix`: the same put right; both empty
    where no program can show it."""

    __slots__ = ("code", "command", "example", "explanation", "fix", "title")

    def __init__(
        self, code: str, title: str, explanation: str, example: str = "", fix: str = "", *, command: bool = False
    ) -> None:
        self.code = code
        self.title = title
        self.explanation = explanation
        self.example = example
        self.fix = fix
        self.command = command
