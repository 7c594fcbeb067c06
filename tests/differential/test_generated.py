"""Generated programs: contractlang and the reference must come to the same document or the same kind of error.

`CONTRACTLANG_GENERATED=20000` tries as many of each kind; with `CONTRACTLANG_HYPOTHESIS=thorough` they are others each time.
"""

from __future__ import annotations

import os
from random import Random

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from differential.comparison import difference, known
from differential.generator.choices import Choices, programs
from differential.generator.mutation import mutated
from differential.generator.typed import TypedWriter
from differential.generator.writer import Writer
from differential.oracle import available, run_oracle
from language import engine_exists, limited, run
from spec.programs import load
from typecheck.generated import Generator

COUNT = int(os.environ.get("CONTRACTLANG_GENERATED", "400"))

pytestmark = [
    pytest.mark.skipif(not available(), reason="the reference, py-nickel, is not installed"),
    pytest.mark.skipif(not engine_exists(), reason="there is no engine yet"),
    pytest.mark.seconds(36_000),
]

# Programs that are quick and alone: mutations of an import would only find that there is no such file.
SEEDS = [
    program.source
    for program in load()
    if program.deviation is None
    and program.format == "json"
    and len(program.source) < 200
    and "import" not in program.source
]


def agree(source: str) -> None:
    note(source)
    reference = run_oracle(source, seconds=5)
    with limited(10):
        ours = run(source)
    found = difference(reference, ours)
    if found is not None and known(source, reference, ours) is None:
        pytest.fail(f"{source}\n{found}\n{reference.report}")


def merged(choices: Choices) -> str:
    writer = Writer(choices)
    count = choices.between(2, 3)
    return " & ".join(f"({writer.literal((), 3)})" for _ in range(count))


def contracted(choices: Choices) -> str:
    writer = Writer(choices, mistakes=8)
    kind = choices.pick(["record", "function", "array", "enum", "number", "string", "any"])
    value = f"({writer.term(kind, (), 3)}) | {writer.contract(kind, (), 3)}"
    return f"({value}) {writer.term('number', (), 1)}" if kind == "function" else value


def matched(choices: Choices) -> str:
    return Writer(choices).match("any", (), 3)


def called(choices: Choices) -> str:
    return Writer(choices, mistakes=6).call(choices.pick(["number", "string", "bool", "array", "record", "any"]), (), 2)


@settings(max_examples=COUNT)
@given(programs(lambda choices: Writer(choices).term("any", (), 4)))
def test_terms(source: str) -> None:
    agree(source)


@settings(max_examples=COUNT)
@given(programs(lambda choices: Writer(choices).literal((), 4)))
def test_records(source: str) -> None:
    agree(source)


@settings(max_examples=COUNT)
@given(programs(merged))
def test_merges(source: str) -> None:
    agree(source)


@settings(max_examples=COUNT)
@given(programs(contracted))
def test_contracts(source: str) -> None:
    agree(source)


@settings(max_examples=COUNT)
@given(programs(matched))
def test_patterns(source: str) -> None:
    agree(source)


@settings(max_examples=COUNT)
@given(programs(called))
def test_library(source: str) -> None:
    agree(source)


@settings(max_examples=COUNT)
@given(programs(lambda choices: TypedWriter(choices).program()))
def test_types(source: str) -> None:
    agree(source)


@settings(max_examples=COUNT)
@given(programs(lambda choices: mutated(choices, SEEDS)))
def test_mutations(source: str) -> None:
    agree(source)


@settings(max_examples=COUNT)
@given(st.integers(0, 2**32), st.sampled_from([0, 1, 3, 8]))
def test_typed_programs(seed: int, wrong: int) -> None:
    agree(Generator(Random(seed), wrong).program())
