"""Every independent failure of a run is reported, once, in the order of the sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.engine import Options, Outcome, export, run_source


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


def test_max_errors_tells_what_was_cut_off_from_consequences() -> None:
    fields = ", ".join(f'f{i} | Number = "x"' for i in range(30))
    outcome = run(f"{{ {fields}, after = f0 + 1 }}", max_errors=2)
    assert (len(outcome.diagnostics), outcome.cut, outcome.hidden) == (2, 28, 29)


def exported(source: str, format: str = "json", **options: object) -> Outcome:
    return run_source(source, name="test.ncl", format=format, options=Options(**options))  # type: ignore[arg-type]


UNSUPPORTED = """{ a = fun x => x, b = { c = 'Foo 3, n = 1e400 }, e = std.string.join "," }"""


def test_every_part_that_cannot_be_exported() -> None:
    for chosen in ("json", "yaml", "toml"):
        outcome = exported(UNSUPPORTED, chosen)
        assert [(d.code, d.path, d.labels[0].span.text) for d in outcome.diagnostics] == [
            ("non-serializable", ["a"], "fun x => x"),
            ("non-serializable", ["b", "c"], "'Foo 3"),
            ("number-out-of-range", ["b", "n"], "1e400"),
            ("non-serializable", ["e"], 'std.string.join ","'),
        ]
        assert outcome.status == 1


def test_only_the_first_part_that_cannot_be_exported() -> None:
    outcome = exported(UNSUPPORTED, stop_at_first=True)
    assert [d.path for d in outcome.diagnostics] == [["a"]]


def test_failures_and_parts_that_cannot_be_exported() -> None:
    outcome = exported('{ a = fun x => x, b | Number = "x", c = null, d = b + 1, e = [null, \'A (1 / 0)] }', "toml")
    assert places(outcome) == [
        ("non-serializable", "fun x => x"),
        ("contract-broken", '"x"'),
        ("null-unsupported", "null"),
        ("null-unsupported", "null"),
        ("evaluation-other", "1 / 0"),
    ]
    assert (outcome.hidden, outcome.cut) == (1, 0)


def test_a_null_may_be_left_out_where_it_is_a_field() -> None:
    field, element = exported("{ a = null, b = [null] }", "toml").diagnostics
    assert "| not_exported" in field.help[0]
    assert element.help == []


@pytest.mark.parametrize(
    ("source", "format", "codes"),
    [
        ("[null, fun x => x]", "toml", ["serialization-failed", "null-unsupported", "non-serializable"]),
        ("{ a = null }", "yaml-documents", ["expected-array", "null-unsupported"]),
        ("{ a = null }", "text", ["not-a-string"]),
        ("{ a = null }", "yaml", []),
    ],
)
def test_the_whole_and_its_parts(source: str, format: str, codes: list[str]) -> None:
    assert [d.code for d in exported(source, format).diagnostics] == codes


def test_parts_that_are_not_exported_are_not_validated() -> None:
    outcome = exported("{ a | not_exported = { f = fun x => x }, b = fun x => x }", force_not_exported=True)
    assert [d.path for d in outcome.diagnostics] == [["b"]]


def test_a_part_in_two_places_is_reported_once() -> None:
    outcome = exported("let r = { f = fun x => x } in { a = r, b = r, c = [r] }")
    assert [d.path for d in outcome.diagnostics] == [["a", "f"]]


def test_max_errors_bounds_parts_that_cannot_be_exported() -> None:
    fields = ", ".join(f"f{i} = fun x => x" for i in range(30))
    outcome = exported(f"{{ {fields} }}", max_errors=3)
    assert [d.path for d in outcome.diagnostics] == [["f0"], ["f1"], ["f2"]]
    assert (outcome.cut, outcome.hidden) == (27, 27)


def test_a_computed_part_is_reported_where_it_was_written() -> None:
    outcome = exported("let make = fun x => { f = fun y => x } in { a = make 1, big = std.number.pow 10 400 }")
    assert places(outcome) == [
        ("non-serializable", "fun y => x"),
        ("number-out-of-range", "std.number.pow 10 400"),
    ]


def test_what_a_program_serializes_is_no_part_of_the_exported_value() -> None:
    outcome = exported("{ a = std.serialize 'Json { b = fun x => x }, b = 3 }")
    (diagnostic,) = outcome.diagnostics
    assert places(outcome) == [("non-serializable", "std.serialize 'Json { b = fun x => x }")]
    assert diagnostic.path == ["a"]


def test_a_sealed_value_is_reported() -> None:
    outcome = exported("let f | forall a. a -> Dyn = fun x => x in { a = f 1, b = fun x => x }")
    assert [(d.code, d.path) for d in outcome.diagnostics] == [("contract-broken", ["a"]), ("non-serializable", ["b"])]


def test_places_of_a_selected_field(tmp_path: Path) -> None:
    file = tmp_path / "main.ncl"
    file.write_text('{ a = 1, b = { a = fun x => x, c | Number = "x" } }', "utf-8")
    outcome = export([str(file)], "json", Options(cache="off"), field="b")
    assert places(outcome) == [("non-serializable", "fun x => x"), ("contract-broken", '"x"')]
    assert [d.path for d in outcome.diagnostics] == [["a"], ["c"]]


def paths(outcome: Outcome) -> list[list[str | int] | None]:
    return [diagnostic.path for diagnostic in outcome.diagnostics]


MATCHED = "let replicas = match { 'dev => 1, 'prod => 3 } in "


@pytest.mark.parametrize(
    "source",
    [
        MATCHED + "{ a = replicas 'porduction, b = replicas 'staging }",
        MATCHED + "{ a = replicas 'staging, b = replicas 'staging }",
        MATCHED + "{ a = replicas 1, b = replicas (0 + 2) }",
        "let f = match { 1 => 2 } in { a = f true, b = f (1 == 1) }",
        "let port = fun r => r.port in { a = port { prt = 1 }, b = port { pport = 1 } }",
        "let port = fun r => r.port in { a = port { prt = 1 }, b = port { prt = 1 } }",
        "let sum = fun { x, y } => x + y in { a = sum { x = 1 }, b = sum { x = 2 } }",
        "let sum = fun { x, y } => x + y in { a = sum { x = 1 }, b = sum { x = 1 } }",
        "let next = fun x => x + 1 in { a = next 'one, b = next 'two }",
        "let next = fun x => x + 1 in { a = next true, b = next true }",
        "let call = fun f => f 1 in { a = call 'one, b = call 'one }",
        "let both = fun x y => x & y in { a = both 1 2, b = both 1 3 }",
        'let f | Number -> Number = fun x => "%{std.to_string x}" in { a = f 1, b = f 2 }',
    ],
)
def test_calls_of_one_function_fail_each_for_itself(source: str) -> None:
    outcome = run(source)
    assert paths(outcome) == [["a"], ["b"]]
    assert outcome.hidden == 0


@pytest.mark.parametrize(
    "source",
    [
        MATCHED + "let r = replicas 'staging in { a = r, b = r, c = r + 1 }",
        MATCHED + "{ a = replicas 'staging, b = a, c = a + 1 }",
        MATCHED + "let r = replicas 'staging in let f = fun x => r + x in { a = f 1, b = f 2, c = f 3 }",
        "let port = fun r => r.port in let p = port { prt = 1 } in { a = p, b = [p], c = { d = p } }",
        "let port = fun r => r.port in let r = { prt = 1 } in { a = port r, b = port r, c = port r }",
    ],
)
def test_one_failure_read_from_several_places_is_told_once(source: str) -> None:
    outcome = run(source)
    assert paths(outcome)[0] == ["a"]
    assert len(outcome.diagnostics) == 1
    assert outcome.hidden >= 2


def test_a_function_that_fails_alike_at_each_element_is_told_once() -> None:
    outcome = run("let f = fun x => x + 'one in { xs = std.array.generate f 1000, ys = std.array.map f [1, 2] }")
    assert len(outcome.diagnostics) == 1
    assert outcome.hidden == 1001


@pytest.mark.parametrize(("options", "told"), [({}, 10), ({"max_errors": 3}, 3)])
def test_of_a_function_that_fails_for_many_values_the_first_are_told(options: dict[str, int], told: int) -> None:
    outcome = run("{ xs = std.array.generate (fun n => std.to_string n + 1) 1000 }", **options)
    assert paths(outcome) == [["xs", n] for n in range(told)]
    assert outcome.hidden > 0


# ---- records with fields too many


SERVER = "let S = { port | Number, host | String, tls | Bool | default = false } in\n"


@pytest.mark.parametrize(
    "program",
    [
        '{ a | S = { port = "80", host = 3, tsl = true } }',
        '{ a = { port = "80", host = 3, tsl = true } | S }',
        '{ port = "80", host = 3, tsl = true } | S',
        '[{ port = "80", host = 3, tsl = true }] | Array S',
        '{ a | { port : Number, host : String } = { port = "80", host = 3, tsl = true } }',
        '{ a = std.array.first [{ port = "80", host = 3, tsl = true } | S] }',
        '{ a | std.contract.Sequence [S, Dyn] = { port = "80", host = 3, tsl = true } }',
        'let f | S -> Dyn = fun r => r in { a = f { port = "80", host = 3, tsl = true } }',
    ],
)
def test_a_field_too_many_hides_no_other_mistake(program: str) -> None:
    assert [text for _, text in places(run(SERVER + program))] == ['"80"', "3", "tsl"]


def test_a_field_too_many_in_a_variant_hides_no_other_mistake() -> None:
    program = "{ a | [| 'A S |] = 'A { port = \"80\", host = 3, tsl = true } }"
    whole, *parts = [text for _, text in places(run(SERVER + program))]
    assert whole.startswith("'A {")  # which no format can express
    assert parts == ['"80"', "3", "tsl"]


def test_a_missing_field_is_told_beside_one_too_many() -> None:
    outcome = run(SERVER + "{ a | S = { port = 80, debug = true } }")
    assert sorted(code for code, _ in places(outcome)) == ["contract-broken", "missing-definition"]
    outcome = run(SERVER + "{ a | S = { x = 1 }, b | S = { y = 1 } }")
    assert [code for code, _ in places(outcome)].count("missing-definition") == 4


def test_a_required_field_that_is_misspelled_is_no_second_mistake() -> None:
    outcome = run(SERVER + '{ a | S = { port = 80, hots = "x" }, b | S = { port = 80 } }')
    assert sorted((diagnostic.code, tuple(diagnostic.path or ())) for diagnostic in outcome.diagnostics) == [
        ("contract-broken", ("a",)),
        ("missing-definition", ("b", "host")),
    ]
    assert outcome.hidden == 1


def test_what_uses_a_field_too_many_is_a_consequence() -> None:
    outcome = run(SERVER + '{ a | S = { port = 80, host = "x", tsl = true }, b = a.tsl, c | { tsl | Bool, .. } = a }')
    assert places(outcome) == [("contract-broken", "tsl")]


def test_several_records_with_fields_too_many_in_one_definition() -> None:
    program = '{ a = ({ host = "x", port = "1", p = 1 } | S) & ({ host = 2, port = 1, q = 1 } | S) }'
    assert ("contract-broken", "p") in places(run(SERVER + program))
    assert ("contract-broken", "q") in places(run(SERVER + program))


def test_records_with_fields_too_many_inside_of_others() -> None:
    program = "let T = { inner | { n | Number } } in { a | T = { x = 1, inner = { y = 1, n = 'N } } }"
    assert [text for _, text in places(run(program))] == ["x", "y", "'N"]


def test_laziness_is_as_ever_after_a_field_too_many() -> None:
    outcome = run(SERVER + '{ a = ({ port = "80", host = "x", tsl = true } | S).host }')
    assert places(outcome) == [("contract-broken", "tsl")]


def test_the_same_shape_is_checked_again_after_a_field_too_many() -> None:
    servers = ", ".join('{ port = 1, host = "x", tsl = true }' for _ in range(3))
    assert places(run(SERVER + f"{{ all | Array S = [{servers}] }}")) == [("contract-broken", "tsl")] * 3
    record = SERVER + "{ a | { p : Number } = { p = 1, q = 1 }, b | { p : Number } = { p = 1, q = 1 } }"
    assert places(run(record)) == [("contract-broken", "q")] * 2


def test_the_first_failure_alone_if_that_is_asked_for() -> None:
    outcome = run(SERVER + '{ a | S = { port = "80", host = 3, tsl = true } }', stop_at_first=True)
    assert places(outcome) == [("contract-broken", "tsl")]


def test_a_limit_that_is_reached_beyond_a_field_too_many_is_none_of_the_run() -> None:
    loop = "let rec f = fun n => 1 + f n in f 1"
    outcome = run(f"{SERVER}{{ a | S = {{ host = 1, port = {loop}, tsl = true }} }}", max_depth=2_000)
    assert outcome.status == 1
    assert ("contract-broken", "tsl") in places(outcome)
