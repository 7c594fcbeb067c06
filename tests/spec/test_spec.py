"""Runs every program of the corpus."""

from __future__ import annotations

import pytest

from language import engine_exists, run
from spec.agreement import disagreement
from spec.programs import Program, load

PROGRAMS = load()


@pytest.mark.skipif(not engine_exists(), reason="there is no engine yet")
@pytest.mark.seconds(20)
@pytest.mark.parametrize("program", [pytest.param(program, id=program.name) for program in PROGRAMS])
def test_program(program: Program) -> None:
    result = run(program.source, import_paths=program.import_paths, format=program.format)
    problem = disagreement(program, result)
    assert problem is None, f"{program.path}:{program.line}\n{program.source}\n{problem}"
