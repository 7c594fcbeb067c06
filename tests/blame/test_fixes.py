"""Fixes that are offered are fixes that help: every one that the corpus gets is applied, and the program run again."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

from contractlang.diagnostics.model import Diagnostic, Fix
from contractlang.engine import Options, check, run_source, typecheck
from contractlang.request import Outcome
from spec.programs import Program, load

FILES = {path: list(programs) for path, programs in groupby(load(), key=lambda program: str(program.path))}


def outcome_of(source: str, program: Program) -> Outcome:
    return run_source(source, options=Options(import_paths=program.import_paths, cache="off", fixes=True))


def errors(diagnostics: list[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter((diagnostic.code, diagnostic.message) for diagnostic in diagnostics)


def applied(text: str, fix: Fix) -> str:
    return text[: fix.span.start] + fix.replacement + text[fix.span.end :]


@pytest.mark.parametrize("path", FILES)
def test_each_fix_removes_its_error_and_adds_none(path: str) -> None:
    for program in FILES[path]:
        if program.error is None:
            continue
        outcome = outcome_of(program.source, program)
        for diagnostic in outcome.diagnostics:
            for fix in diagnostic.fixes:
                if fix.span.source.text == program.source:
                    after = outcome_of(applied(program.source, fix), program)
                    left = errors(outcome.diagnostics) - errors([diagnostic])
                    assert not errors(after.diagnostics) - left, (program.source, fix.replacement)


def test_the_corpus_has_fixes() -> None:
    programs = [program for program in load() if program.error is not None]
    with_fixes = [p for p in programs if any(d.fixes for d in outcome_of(p.source, p).diagnostics)]
    assert len(with_fixes) >= 80


def fixes_of(text: str) -> list[str]:
    return [fix.replacement for diagnostic in run_source(text).diagnostics for fix in diagnostic.fixes]


def test_a_fix_that_breaks_another_contract_is_not_offered() -> None:
    assert fixes_of("{ a | Number | default = 1 } & { a | String = 1 }") == []


def test_a_fix_that_uncovers_another_error_is_not_offered() -> None:
    assert fixes_of("std.record.get 1 (1 / 0)") == []


def test_fixes_are_tried_only_where_somebody_asks(tmp_path: Path) -> None:
    file = tmp_path / "main.ncl"
    file.write_text('{ port | Number = "80" }')
    [without] = check([str(file)], Options(cache="off")).diagnostics
    [with_fix] = check([str(file)], Options(cache="off", fixes=True)).diagnostics
    assert without.fixes == []
    assert [fix.replacement for fix in with_fix.fixes] == ["80"]


def test_many_fixes_are_tried_together(tmp_path: Path) -> None:
    file = tmp_path / "main.ncl"
    file.write_text("{" + ", ".join(f'p{i} | Number = "{i}"' for i in range(200)) + "}")
    outcome = check([str(file)], Options(cache="off", fixes=True))
    assert len(outcome.diagnostics) == 200
    assert all(len(diagnostic.fixes) == 1 for diagnostic in outcome.diagnostics)


def test_a_fix_in_an_imported_file_is_tried_there(tmp_path: Path) -> None:
    (tmp_path / "lib.ncl").write_text('{ port | Number = "80" }')
    file = tmp_path / "main.ncl"
    file.write_text('import "lib.ncl"')
    [diagnostic] = check([str(file)], Options(cache="off", fixes=True)).diagnostics
    assert [fix.replacement for fix in diagnostic.fixes] == ["80"]


def test_a_misspelled_name_is_tried_without_evaluation(tmp_path: Path) -> None:
    file = tmp_path / "main.ncl"
    file.write_text("let port = 80 in { p = prot }")
    [diagnostic] = typecheck([str(file)], Options(cache="off", fixes=True)).diagnostics
    assert [fix.replacement for fix in diagnostic.fixes] == ["port"]
