"""Every independent failure of a run is reported, once, in the order of the sources."""

from __future__ import annotations

from contractlang.engine import Options, Outcome, run_source


def run(source: str, **options: object) -> Outcome:
    return run_source(source, name="test.ncl", options=Options(**options))  # type: ignore[arg-type]


def places(outcome: Outcome) -> list[tuple[str, str]]:
    """Code and text at the first primary label of each diagnostic."""
    return [(d.code, next((label.span.text for label in d.labels if label.primary), "")) for d in outcome.diagnostics]


def test_all_failures_in_source_order() -> None:
    outcome = run('{ b | Number = "x", a = 1 + "y", c = { d }, e = 1 / 0 }')
    assert places(outcome) == [
        ("contract-broken", '"x"'),
        ("dynamic-type-error", '"y"'),
        ("missing-definition", "d"),
        ("evaluation-other", "1 / 0"),
    ]
    assert outcome.status == 1


def test_consequences_are_counted_not_reported() -> None:
    outcome = run('{ port | Number = "80", url = "%{port}", next = port + 1 }')
    assert places(outcome) == [("contract-broken", '"80"')]
    assert outcome.hidden == 2


def test_the_same_mistake_in_two_places_is_two_failures() -> None:
    outcome = run('let S = { port | Number } in { a | S = { port = "1" }, b | S = { port = "2" } }')
    assert places(outcome) == [("contract-broken", '"1"'), ("contract-broken", '"2"')]


def test_max_errors() -> None:
    outcome = run('{ a = 1 + "x", b = 2 + "y", c = 3 + "z" }', max_errors=2)
    assert len(outcome.diagnostics) == 2
    assert outcome.hidden == 1


def test_paths_into_the_value() -> None:
    outcome = run('{ servers = [{ port = 1 }, { port = 1 + "x" }] }')
    assert outcome.diagnostics[0].path == ["servers", 1, "port"]


def test_elements_of_arrays() -> None:
    outcome = run('[1, "b", 3, "d"] | Array Number')
    assert places(outcome) == [("contract-broken", '"b"'), ("contract-broken", '"d"')]


def test_unbound_names_are_all_reported() -> None:
    outcome = run("{ a = one, b = two }")
    assert places(outcome) == [("unbound-identifier", "one"), ("unbound-identifier", "two")]


def test_merge_conflicts_show_both_definitions() -> None:
    outcome = run("let base = { replicas = 1 } in base & { replicas = 2 }")
    texts = [label.span.text for label in outcome.diagnostics[0].labels]
    assert texts == ["1", "2"]


def test_fields_that_are_not_exported_are_not_evaluated() -> None:
    assert run("{ a = 1, helper | not_exported = 1 / 0 }").text == '{\n  "a": 1\n}\n'
