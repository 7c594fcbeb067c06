"""Fields that a contract does not know are marked where they are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.diagnostics.model import Diagnostic
from contractlang.engine import Options, export, run_source

SCHEMA = "let S = { port | Number | optional, host | String | optional } in\n"
TEXT = "this field is not in the contract"


def report(text: str) -> Diagnostic:
    """The report about a program that has one."""
    [diagnostic] = run_source(text, name="main.ncl").diagnostics
    return diagnostic


def primary(diagnostic: Diagnostic) -> list[tuple[str, str]]:
    """The texts that the primary labels show, and what they say."""
    return [(label.span.text, label.message) for label in diagnostic.labels if label.primary]


def fields(diagnostic: Diagnostic) -> list[str]:
    """The texts that are marked as fields too many."""
    return [label.span.text for label in diagnostic.labels if label.message == TEXT]


@pytest.mark.parametrize(
    "program",
    [
        "{ a | S = { port = 1, tsl = true } }",
        "{ a | S, a.port = 1, a.tsl = true }",
        "{ port = 1, tsl = true } | S",
        "{ tsl, port = 1 } | S",
        "{ a | { port : Number } = { port = 1, tsl = true } }",
        "{ a | Array S = [{ port = 1 }, { tsl = true }] }",
        "{ a | { _ | S } = { x = { port = 1 }, y = { tsl = true } } }",
        "{ a | std.contract.Sequence [Dyn, S] = { tsl = true } }",
        "{ a | std.contract.custom (fun label => std.contract.check S label) = { tsl = true } }",
        "let x = 1 in { a | S = { port = x, tsl = x } }",
        "let base = { tsl = true } in { a | S = base & { port = 1 } }",
        "let make = fun n => { port = n, tsl = n } in { a | S = make 1 }",
        "let f | S -> Dyn = fun r => r in f { port = 1, tsl = true }",
        "let f | S -> Dyn = fun r => r in let r = { tsl = true } in f r",
        "let f | Dyn -> S = fun n => { tsl = n } in f 1",
    ],
)
def test_the_name_of_the_field_is_marked(program: str) -> None:
    diagnostic = report(SCHEMA + program)
    assert diagnostic.labels[0].primary
    assert primary(diagnostic)[0][0].strip() == "tsl"
    assert fields(diagnostic) == ["tsl"]


def test_a_name_that_is_computed() -> None:
    assert fields(report(SCHEMA + '{ "t%{"s"}l" = true } | S')) == ['"t%{"s"}l"']


def test_the_record_around_the_field_is_not_marked() -> None:
    diagnostic = report("{ a | { b | Number } = { b = 1, c = 2 } }")
    assert [label.span.text for label in diagnostic.labels] == ["c", "{ b | Number }"]


def test_what_hands_the_record_on_is_marked_second() -> None:
    diagnostic = report(SCHEMA + "let make = fun n => { port = n, tsl = n } in { a | S = make 1 }")
    assert [(label.span.text, label.primary) for label in diagnostic.labels if label.span.text != "S"] == [
        ("tsl", True),
        ("make 1", False),
    ]


def test_the_verdict_is_at_the_field() -> None:
    blame = report(SCHEMA + "let f | S -> Dyn = fun r => r in f { port = 1, tsl = true }").blame
    assert blame is not None
    assert (blame.party, blame.name) == ("caller", "f")
    assert blame.at is not None
    assert blame.at.text == "tsl"


def test_a_function_answers_for_what_it_adds_alone() -> None:
    diagnostic = report("let f | Dyn -> { a : Number } = fun r => r & { b = 1 } in f { a = 1, c = 2 }")
    assert fields(diagnostic) == ["b"]
    assert diagnostic.blame is not None
    assert diagnostic.blame.party == "function"


def test_all_fields_are_marked_up_to_five() -> None:
    assert fields(report("{ p = 1, q = 2 } | { a | Number | optional }")) == ["p", "q"]
    many = ", ".join(f"f{n} = {n}" for n in range(9))
    assert fields(report(f"{{ {many} }} | {{ a | Number | optional }}")) == ["f0", "f1", "f2", "f3", "f4"]


def test_each_definition_of_the_field_is_marked() -> None:
    diagnostic = report(SCHEMA + "{ a | S, a.tsl.x = 1, a.tsl.y = 2 }")
    assert fields(diagnostic) == ["tsl", "tsl"]
    assert len({label.span.start for label in diagnostic.labels}) == len(diagnostic.labels)


def test_a_field_whose_place_is_unknown() -> None:
    diagnostic = report(SCHEMA + '{ a | S = std.record.insert "tsl" true { port = 1 } }')
    assert primary(diagnostic) == [('std.record.insert "tsl" true { port = 1 }', "this value")]


# ---- data files

DATA = {
    "toml": ("[[servers]]\nport = 1\n[[servers]]\nport = 2\ntsl = true\nmeta.x = 1\n", ["tsl", "meta"]),
    "json": ('{"servers": [{"port": 1}, {"tsl": true, "port": 2, "meta": {"tsl": 1}}]}', ['"tsl"', '"meta"']),
    "yaml": ("servers:\n- port: 1\n- port: 2\n  tsl: true\n  'meta':\n    tsl: 1\n", ["tsl", "'meta'"]),
}


@pytest.mark.parametrize("kind", DATA)
@pytest.mark.parametrize(
    "use",
    [
        "{ servers | Array S } & data",
        "{ all | Array S = data.servers }",
        '{ one | S = (std.array.at 1 data.servers) & { host = "x" } }',
        "let f | S -> Dyn = fun r => r in std.array.map f data.servers",
    ],
)
def test_keys_of_data_files(kind: str, use: str, tmp_path: Path) -> None:
    text, keys = DATA[kind]
    (tmp_path / f"data.{kind}").write_text(text)
    main = tmp_path / "main.ncl"
    main.write_text(f'{SCHEMA}let data = import "data.{kind}" in\n{use}')
    [diagnostic] = export([str(main)], "json", Options(cache="off")).diagnostics
    assert diagnostic.labels[0].primary
    assert fields(diagnostic) == keys
    assert all(label.span.source.name.endswith(kind) for label in diagnostic.labels if label.message == TEXT)


def test_a_table_with_a_header_is_marked_there(tmp_path: Path) -> None:
    (tmp_path / "data.toml").write_text("port = 1\n[tsl]\nx = 1\n")
    main = tmp_path / "main.ncl"
    main.write_text(SCHEMA + '(import "data.toml") | S')
    [diagnostic] = export([str(main)], "json", Options(cache="off")).diagnostics
    assert fields(diagnostic) == ["[tsl]"]


def test_a_module_that_is_pointed_at_is_not_called_innocent(tmp_path: Path) -> None:
    (tmp_path / "library.ncl").write_text("{ listen | { port | Number } -> Dyn = fun options => options }")
    (tmp_path / "middle.ncl").write_text('{ go = fun options => (import "library.ncl").listen options }')
    main = tmp_path / "main.ncl"
    main.write_text('(import "middle.ncl").go { port = 1, prot = 2 }')
    [diagnostic] = export([str(main)], "json", Options(cache="off")).diagnostics
    assert fields(diagnostic) == ["prot"]
    assert not [note for note in diagnostic.notes if note.startswith("not at fault") and "main.ncl" in note]
