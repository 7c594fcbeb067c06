"""What `query` tells of fields, those that are only declared included."""

from __future__ import annotations

import pytest

from contractlang.engine import Options, Outcome, export, query
from contractlang.loaders.memory import MemoryLoader

SCHEMA = """{
  name | String | doc "The name.",
  opt | Bool | optional,
  port | Number | default = 80,
  sub | { x | Number | doc "deep", y | default = 3 },
  two | { a | String, .. } | { b | Number, .. },
  named | Inner,
  typed | { z : Number },
  part | { v | Number, w | Bool | optional } = { v = 2 },
  bad = 1 + "x",
  Inner | not_exported = { q | String },
}"""


def loader(text: str) -> MemoryLoader:
    files = MemoryLoader(directory="/")
    files.put("/main.ncl", text.encode())
    return files


def asked(field: str | None, text: str = SCHEMA) -> Outcome:
    return query("/main.ncl", Options(cache="off"), field=field, loader=loader(text))


@pytest.mark.parametrize(
    ("field", "lines"),
    [
        ("name", ["contract: String", "documentation:", "  The name.", "value: none"]),
        ("opt", ["contract: Bool", "optional", "value: none"]),
        ("port", ["contract: Number", "priority: default", "value: 80"]),
        ("sub.x", ["contract: Number", "documentation:", "  deep", "value: none"]),
        ("sub.y", ["priority: default", "value: 3"]),
        ("two.b", ["contract: Number", "value: none"]),
        ("named.q", ["contract: String", "value: none"]),
        ("part.v", ["contract: Number", "value: 2"]),
        ("part.w", ["contract: Bool", "optional", "value: none"]),
    ],
)
def test_a_field(field: str, lines: list[str]) -> None:
    outcome = asked(field)
    assert outcome.text is not None, outcome.diagnostics
    assert outcome.text.splitlines() == [f"field: {field}", *lines]
    assert outcome.status == 0


def test_all_declared_fields_are_listed() -> None:
    text = asked(None, "{ name | String, opt | Bool | optional, a = 1 }").text
    assert text == "a Record with the fields:\n  a\n  name\n  opt\n"


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("typo", "missing-field"),
        ("sub.typo", "missing-field"),
        ("typed.z", "missing-definition"),
        ("port.x", "query-non-record"),
        ("bad", "dynamic-type-error"),
    ],
)
def test_what_cannot_be_told(field: str, code: str) -> None:
    outcome = asked(field)
    assert [diagnostic.code for diagnostic in outcome.diagnostics] == [code]
    assert outcome.status == 1


@pytest.mark.parametrize(("field", "code"), [("name", "missing-definition"), ("opt", "missing-field")])
def test_export_needs_a_value(field: str, code: str) -> None:
    outcome = export(["/main.ncl"], "json", Options(cache="off"), field=field, loader=loader(SCHEMA))
    assert [diagnostic.code for diagnostic in outcome.diagnostics] == [code]
