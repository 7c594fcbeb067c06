from __future__ import annotations

import random
import re

import pytest

from contractlang.syntax import nodes as n
from contractlang.syntax.dump import dump_ast
from contractlang.syntax.lexer import lex
from contractlang.syntax.parser import build_tree
from contractlang.syntax.pieces import Pieces, parse_pieces
from contractlang.syntax.relexing import relex
from contractlang.syntax.traversal import walk
from syntax.storms import applied, edit

PROGRAM = (
    "let Port = fun label value => if value > 1 then value else %blame% label in\n"
    'fun {size, name ? "x", ..} =>\nlet rec f : Number -> Number = fun n => f (n - 1), g = { a = 1 } in\n{\n'
    + "".join(
        f'  # Number {number}.\n  field_{number} | doc "it" | optional = {{\n'
        f"    name = \"n%{{f {number}}}\", deep = {{ a = [{number}, 2], b = 'Tag, c.d = {{ e = 1 }}, \"q{number}\" = null }},\n"
        f"    call = match {{ 'A x if x > 1 => {{ y = x }}, _ => std.array.map (fun {{ a, b }} => a + b) [] }},\n"
        f"    typed : {{ a : Number, b : String, {', '.join(f'c{each} : Number' for each in range(12))} }} = g,\n"
        f'    m = m%"\n      text %{{size}}\n    "%,\n  }},\n'
        f"  plain_{number} = {number} + g.a * 2,\n"
        for number in range(12)
    )
    + "  include name,\n  last = 1,\n  ..\n}\n"
)  # fmt: skip


def everything(pieces: Pieces) -> list[tuple[object, ...]]:
    problems = [(each.code, each.start, each.end, shown(each.detail), each.other) for each in pieces.problems()]
    return [(dump_ast(pieces.tree),), *sorted(problems, key=repr)]


def shown(detail: object) -> object:
    names = getattr(type(detail), "__slots__", None)
    return detail if names is None else [getattr(detail, name) for name in names]


def fresh(text: str) -> Pieces:
    return parse_pieces(lex(text), text)


def test_pieces_make_the_same_tree_as_the_whole() -> None:
    tokens = lex(PROGRAM)
    tree, building = build_tree(lex(PROGRAM), PROGRAM)
    assert not building.problems
    pieces = parse_pieces(tokens, PROGRAM)
    assert everything(pieces) == [(dump_ast(tree),)]
    assert tokens.kinds == lex(PROGRAM).kinds
    assert len(list(pieces.roots())) > 30


@pytest.mark.parametrize("seed", range(30))
def test_trees_after_random_edits_are_those_of_the_text(seed: int) -> None:
    chance = random.Random(seed)
    text = PROGRAM
    tokens = lex(text)
    pieces = parse_pieces(tokens, text)
    for step in range(40):
        new = PROGRAM if chance.random() < 0.2 else applied(text, edit(text, chance))
        tokens, change = relex(tokens, text, new)
        pieces = parse_pieces(tokens, new, pieces, change)
        text = new
        assert everything(pieces) == everything(fresh(text)), (seed, step)


def test_an_edit_inside_a_field_leaves_the_nodes_of_other_fields_as_they_were() -> None:
    new = PROGRAM.replace("plain_5 = 5 +", "plain_5 = 512345 +")
    tokens = lex(PROGRAM)
    pieces = parse_pieces(tokens, PROGRAM)
    before = {id(node): node for node in walk(pieces.tree)}
    after = list(walk(parse_pieces(*_relexed(new), pieces, relex(tokens, PROGRAM, new)[1]).tree))
    made = [node for node in after if id(node) not in before]
    assert len(made) < 40
    assert len(after) > 1000


def _relexed(new: str) -> tuple[object, str]:
    return relex(lex(PROGRAM), PROGRAM, new)[0], new


@pytest.mark.parametrize(
    "text",
    [
        "let {" + ", ".join(f"a{number}" for number in range(60)) + "} = 1 in a1",
        "fun {" + ", ".join(f"a{number} ? {{b = 1}}" for number in range(60)) + "} => a1",
        "x |> match {" + ", ".join(f"{{a{number}}} => 1" for number in range(60)) + "}",
        "{ _ : {" + ", ".join(f"a{number} : Number" for number in range(90)) + "; Dyn } }",
        "let f : forall r. {" + ", ".join(f"a{number} : Number" for number in range(90)) + "; r} -> Number = 1 in f",
        "{" + ", ".join(f"a{number} = 1" for number in range(90)) + ", ..}",
        "{" + ", ".join(f"a{number} = 1" for number in range(90)) + ", .. ; Dyn}",
        "{" + ", ".join(f"a{number}.b | default" for number in range(90)) + ",}",
    ],
)
def test_large_patterns_and_types_are_read_like_small_ones(text: str) -> None:
    tree, building = build_tree(lex(text), text)
    assert not building.problems
    assert everything(fresh(text)) == [(dump_ast(tree),)]


def test_a_mistake_in_one_field_leaves_the_others_alone() -> None:
    text = PROGRAM.replace("plain_3 = 3 + g.a * 2", "plain_3 = 3 + * ) => std.array.")
    tree = fresh(text).tree
    names = [node.path[0].name for node in walk(tree) if isinstance(node, n.FieldDecl) and node.path[0].is_ident]
    assert {f"plain_{number}" for number in range(12)} <= set(names)
    assert {f"field_{number}" for number in range(12)} <= set(names)


