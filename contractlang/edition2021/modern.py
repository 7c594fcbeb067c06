"""Terms of the modern language put into a tree of the 2021 edition."""

from __future__ import annotations

from contractlang.source import Source
from contractlang.syntax import nodes as n
from contractlang.syntax.dump import fields
from contractlang.syntax.parser import parse

_parsed: dict[str, n.Expr] = {}


def modern_term(text: str, start: int, end: int, library: str) -> n.Expr:
    """The tree of a text, all of it at one place of the source; `std` in it is called `library`."""
    tree = _parsed.get(text)
    if tree is None:
        tree, problems = parse(Source("", text))
        if problems:
            raise AssertionError(f"{text}: {problems[0].message}")
        _parsed[text] = tree
    copied = _copy(tree, start, end, library)
    assert isinstance(copied, n.Expr)
    return copied


def _copy(node: n.Node, start: int, end: int, library: str) -> n.Node:
    new = object.__new__(type(node))
    new.start = start
    new.end = end
    for name in fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, n.Node):
            value = _copy(value, start, end, library)
        elif isinstance(value, list):
            value = [_copy(item, start, end, library) if isinstance(item, n.Node) else item for item in value]
        setattr(new, name, value)
    if isinstance(new, n.Var) and new.name == "std":
        new.name = library
    return new
