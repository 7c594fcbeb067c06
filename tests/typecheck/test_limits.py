"""Deep, large and exponential programs: a result, or a limit with its name; never a crash, and in time."""

from __future__ import annotations

import time

import pytest

from typecheck.static import codes

DOUBLE = "let d : forall a. a -> { l : a, r : a } = fun x => { l = x, r = x } in "
PAIRS = "".join(f"let {{v}}{n + 1} = {{{{ l = {{v}}{n}, r = {{v}}{n} }}}} in " for n in range(40))


@pytest.mark.parametrize(
    "program",
    [
        pytest.param("(" + " + ".join(["1"] * 100_000) + ") : Number", id="sum"),
        pytest.param("(" + " && ".join(["true"] * 100_000) + ") : Bool", id="conjunction"),
        pytest.param("(" + "[" * 10_000 + "]" * 10_000 + ") : _", id="arrays"),
        pytest.param("(" + "{ a = " * 5_000 + "1" + " }" * 5_000 + ") : _", id="records"),
        pytest.param("(" + "".join(f"let x{n} = 1 in " for n in range(10_000)) + "1) : Number", id="lets"),
        pytest.param("(" + "fun x => " * 10_000 + "1) : _", id="functions"),
        pytest.param("(1" + " |> (fun x => x + 1)" * 10_000 + ") : Number", id="pipes"),
        pytest.param("(fun x => x" + ".a" * 5_000 + ") : _", id="accesses"),
        pytest.param(f"let f : {' -> '.join(['Number'] * 10_000)} = fun x => %blame% (1 | Dyn) in 1", id="arrows"),
        pytest.param("(match {" + ",".join(f"'A{n} x => x" for n in range(3_000)) + "}) : _", id="branches"),
        pytest.param("({" + ",".join(f"f{n} = {n}" for n in range(20_000)) + "}) : { _ : Number }", id="dictionary"),
    ],
)
def test_deep_and_large_programs(program: str) -> None:
    assert codes(program) == []


@pytest.mark.parametrize(
    "program",
    [
        DOUBLE + "(let f = fun x => " + "d (" * 40 + "x" + ")" * 40 + " in [f, f]) : _",
        "(let x0 = fun y => y in " + PAIRS.format(v="x") + "[x40, x40]) : _",
        "(let x0 = 1 in " + PAIRS.format(v="x") + "let y0 = 1 in " + PAIRS.format(v="y") + "[x40, y40]) : _",
        "(let x0 = 1 in "
        + PAIRS.format(v="x")
        + "let y0 = 1 in "
        + PAIRS.format(v="y")
        + "if true then x40 else y40) : _",
    ],
)
def test_doubled_types_stay_cheap(program: str) -> None:
    start = time.perf_counter()
    assert codes(program) == []
    assert time.perf_counter() - start < 5


def test_exponential_mismatch_is_reported_briefly() -> None:
    program = "(let x0 = 1 in " + PAIRS.format(v="x") + "let y0 = 1 in " + PAIRS.format(v="y") + "x40 + y40) : _"
    assert codes(program) == ["type-mismatch", "type-mismatch"]


def test_deeply_nested_polymorphic_types_end_in_a_limit() -> None:
    type_ = "Number"
    for number in range(2_000):
        type_ = f"forall a{number}. ({type_}) -> a{number}"
    assert codes(f"let f : {type_} = %blame% (1 | Dyn) in (f : {type_})") == ["limit-type-steps"]


def test_limit_has_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    from contractlang.typecheck import checker

    monkeypatch.setattr(checker, "STEPS", 100)
    monkeypatch.setattr(checker, "STEPS_PER_CHARACTER", 0)
    assert codes("(" + " + ".join(["1"] * 1_000) + ") : Number") == ["limit-type-steps"]
