"""YAML text: the examples of the specification, what is quoted how, and that it is read back."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
import yaml
from hypothesis import example, given

from contractlang.formats.data import Data
from contractlang.formats.yaml_data import read_yaml, read_yaml_documents
from contractlang.formats.yaml_scalars import plain_scalar
from contractlang.formats.yaml_text import write_yaml, write_yaml_documents
from export.generated_data import anything, as_doubles, strings


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (
            {"a": [1, {"b": 2, "c": [3]}, []], "d": {"e": {}}, "f": [[1, 2]]},
            "a:\n- 1\n- b: 2\n  c:\n  - 3\n- []\nd:\n  e: {}\nf:\n- - 1\n  - 2\n",
        ),
        (
            {"k": "a\nb", "l": "a\n\nb\n", "m": "a\n\n", "n": " a\n", "o": "a \nb"},
            'k: |-\n  a\n  b\nl: |\n  a\n\n  b\nm: |+\n  a\n\nn: |2\n   a\no: "a \\nb"\n',
        ),
        ({"1": 1, "a\nb": [1]}, "'1': 1\n? |-\n  a\n  b\n: - 1\n"),
        ("x", "x\n"),
        (None, "null\n"),
        ([], "[]\n"),
        ({}, "{}\n"),
        ([["a\nb"], {"a": [" a\nb"]}], "- - |-\n    a\n    b\n- a:\n  - |2-\n     a\n    b\n"),
        ({"a\nb": {"c": 1, "d": "x\ny"}}, "? |-\n  a\n  b\n: c: 1\n  d: |-\n    x\n    y\n"),
        ([{"a\nb": []}, {"b\nc": "q"}], "- ? |-\n    a\n    b\n  : []\n- ? |-\n    b\n    c\n  : q\n"),
        ({"x" * 128: 1}, "x" * 128 + ": 1\n"),
        ({"x" * 129: 1}, "? " + "x" * 129 + "\n: 1\n"),
        ({"é" * 65: {"a": 1}}, "? " + "é" * 65 + "\n: a: 1\n"),
        ("\n", "|2+\n\n"),
        ("\n\na", "|2-\n\n\n  a\n"),
        (" \n", '" \\n"\n'),
        ({"a\rb": 1}, '? "a\\rb"\n: 1\n'),
    ],
)
def test_the_layout(data: Data, text: str) -> None:
    assert write_yaml(data) == text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "yes",
            "no",
            "on",
            "off",
            "y",
            "n",
            "1_0",
            "0xZZ",
            "0x",
            "0o8",
            "0b2",
            "inf",
            "NaN",
            "1e400",
            "-.nan",
            ".Nan",
            "tRue",
        ),
        *(
            "2020-01-01",
            "1:30",
            "<<",
            "=",
            "a:b",
            "-x",
            "x y",
            "it's",
            "a#b",
            "?x",
            ":x",
            "--",
            "1e",
            ".",
            "..",
            "+",
            "1.5.5",
        ),
        *("é", "😀", "\xa0", "a[b]", "$x", "a,b", "a\\b", "x'", "++1", "0X1", "１"),
    ],
)
def test_plain(text: str) -> None:
    assert write_yaml(text) == text + "\n"


@pytest.mark.parametrize(
    "text",
    [
        *("", "null", "Null", "NULL", "~", "true", "True", "TRUE", "false", "False", "FALSE"),
        *(
            "0",
            "-1",
            "+1",
            "017",
            "00",
            "9" * 30,
            "0x1f",
            "-0x1",
            "0o17",
            "0b11",
            ".5",
            "5.",
            "1e3",
            "12e03",
            "-1.5E+2",
            "1e-400",
        ),
        *(
            ".inf",
            "-.Inf",
            "+.INF",
            ".nan",
            ".NaN",
            ".NAN",
            "a: b",
            "a:",
            " x",
            "x ",
            "- x",
            "-",
            "? x",
            "?",
            ": x",
            ":",
        ),
        *(
            "#c",
            "a #b",
            ",a",
            "[a",
            "]a",
            "{a",
            "}a",
            "&a",
            "*a",
            "!a",
            "|a",
            ">a",
            "%a",
            "@a",
            "`a",
            '"a',
            "---",
            "--- a",
            "...",
            "...a",
        ),
    ],
)
def test_single_quoted(text: str) -> None:
    assert write_yaml(text) == f"'{text}'\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("'q", "'''q'"),
        ("a: it's", "'a: it''s'"),
        ("a\tb", '"a\\tb"'),
        ("\0\a\b\v\f\r\x1b", '"\\0\\a\\b\\v\\f\\r\\e"'),
        ('"\\\t', '"\\"\\\\\\t"'),
        ("\x85\x7f\x9f\x01", '"\\N\\x7F\\x9F\\x01"'),
        ("\ufeff\ufffe\uffff", '"\\uFEFF\\uFFFE\\uFFFF"'),
        ("\té😀", '"\\té😀"'),
        ("a\n\tb", '"a\\n\\tb"'),
        ("a\nb ", '"a\\nb "'),
        ("a\u2028b\u2029", '"a\\Lb\\P"'),
    ],
)
def test_quoted_otherwise(text: str, written: str) -> None:
    assert write_yaml(text) == written + "\n"


def test_documents() -> None:
    assert write_yaml_documents([{"a": 1}, [2], "x"]) == "---\na: 1\n---\n- 2\n---\nx\n"
    assert write_yaml_documents([]) == ""


def test_deep_data_needs_no_stack() -> None:
    data: Any = 1
    for _ in range(3_000):
        data = [{"k": data}]
    assert write_yaml(data).count("k:") == 3_000


# The specification leaves these strings without quotes (serialization.md §4), although its own reading makes numbers of them.
_TWO_SIGNS = re.compile(r"\+[-+][0-9]+", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][-+]?[0-9]+", re.ASCII)


def is_astray(text: str) -> bool:
    return bool(_TWO_SIGNS.fullmatch(text) or (_DECIMAL.fullmatch(text) and math.isinf(float(text))))


def read_back(data: Any) -> Any:
    """The data as it is read back: what was written, but for the strings of which the specification makes numbers."""
    if isinstance(data, list):
        return [read_back(element) for element in data]
    if isinstance(data, dict):
        return {key: read_back(value) for key, value in data.items()}
    return plain_scalar(data) if isinstance(data, str) and is_astray(data) else data


@pytest.mark.parametrize(
    ("text", "number"), [("++1", 1), ("+-1", -1), ("1e400", 10**400), ("-1.5E+999", -15 * 10**998)]
)
def test_some_strings_are_read_as_numbers(text: str, number: int) -> None:
    assert read_yaml(write_yaml([text])) == read_back([text]) == [number]


@given(anything)
@example(["++1", {"+-1": "1e400"}])
def test_what_is_written_is_read_again(data: Any) -> None:
    assert as_doubles(read_yaml(write_yaml(data))) == as_doubles(read_back(data))


@given(strings)
def test_other_readers_read_strings_back(text: str) -> None:
    assert yaml.load(write_yaml([text]), Loader=yaml.BaseLoader) == [text]  # noqa: S506 - everything is a string to it
    assert yaml.load(write_yaml({text: [text]}), Loader=yaml.BaseLoader) == {text: [text]}  # noqa: S506


@given(anything, anything)
def test_documents_are_read_again(first: Any, second: Any) -> None:
    documents = read_yaml_documents(write_yaml_documents([first, second]))
    assert as_doubles(documents) == as_doubles(read_back([first, second]))
