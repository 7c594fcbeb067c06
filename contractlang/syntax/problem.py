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
