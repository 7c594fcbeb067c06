"""Deep and large programs end in a result or a named limit, never in a crash."""

from __future__ import annotations

import pytest

from contractlang.engine import Options, run_source

DEEP = 10_000


def value_of(source: str, **options: object) -> str | None:
    outcome = run_source(source, options=Options(**options) if options else None)  # type: ignore[arg-type]
    assert outcome.diagnostics == [], [d.message for d in outcome.diagnostics]
    return outcome.text


def limit_of(source: str, **options: object) -> str:
    outcome = run_source(source, options=Options(**options))  # type: ignore[arg-type]
    assert outcome.status == 3
    assert outcome.text is None
    return outcome.diagnostics[0].code


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("+".join(["1"] * 100_000), "100000\n"),
        ("let x = 1 in " + "+".join(["x"] * 100_000), "100000\n"),
        ("let f = fun x => x in " + "f (" * DEEP + "1" + ")" * DEEP, "1\n"),
        ("let x = true in " + "if x then (" * 3000 + "1" + ") else 2" * 3000, "1\n"),
        ("".join(f"let x{i} = {i} in " for i in range(3000)) + "x2999", "2999\n"),
        ("let rec sum = fun n => if n == 0 then 0 else n + sum (n - 1) in sum 100000", "5000050000\n"),
        ("{" + "a = {" * 2000 + "}" * 2000 + "}" + ".a" * 2000, "{}\n"),
    ],
    ids=[
        "sum of literals",
        "sum of variables",
        "nested calls",
        "nested conditions",
        "nested lets",
        "recursion",
        "records",
    ],
)
def test_deep_programs_have_results(source: str, expected: str) -> None:
    assert value_of(source) == expected


@pytest.mark.parametrize("inner", ["1", "x"])
def test_nested_arrays(inner: str) -> None:
    text = value_of("let x = 1 in " + "[" * DEEP + inner + "]" * DEEP)
    assert text is not None
    assert text.count("[") == DEEP


def test_a_million_deep_recursion_ends_in_a_result_or_a_limit() -> None:
    outcome = run_source("let rec sum = fun n => if n == 0 then 0 else n + sum (n - 1) in sum 1000000")
    assert outcome.text == "500000500000\n" or [d.code for d in outcome.diagnostics] == ["limit-depth"]


@pytest.mark.parametrize(
    "source",
    [
        "let rec f = fun n => 1 + f (n + 1) in f 0",
        "let rec f = fun x => [f x] in f 1",
        "let rec even = fun n => odd (n + 1), odd = fun n => 1 + even n in even 0",
        "{ f = fun r => { a = f r }, out = f {} }.out",
    ],
)
def test_endless_recursion_reaches_the_depth_limit(source: str) -> None:
    assert limit_of(source, max_depth=5000) == "limit-depth"


def test_endless_loops_reach_the_time_limit() -> None:
    assert limit_of("let rec loop = fun n => loop (n + 1) in loop 0", timeout=0.3) == "limit-time"


def test_numbers_are_limited_before_they_are_computed() -> None:
    source = "let rec square = fun x n => if n == 0 then x else square (x * x) (n - 1) in square 10 60 > 0"
    assert limit_of(source) == "limit-number-size"


def test_a_depth_limit_does_not_outlive_its_run() -> None:
    assert limit_of("let rec f = fun n => 1 + f (n + 1) in f 0", max_depth=3000) == "limit-depth"
    assert value_of("let rec sum = fun n => if n == 0 then 0 else n + sum (n - 1) in sum 20000") == "200010000\n"
