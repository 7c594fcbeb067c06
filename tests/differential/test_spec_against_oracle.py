"""Runs every program of the corpus on the reference, so that what we expect stays true."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from differential.oracle import available
from differential.record import run_reference
from language import Result
from spec.agreement import disagreement
from spec.programs import Program, load

# What the reference has no way to run.
NOT_IN_REFERENCE = {"text"}
PROGRAMS = [program for program in load() if program.format not in NOT_IN_REFERENCE]


@pytest.fixture(scope="module")
def answer(request: pytest.FixtureRequest) -> Callable[[Program], Result]:
    """The reference's answers to all programs that are tested, asked for on every processor at once."""
    tested = [
        item.callspec.params["program"]
        for item in request.session.items
        if hasattr(item, "callspec") and item.function.__name__ == "test_program_on_the_reference"
    ]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        results = list(threads.map(run_reference, tested))
    answers = {program.name: result for program, result in zip(tested, results, strict=True)}
    return lambda program: answers[program.name]


@pytest.mark.skipif(not available(), reason="the reference, py-nickel, is not installed")
@pytest.mark.seconds(600)
@pytest.mark.parametrize("program", [pytest.param(program, id=program.name) for program in PROGRAMS])
def test_program_on_the_reference(program: Program, answer: Callable[[Program], Result]) -> None:
    problem = disagreement(program, answer(program))
    where = f"{program.path}:{program.line}\n{program.source}\n"
    if program.deviation is None:
        assert problem is None, where + problem
    else:
        assert problem is not None, where + f"the reference agrees now: no longer a deviation ({program.deviation})"
