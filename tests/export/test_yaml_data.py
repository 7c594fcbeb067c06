"""YAML as data: the core schema and its oddities, tags, anchors, documents, errors."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import yaml
from hypothesis import given

from contractlang.formats.data import Data, DataError, Duplicates
from contractlang.formats.yaml_data import read_yaml, read_yaml_documents
from export.generated_data import LINE_SEPARATORS, anything, as_doubles, strings


def error(text: str) -> DataError:
    with pytest.raises(DataError) as caught:
        read_yaml(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "data"),
    [
        *[(text, None) for text in ("", "~", "null", "Null", "NULL", "# c", "---")],
        *[(text, True) for text in ("true", "True", "TRUE")],
        *[(text, False) for text in ("false", "False", "FALSE")],
        ("0x1F", 31),
        ("0o17", 15),
        ("017", 17),
        ("-00", 0),
        ("+5", 5),
        ("+-1", -1),
        ("++1", 1),
        ("0x-5", -5),
        ("0o+7", 7),
        ("0x7fffffffffffffff", 2**63 - 1),
        ("0x-8000000000000000", -(2**63)),
        ("99999999999999999999", 99999999999999999999),
        ("1.50", Fraction(3, 2)),
        ("1.", 1),
        (".5", Fraction(1, 2)),
        ("-.5e1", -5),
        ("1e3", 1000),
        ("1.e3", 1000),
        ("1E+2", 100),
        ("1e-400", Fraction(1, 10**400)),
        ("1e400", 10**400),
        ("1.4142135623730951", Fraction("1.4142135623730951")),
    ],
)
def test_what_is_not_a_string(text: str, data: Data) -> None:
    result = read_yaml(text)
    assert result == data
    assert type(result) is type(data)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "yes",
            "no",
            "on",
            "y",
            "tRue",
            "nULL",
            "inf",
            "nan",
            ".Nan",
            "-.nan",
            "0b1",
            "1_000",
            "-0x1",
            "+0x1",
            "0x",
            "0o8",
        ),
        *(
            "0x8000000000000000",
            "0x-8000000000000001",
            "0x+-5",
            "--1",
            "-+1",
            "+-1.5",
            "++1.5",
            "1e",
            ".e3",
            "1e5.5",
            ".",
            "+",
        ),
        *("2020-01-01", "12:30:45", "<<", "=", "１", "a\x85b", "a\u2028b", "a\x07b", "\ue000\x01\u2029"),
    ],
)
def test_plain_strings(text: str) -> None:
    assert read_yaml(text) == text
    assert read_yaml(f"[{text}]") == [text]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("'1'", "1"),
        ('"true"', "true"),
        ("|\n  1", "1\n"),
        (">-\n  1\n  2", "1 2"),
        ("!!str 1", "1"),
        ("!!str", ""),
        ("!!int 7", 7),
        ("!!int '5'", "5"),
        ("!!float 1", 1),
        ("!!float 1.5", Fraction(3, 2)),
        ("!!bool true", True),
        ("!!null ~", None),
        ("!!null null", None),
        ("!local 1", 1),
        ("! 1", 1),
        ("!local 'a'", "a"),
        ("!!set {a, b}", {"a": None, "b": None}),
        ("!!seq {a: 1}", {"a": 1}),
        ("%TAG ! tag:yaml.org,2002:\n---\n!str 5", "5"),
        ("{!!int x: 2}", {"x": 2}),
        ("'x\x85y\u2028'", "x\x85y\u2028"),
    ],
)
def test_quotes_and_tags(text: str, data: Data) -> None:
    result = read_yaml(text)
    assert result == data
    assert type(result) is type(data)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        (
            "a: yes\nb: 0o17\nc: 017\nd: ~\ne: '1'\n1.0: x\nf: 1_0",
            {"1.0": "x", "a": "yes", "b": 15, "c": 17, "d": None, "e": "1", "f": "1_0"},
        ),
        ("a: &x {k: 1}\nb: *x\n<<: {z: 1}", {"<<": {"z": 1}, "a": {"k": 1}, "b": {"k": 1}}),
        ("true: 1\n~: 2\n0x10: 3\n'': 4", {"true": 1, "~": 2, "0x10": 3, "": 4}),
        ("? a\n? b\n: 1", {"a": None, "b": 1}),
        ("? \n: a", {"~": "a"}),
        ("- - 1\n  - 2\n-\n- {a: , b}", [[1, 2], None, {"a": None, "b": None}]),
        ("a: &x 1\nb: &x 2\nc: *x", {"a": 1, "b": 2, "c": 2}),
        ("a: |\n x\n  y\n z: 1", {"a": "x\n y\nz: 1\n"}),
        ("a: |2\n   x", {"a": " x\n"}),
        ("a: 1\r\nb: 'x\r\n  y'\r\n", {"a": 1, "b": "x y"}),
        ("\ufeffa: 1", {"a": 1}),
        ('"\\x41\\u00e9\\U0001F600\\N\\_\\L\\P\\/\\e\\0"', "Aé😀\x85\xa0\u2028\u2029/\x1b\0"),
    ],
)
def test_collections_and_block_scalars(text: str, data: Data) -> None:
    assert read_yaml(text) == data


def test_repeated_keys_are_gathered() -> None:
    assert read_yaml("a: 1\nb: 2\na: [x]\na: {y: z}\n") == {"a": Duplicates([1, ["x"], {"y": "z"}]), "b": 2}
    assert read_yaml("{'1': a, 1: b}") == {"1": Duplicates(["a", "b"])}


def test_documents() -> None:
    assert read_yaml("1\n---\n2") == [1, 2]
    assert read_yaml("---\n---\na") == [None, "a"]
    assert read_yaml("a: 1\n...\n") == {"a": 1}
    assert read_yaml("%YAML 1.2\n---\na\n...\n%YAML 1.2\n---\nb") == ["a", "b"]
    assert read_yaml_documents("") == []
    assert read_yaml_documents("# c\n") == []
    assert read_yaml_documents("a: 1") == [{"a": 1}]
    assert read_yaml_documents("--- 1\n--- 2\n") == [1, 2]


def test_aliases_share_and_may_be_recursive() -> None:
    data = read_yaml("base: &b [1]\nuse: *b\n")
    assert type(data) is dict
    assert data["base"] is data["use"]
    cycle = read_yaml("&r {self: *r, list: &l [*l, *r]}")
    assert type(cycle) is dict
    assert cycle["self"] is cycle
    inner = cycle["list"]
    assert type(inner) is list
    assert inner[0] is inner
    assert inner[1] is cycle


def test_aliases_do_not_multiply() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60))]
    data = read_yaml("\n".join(lines))
    assert type(data) is dict
    assert len(data) == 60


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- [a", "while parsing a flow sequence, expected ',' or ']' at byte 4 line 2 column 1"),
        ("a: b: c", "mapping values are not allowed in this context at byte 4 line 1 column 5"),
        ("a:\n  - b\n c: d", "while parsing a block mapping, expected key at byte 10 line 3 column 2"),
        ("*x", "while parsing node, found unknown anchor at byte 0 line 1 column 1"),
        ("a: &x 1\n---\nb: *x", "while parsing node, found unknown anchor at byte 15 line 3 column 4"),
        ("a: .inf", "Nickel numbers cannot be inf or NaN"),
        ("!!float -.Inf", "Nickel numbers cannot be inf or NaN"),
        ("? [a]\n: 1", "Nickel records only support string keys"),
        ("{a: &x b, *x : c}", "Nickel records only support string keys"),
        ("? {a: 1}", "Nickel records only support string keys"),
        ("!!int x", "invalid int scalar"),
        ("!!int 0x1F", "invalid int scalar"),
        ("!!int ++5", "invalid int scalar"),
        ("!!int 99999999999999999999", "invalid int scalar"),
        ("!!float x", "invalid float scalar"),
        ("!!bool yes", "invalid bool scalar"),
        ("!!bool True", "invalid bool scalar"),
        ("!!null x", "invalid null scalar"),
        ("!!binary aGk=", "unknown tag"),
        ("1e1000001", "number out of range"),
        ("a: \0", "control characters are not allowed (U+0000) at byte 3 line 1 column 4"),
    ],
)
def test_errors(text: str, message: str) -> None:
    assert error(text).message == f"yaml parse error: {message}"


def test_places_of_errors_count_code_points() -> None:
    caught = error("é: 1\r\n😀: !!int x")
    assert (caught.line, caught.column, caught.offset) == (2, 4, 9)
    caught = error("\ufeffé: 1\n😀: [\u2028, *x]")
    assert (caught.line, caught.column, caught.offset) == (2, 8, 13)
    caught = error("é: [")
    assert (caught.line, caught.column, caught.offset) == (1, 5, 4)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_nesting_is_limited(opening: str, closing: str) -> None:
    assert read_yaml(opening * 255 + "1" + closing * 255)
    assert "recursion limit exceeded" in error(opening * 256 + "1" + closing * 256).message
    assert "recursion limit exceeded" in error(opening * 1_000_000).message


@given(strings)
def test_strings_in_every_style(text: str) -> None:
    for style in ("'", '"', "|", ">"):
        written = yaml.dump([text, text], Dumper=yaml.CSafeDumper, default_style=style, allow_unicode=True, width=10**6)
        if style == '"' or not any(separator in text for separator in LINE_SEPARATORS + "\x85"):
            assert read_yaml(written) == [text, text]


@given(anything)
def test_what_other_emitters_write(data: Any) -> None:
    doubles = as_doubles(data)
    for flow in (True, False):
        for style in (None, '"'):
            written = yaml.safe_dump(
                _quotable(doubles), default_flow_style=flow, default_style=style, explicit_start=True
            )
            assert as_doubles(read_yaml(written)) == _quotable(doubles)


def _quotable(data: Any) -> Any:
    """Only strings and collections: emitters of YAML 1.1 write other scalars in forms that mean something else in 1.2."""
    if isinstance(data, list):
        return [_quotable(element) for element in data]
    if isinstance(data, dict):
        return {f"_{key}": _quotable(value) for key, value in data.items()}
    return f"_{data}"
