"""Nodes that only the 2021 edition has. They never leave this folder: `lower.py` replaces them."""

from __future__ import annotations

from contractlang.syntax import nodes as n


class Contracted(n.Expr):
    """`#e` in a type."""

    __slots__ = ("expr",)

    def __init__(self, start: int, end: int, expr: n.Expr) -> None:
        self.start = start
        self.end = end
        self.expr = expr


class Wrapper(n.Expr):
    """`Assume(T, e)` and its kind; `doc` has the text of `Docstring`. `annotation` and `value` are what they may have."""

    __slots__ = ("annotation", "doc", "name", "value")

    def __init__(
        self,
        start: int,
        end: int,
        name: str,
        annotation: n.Expr | None,
        value: n.Expr | None,
        doc: n.Expr | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.annotation = annotation
        self.value = value
        self.doc = doc


class Modern(n.Expr):
    """A term of the modern language, as text, whose only free name is `std`."""

    __slots__ = ("text",)

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text = text


class Switch(n.Expr):
    """`switch { … } subject`; the branches are a `Match`."""

    __slots__ = ("match", "subject")

    def __init__(self, start: int, end: int, match: n.Match, subject: n.Expr) -> None:
        self.start = start
        self.end = end
        self.match = match
        self.subject = subject
