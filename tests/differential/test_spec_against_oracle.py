"""Runs every program of the corpus on the reference, so that what we expect stays true."""

from __future__ import annotations

import pytest

from differential.oracle import available
from differential.record import run_reference
from spec.agreement import disagreement
from spec.programs import Program, load

PROGRAMS = load()

# What the reference has no way to run.
NOT_IN_REFERENCE = {"text"}


@pytest.mark.skipif(not available(), reason="the reference, py-nickel, is not installed")
@pytest.mark.parametrize("program", [pytest.param(program, id=program.name) for program in PROGRAMS])
def test_program_on_the_reference(program: Program) -> None:
    if program.format in NOT_IN_REFERENCE:
        pytest.skip(f"the reference cannot be made to export {program.format} from Python")
    result = run_reference(program)
    problem = disagreement(program, result)
    where = f"{program.path}:{program.line}\n{program.source}\n"
    if program.deviation is None:
        assert problem is None, where + problem
    else:
        assert problem is not None, where + f"the reference agrees now: no longer a deviation ({program.deviation})"
