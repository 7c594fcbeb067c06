"""Every program of the tables names the same guilty party, at the same place, however it is run."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from blame import first_order, higher_order
from blame.verdicts import WAYS, Program, verdict, wanted
from contractlang.request import Outcome

PROGRAMS = [*first_order.PROGRAMS, *higher_order.PROGRAMS]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.title)
def test_verdict(program: Program, way: Callable[[Program], Outcome]) -> None:
    outcome = way(program)
    if program.party is None:
        assert not outcome.diagnostics
        assert json.dumps(json.loads(outcome.text or "null"), separators=(",", ":")) == program.value
    else:
        assert outcome.diagnostics, f"all is well: {outcome.text}"
        assert verdict(outcome.diagnostics[0]) == wanted(program, way)


def test_there_are_enough() -> None:
    titles = [program.title for program in PROGRAMS]
    assert len(titles) >= 120
    assert len(set(titles)) == len(titles)
