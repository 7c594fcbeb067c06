"""The corpus up to evaluation: what its programs say about static errors, and that nothing else is reported."""

from __future__ import annotations

import pytest

from spec.programs import Program
from spec.programs import load as load_corpus
from typecheck.static import check, load_from_disk

# What is found before anything is evaluated.
STATIC_CODES = """
arrow-mismatch contract-in-type-term data-parse disabled-feature duplicate-include duplicate-let-binding
duplicate-pattern-binding enum-row-mismatch extra-dyn-tail extra-row extra-token import-failed infinite-type
inhomogeneous-record invalid-ascii-escape invalid-contract invalid-escape invalid-generalization invalid-import-format
invalid-record-type invalid-unicode-escape missing-dyn-tail missing-field-type missing-row no-package-manifest
or-pattern-variables parametricity-violation record-row-mismatch row-conflict string-delimiter type-mismatch
type-variable-kind typed-field-without-value unbound-identifier unexpected-eof unexpected-token unmatched-brace
"""
STATIC = frozenset(STATIC_CODES.split())
PROGRAMS = load_corpus()


@pytest.mark.parametrize("program", [pytest.param(program, id=program.name) for program in PROGRAMS])
def test_program(program: Program) -> None:
    loaded, problems = load_from_disk(program.source, program.import_paths)
    if not loaded.malformed:
        problems = check(loaded)[1]
    found = problems[0].code if problems else None
    expected = program.error if program.error in STATIC else None
    assert found == expected, f"{program.path}:{program.line}\n{program.source}\n{problems[:1]}"
