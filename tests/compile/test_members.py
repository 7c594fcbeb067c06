"""A program that uses one function of the library loads that function and what it needs, not the module."""

from __future__ import annotations

from contractlang import pipeline
from contractlang.compile.members import member_unit
from contractlang.engine import run_source
from contractlang.resolve import core


def names(unit: core.Unit | None) -> set[str]:
    assert unit is not None
    assert isinstance(unit.root, core.Record)
    return {field.name for field in unit.root.fields}


def test_a_member_comes_with_the_siblings_that_it_refers_to() -> None:
    array = pipeline.read_library("array")
    assert names(member_unit(array, "reverse")) == {"reverse"}
    assert "NonEmpty" in names(member_unit(array, "first"))
    assert member_unit(array, "no_such_member") is None


def test_using_one_function_loads_that_function() -> None:
    pipeline._LIBRARY.clear()
    assert run_source("std.array.reverse [1, 2]").text == "[\n  2,\n  1\n]\n"
    assert set(pipeline._LIBRARY) == {("array", "reverse")}


def test_the_whole_module_is_there_when_it_is_asked_for() -> None:
    assert run_source("std.record.length std.array").text == "42\n"
    assert run_source("let module = std.string in module.length module.join").status == 1
    assert (
        run_source("let a = std.array in a.map (fun x => x + 1) [1] == std.array.map (fun x => x + 1) [1]").text
        == "true\n"
    )


def test_a_misspelled_member_is_told_from_all_that_there_are() -> None:
    outcome = run_source("std.array.revrse [1]")
    assert outcome.diagnostics[0].code == "missing-field"
    assert "reverse" in " ".join(outcome.diagnostics[0].notes)
