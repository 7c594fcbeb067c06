"""Strings over several lines. Their value stays; where it does not depend on it, their indentation follows that of the code."""

from __future__ import annotations

import re

from contractlang.formatter.document import Verbatim
from contractlang.syntax import tokens as t
from contractlang.syntax.lexer import lex

# A multiline or symbolic string whose first and last line hold nothing but its delimiters.
MULTILINE = re.compile(r'([A-Za-z_][A-Za-z0-9_\'-]*%+")[ \t]*\n(.*)\n[ \t]*("%+)', re.DOTALL)


def string_part(text: str) -> Verbatim:
    """A string of the source that takes several lines. It may be indented anew if nothing in it but blanks at the beginnings
    of lines would change: no line begins with a tab, and no interpolation goes over several lines."""
    match = MULTILINE.fullmatch(text)
    if match is None:
        return _as_it_is(text)
    opening, body, closing = match.groups()
    lines = body.split("\n")
    indentation = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" \t")), default=-1)
    if indentation < 0 or any("\t" in line[: len(line) - len(line.lstrip())] for line in lines):
        return _as_it_is(text)
    if _has_long_interpolation(text):
        return _as_it_is(text)
    # Of a blank line stays what is beyond the indentation of the others: it is part of the value.
    return Verbatim(opening, [line[indentation:] for line in lines], closing)


def _as_it_is(text: str) -> Verbatim:
    head, _, tail = text.partition("\n")
    return Verbatim(head, None, "\n" + tail)


def _has_long_interpolation(text: str) -> bool:
    if "{" not in text:
        return False
    tokens = lex(text, internal=True)
    depth = 0
    start = 0
    for kind, begin, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True):
        if kind == t.INTERP:
            depth += 1
            if depth == 1:
                start = begin
        elif kind == t.ENDI:
            depth -= 1
            if not depth and text.find("\n", start, end) >= 0:
                return True
    return False
