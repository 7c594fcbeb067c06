"""What the compiler does to be fast must not be seen: nothing is evaluated that call-by-need would not evaluate."""

from __future__ import annotations

import pytest

from contractlang.engine import run_source


def result(source: str) -> str:
    outcome = run_source(source)
    return outcome.text.strip() if outcome.text is not None else f"! {outcome.diagnostics[0].code}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # Arguments: literals, variables and arithmetic may be eager, what can fail may not.
        ("(fun x => 1) (1 / 0)", "1"),
        ('(fun x => 1) (1 + "a")', "1"),
        ('let f = fun x y => x in let g = fun z => f 1 (z + 1) in g "a"', "1"),
        ("let f = fun x y => x in let g = fun z => f 1 (z * 2) in g (1 / 0)", "1"),
        # Loops: an accumulator that is not certainly forced stays lazy.
        ("let rec loop = fun n acc => if n == 0 then 7 else loop (n - 1) (1 / 0) in loop 3 0", "7"),
        ("let rec loop = fun n acc => if n == 0 then acc else loop (n - 1) (acc + n) in loop 4 0", "10"),
        (
            "let k = fun x => 7 in let rec loop = fun n acc => if n == 0 then acc else loop (n - 1) (k acc) in loop 3 (1 / 0)",
            "7",
        ),
        ("let rec last = fun n x => if n == 0 then x else last (n - 1) x in last 1000 5", "5"),
        # Loops capture the values of their own round.
        (
            "let rec go = fun n fs => if n == 0 then fs else go (n - 1) ([fun x => n] @ fs) in (%array/at% (go 3 []) 0) 0",
            "1",
        ),
        # Conditions, conjunctions, patterns.
        ("if true then 1 else 1 / 0", "1"),
        ("false && (1 / 0 == 1)", "false"),
        ("true || (1 / 0 == 1)", "true"),
        ("1 / 0 |> match { _ if false => 1, x => 2 }", "2"),
        ("let [a, b] = [1, 1 / 0] in a", "1"),
        # Function contracts check arguments when they are used.
        ('let f | Number -> Number -> Number = fun a b => a in f 1 "unused"', "1"),
        ('let f | Number -> Number -> Number = fun a b => b in f 1 "used"', "! contract-broken"),
        # Records: fields, merges and contracts wait.
        ("{ a = 1 / 0, b = 2 }.b", "2"),
        ("({ a = 1 / 0 } & { b = 2 }).b", "2"),
        ('let r | { a | Number } = { a = "x" } in 3', "3"),
        # Literals where a function or boolean should be.
        ("let f = fun x => 1 x in f 2", "! not-a-function"),
        ('let f = fun x => "a" x in f 2', "! not-a-function"),
        ("let f = fun x => (1 + 1) x in f 2", "! not-a-function"),
        ("let f = fun x => if 1 then x else x in f 2", "! dynamic-type-error"),
        ("let f = fun x => null && x in f 2", "! dynamic-type-error"),
        ("let f = fun x => (1).a in f 2", "! dynamic-type-error"),
        ("let f = fun x => 1 ++ x in f 2", "! dynamic-type-error"),
        ("let f = fun x => 1 % x in f 0", "! evaluation-other"),
        ("let f = fun x => -1 % x in f 3", "-1"),
        # A thunk is as it was after an error, and is evaluated once otherwise.
        ("let rec x = x in 1", "1"),
        ("let rec x = x in x", "! infinite-recursion"),
    ],
)
def test_laziness(source: str, expected: str) -> None:
    assert result(source) == expected


def test_accumulators_take_constant_space() -> None:
    """200,000 rounds would need as many nested evaluations if the accumulator stayed a chain of thunks."""
    from contractlang.engine import Options

    source = (
        "let f | Number -> Number = fun x => x + 1 in "
        "let rec go = fun i acc => if i == 0 then acc else go (i - 1) (f acc) in go 200000 0"
    )
    assert run_source(source, options=Options(max_depth=2000)).text == "200000\n"
