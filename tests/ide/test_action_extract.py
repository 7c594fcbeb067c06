"""Extract to let: the program comes to the same, and the name captures nothing."""

from __future__ import annotations

import pytest

from contractlang.ide.actions.action import EXTRACT
from ide.acting import acted, assert_same_value, offered, titles
from ide.marks import marked

EXTRACT_TO = "Extract to `let "


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{ a = «1 + 2» }", "let value = 1 + 2 in\n{ a = value }"),
        ("{ a = «1 * 2» + 3 }", "{ a = let value = 1 * 2 in value + 3 }"),
        ("{ a = «(1 + 2)» * 3 }", "{ a = let value = 1 + 2 in value * 3 }"),
        ("{ a = («1 + 2») * 3 }", "{ a = let value = 1 + 2 in value * 3 }"),
        ("{ a = « 1 » + 3 }", "{ a =  let value = 1 in value  + 3 }"),
        ("{ a = 1, b = «a + 1» }", "{ a = 1, b = let value = a + 1 in value }"),
        ("{ a = 1, b = { c = «a + 1» } }", "{ a = 1, b = let value = a + 1 in { c = value } }"),
        ("(fun x => «x + 1») 2", "(fun x => let value = x + 1 in value) 2"),
        ("(fun x => «1» + x) 2", "(fun x => let value = 1 in value + x) 2"),
        ("let y = 1 in\n«y * 2» + 2", "let y = 1 in\nlet value = y * 2 in\nvalue + 2"),
        ("let value = 1 in\nvalue + «2»", "let value = 1 in\nlet value2 = 2 in\nvalue + value2"),
        ('{ a = std.string.length «"abc"» }', '{ a = let text = "abc" in std.string.length text }'),
        ("{ a | «std.number.Nat» = 1 }", "let Nat = std.number.Nat in\n{ a | Nat = 1 }"),
        ("{ a = «[1]» @ [2] }", "{ a = let items = [1] in items @ [2] }"),
        ("{ a = «{ b = 1 }» & { c = 2 } }", "{ a = let record = { b = 1 } in record & { c = 2 } }"),
        ("if «true» then 1 else 2", "let value = true in\nif value then 1 else 2"),
        ('"a%{«std.to_string 1»}"', 'let value = std.to_string 1 in\n"a%{value}"'),
        ("'A 1 |> match { 'A x => «x * 2» + 1 }", "'A 1 |> match { 'A x => let value = x * 2 in value + 1 }"),
        ("let f = fun x => x in f«(1 + 2)»", "let f = fun x => x in let value = 1 + 2 in f(value)"),
        ("{\n  a =\n    «1» + 2,\n}", "{\n  a =\n    let value = 1 in\n    value + 2,\n}"),
        ("{ a = (fun f => f) «(fun y => y)» 1 }", "{ a = let function = fun y => y in (fun f => f) function 1 }"),
        ('{ a = «m%"\n  text\n"%» }', 'let text = m%"\n  text\n"% in\n{ a = text }'),
    ],
)  # fmt: skip
def test_an_expression_gets_a_name(source: str, expected: str) -> None:
    after = acted(source, EXTRACT_TO)
    assert after == expected
    assert_same_value(marked(source).text, after)


@pytest.mark.parametrize(
    "source",
    [
        "{ a = 1, b = «a + 1» * 2 }",  # binds less tightly than what is around it
        "{ «a» = 1 }",
        '{ «"a%{x}"» = 1 }',
        "1 | Array «Number»",
        "«'A» 1",
        "«%array/map%» [] 1",
        "«%array/map% []» 1",
        "1 |> match { «1» => 2 }",
        "{ a = 1«» }",
        "{ a = 1, b = «a» }",
    ],
)  # fmt: skip
def test_what_is_no_whole_term_cannot_be_extracted(source: str) -> None:
    assert not [title for title in titles(source) if title.startswith(EXTRACT_TO)]


def test_extraction_needs_a_selection() -> None:
    assert not [title for title in titles("{ a = 1$0 + 2 }") if title.startswith(EXTRACT_TO)]


def test_extraction_keeps_types() -> None:
    source = "let f : forall a. a -> a = fun x => «[x]» |> std.array.first in f"
    after = "let f : forall a. a -> a = fun x => let items = [x] in items |> std.array.first in f"
    assert acted(source, EXTRACT_TO) == after


def test_the_kind_is_told() -> None:
    assert [action.kind for action in offered("{ a = «1» + 2 }") if action.title.startswith(EXTRACT_TO)] == [EXTRACT]
