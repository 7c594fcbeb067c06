"""What must hold whatever is formatted. The comparison of trees is not the formatter's own."""

from __future__ import annotations

from contractlang.formatter.formatting import format_text
from contractlang.source import Source
from contractlang.syntax import nodes as n
from contractlang.syntax.dump import dump_ast
from contractlang.syntax.parser import parse, parse_tokens


def formatted(text: str) -> str:
    """The canonical text of a program without mistakes."""
    result, problems = format_text(Source("test.ncl", text))
    assert [problem.message for problem in problems] == []
    assert result is not None
    return result


def readable(text: str) -> bool:
    return not parse(Source("test.ncl", text), internal=True)[1]


def tree(text: str) -> str:
    """The tree of a program as text, without places."""
    parsed: n.Expr
    parsed, problems = parse(Source("test.ncl", text), internal=True)
    assert [problem.message for problem in problems] == []
    return dump_ast(parsed, places=False)


def comments(text: str) -> list[str]:
    tokens = parse_tokens(Source("test.ncl", text), internal=True)
    return [text[start:end].rstrip() for start, end in tokens.comments]


def assert_safe(text: str) -> str:
    """Formats a program, and checks that it means the same, keeps its comments, and is the same when formatted again."""
    result = formatted(text)
    assert tree(result) == tree(text)
    assert comments(result) == comments(text)
    assert formatted(result) == result
    assert result.endswith("\n")
    assert not result.endswith("\n\n")
    return result
