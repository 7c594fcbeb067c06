"""The wording of what is wrong with a text's syntax. Imported only when something is."""

from __future__ import annotations

from contractlang.diagnostics.model import Diagnostic, Label
from contractlang.source import Source, Span
from contractlang.syntax.problem import Problem
from contractlang.syntax.tokens import Tokens


def diagnostics(source: Source, tokens: Tokens, problems: list[Problem]) -> list[Diagnostic]:
    """Diagnostics for the problems of lexer and parser, in the order of the text."""
    found = sorted(tokens.problems + problems, key=_start)
    return [diagnostic(source, problem) for problem in found]


# What the front end tells apart and the catalogue does not.
CODES = {
    "loose-prefix-operator": "unexpected-token",
    "unexpected-in-pattern": "unexpected-token",
    "needless-pattern-parentheses": "unexpected-token",
    "stray-backslash": "unexpected-token",
    "interpolation-in-tag": "unexpected-token",
    "unclosed-string": "unexpected-eof",
}


def _start(problem: Problem) -> int:
    return problem.start


def diagnostic(source: Source, problem: Problem) -> Diagnostic:
    code = CODES.get(problem.code, problem.code)
    message = code.replace("-", " ")
    return Diagnostic(code, message, [Label(Span(source, problem.start, problem.end))])
