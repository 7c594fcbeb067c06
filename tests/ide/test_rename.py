"""Renaming: what the files are afterwards, and what is refused."""

from __future__ import annotations

import pytest

from contractlang.ide.places import apply_edits
from contractlang.ide.rename import RenameRefused, prepare_rename, rename
from ide.marks import Marked, marked


def renamed(at: Marked, name: str) -> dict[str, str]:
    """The files that change, and what they become."""
    edits = rename(at.snapshot, at.path, at.offset, name)
    texts = {at.key(file): file for file in at.files}
    return {
        texts[path]: apply_edits(at.files[texts[path]], [edit for edit in edits if edit.path == path])
        for path in {edit.path for edit in edits}
    }


RENAMED = {
    "a let": ("let x$0 = 1 in x + x", "y", "let y = 1 in y + y"),
    "a let, from a use": ("let x = 1 in x$0 + x", "y", "let y = 1 in y + y"),
    "the innermost one": ("let x = 1 in let x$0 = 2 in x", "y", "let x = 1 in let y = 2 in y"),
    "the outer one": ("let x$0 = 1 in let x = x in x", "y", "let y = 1 in let x = y in x"),
    "a parameter": ("fun a$0 b => a + b", "c", "fun c b => c + b"),
    "a recursive function": ("let rec f$0 = fun n => f n in f", "g", "let rec g = fun n => g n in g"),
    "in an interpolation": ('let x$0 = "a" in "%{x}"', "y", 'let y = "a" in "%{y}"'),
    "the rest of a pattern": ("let { ..r$0 } = {} in r", "s", "let { ..s } = {} in s"),
    "an alias": ("let a$0 @ { x } = { x = 1 } in a", "b", "let b @ { x } = { x = 1 } in b"),
    "all alternatives of a pattern": (
        "match { 'A x$0 or 'B x => x }", "y", "match { 'A y or 'B y => y }",
    ),
    "the variable of a short pattern keeps the field": (
        "let { a } = { a = 1 } in a$0", "b", "let { a = b } = { a = 1 } in b",
    ),
    "the field of a short pattern keeps the variable": (
        "let { a } = { a$0 = 1 } in a", "b", "let { b = a } = { b = 1 } in a",
    ),
    "a short pattern with a default": (
        "fun { a ? (1 + 2) } => a$0", "b", "fun { a ? (1 + 2) = b } => b",
    ),
    "the field of a short pattern with a default": (
        "(fun { a ? 1 } => a) { a$0 = 2 }", "b", "(fun { b ? 1 = a } => a) { b = 2 }",
    ),
    "a field and its uses": ("let r = { a$0 = 1, b = a } in r.a", "c", "let r = { c = 1, b = c } in r.c"),
    "a field through an access": ("let r = { a = 1 } in r.a$0", "c", "let r = { c = 1 } in r.c"),
    "a merged field": ("{ a$0 = 1 } & { a = 1 }", "b", "{ b = 1 } & { b = 1 }"),
    "the pieces of a field": ("{ a$0.b = 1, a.c = 2 }", "d", "{ d.b = 1, d.c = 2 }"),
    "inside of a path": ("{ a.b$0 = 1, a.c = 2 }", "d", "{ a.d = 1, a.c = 2 }"),
    "a field with its contract": (
        "let C = { p | Number } in { p$0 = 1 } | C", "q", "let C = { q | Number } in { q = 1 } | C",
    ),
    "a field to a name that needs quotes": (
        "let r = { a$0 = 1 } in r.a", "two words", 'let r = { "two words" = 1 } in r."two words"',
    ),
    "a quoted field to a plain name": ('let r = { "a b"$0 = 1 } in r."a b"', "c", "let r = { c = 1 } in r.c"),
    "quotes that are typed": ("{ a$0 = 1 }", '"x y"', '{ "x y" = 1 }'),
    "to a word that may be a field": ("{ a$0 = 1 }", "doc", "{ doc = 1 }"),
    "a tag": ("let T = [| 'A, 'B |] in { x | T = 'A$0 }", "C", "let T = [| 'C, 'B |] in { x | T = 'C }"),
    "a tag, typed with its apostrophe": ("['A$0, 'A]", "'B", "['B, 'B]"),
    "a type variable": (
        "let f : forall a$0. a -> a = fun x => x in f", "t", "let f : forall t. t -> t = fun x => x in f",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("source", "name", "expected"), RENAMED.values(), ids=RENAMED.keys())
def test_rename(source: str, name: str, expected: str) -> None:
    assert renamed(marked(source), name) == {"main.ncl": expected}


def test_a_field_is_renamed_in_all_files() -> None:
    at = marked("""
        { port$0 | Number }
        -- file: web.ncl
        { port = 80, url = port } | (import "main.ncl")
        -- file: all.ncl
        [(import "web.ncl").port, { port = 1 }.port]
    """)
    assert renamed(at, "number") == {
        "main.ncl": "{ number | Number }\n",
        "web.ncl": '{ number = 80, url = number } | (import "main.ncl")\n',
        "all.ncl": '[(import "web.ncl").number, { port = 1 }.port]\n',
    }


def test_the_same_name_changes_nothing() -> None:
    at = marked("let x$0 = 1 in x")
    assert rename(at.snapshot, at.path, at.offset, "x") == []


REFUSED = {
    "a keyword": ("let x$0 = 1 in x", "in", "word of the language"),
    "no identifier": ("let x$0 = 1 in x", "two words", "no identifier"),
    "nothing": ("let x$0 = 1 in x", " ", "no identifier"),
    "a use would be captured": ("let x$0 = 1 in let y = 2 in x + y", "y", "taken for another"),
    "another use would be captured": ("let y = 2 in let x$0 = 1 in x + y", "y", "taken for another"),
    "a parameter would be captured": ("fun x$0 y => x + y", "y", "taken for another"),
    "a sibling field would capture": ("let x$0 = 1 in { y = 2, z = x }", "y", "taken for another"),
    "a field would capture": ("let y = 1 in { x$0 = 2, z = y }", "y", "taken for another"),
    "the record has such a field": ("{ a$0 = 1, b = 2 }", "b", "has a field b already"),
    "the other side of a merge has such a field": ("{ a$0 = 1 } & { b = 2 }", "b", "has a field b already"),
    "the standard library": ("std$0.array", "lib", "standard library"),
    "a member of the standard library": ("std.array.map$0", "each", "standard library"),
    "a field of data": ('(import "d.json").a$0\n-- file: d.json\n{"a": 1}', "b", "d.json"),
    "a field that is also data": ('((import "d.json") & { a$0 = 1 }).a\n-- file: d.json\n{"a": 1}', "b", "d.json"),
    "an access that may mean the field": ("let r = { a$0 = 1 } in fun s => r.a + s.a", "b", "nothing is known"),
    "a field of something unknown": ("fun r => r.a$0", "b", "not known which record"),
    "an included variable": ("let x$0 = 1 in { include x }", "y", "included"),
    "quotes where a bare name is used": ("{ a$0 = 1, b = a }", "two words", "bare name"),
    "quotes in a pattern": ("let { a = x } = { a$0 = 1 } in x", "two words", "pattern"),
    "a built-in type": ("let x : Number$0 = 1 in x", "Num", "part of the language"),
    "an import": ('import$0 "l.ncl"\n-- file: l.ncl\n1', "x", "move the file"),
    "a number": ("4$02", "x", "no name here"),
    "a comment": ("1 # x$0", "y", "no name here"),
}


@pytest.mark.parametrize(("source", "name", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused(source: str, name: str, reason: str) -> None:
    at = marked(source)
    with pytest.raises(RenameRefused, match=reason):
        rename(at.snapshot, at.path, at.offset, name)


def test_prepare_gives_the_name_without_quotes() -> None:
    at = marked('{ «"a b"»$0 = 1 }')
    found = prepare_rename(at.snapshot, at.path, at.offset)
    assert [(found.start, found.end)] == at.spans()
    assert found.name == "a b"


def test_prepare_refuses_what_rename_refuses() -> None:
    at = marked("std.array$0")
    with pytest.raises(RenameRefused):
        prepare_rename(at.snapshot, at.path, at.offset)
