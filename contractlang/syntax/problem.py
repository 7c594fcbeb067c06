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


class Edit:
    """A change of the text that may remove a mistake: `text` takes the place of what stands from `start` up to `end`."""

    __slots__ = ("end", "start", "text", "title")

    def __init__(self, start: int, end: int, text: str, title: str) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.title = title

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edit) and (self.start, self.end, self.text) == (other.start, other.end, other.text)

    def __hash__(self) -> int:
        return hash((self.start, self.end, self.text))


class Unexpected:
    """The detail of a token that does not fit: its text, what was expected (`expected …`, or empty), advice (or None), and, if the
    problem has a second place, the kind of token that was found: a bracket is open there. `edit`: how recovery got over it."""

    __slots__ = ("edit", "expected", "found", "hint", "kind")

    def __init__(self, found: str, expected: str, hint: str | None, kind: int | None, edit: Edit | None = None) -> None:
        self.found = found
        self.expected = expected
        self.hint = hint
        self.kind = kind
        self.edit = edit
