"""What the reports of broken contracts say."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.engine import run_source
from differential.oracle import available, run_oracle
from language import run
from spec.agreement import blames

LINES = (Path(__file__).parent / "messages.txt").read_text("utf-8").splitlines()


def parse(line: str) -> tuple[str, str, list[str]]:
    """Program, blamed party and texts of a line. Programs have bars too: who is blamed is the first part that names a party."""
    parts = line.split(" | ")
    party = next(i for i, part in enumerate(parts) if i and part.split(" ")[0] in {"value", "caller", "function"})
    return " | ".join(parts[:party]), parts[party], parts[party + 1 :]


ROWS = [parse(line) for line in LINES if line and not line.startswith("#")]
NAMES = [row[0] for row in ROWS]


@pytest.mark.parametrize(("program", "blamed", "texts"), ROWS, ids=NAMES)
def test_report(program: str, blamed: str, texts: list[str]) -> None:
    result = run(program)
    assert result.code == "contract-broken", result.outcome()
    assert blames(result, blamed), f"{result.blamed} is blamed: {result.outcome()}"
    for text in texts:
        assert text.strip("[]") in result.report


@pytest.mark.skipif(not available(), reason="the reference, py-nickel, is not installed")
@pytest.mark.parametrize(("program", "blamed", "texts"), ROWS, ids=NAMES)
def test_report_of_the_reference(program: str, blamed: str, texts: list[str]) -> None:
    result = run_oracle(program)
    assert (result.code, result.blamed) == ("contract-broken", blamed)
    for text in texts:
        if not text.startswith("["):
            assert text in result.report


# Which argument is pointed at: the one that is wrong, even where a contract looks at several.
POINTED_AT = [
    ("std.array.at 3 [1]", "[1]"),
    ("std.array.slice 1 3 [1]", "[1]"),
    ("std.array.split_at 3 [1]", "[1]"),
    ("std.array.range 3 2", "2"),
    ("std.array.range_step 1 2 0", "0"),
    ('std.record.get "a" {}', "{}"),
    ("std.array.first []", "[]"),
    ("std.array.at_or (-1) 0 []", "(-1)"),
    ("std.array.map (fun x => x) 5", "5"),
    ("std.array.filter (fun x => 7) [1]", "(fun x => 7)"),
    ('std.string.join "," ["a", 1]', "1"),
]


@pytest.mark.parametrize(("program", "argument"), POINTED_AT)
def test_argument_pointed_at(program: str, argument: str) -> None:
    label = run_source(program).diagnostics[0].labels[0]
    assert program[label.span.start : label.span.end].strip("()") == argument.strip("()")
