"""Findings: every stage says what it knows, once, in the file where something has to be changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractlang.ide.diagnostics import STAGES, Finding, evaluation_findings, evaluation_job, findings
from contractlang.loaders.disk import DiskLoader
from contractlang.loaders.memory import MemoryLoader
from contractlang.workspace.workers.evaluation import evaluate
from contractlang.workspace.workers.job import Answer, Limits, failure
from contractlang.workspace.workspace import Settings, Workspace
from ide.acting import BASE
from ide.marks import Marked, marked


def found(source: str | Marked, stage: str) -> list[tuple[str, str]]:
    """Codes and marked texts of a stage's findings."""
    at = marked(source) if isinstance(source, str) else source
    return [(each.code, at.text[each.start : each.end]) for each in findings(at.snapshot, at.path, stage)]


def answered(at: Marked) -> dict[str, list[Finding]]:
    """What evaluation says of each file, by its name."""
    job = evaluation_job(at.snapshot, at.path)
    assert job is not None
    answer = evaluate(job, Limits(timeout=20), BASE)
    return {at.loader.shown(key): each for key, each in evaluation_findings(at.snapshot, at.path, answer).items()}


def test_syntax_errors_are_found_at_once_and_alone() -> None:
    source = "let x = 1 in { a = y = }"
    assert [code for code, _ in found(source, "syntax")] == ["unexpected-token"]
    assert found(source, "types") == []
    assert found(source, "hints") == []


def test_names_and_types_are_found_next_without_the_syntax() -> None:
    source = 'let x : Number = "a" in x + nope'
    assert found(source, "syntax") == []
    assert found(source, "types") == [("type-mismatch", '"a"'), ("unbound-identifier", "nope")]


def test_mistakes_of_form_that_parsing_does_not_see_come_with_the_types() -> None:
    source = "{ a : Number, b = 1 }"
    assert found(source, "syntax") == []
    assert [code for code, _ in found(source, "types")] == ["typed-field-without-value"]


def test_a_finding_says_everything_and_points_at_the_other_places() -> None:
    at = marked("let x : «Number» = «true» in x")
    (finding,) = findings(at.snapshot, at.path, "types")
    assert finding.severity == "error"
    assert (finding.start, finding.end) == at.spans()[1]
    lines = finding.message.splitlines()
    assert lines[0] == "incompatible types"
    assert "Expected an expression of type `Number`" in lines
    assert [(place.start, place.end) for place, _ in finding.related] == [at.spans()[0]]


def test_what_is_wrong_in_an_import_is_told_at_the_import() -> None:
    at = marked("""
    let lib = import "«middle.ncl»" in lib
    -- file: middle.ncl
    import "lib.ncl"
    -- file: lib.ncl
    let x : Number = "a" in x
    """)
    (finding,) = findings(at.snapshot, at.path, "types")
    assert (finding.start, finding.end) == at.spans()[0]
    assert finding.message == "lib.ncl has errors: incompatible types"
    assert [at.loader.shown(place.path) for place, _ in finding.related] == ["lib.ncl"]


def test_a_malformed_data_file_is_told_at_the_import_and_in_itself() -> None:
    at = marked("""
    import "«d.json»"
    -- file: d.json
    {"a": }
    """)
    (finding,) = findings(at.snapshot, at.path, "types")
    assert (finding.start, finding.end) == at.spans()[0]
    assert finding.code == "data-parse"
    (own,) = findings(at.snapshot, at.key("d.json"), "syntax")
    assert own.path == at.key("d.json")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("let a = 1 in 2", [("unused-binding", "a")]),
        ("let a = 1, b = 2 in a", [("unused-binding", "b")]),
        ("let a = 1 in let b = a in 2", [("unused-binding", "b")]),
        ("let rec f = fun x => f x in 2", [("unused-binding", "f")]),
        ("let { a, b } = { a = 1, b = 2 } in a", [("unused-binding", "b")]),
        ("let _a = 1 in 2", []),
        ("let a = 1 in { include a }", []),
        ("let a = 1 in { a = a }", [("unused-binding", "a"), ("self-reference", "a")]),
        ("{ a = a }", []),
        ("fun x => 1", []),
        ("let T = Number in 1 | T", []),
    ],
)
def test_hints(source: str, expected: list[tuple[str, str]]) -> None:
    assert found(source, "hints") == expected


def test_an_unused_import_is_tagged_as_unnecessary() -> None:
    at = marked('let lib = import "lib.ncl" in 1\n-- file: lib.ncl\n1')
    (finding,) = findings(at.snapshot, at.path, "hints")
    assert finding.message == "the import `lib` is never used"
    assert (finding.severity, finding.tags) == ("hint", ["unnecessary"])


# ---- evaluation


def test_an_error_of_evaluation_stands_where_it_is_to_be_corrected() -> None:
    at = marked("""
    let Port = std.contract.from_predicate (fun p => p > 1024) in
    { port | Port = «80» }
    """)
    (finding,) = answered(at)["main.ncl"]
    assert (finding.start, finding.end) == at.spans()[0]
    assert finding.code == "contract-broken"
    assert finding.message.startswith("contract broken by the value of `port`")
    assert [(at.text[place.start : place.end], text) for place, text in finding.related] == [("Port", "expected type")]


def test_the_caller_is_blamed_with_the_contract_as_related_information() -> None:
    at = marked("""
    let lib = import "lib.ncl" in
    lib.f «"a"»
    -- file: lib.ncl
    { f | Number -> Number = fun x => x }
    """)
    (finding,) = answered(at)["main.ncl"]
    assert (finding.start, finding.end) == at.spans("main.ncl")[0]
    texts = [
        (at.loader.shown(place.path), at.files["lib.ncl"][place.start : place.end]) for place, _ in finding.related
    ]
    assert ("lib.ncl", "Number") in texts


