"""Optimisations are not to be noticed: every program of the corpus comes to the same without them, whom it blames and where
included."""

from __future__ import annotations

from itertools import groupby

import pytest

from contractlang import pipeline
from contractlang.compile import plan
from contractlang.compile.module import compile_unit
from contractlang.loaders.memory import MemoryLoader
from contractlang.source import Source
from language import Result, engine_exists, run
from spec.programs import Program, load

FILES = {path: list(programs) for path, programs in groupby(load(), key=lambda program: str(program.path))}


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Compile without the optimisations that the test is given, the library too."""
    left = frozenset(plan.OPTIMISATIONS).difference(request.param)
    monkeypatch.setattr(plan, "STANDARD", plan.Plan(left))
    monkeypatch.setattr(pipeline, "_LIBRARY", {})


def came_to(program: Program) -> tuple[object, ...]:
    result: Result = run(program.source, import_paths=program.import_paths, format=program.format)
    return result.text, result.code, result.message, result.party, result.name, result.place


@pytest.mark.skipif(not engine_exists(), reason="there is no engine yet")
@pytest.mark.seconds(120)
@pytest.mark.parametrize(
    "without",
    [plan.OPTIMISATIONS, *((name,) for name in plan.OPTIMISATIONS)],
    ids=["all", *plan.OPTIMISATIONS],
    indirect=True,
)
@pytest.mark.parametrize("path", FILES)
def test_nothing_changes_without_optimisations(path: str, without: None, optimised: dict[str, list[object]]) -> None:
    for program, before in zip(FILES[path], optimised[path], strict=True):
        assert came_to(program) == before, program.source


@pytest.fixture(scope="module")
def optimised() -> dict[str, list[object]]:
    """What the programs come to with all optimisations."""
    return {path: [came_to(program) for program in programs] for path, programs in FILES.items()}


@pytest.mark.parametrize("without", [plan.OPTIMISATIONS], ids=["all"], indirect=True)
def test_code_without_optimisations_is_other_code(without: None) -> None:
    source = "let rec sum = fun n acc => if n == 0 then acc else sum (n - 1) (acc + n) in [sum 3 0, [1, 2]]"
    plain = generated(source)
    assert "continue" not in plain
    assert "build_data" not in plain
    assert " is int" not in plain


def test_optimised_code_has_loops_and_constants() -> None:
    source = "let rec sum = fun n acc => if n == 0 then acc else sum (n - 1) (acc + n) in [sum 3 0, [1, 2]]"
    text = generated(source)
    assert "continue" in text
    assert "build_data" in text
    assert " is int" in text


def generated(source: str) -> str:
    program, problems = pipeline.load([Source("test.ncl", source)], MemoryLoader({}), ())
    assert not problems
    root = program.mains[0].root
    assert root is not None
    return compile_unit("test", root, {}, plan.STANDARD).text
