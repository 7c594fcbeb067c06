"""A mistake in the syntax as lexer, builder and parser note it; wording.py makes a diagnostic of it, should there be any."""

from __future__ import annotations


class Problem:
    """A mistake and its place. `other` is a second place (an opening delimiter, a first binding), `detail` whatever the wording
    needs to know: a name, what was expected."""

    __slots__ = ("code", "detail", "end", "other", "start")

    def __init__(
        self, code: str, start: int, end: int, detail: object = None, other: tuple[int, int] | None = None
    ) -> None:
        self.code = code
        self.start = start
        self.end = end
        self.detail = detail
        self.other = other


class Unexpected:
    """The detail of a token that does not fit: its text, what was expected (`expected …`, or empty), advice (or None), and, if the
    problem has a second place, the kind of token that was found: a bracket is open there."""

    __slots__ = ("expected", "found", "hint", "kind")

    def __init__(self, found: str, expected: str, hint: str | None, kind: int | None) -> None:
        self.found = found
        self.expected = expected
        self.hint = hint
        self.kind = kind
