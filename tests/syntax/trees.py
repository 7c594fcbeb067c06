"""Trees in one line, for comparison: `BinOp(+, 1, App(f, [x]))`."""

from __future__ import annotations

from contractlang.diagnostics.model import Diagnostic
from contractlang.source import Source
from contractlang.syntax import nodes as n
from contractlang.syntax.dump import fields
from contractlang.syntax.parser import parse

# Nodes that are written as what they hold.
BARE = (n.Var, n.PVar, n.Num, n.BaseType, n.RecordTail)


def parsed(text: str) -> n.Expr:
    """The tree of a program without mistakes."""
    tree, problems = parse(Source("test.ncl", text))
    assert [problem.message for problem in problems] == []
    return tree


def shape(text: str) -> str:
    """The tree of a program without mistakes, in one line."""
    return sketch(parsed(text))


def broken(text: str) -> tuple[n.Expr, list[Diagnostic]]:
    """Tree and diagnostics of a program with mistakes."""
    tree, problems = parse(Source("test.ncl", text))
    assert problems, f"no mistake found in {text!r}"
    return tree, problems


def errors(text: str) -> list[tuple[str, str]]:
    """The mistakes in a program: the code, and the text where each is marked."""
    return [
        (problem.code, text[problem.labels[0].span.start : problem.labels[0].span.end])
        for problem in parse(Source("test.ncl", text))[1]
    ]


def places(text: str) -> list[tuple[str, int]]:
    """The mistakes in a program: the code, and the offset where each is marked."""
    return [(problem.code, problem.labels[0].span.start) for problem in parse(Source("test.ncl", text))[1]]


def sketch(item: object) -> str:
    """A node, or what stands in one, in one line."""
    if isinstance(item, n.Node):
        values = [getattr(item, field) for field in fields(type(item))]
        if isinstance(item, BARE):
            return str(values[0])
        if isinstance(item, (n.Str, n.Tag)):
            return repr(values[0]) if isinstance(item, n.Str) else f"'{values[0]}"
        if isinstance(item, n.FieldName):
            return sketch(item.expr) if item.name is None else item.name if item.is_ident else repr(item.name)
        return f"{type(item).__name__}({', '.join(sketch(value) for value in values)})"
    if isinstance(item, list):
        return "[" + ", ".join(repr(each) if isinstance(each, str) else sketch(each) for each in item) + "]"
    return str(item)


def find(node: object, kind: type[n.Node]) -> n.Node:
    """The first node of a kind in a tree."""
    stack = [node]
    while stack:
        at = stack.pop()
        if type(at) is kind:
            assert isinstance(at, n.Node)
            return at
        if isinstance(at, n.Node):
            stack += [getattr(at, field) for field in reversed(fields(type(at)))]
        elif isinstance(at, list):
            stack += reversed(at)
    raise AssertionError(f"no {kind.__name__}")


def piece(text: str, kind: type[n.Node]) -> str:
    """The source text of the first node of a kind."""
    node = find(parsed(text), kind)
    return text[node.start : node.end]
