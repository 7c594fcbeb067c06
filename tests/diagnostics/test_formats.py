"""The formats for programs: what they contain, that they are well-formed, and that no value can break out of them."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from contractlang.diagnostics.fingerprint import fingerprint
from contractlang.diagnostics.model import Diagnostic, Label
from contractlang.diagnostics.render_github import render_github
from contractlang.diagnostics.render_json import render_json
from contractlang.diagnostics.render_junit import render_junit
from contractlang.diagnostics.render_sarif import render_sarif
from contractlang.diagnostics.summary import Summary
from contractlang.source import Source, Span
from diagnostics.samples import SAMPLES

NOT_SAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]")


def test_json_as_interfaces_fix_it() -> None:
    diagnostics = SAMPLES["several-labels-on-one-line"]()
    document = json.loads(render_json(diagnostics, Summary(diagnostics, 2, 1)))
    assert list(document) == ["version", "diagnostics", "summary"]
    assert document["version"] == 1
    assert document["summary"] == {"errors": 1, "warnings": 0, "hidden": 3}
    (diagnostic,) = document["diagnostics"]
    argument = {"file": "main.ncl", "start": {"line": 1, "column": 58}, "end": {"line": 1, "column": 64}}
    assert diagnostic["labels"][1] == {**argument, "primary": True, "message": "evaluated to this expression"}
    del diagnostic["labels"]
    assert diagnostic == {
        "code": "contract-broken",
        "severity": "error",
        "message": "contract broken by the caller of `double`",
        "notes": ['expected a Number, found the String "four"'],
        "help": ["convert it with std.string.to_number"],
        "path": ["servers", 0, "port"],
        "blame": {
            "party": "caller",
            "name": "double",
            "at": argument,
            "contract": {
                "text": "Number -> Number",
                "at": {"file": "main.ncl", "start": {"line": 1, "column": 14}, "end": {"line": 1, "column": 30}},
            },
            "value": '"four"',
        },
        "fingerprint": fingerprint(diagnostics[0]),
    }


def test_json_leaves_out_what_is_not_there() -> None:
    (diagnostic,) = json.loads(render_json(SAMPLES["one-label"](), Summary([])))["diagnostics"]
    assert "path" not in diagnostic
    assert "blame" not in diagnostic


def test_an_empty_json_document() -> None:
    assert json.loads(render_json([], Summary([]))) == {
        "version": 1,
        "diagnostics": [],
        "summary": {"errors": 0, "warnings": 0, "hidden": 0},
    }


def test_columns_count_code_points_and_the_end_is_exclusive() -> None:
    source = Source("a.ncl", "👍🏽é\n漢x\n")
    label = Label(Span(source, source.text.index("漢"), source.text.index("x") + 1))
    (diagnostic,) = json.loads(render_json([Diagnostic("a", "b", [label])], Summary([])))["diagnostics"]
    assert diagnostic["labels"][0]["start"] == {"line": 2, "column": 1}
    assert diagnostic["labels"][0]["end"] == {"line": 2, "column": 3}


def moved(prefix: str, *, name: str = "main.ncl", message: str = "m", path: list[str | int] | None = None) -> str:
    source = Source(name, f"{prefix}  port = 80,\n")
    start = source.text.index("80")
    return fingerprint(Diagnostic("a", message, [Label(Span(source, start, start + 2))], path=path))


def test_a_fingerprint_outlives_edits_elsewhere() -> None:
    first = moved("")
    assert first == moved("# a comment\n\n") == moved("    ")
    assert re.fullmatch("[0-9a-f]{16}", first)
    others = [moved("", name="b.ncl"), moved("", message="n"), moved("", path=["x"]), moved("a = 1,")]
    assert len({first, *others}) == 5


def test_fingerprints_of_paths_do_not_collide() -> None:
    assert moved("", path=["0"]) != moved("", path=[0])


def test_github() -> None:
    assert render_github(SAMPLES["several-labels-on-one-line"]()) == (
        "::error file=main.ncl,line=1,endLine=1,col=58,endColumn=64,title=contract-broken::"
        "contract broken by the caller of `double`%0A"
        "main.ncl:1:14: expected type of the argument provided by the caller%0A"
        "evaluated to this expression%0A"
        "main.ncl:1:5: this function%0A"
        "main.ncl:1:51: applied here%0A"
        'expected a Number, found the String "four"%0A'
        "at servers[0].port%0A"
        "help: convert it with std.string.to_number\n"
    )
    assert render_github(SAMPLES["a-warning"]()).startswith("::warning file=main.ncl,")
    assert render_github([Diagnostic("a", "100% b", severity="note")]) == "::notice title=a::100%25 b\n"


@pytest.mark.parametrize("name", SAMPLES)
def test_github_is_one_safe_line_a_diagnostic(name: str) -> None:
    diagnostics = SAMPLES[name]()
    lines = render_github(diagnostics).splitlines()
    assert len(lines) == len(diagnostics)
    for line in lines:
        assert line.count("::error") + line.count("::warning") <= 1 or name == "control-characters"
        assert not NOT_SAFE.search(line)


def test_a_file_name_cannot_add_properties_to_a_github_command() -> None:
    source = Source("a,line=9:b%.ncl", "x")
    rendered = render_github([Diagnostic("a", "m", [Label(Span(source, 0, 1))])])
    assert rendered.startswith("::error file=a%2Cline=9%3Ab%25.ncl,line=1,")


def test_sarif(snapshot: Callable[[str, str], None]) -> None:
    diagnostics = SAMPLES["several-labels-on-one-line"]() + SAMPLES["a-warning"]() + SAMPLES["no-place"]()
    text = render_sarif(diagnostics)
    document = json.loads(text)
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [result["ruleId"] for result in run["results"]]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "error", "error"]
    snapshot("sarif.json", re.sub(r'"semanticVersion": "[^"]*"', '"semanticVersion": "…"', text))


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("conf/main.ncl", "conf/main.ncl"),
        ("a b#?.ncl", "a%20b%23%3F.ncl"),
        ("設定.ncl", "%E8%A8%AD%E5%AE%9A.ncl"),
        ("/abs/a.ncl", "file:///abs/a.ncl"),
        (r"C:\conf\a b.ncl", "file:///C:/conf/a%20b.ncl"),
        ("javascript:x", "javascript%3Ax"),
    ],
)
def test_sarif_uris(name: str, uri: str) -> None:
    document = json.loads(render_sarif([Diagnostic("a", "m", [Label(Span(Source(name, "x"), 0, 1))])]))
    location = document["runs"][0]["results"][0]["locations"][0]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == uri


@pytest.mark.parametrize("name", SAMPLES)
def test_sarif_json_and_junit_are_well_formed_and_safe(name: str) -> None:
    diagnostics = SAMPLES[name]()
    for text in (render_json(diagnostics, Summary(diagnostics)), render_sarif(diagnostics)):
        assert text.isascii()
        json.loads(text)
    report = render_junit(diagnostics, ["main.ncl"])
    ET.fromstring(report)  # noqa: S314 - our own
    assert not NOT_SAFE.search(report)


def test_junit(snapshot: Callable[[str, str], None]) -> None:
    diagnostics = SAMPLES["several-labels-on-one-line"]() + SAMPLES["a-warning"]() + SAMPLES["no-place"]()
    report = render_junit(diagnostics, ["main.ncl", "fine & well.ncl"])
    snapshot("junit.xml", report)
    suites = ET.fromstring(report)  # noqa: S314 - our own
    assert (suites.get("tests"), suites.get("failures")) == ("4", "3")
    assert len(suites.findall("./testsuite/testcase")) == 4
    assert len(suites.findall("./testsuite/testcase/failure")) == 3


def test_junit_of_success() -> None:
    suites = ET.fromstring(render_junit([], ["a.ncl", "b.ncl"]))  # noqa: S314 - our own
    assert (suites.get("tests"), suites.get("failures")) == ("2", "0")
