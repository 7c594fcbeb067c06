"""Runs of cached code come to what runs from the sources come to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import contractlang
from contractlang import engine, pipeline
from contractlang.api import Contract
from contractlang.cache.programs import CODE
from contractlang.cache.store import Store
from spec.programs import load

Write = Callable[[str, str], Path]
Export = Callable[..., tuple[str | None, bool]]


def outcome_of(file: Path, cache: str, import_paths: list[str]) -> tuple[str | None, int, list[tuple[str, str]]]:
    options = engine.Options(cache=cache, import_paths=import_paths)
    outcome = engine.export([str(file)], "json", options)
    return outcome.text, outcome.status, [(one.code, one.message) for one in outcome.diagnostics]


def test_cached_code_needs_no_front_end(write: Write, export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    write("main.ncl", '{ a = (import "lib.ncl") 1, b = import "data.yaml" }')
    write("lib.ncl", "fun x => x + 1")
    write("data.yaml", "- x\n")
    first = export(cache="code")

    def impossible(*_arguments: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr(pipeline, "load", impossible)
    assert export(cache="code") == first


@pytest.mark.seconds(100)
def test_the_corpus(write: Write) -> None:
    """A sample of the corpus: first run, run of cached code, and run without a cache."""
    programs = [program for program in load() if program.format == "json"][4::9]
    assert len(programs) > 50
    for program in programs:
        file = write("main.ncl", program.source)
        without, first, again = (outcome_of(file, cache, program.import_paths) for cache in ("off", "code", "code"))
        assert first == without, program.name
        assert again == without, program.name


def test_a_failure_of_cached_code_is_reported_as_without(write: Write) -> None:
    """The code is cached by a run that needs only what is sound."""
    file = write("main.ncl", "{ good = 1, bad | String = 2, deep = (let rec f = fun x => 1 + f x in f 1) }")
    options = engine.Options(max_depth=2000)
    assert engine.export([str(file)], "json", options, field="good").text == "1\n"
    for field in ("bad", "deep"):
        reports = []
        for cache in ("all", "off"):
            options = engine.Options(max_depth=2000, cache=cache)
            found = engine.export([str(file)], "json", options, field=field).diagnostics
            reports.append([(one.code, one.message, [str(label.span.start) for label in one.labels]) for one in found])
        assert reports[0] == reports[1]
        assert reports[0]


def test_traces_are_told_once_where_cached_code_fails(write: Write) -> None:
    write("main.ncl", '{ good = 1, bad = std.trace "seen" (std.trace "twice" (1 + "")) }')
    engine.export(["main.ncl"], "json", engine.Options(), field="good")
    messages: list[str] = []
    outcome = engine.export(["main.ncl"], "json", engine.Options(trace=messages.append), field="bad")
    assert outcome.status == 1
    assert messages == ["seen", "twice"]


def test_a_query_quotes_contracts_again(write: Write) -> None:
    write("main.ncl", "{ port | Number | default = 80 }")
    first, again = (engine.query("main.ncl", engine.Options(), field="port").text for _ in range(2))
    assert first is not None
    assert "contract: Number" in first
    assert again == first


def test_a_contract_from_a_file_is_not_cached_under_its_name(write: Write, store: Store) -> None:
    """Its text is given: the file may have changed since it was read."""
    path = write("contract.ncl", "{ a | Number }")
    contract = Contract.from_file("contract.ncl")
    assert contract.validate({"a": 1}) == {"a": 1}
    path.write_text("{ a | String }")
    assert contract.validate({"a": 1}) == {"a": 1}
    with pytest.raises(contractlang.ContractError):
        Contract.from_file("contract.ncl").validate({"a": 1})
    assert store.size(CODE) == (0, 0)


def test_a_data_file_that_changed_after_the_comparison(
    write: Write, export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contractlang.cache.programs import Dependencies

    write("main.ncl", 'import "data.json"')
    data = write("data.json", "1")
    export(cache="code")
    hold = Dependencies.hold

    def hold_and_change(self: Dependencies) -> bool:
        held = hold(self)
        data.write_text("[", encoding="utf-8")
        return held

    monkeypatch.setattr(Dependencies, "hold", hold_and_change)
    outcome = engine.export(["main.ncl"], "json", engine.Options(cache="code"))
    assert [one.code for one in outcome.diagnostics] == [
        one.code for one in engine.export(["main.ncl"], "json", engine.Options(cache="off")).diagnostics
    ]
