"""Deep and long programs: nothing recurses, nothing takes quadratic time (this test would not end)."""

from __future__ import annotations

import pytest

from contractlang.source import Source
from contractlang.syntax.dump import dump_ast
from contractlang.syntax.parser import parse
from contractlang.syntax.printer import print_expression

DEEP = 10_000
DEEP_PROGRAMS = {
    "arrays": "[" * DEEP + "]" * DEEP,
    "parentheses": "(" * DEEP + "1" + ")" * DEEP,
    "records": "{a=" * DEEP + "1" + "}" * DEEP,
    "arrows": "A -> " * DEEP + "A",
    "minus": "-" * DEEP + "1",
    "negations": "!" * DEEP + "x",
    "sum": "1" + "+1" * DEEP,
    "right operands": "1 + (" * DEEP + "1" + ")" * DEEP,
    "lets": "let x = 1 in " * DEEP + "x",
    "functions": "fun x => " * DEEP + "x",
    "conditionals": "if a then b else " * DEEP + "c",
    "arguments": "f" + " x" * DEEP,
    "accesses": "x" + ".a" * DEEP,
    "path": "{a" + ".a" * DEEP + " = 1}",
    "interpolations": '"%{' * DEEP + "1" + '}"' * DEEP,
    "annotations": "x" + " | T" * DEEP,
    "foralls": "forall a. " * DEEP + "a",
    "matches": "match { x => " * DEEP + "1" + "}" * DEEP,
    "variants": "'A (" * DEEP + "1" + ")" * DEEP,
    "array patterns": "fun " + "[" * DEEP + "]" * DEEP + " => 1",
    "variant patterns": "fun " + "('A " * DEEP + "x" + ")" * DEEP + " => 1",
    "alternatives": "match { " + " or ".join(["1"] * DEEP) + " => 1 }",
    "bindings": "let " + ", ".join(f"x{number} = 1" for number in range(DEEP)) + " in 1",
    "field patterns": "fun {" + ", ".join(f"x{number}" for number in range(DEEP)) + "} => 1",
}


@pytest.mark.parametrize("text", DEEP_PROGRAMS.values(), ids=DEEP_PROGRAMS.keys())
def test_deep_programs(text: str) -> None:
    tree, problems = parse(Source("test.ncl", text))
    assert not problems
    printed = print_expression(tree)
    again, problems = parse(Source("printed.ncl", printed))
    assert not problems
    assert dump_ast(again, places=False) == dump_ast(tree, places=False)
    assert len(print_expression(tree, limit=50)) <= 50


@pytest.mark.parametrize(
    "text",
    ["[" * DEEP, "{a = " * DEEP, "(1 + " * DEEP, "let x = " * DEEP, "if a " * DEEP, "f (a, " * DEEP, "]" * DEEP, "}" * DEEP,
     "," * DEEP, "$" * DEEP, "“" * DEEP, "'" * DEEP, '"' * (DEEP + 1), '"\\"\n' * DEEP, 'm%"' * (DEEP + 1), "[1 + ]" * DEEP,
     "1 + !-" * DEEP + "1", "a = " * DEEP, "% " * DEEP, '"%{' * DEEP, "let x 1 = " * DEEP],
)  # fmt: skip
def test_deep_broken_programs(text: str) -> None:
    tree, problems = parse(Source("test.ncl", text))
    assert 1 <= len(problems) <= 100
    dump_ast(tree)
    print_expression(tree)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000 + "]" * 100_000, "1" + "+1" * 100_000, "A -> " * 100_000 + "A"],
    ids=["arrays", "sum", "arrows"],
)
def test_very_deep_programs(text: str) -> None:
    assert not parse(Source("test.ncl", text))[1]


def test_long_texts() -> None:
    for text in [
        '"' + "é" * 1_000_000 + '"',
        'm%"' + '"' * 1_000_000 + '"%',
        "# " + "x" * 1_000_000 + "\n1",
        " " * 1_000_000 + "1",
    ]:
        assert not parse(Source("test.ncl", text))[1]
    assert parse(Source("test.ncl", "1" * 1_000_000))[1][0].code == "limit-number-size"
