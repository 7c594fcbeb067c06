"""Generated programs, with comments and blank lines strewn into them, are formatted safely; and the reference evaluates what comes
out as it evaluates what went in.

`CONTRACTLANG_FORMATTED=20000` tries as many; all of them are evaluated by the reference then, otherwise a sample.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest

from differential.generator.choices import Choices
from differential.generator.typed import TypedWriter
from differential.generator.writer import Writer
from differential.oracle import available, run_oracle
from differential.test_generated import called, contracted, matched, merged
from formatter.safety import assert_safe, readable
from formatter.trivia import strewn

COUNT = int(os.environ.get("CONTRACTLANG_FORMATTED", "2000"))
EVALUATED = COUNT if "CONTRACTLANG_FORMATTED" in os.environ else 150

WRITERS: dict[str, Callable[[Choices], str]] = {
    "terms": lambda choices: Writer(choices).term("any", (), 5),
    "records": lambda choices: Writer(choices).literal((), 5),
    "merges": merged,
    "contracts": contracted,
    "patterns": matched,
    "library": called,
    "types": lambda choices: TypedWriter(choices).program(),
}


def generated(count: int, seed: str) -> list[str]:
    """Programs without mistakes of syntax: some as the generators write them, more with something strewn into them."""
    chance = random.Random(seed)
    choices = Choices(chance.randrange)
    names = sorted(WRITERS)
    programs: list[str] = []
    while len(programs) < count:
        text = WRITERS[names[len(programs) % len(names)]](choices)
        often = chance.choice([0, 0.02, 0.1, 0.4])
        text = strewn(text, chance, often) if often else text
        if readable(text):
            programs.append(text)
    return programs


@pytest.mark.seconds(36_000)
def test_generated_programs_are_formatted_safely() -> None:
    programs = generated(COUNT, "safely")
    assert sum("#" in program for program in programs) > COUNT / 3
    for program in programs:
        assert_safe(program)


@pytest.mark.seconds(36_000)
@pytest.mark.skipif(not available(), reason="the reference, py-nickel, is not installed")
def test_the_reference_evaluates_formatted_programs_alike() -> None:
    documents = 0
    for program in generated(EVALUATED, "alike"):
        before, after = run_oracle(program, seconds=5), run_oracle(assert_safe(program), seconds=5)
        assert (after.text, after.code, after.party) == (before.text, before.code, before.party), program
        documents += before.text is not None
    assert documents > EVALUATED / 10
