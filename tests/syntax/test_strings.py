"""Strings of all forms: what is left of them after escapes and indentation."""

from __future__ import annotations

import pytest

from syntax.trees import shape


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('m%"a"%', "a"),
        ('m%"  a\n    b"%', "a\n  b"),
        ('m%"\n  a\n    b\n  "%', "a\n  b"),
        ('m%"a\n  b"%', "a\n  b"),
        ('m%"\n  a\n      \n  b\n"%', "a\n    \nb"),
        ('m%"\n\n  a\n\n"%', "\na\n"),
        ('m%"   "%', ""),
        ('m%""%', ""),
        ('m%"\n"%', ""),
        ('m%"\n\n"%', ""),
        ('m%"\n\t a\n  b\n"%', "a\nb"),
        ('m%"  \n  a"%', "a"),
        ('m%"a\r\n  b\r\n"%', "a\n  b"),
        ('m%"\\n"%', "\\n"),
    ],
)
def test_indentation(text: str, value: str) -> None:
    assert shape(text) == repr(value)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('"a%{b}c"', "Interp(['a', Chunk(b, 0), 'c'])"),
        ('"%{b}"', "Interp([Chunk(b, 0)])"),
        ('"%{a}%{b}"', "Interp([Chunk(a, 0), Chunk(b, 0)])"),
        ('"%%{1}"', "Interp(['%', Chunk(1, 0)])"),
        ('"%{"%{x}"}"', "Interp([Chunk(Interp([Chunk(x, 0)]), 0)])"),
        ('"%{ {a = 1}.a # comment }"\n }"', "Interp([Chunk(Access(Rec([FieldDecl([a], [], 1)], -1, None), a), 0)])"),
        ('m%"\n  r\n    %{x} t\n  s\n"%', "Interp(['r\\n  ', Chunk(x, 2), ' t\\ns'])"),
        ('m%"\n  r\n    %{x}%{y}\n"%', "Interp(['r\\n  ', Chunk(x, 0), Chunk(y, 0)])"),
        ('m%"\n  r\n    u %{x}\n"%', "Interp(['r\\n  u ', Chunk(x, 0)])"),
        ('m%"\n    %{x}\n  s"%', "Interp(['  ', Chunk(x, 2), '\\ns'])"),
        ('m%"%{x}\n  s"%', "Interp([Chunk(x, 0), '\\n  s'])"),
        ('m%"\n  %{x}\n"%', "Interp([Chunk(x, 0)])"),
        ('m%%"\n  %{x}%%{y}\n"%%', "Interp(['%{x}', Chunk(y, 0)])"),
        # An interpolation ends the blank part of its line, and the first one of a line counts.
        ('m%"\n  %{a} %{b}\n    %{c}\n"%', "Interp([Chunk(a, 0), ' ', Chunk(b, 0), '\\n  ', Chunk(c, 2)])"),
    ],
)
def test_interpolation(text: str, tree: str) -> None:
    assert shape(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('tf-s%"id: %{ {x = 1} }."%', "SymStr(tf, ['id: ', Chunk(Rec([FieldDecl([x], [], 1)], -1, None), 0), '.'])"),
        ('q-s%""%', "SymStr(q, [])"),
        ('q-s%"\n  a\n  %{1}\n"%', "SymStr(q, ['a\\n', Chunk(1, 0), ''])"),
        ('q-s%"a"%', "SymStr(q, ['a'])"),
        ('a-s-s%"x"%', "SymStr(a-s, ['x'])"),
        ('q-s%"%{1}%{2}"%', "SymStr(q, [Chunk(1, 0), Chunk(2, 0)])"),
        ('q-s%"\n"%', "SymStr(q, [''])"),
    ],
)
def test_symbolic(text: str, tree: str) -> None:
    assert shape(text) == tree
