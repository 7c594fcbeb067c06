"""Every production of records."""

from __future__ import annotations

import pytest

from contractlang.syntax import nodes as n
from syntax.trees import errors, parsed, shape


def record(*declarations: str, ellipsis: int = -1, tail: str = "None") -> str:
    return f"Rec([{', '.join(declarations)}], {ellipsis}, {tail})"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("{}", record()),
        ("{..}", record(ellipsis=1)),
        ("{a}", record("FieldDecl([a], [], None)")),
        ("{a,}", record("FieldDecl([a], [], None)")),
        ("{a = 1, b = 2}", record("FieldDecl([a], [], 1)", "FieldDecl([b], [], 2)")),
        ("{a, ..}", record("FieldDecl([a], [], None)", ellipsis=4)),
        ("{a.b.c = 1}", record("FieldDecl([a, b, c], [], 1)")),
        ("{a.b}", record("FieldDecl([a, b], [], None)")),
        ('{"a b" = 1}', record("FieldDecl(['a b'], [], 1)")),
        ('{"%{x}".a = 1}', record("FieldDecl([Interp([Chunk(x, 0)]), a], [], 1)")),
        ('{m%"a"% = 1}', record("FieldDecl(['a'], [], 1)")),
        ("{default | default = 1}", record("FieldDecl([default], [Annot(default, None)], 1)")),
        ("{doc.priority | force}", record("FieldDecl([doc, priority], [Annot(force, None)], None)")),
        (
            "{a | optional | not_exported}",
            record("FieldDecl([a], [Annot(optional, None), Annot(not_exported, None)], None)"),
        ),
        ("{a : T | C = 1}", record("FieldDecl([a], [Annot(:, T), Annot(|, C)], 1)")),
        ("{a.b | C = 1}", record("FieldDecl([a, b], [Annot(|, C)], 1)")),
        ('{a | doc "x" | priority 1.5}', record("FieldDecl([a], [Annot(doc, x), Annot(priority, 3/2)], None)")),
        ("{a | priority - 0x10 = 1}", record("FieldDecl([a], [Annot(priority, -16)], 1)")),
        ("{a = 1 | C}", record("FieldDecl([a], [], Annotated(1, [Annot(|, C)]))")),
        (
            "{a = let x = 1 in x, b = 2}",
            record("FieldDecl([a], [], Let(False, [Binding(x, [], 1)], x))", "FieldDecl([b], [], 2)"),
        ),
        ("{a | forall b. b}", record("FieldDecl([a], [Annot(|, Forall([b], b))], None)")),
        # `include` means something only before a name or a bracket.
        ("{include}", record("FieldDecl([include], [], None)")),
        ("{include = 1}", record("FieldDecl([include], [], 1)")),
        ("{include.a = 1}", record("FieldDecl([include, a], [], 1)")),
        ("{include | C}", record("FieldDecl([include], [Annot(|, C)], None)")),
        ("{include x}", record("Include([x], [])")),
        ("{include default}", record("Include([default], [])")),
        ("{include include}", record("Include([include], [])")),
        ("{include x | C | default}", record("Include([x], [Annot(|, C), Annot(default, None)])")),
        ("{include [x, y,]}", record("Include([x, y], [])")),
        ("{include []}", record("Include([], [])")),
        # Tails.
        ("{; r}", record(tail="r")),
        ("{; Dyn}", record(tail="Dyn")),
        ("{a : T; r}", record("FieldDecl([a], [Annot(:, T)], None)", tail="r")),
        ("{a : T, ; Dyn}", record("FieldDecl([a], [Annot(:, T)], None)", tail="Dyn")),
        ("{.. ; r}", record(ellipsis=1, tail="r")),
        ("{a, .. ; r}", record("FieldDecl([a], [], None)", ellipsis=4, tail="r")),
    ],
)
def test_tree(text: str, tree: str) -> None:
    assert shape(text) == tree


def test_symbolic_string_as_a_field_name_is_left_to_evaluation() -> None:
    tree = parsed('{q-s%"a"% = 1}')
    assert isinstance(tree, n.Rec)
    declaration = tree.decls[0]
    assert isinstance(declaration, n.FieldDecl)
    name = declaration.path[0]
    assert name.expr is not None
    chunk = name.expr.chunks[0]
    assert isinstance(chunk, n.Chunk)
    assert isinstance(chunk.expr, n.SymStr)


@pytest.mark.parametrize(
    ("text", "culprit"),
    [
        ("{,}", ","),
        ("{a,, b}", ","),
        ("{.., a}", ","),
        ("{..,}", ","),
        ("{a, .., b}", ","),
        ("{if = 1}", "if"),
        ("{1 = 2}", "1"),
        ("{a b}", "b"),
        ('{a ""}', '""'),
        ("{a = }", "}"),
        ("{a | priority (1) = 1}", "("),
        ("{a | priority x = 1}", "x"),
        ("{a = 1 | default}", "default"),
        ("{include x = 1}", "="),
        ('{include "x"}', '"x"'),
        ('{"include" x}', "x"),
        ("{a.1 = 2}", ".1"),
        ("{a; Number}", "Number"),
        ("{a : T; r s}", "s"),
        ("{a == 1}", "=="),
        ("{let x = 1}", "let"),
        ("{_ = 1}", "="),
    ],
)
def test_rejected(text: str, culprit: str) -> None:
    assert errors(text)[0] == ("unexpected-token", culprit)


def test_unmatched_brace() -> None:
    assert errors("{a = 1}}") == [("unmatched-brace", "}")]
    assert errors("(1 + }")[0] == ("unmatched-brace", "}")