def test_an_error_in_an_imported_file_is_told_there_and_where_it_is_used() -> None:
    at = marked("""
    let lib = import "lib.ncl" in
    { a | «Number» = lib.x }
    -- file: lib.ncl
    { x = «"a"» }
    """)
    files = answered(at)
    (there,) = files["lib.ncl"]
    (here,) = files["main.ncl"]
    assert (there.start, there.end) == at.spans("lib.ncl")[0]
    assert (here.start, here.end) == at.spans("main.ncl")[0]
    assert here.message == "lib.ncl: contract broken by the value of `a`"
    assert here.related[0][0].path == at.key("lib.ncl")


def test_an_error_that_is_all_in_an_imported_file_is_told_at_the_import() -> None:
    at = marked("""
    import "«lib.ncl»"
    -- file: lib.ncl
    { x | Number = "a" }
    """)
    files = answered(at)
    assert len(files["lib.ncl"]) == 1
    (here,) = files["main.ncl"]
    assert (here.start, here.end) == at.spans("main.ncl")[0]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("d.json", '{"port": «"80"»}'),
        ("d.yaml", "port: «eighty»\n"),
        ("d.toml", 'port = «"80"»\n'),
    ],
)
def test_errors_in_imported_data_stand_in_the_data(name: str, text: str) -> None:
    at = marked(f'(import "{name}") | {{ port | Number }}\n-- file: {name}\n{text}')
    (finding,) = answered(at)[name]
    assert (finding.start, finding.end) == at.spans(name)[0]
    assert finding.code == "contract-broken"


def data(glob: str, contract: str = "schema.ncl") -> Settings:
    return Settings(data_contracts=[(glob, contract)])


DATA = "-- file: etc/d.yaml\nport: $0«eighty»\n-- file: schema.ncl\n{ port | Number }"


@pytest.mark.parametrize("glob", ["*.yaml", "etc/*.yaml", "**/*.{yml,yaml}", "etc/d.*", "**/d.yam[kl]"])
def test_data_that_matches_a_glob_is_checked_against_its_contract(glob: str) -> None:
    at = marked(DATA, settings=data(glob))
    (finding,) = answered(at)["etc/d.yaml"]
    assert (finding.start, finding.end) == at.spans("etc/d.yaml")[0]
    assert any(place.path == at.key("schema.ncl") for place, _ in finding.related)


@pytest.mark.parametrize("glob", ["*.json", "other/*.yaml", "d.yaml/*", "?.yml"])
def test_data_without_a_contract_is_not_evaluated(glob: str) -> None:
    at = marked(DATA, settings=data(glob))
    assert evaluation_job(at.snapshot, at.path) is None


@pytest.mark.parametrize("text", ["{ a = ", "nope", 'let x : Number = "a" in x', 'import "missing.ncl"'])
def test_what_is_known_to_be_wrong_is_not_evaluated(text: str) -> None:
    at = marked(text)
    assert evaluation_job(at.snapshot, at.path) is None


def test_a_limit_is_information_at_the_beginning() -> None:
    at = marked("1 + 1")
    answer = failure("limit-time", "evaluation took too long", status=3)
    (finding,) = evaluation_findings(at.snapshot, at.path, answer)[at.path]
    assert (finding.severity, finding.start, finding.message) == ("information", 0, "evaluation took too long")


def test_an_answer_without_errors_clears_the_file() -> None:
    at = marked("1 + 1")
    assert evaluation_findings(at.snapshot, at.path, Answer(text="2\n")) == {at.path: []}


def test_fixes_of_evaluation_come_as_corrections() -> None:
    at = marked('{ a | Number = «"80"» }')
    (finding,) = answered(at)["main.ncl"]
    (fix,) = finding.fixes
    assert [(edit.start, edit.end, edit.text) for edit in fix.edits] == [(*at.spans()[0], "80")]


def test_a_job_takes_open_texts_over_those_on_the_disk(tmp_path: object) -> None:
    workspace = Workspace(DiskLoader(str(tmp_path)), folders=[str(tmp_path)])
    workspace.open("main.ncl", 'import "lib.ncl"')
    workspace.open("lib.ncl", '{ a | Number = "b" }')
    snapshot = workspace.snapshot()
    path = workspace.loader.key("main.ncl")
    job = evaluation_job(snapshot, path)
    assert job is not None
    assert job.disk
    answer = evaluate(job, Limits(timeout=20), BASE)
    found = evaluation_findings(snapshot, path, answer)
    assert [each.code for each in found[workspace.loader.key("lib.ncl")]] == ["contract-broken"]


PIECES = [
    *("let", " x ", "=", " in ", "{", "}", "(", ")", "|", ":", ".", '"', "a", "1", "import ", '"x.ncl"', "&", "Number"),
    *("\n", "#"),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_findings_of_any_text_lie_in_it_in_order(text: str) -> None:
    workspace = Workspace(MemoryLoader({"x.ncl": "{ a = 1 }"}), folders=["/"])
    workspace.open("/main.ncl", text)
    for stage in STAGES:
        before = 0
        for finding in findings(workspace.snapshot(), "/main.ncl", stage):
            assert before <= finding.start <= finding.end <= len(text)
            assert finding.message
            before = finding.start if stage != "syntax" else 0
    evaluation_job(workspace.snapshot(), "/main.ncl")
