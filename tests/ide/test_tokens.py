"""Semantic tokens: every word has the kind of its declaration, in any text they are in order and within lines."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.ide.tokens import TOKEN_MODIFIERS, TOKEN_TYPES, semantic_tokens
from contractlang.loaders.memory import MemoryLoader
from contractlang.syntax.lexer import lex
from contractlang.syntax.tokens import IDENT
from contractlang.workspace.workspace import Snapshot, Workspace
from ide.marks import marked

ROOT = Path(__file__).parents[2]
PROGRAMS = sorted([*ROOT.glob("examples/**/*.ncl"), *ROOT.glob("tests/spec/**/*.ncl"), *ROOT.glob("stdlib/**/*.ncl")])


def tokens(source: str) -> list[tuple[str, str]]:
    """The words of the marked file with their kinds; modifiers follow after dots."""
    at = marked(source)
    found = []
    for start, end, kind, modifiers in semantic_tokens(at.snapshot, at.path):
        names = [name for index, name in enumerate(TOKEN_MODIFIERS) if modifiers >> index & 1]
        found.append((at.text[start:end], ".".join([TOKEN_TYPES[kind], *names])))
    return found


def kinds(source: str, word: str) -> list[str]:
    return [kind for text, kind in tokens(source) if text == word]


def opened(text: str) -> Snapshot:
    workspace = Workspace(MemoryLoader({}))
    workspace.open("/main.ncl", text)
    return workspace.snapshot()


def test_all_tokens_of_a_line() -> None:
    assert tokens('# note\nlet x = 1 in { a | String | default = "%{x}" }') == [
        ("# note", "comment"),
        ("let", "keyword"),
        ("x", "variable.declaration.definition"),
        ("=", "operator"),
        ("1", "number"),
        ("in", "keyword"),
        ("a", "property.declaration.definition"),
        ("|", "operator"),
        ("String", "type.defaultLibrary"),
        ("|", "operator"),
        ("default", "modifier"),
        ("=", "operator"),
        ('"', "string"),
        ("%{", "operator"),
        ("x", "variable"),
        ("}", "operator"),
        ('"', "string"),
    ]


@pytest.mark.parametrize(
    ("source", "word", "expected"),
    [
        ("let f = fun x => x in f 1", "f", ["function.declaration.definition", "function"]),
        ("let f = fun x => x in f 1", "x", ["parameter.declaration", "parameter"]),
        ("let f | Number -> Number = std.function.id in f", "f", ["function.declaration.definition", "function"]),
        ("let f = match { 'A => 1 } in f", "f", ["function.declaration.definition", "function"]),
        ("let m = std.array.map in m", "m", ["function.declaration.definition", "function"]),
        ("let T = Array Number in 1 | T", "T", ["type.declaration.definition", "type"]),
        ("let C = { a | Number } in x | C", "C", ["type.declaration.definition", "type"]),
        ("let C = fun n => Number in 1 | C 2", "C", ["type.declaration.definition", "type"]),
        ('let l = import "l.ncl" in l.a\n-- file: l.ncl\n{ a = 1 }', "l", ["namespace.declaration.definition", "namespace"]),
        ("{ a = 1, b = a }", "a", ["property.declaration.definition", "property"]),
        ("{ f = fun x => x, b = f 1 }", "f", ["method.declaration.definition", "method"]),
        ("{ C = { a | Number }, b | C }", "C", ["type.declaration.definition", "type"]),
        ("{ a.b.c = 1 }", "c", ["property.declaration.definition"]),
        ("{ a | Number }", "a", ["property.declaration"]),
        ("{ a : Number }", "a", ["property.declaration"]),
        ('{ "a b" = 1 }', '"a b"', ["property.declaration.definition"]),
        ('let r = { "a b" = 1 } in r."a b"', '"a b"', ["property.declaration.definition", "property"]),
        ("let x = 1 in { include x }", "x", ["variable.declaration.definition", "property.declaration.definition"]),
        ("let x = 1 in { include x }", "include", ["keyword"]),
        ("let include = 1 in include", "include", ["variable.declaration.definition", "variable"]),
        ('import "x.txt" as \'Text', "as", ["keyword"]),
        ("let as = 1 in as", "as", ["variable.declaration.definition", "variable"]),
        ("{ default = 1, b = r.default }", "default", ["property.declaration.definition", "property"]),
        ("let f : forall a. a -> a = fun x => x in f", "a", ["typeParameter.declaration", "typeParameter", "typeParameter"]),
        ("let f : forall r. { x : Number; r } -> Number = fun v => v.x in f", "r", ["typeParameter.declaration", "typeParameter"]),
        ("'Tag 1", "'Tag", ["enumMember"]),
        ("x |> match { 'Tag y => y }", "'Tag", ["enumMember"]),
        ("x |> match { 'Tag y => y }", "y", ["variable.declaration", "variable"]),
        ("fun { a, b = c, ..rest } => a + c + rest", "a", ["parameter.declaration", "parameter"]),
        ("fun { a, b = c, ..rest } => a + c + rest", "b", ["property"]),
        ("fun { a, b = c, ..rest } => a + c + rest", "c", ["parameter.declaration", "parameter"]),
        ("fun { a, b = c, ..rest } => a + c + rest", "rest", ["parameter.declaration", "parameter"]),
        ("fun w@{ a } => w", "w", ["parameter.declaration", "parameter"]),
        ("std.array.map", "std", ["namespace.defaultLibrary"]),
        ("std.array.map", "array", ["namespace.defaultLibrary"]),
        ("std.array.map", "map", ["function.defaultLibrary"]),
        ("std.string.NonEmpty", "NonEmpty", ["type.defaultLibrary"]),
        ("std.number.pi", "pi", ["property.defaultLibrary"]),
        ("std.record.nothing_like_this", "nothing_like_this", ["property.defaultLibrary"]),
        ("%typeof% 1", "%typeof%", ["function.defaultLibrary"]),
        ("unknown.f 1", "f", ["method"]),
        ("unknown.f", "f", ["property"]),
        ("x | unknown.C", "C", ["type"]),
        ("let r = { f = fun x => x } in r.f", "f", ["method.declaration.definition", "method"]),
        ("let r = { s = { f = fun x => x } } in r.s.f", "f", ["method.declaration.definition", "method"]),
        ('{ a | doc "Deprecated: use b" = 1, b = a }', "a", ["property.declaration.definition.deprecated", "property.deprecated"]),
        ('{ a | doc "text" = 1 }', '"text"', ["string.documentation"]),
        ("[true, null]", "true", ["keyword"]),
        ("nope", "nope", ["variable"]),
    ],
)  # fmt: skip
def test_names(source: str, word: str, expected: list[str]) -> None:
    assert kinds(source, word) == expected


def test_a_string_over_several_lines_is_given_line_by_line() -> None:
    assert tokens('m%"\n  a\r\n\n  b"%') == [('m%"', "string"), ("  a", "string"), ('  b"%', "string")]


def test_a_stretch_has_the_tokens_that_touch_it() -> None:
    at = marked("let x = 1 in «x + y» + z")
    start, end = at.spans()[0]
    found = semantic_tokens(at.snapshot, at.path, start, end)
    assert [at.text[token[0] : token[1]] for token in found] == ["x", "+", "y"]
    assert [token for token in semantic_tokens(at.snapshot, at.path) if start <= token[0] < end] == found


def test_broken_texts_are_coloured_all_the_same() -> None:
    found = tokens("{ a = , b | = [1, }, c = let x = in x")
    assert found[0] == ("a", "property.declaration.definition")
    assert ("let", "keyword") in found
    assert found[-1][0] == "x"


def test_programs_of_the_2021_edition_are_coloured() -> None:
    found = tokens("// edition: 2021\nlet f = fun x => x + 1 in {a = f 2, b | Num | default = 3}")
    assert found[0] == ("// edition: 2021", "comment")
    assert ("let", "keyword") in found
    assert ("Num", "type.defaultLibrary") in found
    assert ("default", "modifier") in found
    assert [kind for word, kind in found if word == "f"] == ["function.declaration.definition", "function"]


def test_data_has_no_tokens() -> None:
    at = marked('-- file: d.json\n{"a": $01}')
    assert semantic_tokens(at.snapshot, at.path) == []


def assert_in_order(text: str) -> None:
    found = semantic_tokens(opened(text), "/main.ncl")
    done = 0
    for start, end, kind, modifiers in found:
        assert done <= start < end <= len(text)
        assert "\n" not in text[start:end]
        assert 0 <= kind < len(TOKEN_TYPES)
        assert modifiers < 1 << len(TOKEN_MODIFIERS)
        done = end
    starts = {token[0] for token in found}
    if not text.startswith("// edition"):
        lexed = lex(text)
        assert {start for kind, start in zip(lexed.kinds, lexed.starts, strict=True) if kind == IDENT} <= starts


@pytest.mark.parametrize(
    "program", random.Random(11).sample(PROGRAMS, 40), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_every_name_of_a_program_has_a_token(program: Path) -> None:
    text = program.read_text(encoding="utf-8", errors="replace")
    assert_in_order(text)
    assert_in_order(text[: len(text) // 2])


PIECES = [
    *("let ", "x", " = ", "1", " in ", "{", "}", '"', "%{", 'm%"', '"%', "\n", "# c\n", "|", "doc ", "fun ", "=>", "."),
    *("'T", "[", "]", "é"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_tokens_of_any_text_are_in_order(text: str) -> None:
    assert_in_order(text)
