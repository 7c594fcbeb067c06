"""What the checker accepts in strict mode does not fail with a type error when it runs."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from language import engine_exists, run
from typecheck.generated import Generator
from typecheck.static import check, load

TYPE_ERRORS = {
    "contract-broken",
    "destructuring-failed",
    "dynamic-type-error",
    "missing-definition",
    "missing-field",
    "not-a-function",
    "unmatched-enum-pattern",
    "unmatched-pattern",
}

FEATURES = {
    "polymorphic functions": r"forall a\d+",
    "polymorphic functions used twice": r"let (x\d+) : forall.*\(\1 .*\(\1 ",
    "rows of records": r"forall r\d+\. \{[^|]*; r\d+ \}",
    "rows of enums": r"forall r\d+\. \[\|.*; r\d+ \|\]",
    "functions of higher rank": r": \(forall i\. i -> i\) ->",
    "dictionaries": r"\{ _ : ",
    "computed field names": r'\{ "%\{',
    "wildcards": r": _ =",
    "functions without annotation": r"let x\d+ = \(fun",
    "recursion": r"let rec",
    "match of tags": r"match \{ '",
    "match with a wildcard": r"match \{ '[^}]*, _ =>",
    "or-patterns": r"\('None or 'More\) =>",
    "guards": r" if x\d+ > 1 =>",
    "array patterns": r"\[x\d+, \.\.",
    "record patterns": r"\{ k = 'Left, v = x",
    "destructuring": r"let \{ ",
    "aliases and rests": r" @ \{|\.\.x",
}


def accepted(text: str) -> bool:
    program, problems = load(text)
    assert not problems, (text, problems)
    return not check(program, strict=True)[1]


@pytest.mark.skipif(not engine_exists(), reason="there is no engine yet")
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(min_value=0, max_value=2**32), st.sampled_from([0, 1, 3, 8]))
def test_accepted_programs_do_not_fail(seed: int, wrong: int) -> None:
    text = Generator(Random(seed), wrong).program()
    if accepted(text):
        result = run(text)
        assert result.code not in TYPE_ERRORS, (text, result.outcome())


def test_well_typed_programs_are_accepted() -> None:
    for seed in range(300):
        text = Generator(Random(seed), wrong=0).program()
        assert accepted(text), text


def test_some_generated_programs_are_rejected() -> None:
    verdicts = [accepted(Generator(Random(seed), wrong=3).program()) for seed in range(300)]
    assert 30 < sum(verdicts) < 270


def test_generated_programs_have_what_the_type_system_has() -> None:
    programs = [Generator(Random(seed), wrong=0).program() for seed in range(300)]
    for feature, pattern in FEATURES.items():
        assert sum(re.search(pattern, text) is not None for text in programs) >= 10, feature