def described(text: str) -> tuple[set[str], list[tuple[str, str, str]]]:
    """The names of the program's own fields, and the problems: code, the text at fault, the bracket that is concerned."""
    pieces = fresh(text)
    tree = pieces.tree
    while isinstance(tree, (n.Let, n.Fun)):
        tree = tree.body
    assert isinstance(tree, n.Rec)
    names = {decl.path[0].name or "" for decl in tree.decls if isinstance(decl, n.FieldDecl)}
    problems = sorted(pieces.problems(), key=lambda each: each.start)
    place = [text[slice(*each.other)] + f"@{each.other[0]}" if each.other else "" for each in problems]
    return names, [(each.code, text[each.start : each.end], at) for each, at in zip(problems, place, strict=True)]


ALL = {"name", "last"} - {"name"} | {f"{kind}_{number}" for kind in ("plain", "field") for number in range(12)}


@pytest.mark.parametrize("opened", ["{", "[", "(", "{ a = 1,", "{ a = {", "f (g", "[1, ", "{ deep = { a = ["])
def test_a_bracket_that_is_not_closed_leaves_the_fields_after_it_alone(opened: str) -> None:
    text = PROGRAM.replace("plain_3 = 3 + g.a * 2,\n", f"plain_3 = {opened}\n")
    names, problems = described(text)
    assert names == ALL
    at = text.index(opened, text.index("plain_3 ="))
    assert problems
    assert any(place and at <= int(place.rpartition("@")[2]) < at + len(opened) for _, _, place in problems)


@pytest.mark.parametrize("closed", ["}", "]", ")", "}}", "1 }", "{ a = 1 }}", "(1))"])
def test_a_bracket_too_many_leaves_the_fields_after_it_alone(closed: str) -> None:
    names, problems = described(PROGRAM.replace("plain_3 = 3 + g.a * 2,\n", f"plain_3 = {closed},\n"))
    assert names == ALL
    assert problems


def test_a_closing_bracket_whose_opening_one_is_gone_leaves_the_fields_after_it_alone() -> None:
    at = PROGRAM.index("{", PROGRAM.index("field_3 |"))
    names, problems = described(PROGRAM[:at] + PROGRAM[at + 1 :])
    assert names >= ALL
    assert "unmatched-brace" in [code for code, _, _ in problems]


def test_a_closing_bracket_belongs_where_its_indentation_says() -> None:
    text = PROGRAM.replace("  plain_3 = 3 + g.a * 2,\n", "  plain_3 = {\n    x = {\n      y = 1,\n  },\n")
    names, problems = described(text)
    assert names == ALL
    assert [code for code, _, _ in problems] == ["unexpected-token"]
    assert problems[0][2] == "{@" + str(text.index("x = {") + 4)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("{ a = std.array. , b = 1 }", "{ a = std.array.x, b = 1 }"),
        ("{\n  a = std.array.\n  b = 1,\n}", "{\n  a = std.array.x,\n  b = 1,\n}"),
        ("{ a = f (std.array. , b = 1 }", "{ a = f (std.array.x), b = 1 }"),
        ("{ a = [1, std.array., 2] }", "{ a = [1, std.array.x, 2] }"),
        ("{ a | std.array. = 1, b = 2 }", "{ a | std.array.x = 1, b = 2 }"),
        ('{ s = "a%{std.array.}b" }', '{ s = "a%{std.array.x}b" }'),
        ("if std.array. then 1 else 2", "if std.array.x then 1 else 2"),
        ("{ a = x |> std. }", "{ a = x |> std.x }"),
        ("{ a = b. == 1 }", "{ a = b.x == 1 }"),
        ("let x = std.array.\nin { b = x }", "let x = std.array.x\nin { b = x }"),
        ("let x = std.array.\nlet y = 1 in y", "let x = std.array.x in\nlet y = 1 in y"),
        ("{ foo.bar. , c = 1 }", "{ foo.bar.x, c = 1 }"),
    ],
)
def test_an_access_that_is_being_typed_is_one(typed: str, whole: str) -> None:
    assert len({problem.start for problem in fresh(typed).problems()}) == 1
    assert shape(typed) == shape(whole)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("let x = \nlet y = 1 in { b = y }", "let x = 1 in\nlet y = 1 in { b = y }"),
        ("let x = in { b = x }", "let x = 1 in { b = x }"),
        ("{ a = , b = 1 }", "{ a = 1, b = 1 }"),
        ("{ a = }", "{ a = 1 }"),
    ],
)
def test_a_definition_that_is_being_typed_is_one(typed: str, whole: str) -> None:
    assert len({problem.start for problem in fresh(typed).problems()}) == 1
    assert shape(typed) == shape(whole)


def shape(text: str) -> str:
    """The kinds of nodes and how they nest, without their names, values and places; numbers count as holes."""
    dumped = re.sub(r'\d+\.\.\d+|name="\w*"|value=\w+', "", dump_ast(fresh(text).tree))
    return re.sub(r"\bNum\b", "Hole", dumped).replace(" ", "")


@pytest.mark.parametrize("opened", ["let {x = ", "fun {x = ", "match { {x = ", "{ a = fun {"])
def test_what_turns_out_to_be_a_pattern_does_not_multiply_the_work_for_what_is_inside(opened: str) -> None:
    text = "{ a = " + opened * 60  # twice the work at each level would not end
    parse_pieces(lex(text), text)
