"""JSON as data: both modes, every error with its place, deep and large texts."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.formats.data import Data, DataError, Duplicates
from contractlang.formats.json_data import is_nested_at_most, read_json
from export.generated_data import anything, strings

MODES: list[Literal["import", "deserialize"]] = ["import", "deserialize"]


def error(text: str, mode: Literal["import", "deserialize"] = "deserialize") -> DataError:
    with pytest.raises(DataError) as caught:
        read_json(text, mode)
    return caught.value


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("text", "data"),
    [
        (' {"a": [1, 2.5, "x"], "b": {"c": null}} \n', {"a": [1, Fraction(5, 2), "x"], "b": {"c": None}}),
        ("[true, false, null, {}, []]", [True, False, None, {}, []]),
        ("5", 5),
        ('"\\ud83d\\ude00\\u00e9\\n\\/"', "😀é\n/"),
        ('"\\\\ud83d"', "\\ud83d"),
        ("\t\r\n1", 1),
        ("[1e2, 1E+2, 100.0, -0, -0.0, 0e9]", [100, 100, 100, 0, 0, 0]),
        ("18446744073709551615", 18446744073709551615),
        ("-9223372036854775808", -9223372036854775808),
        ("0.1", Fraction(1, 10)),
        ('"\x7f\u2028"', "\x7f\u2028"),
    ],
)
def test_data(text: str, data: Data, mode: Literal["import", "deserialize"]) -> None:
    result = read_json(text, mode)
    assert result == data
    assert type(result) is type(data)


def test_modes_differ_in_numbers() -> None:
    assert read_json("0.3333333333333333", "import") == Fraction("0.3333333333333333")
    assert read_json("0.3333333333333333", "deserialize") == Fraction(1, 3)
    assert read_json("123456789012345678901", "import") == 123456789012345678901
    assert read_json("123456789012345678901", "deserialize") == 123456789012345667584
    assert read_json("1e309", "import") == 10**309
    assert error("1e309").message == "json parse error: number out of range at line 1 column 5"
    # The reference's decimal parser does not round correctly (stdlib.md §12).
    assert read_json("1.4142135623730951", "deserialize") == Fraction(131836323, 93222358)
    assert read_json("0.9541864645784335", "deserialize") != Fraction(165951171, 173919016)
    assert read_json("1e-400", "deserialize") == 0


def test_modes_differ_in_repeated_keys() -> None:
    text = '{"a": {"x": 1}, "b": 0, "a": {"y": 2}, "a": 3}'
    assert read_json(text, "deserialize") == {"a": 3, "b": 0}
    assert read_json(text, "import") == {"a": Duplicates([{"x": 1}, {"y": 2}, 3]), "b": 0}


def test_long_numbers() -> None:
    digits = "7" * 20_000
    value = read_json(f"[{digits}, 0.{digits}]", "import")
    assert value == [7 * (10**20_000 - 1) // 9, Fraction(7 * (10**20_000 - 1) // 9, 10**20_000)]
    assert error("[1, 1e1000001]", "import").message == "json parse error: number out of range at line 1 column 13"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("  ", "EOF while parsing a value at line 1 column 2"),
        ("{", "EOF while parsing an object at line 1 column 1"),
        ("[", "EOF while parsing a list at line 1 column 1"),
        ("[1", "EOF while parsing a list at line 1 column 2"),
        ("[1,", "EOF while parsing a value at line 1 column 3"),
        ('{"a"', "EOF while parsing an object at line 1 column 4"),
        ('{"a":', "EOF while parsing a value at line 1 column 5"),
        ('{"a":1', "EOF while parsing an object at line 1 column 6"),
        ('{"a":1,', "EOF while parsing a value at line 1 column 7"),
        ('"a', "EOF while parsing a string at line 1 column 2"),
        ('"a\\', "EOF while parsing a string at line 1 column 3"),
        ('"\\u12', "EOF while parsing a string at line 1 column 5"),
        ('"\\ud83d', "EOF while parsing a string at line 1 column 7"),
        ("tru", "EOF while parsing a value at line 1 column 3"),
        ("-", "EOF while parsing a value at line 1 column 1"),
        ("1.", "EOF while parsing a value at line 1 column 2"),
        ("1e", "EOF while parsing a value at line 1 column 2"),
        ("x", "expected value at line 1 column 1"),
        ("[\n  nul]", "expected ident at line 2 column 6"),
        ("NaN", "expected value at line 1 column 1"),
        ("[Infinity]", "expected value at line 1 column 2"),
        ("-Infinity", "invalid number at line 1 column 2"),
        ("\ufeff1", "expected value at line 1 column 1"),
        ("// c", "expected value at line 1 column 1"),
        ("{a: 1}", "key must be a string at line 1 column 2"),
        ('{"a":1,b}', "key must be a string at line 1 column 8"),
        ("[1,]", "trailing comma at line 1 column 4"),
        ('{"a":1,}', "trailing comma at line 1 column 8"),
        ("[1 2]", "expected `,` or `]` at line 1 column 4"),
        ('{"a":1 "b"}', "expected `,` or `}` at line 1 column 8"),
        ('{"a" 1}', "expected `:` at line 1 column 6"),
        ("1 2", "trailing characters at line 1 column 3"),
        ('["é" x]', "expected `,` or `]` at line 1 column 7"),
        ("[01]", "invalid number at line 1 column 3"),
        ("+1", "expected value at line 1 column 1"),
        ("1.e5", "invalid number at line 1 column 3"),
        ("1e+x", "invalid number at line 1 column 4"),
        ("1e9999999999", "number out of range at line 1 column 12"),
        ('"\\x"', "invalid escape at line 1 column 3"),
        ('"\\u12g4"', "invalid escape at line 1 column 7"),
        ('"\\ud800"', "unexpected end of hex escape at line 1 column 8"),
        ('"\\ud800\\n"', "unexpected end of hex escape at line 1 column 9"),
        ('"\\ud800\\ud800"', "lone leading surrogate in hex escape at line 1 column 13"),
        ('"\\udc00"', "lone leading surrogate in hex escape at line 1 column 7"),
        ('"\\\\ud83d\\ude00"', "lone leading surrogate in hex escape at line 1 column 14"),
        ('"a\tb"', "control character (\\u0000-\\u001F) found while parsing a string at line 1 column 3"),
        ('"a\nb"', "control character (\\u0000-\\u001F) found while parsing a string at line 2 column 0"),
    ],
)
def test_errors(text: str, message: str) -> None:
    assert error(text).message == f"json parse error: {message}"


def test_places_of_errors_count_code_points() -> None:
    caught = error('{"é😀": 1,\n "é😀": x}')
    assert caught.message == "json parse error: expected value at line 2 column 12"
    assert (caught.line, caught.column, caught.offset) == (2, 8, 17)
    end = error("[1,\n")
    assert (end.line, end.column, end.offset) == (2, 1, 4)


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"b":'])
def test_nesting_is_limited_when_deserializing(opening: str) -> None:
    levels = opening.count("[") + opening.count("{")
    closing = "".join("]" if bracket == "[" else "}" for bracket in reversed(opening) if bracket in "[{")
    fitting = 127 // levels
    assert read_json(opening * fitting + "1" + closing * fitting, "deserialize")
    assert "recursion limit exceeded" in error(opening * (fitting + 1) + "1" + closing * (fitting + 1)).message


def test_imported_files_nest_as_deep_as_they_like() -> None:
    depth = 100_000
    data = read_json("[" * depth + '{"a": [1, 2]}' + "]" * depth, "import")
    for _ in range(depth):
        assert type(data) is list
        data = data[0]
    assert data == {"a": [1, 2]}
    assert error("[" * depth, "import").message.startswith("json parse error: EOF while parsing a list")


def test_brackets_in_strings_do_not_hide_depth() -> None:
    # Every level has a string with closing brackets and an escaped quote.
    text = '["]\\"}}",' * 200 + "1" + "]" * 200
    assert "recursion limit exceeded" in error(text).message
    assert not is_nested_at_most(text, 199)
    assert is_nested_at_most('["[[[[[[", "\\\\", "]"]' * 50, 4)
    flat = "[" + ",".join(['{"a": ["[", "\\"]"]}'] * 1000) + "]"
    assert is_nested_at_most(flat, 10)
    assert read_json(flat, "deserialize") == json.loads(flat)


@given(anything)
def test_what_the_standard_library_reads(data: Any) -> None:
    text = json.dumps(data, default=float)
    expected = json.loads(text, parse_float=lambda digits: _number(Fraction(digits)))
    assert read_json(text, "import") == expected


def _number(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


@given(
    st.lists(
        st.sampled_from(
            [
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                '"a"',
                '"b":',
                "1",
                "-0.5e1",
                "tru",
                "true",
                "null",
                '"',
                "\\",
                "\\u",
                "é",
                "\n",
                "01",
            ],
        ),
        max_size=9,
    ),
)
def test_agreement_with_the_standard_library_on_what_is_json(tokens: list[str]) -> None:
    text = "".join(tokens)
    try:
        expected = json.loads(text, parse_float=lambda digits: _number(Fraction(digits)))
    except json.JSONDecodeError:
        for mode in MODES:
            error(text, mode)
    else:
        assert read_json(text, "deserialize") == expected


@given(strings)
def test_strings(text: str) -> None:
    for written in (json.dumps(text), json.dumps(text, ensure_ascii=False)):
        assert read_json(written, "import") == read_json(written, "deserialize") == text
