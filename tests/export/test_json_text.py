"""JSON text: the examples of the specification, agreement with the standard library, deep data."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from contractlang.formats.data import Data
from contractlang.formats.json_data import read_json
from contractlang.formats.json_text import write_json
from contractlang.text.json_strings import json_string
from export.generated_data import anything, as_doubles, strings


def test_the_layout() -> None:
    data: Data = {"b": [], "a": {}, "c": [1, {"d": "x"}], "é": "T", "Z": None, "t": True, "f": [False]}
    assert write_json(data) == (
        '{\n  "Z": null,\n  "a": {},\n  "b": [],\n  "c": [\n    1,\n    {\n      "d": "x"\n    }\n  ],'
        '\n  "f": [\n    false\n  ],\n  "t": true,\n  "é": "T"\n}'
    )


@pytest.mark.parametrize(("data", "text"), [(5, "5"), ("x", '"x"'), (None, "null"), ([], "[]"), ({}, "{}")])
def test_what_needs_one_line(data: Data, text: str) -> None:
    assert write_json(data) == text


def test_escapes() -> None:
    assert json_string("a/\t\x01\x7f") == '"a/\\t\\u0001\x7f"'
    assert json_string('\b\f\n\r\t"\\\x1f') == '"\\b\\f\\n\\r\\t\\"\\\\\\u001f"'
    assert json_string("é\u2028😀/\x7f") == '"é\u2028😀/\x7f"'


def test_keys_are_sorted_by_the_bytes_of_utf8() -> None:
    # By UTF-16 code units, U+FFFD would come after U+1F600.
    assert json.loads(write_json({"\U0001f600": 1, "\ufffd": 2, "b": 3, "B": 4, "": 5}))
    assert list(json.loads(write_json({"\U0001f600": 1, "\ufffd": 2, "b": 3, "B": 4, "": 5}))) == [
        *("", "B", "b", "\ufffd", "\U0001f600"),
    ]


def test_deep_data_needs_no_stack() -> None:
    data: Any = 1
    for _ in range(5_000):
        data = [{"k": data}]
    text = write_json(data)
    assert text.count("[") == 5_000
    assert text.count("{") == 5_000


@given(strings)
def test_strings_as_the_standard_library_writes_them(text: str) -> None:
    assert json_string(text) == json.dumps(text, ensure_ascii=False)


@given(anything)
def test_what_is_written_is_read_again(data: Any) -> None:
    text = write_json(data)
    assert as_doubles(read_json(text, "import")) == as_doubles(data)
