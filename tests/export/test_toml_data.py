"""TOML as data: both modes, what may be defined where, errors; the standard library's reader as a second opinion."""

from __future__ import annotations

import datetime as dt
import tomllib
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.formats.data import Data, DataError
from contractlang.formats.toml_data import read_toml
from contractlang.formats.toml_text import write_toml
from contractlang.text.numbers import float_to_number
from export.generated_data import as_doubles, records_without_null


def error(text: str) -> DataError:
    with pytest.raises(DataError) as caught:
        read_toml(text, "deserialize")
    return caught.value


def value(written: str) -> Data:
    return read_toml(f"a = {written}", "deserialize")["a"]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", {}),
        ("# c\n\n \t\n", {}),
        ("a.b = 1\n[[c]]\nd = 1.5\n", {"a": {"b": 1}, "c": [{"d": Fraction(3, 2)}]}),
        ("a = {\n  b = 1, # c\n\n  c.d = 2,\n}", {"a": {"b": 1, "c": {"d": 2}}}),
        ('"a" = 1\n\'b\' = 2\n"" = 3\n1.5 = 4\n', {"a": 1, "b": 2, "": 3, "1": {"5": 4}}),
        ("a . \"b c\" . 'd' = 1", {"a": {"b c": {"d": 1}}}),
        ("[ a . b ] # c\nc=1\r\n[d]", {"a": {"b": {"c": 1}}, "d": {}}),
        ("a = [\n1, # c\n2\n,\n]", {"a": [1, 2]}),
        ("\ufeffa = 1", {"a": 1}),
    ],
)
def test_data(text: str, data: Data) -> None:
    assert read_toml(text, "deserialize") == data
    assert read_toml(text, "import") == data


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("+5", 5),
        ("-0", 0),
        ("1_000", 1000),
        ("0x1_f", 31),
        ("0o17", 15),
        ("0b11", 3),
        ("1.5_0", Fraction(3, 2)),
        ("1e5", 100000),
        ("1E+0_5", 100000),
        ("-0.0", 0),
        ("1e-400", 0),
        ("0.3333333333333333", Fraction(1, 3)),
        ("170141183460469231731687303715884105728", 2**127),
        ("-170141183460469231731687303715884105728", -(2**127)),
        ("0xffffffffffffffffffffffffffffffff", 2**128 - 1),
        ("true", True),
        ('"\\e\\x41\\u00e9\\U0001F600\\\\"', "\x1bAé😀\\"),
        ("'a\\n\t'", "a\\n\t"),
        ('"""\nx\r\ny"""', "x\r\ny"),
        ('"""x\\  \n\n  y"""', "xy"),
        ("'''\nx'''", "x"),
        ('""""x"""""', '"x""'),
        ("''''x'''''", "'x''"),
        ('""""""', ""),
    ],
)
def test_values(written: str, expected: Data) -> None:
    assert value(written) == expected
    assert type(value(written)) is type(expected)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2020-01-01", "2020-01-01"),
        ("2020-02-29 # c", "2020-02-29"),
        ("0000-02-29", "0000-02-29"),
        ("07:30", "07:30"),
        ("07:30:00.500", "07:30:00.5"),
        ("07:30:00.000", "07:30:00"),
        ("07:30:00.1234567891", "07:30:00.123456789"),
        ("23:59:60", "23:59:60"),
        ("2020-01-01T07:30", "2020-01-01T07:30"),
        ("2020-01-01t07:30:00z", "2020-01-01T07:30:00Z"),
        ("2020-01-01 07:30Z", "2020-01-01T07:30Z"),
        ("2020-01-01 07:30:00-00:00", "2020-01-01T07:30:00+00:00"),
        ("2020-01-01T07:30:00+14:30", "2020-01-01T07:30:00+14:30"),
    ],
)
def test_date_times(written: str, text: str) -> None:
    assert value(written) == {"$__toml_private_datetime": text}
    assert read_toml(f"a = [{written}\n]", "import") == {"a": [text]}


def test_modes_differ_in_numbers() -> None:
    assert read_toml("a = 0.1", "import") == {"a": Fraction(0.1)}
    assert read_toml("a = 0.1", "deserialize") == {"a": Fraction(1, 10)}
    assert read_toml("a = 9223372036854775807", "import") == {"a": 2**63 - 1}
    with pytest.raises(DataError) as caught:
        read_toml("a = 9223372036854775808", "import")
    assert caught.value.details == "integer number overflowed"
    assert read_toml("a = 9223372036854775808", "deserialize") == {"a": 2**63}


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("[a.b]\n[a]\nc=1", {"a": {"b": {}, "c": 1}}),
        ("[a.b.c]\n[a]\nb.x=1", {"a": {"b": {"c": {}, "x": 1}}}),
        ("[a]\nb.c=1\n[a.b.d]\ne=1", {"a": {"b": {"c": 1, "d": {"e": 1}}}}),
        ("a.b.c=1\n[a.d]", {"a": {"b": {"c": 1}, "d": {}}}),
        ("[[a]]\nb=1\n[[a]]\nb=2\n[a.c]\nd=1", {"a": [{"b": 1}, {"b": 2, "c": {"d": 1}}]}),
        ("[[x]]\n[x.y]\n[[x]]\n[x.y]", {"x": [{"y": {}}, {"y": {}}]}),
        ("[[x]]\n[[x.y]]\n[[x.y]]", {"x": [{"y": [{}, {}]}]}),
        ("[[x.y]]\n[x]\nz=1", {"x": {"y": [{}], "z": 1}}),
        ("[[a]]\nb.c=1\n[[a.b.d]]", {"a": [{"b": {"c": 1, "d": [{}]}}]}),
    ],
)
def test_tables_in_pieces(text: str, data: Data) -> None:
    assert read_toml(text, "import") == data


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("a = 1\na = 2", 2, 1, "duplicate key `a`"),
        ("a.b = 1\na = 2", 2, 1, "duplicate key `a`"),
        ("a = 1\na.b = 2", 2, 1, "`a` cannot get fields here: it is no table"),
        ("[a]\n[a]", 2, 2, "duplicate key `a`"),
        ("[a]\n[[a]]", 2, 3, "duplicate key `a`"),
        ("[[a]]\n[a]", 2, 2, "duplicate key `a`"),
        ("a = []\n[[a]]", 2, 3, "duplicate key `a`"),
        ("a = [{}]\n[a.b]", 2, 2, "`a` cannot get fields here: it is an array"),
        ("a = {}\n[a.b]", 2, 2, "`a` cannot get fields here: it is an inline table, which is complete"),
        ("a = {b = 1}\na.c = 2", 2, 1, "`a` cannot get fields here: it is an inline table, which is complete"),
        ("[a.b.c]\n[a]\nb.c.t = 1", 3, 3, "duplicate key `c`: it is defined by a header"),
        ("[[a.b]]\n[a]\nb.y = 2", 3, 1, "duplicate key `b`: it is defined by a header"),
        ("a.b.c = 1\n[a]", 2, 2, "duplicate key `a`"),
        ("[a.b.c]\n[a]\nb.x = 1\n[a.b]", 4, 4, "duplicate key `b`"),
        ("a = {b = 1, b = 2}", 1, 13, "duplicate key `b`"),
        ("a = {b = {}, b.c = 1}", 1, 14, "`b` cannot get fields here: it is an inline table, which is complete"),
        ("a", 1, 2, "expected `=` and a value"),
        ("a =", 1, 4, "expected a value"),
        ("a = \n", 1, 5, "expected a value"),
        ("= 1", 1, 1, "expected a key: letters, digits, `-` and `_`, or anything in quotes"),
        ("é = 1", 1, 1, "expected a key: letters, digits, `-` and `_`, or anything in quotes"),
        ("[]", 1, 2, "expected a key: letters, digits, `-` and `_`, or anything in quotes"),
        ("[a", 1, 3, "expected `]`"),
        ("[[a] ]", 1, 4, "expected `]]`"),
        ("a = 1 b = 2", 1, 7, "expected the end of the line"),
        ('a = "é" x', 1, 9, "expected the end of the line"),
        ("a = 1 # \x01", 1, 9, "control character U+0001 in a comment"),
        ("a = 1\rb = 2", 1, 6, "a carriage return must be followed by a line feed"),
        ("a = [1 2]", 1, 8, "expected `,` or `]`"),
        ("a = [1,,2]", 1, 8, "expected a value"),
        ("a = [1", 1, 7, "expected `]`"),
        ("a = {b = 1", 1, 11, "expected `}`"),
        ("a = {,}", 1, 6, "expected a key: letters, digits, `-` and `_`, or anything in quotes"),
        ('a = "x', 1, 7, 'the string is not closed, expected `"`'),
        ("a = 'x\ny'", 1, 7, "the string is not closed, expected `'`"),
        ('a = """x', 1, 9, 'the string is not closed, expected `"""`'),
        ('a = "\x01"', 1, 6, "control character U+0001 in a string must be escaped"),
        ('a = "\\q"', 1, 6, "unknown escape; write `\\\\` for a backslash"),
        ('a = "\\ud800"', 1, 6, "`\\u` must be followed by the digits of a Unicode scalar value"),
        ('a = "\\x4"', 1, 6, "`\\x` must be followed by the digits of a Unicode scalar value"),
        ('"""a""" = 1', 1, 1, "keys cannot be multi-line strings"),
        ("a = nan", 1, 5, "couldn't convert NaN to a Nickel number: Nickel doesn't support NaN nor infinity"),
        ("a = -inf", 1, 5, "couldn't convert -inf to a Nickel number: Nickel doesn't support NaN nor infinity"),
        ("a = 1e400", 1, 5, "floating-point number overflowed"),
        ("a = 340282366920938463463374607431768211456", 1, 5, "integer number overflowed"),
        ("a = " + "9" * 5000, 1, 5, "integer number overflowed"),
        ("a = 01", 1, 5, "invalid number; leading zeros are not allowed"),
        ("a = 1__0", 1, 5, "invalid number; `_` may only stand between digits"),
        ("a = .5", 1, 5, "invalid number"),
        ("a = 1.", 1, 5, "invalid number"),
        ("a = +0x1", 1, 5, "invalid number"),
        ("a = True", 1, 5, "booleans are written in lower case: `true`"),
        ("a = yes", 1, 5, "string values must be quoted"),
        ("a = 2021-02-29", 1, 5, "invalid day, expected 01 to 28"),
        ("a = 2021-13-01", 1, 5, "invalid month, expected 01 to 12"),
        ("a = 24:00", 1, 5, "invalid hour, expected 00 to 23"),
        ("a = 23:59:61", 1, 5, "invalid second, expected 00 to 60"),
        ("a = 2021-01-01T00:00+24:00", 1, 5, "invalid offset hour, expected 00 to 23"),
        ("a = 7:30", 1, 5, "invalid date or time; expected a form like 1979-05-27T07:32:00Z, 1979-05-27 or 07:32"),
        ("a = 12:30:00Z", 1, 5, "invalid date or time; expected a form like 1979-05-27T07:32:00Z, 1979-05-27 or 07:32"),
    ],
)
def test_errors(text: str, line: int, column: int, reason: str) -> None:
    caught = error(text)
    assert caught.message == f"toml parse error: TOML parse error at line {line}, column {column}"
    assert caught.details == reason
    assert (caught.line, caught.column) == (line, column)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a=", "}")])
def test_nesting_is_limited(opening: str, closing: str) -> None:
    assert value(opening * 80 + "1" + closing * 80)
    assert error("a = " + opening * 81 + "1" + closing * 81).details == "recursion limit exceeded"
    assert error("a = " + opening * 1_000_000).details == "recursion limit exceeded"


def test_keys_are_limited() -> None:
    assert read_toml(".".join(["a"] * 80) + " = 1", "import")
    assert error(".".join(["a"] * 81) + " = 1").details == "recursion limit exceeded"
    assert error("[" + ".".join(["a"] * 81) + "]").details == "recursion limit exceeded"


@given(records_without_null)
def test_the_standard_library_reads_what_we_write(data: dict[str, Any]) -> None:
    text = write_toml(data)
    assert as_doubles(_converted(tomllib.loads(text))) == as_doubles(data)


KEYS = ["a", "b", "a.b", "a.c", "a.b.c", "b.a", '"q r"', "a.'x.y'", "1"]
VALUES = [
    *(
        "1",
        "1.5",
        "0.1",
        "true",
        '"s"',
        "[1, 2]",
        "[\n1,\n]",
        "{a = 1}",
        "{a.b = 1}",
        "[{a=1},{b=2}]",
        "[]",
        "{}",
        "07:30:00",
    ),
    *("2020-01-01", "2020-01-01 07:30:00Z", "1.", '"x', "é", "01", '"""m\nn"""', "'''\no'''"),
]
lines = st.one_of(
    st.builds("{} = {}".format, st.sampled_from(KEYS), st.sampled_from(VALUES)),
    st.builds("[{}]".format, st.sampled_from(KEYS)),
    st.builds("[[{}]]".format, st.sampled_from(KEYS)),
    st.sampled_from(["# c", "", "\ta = 2", "[a", "a = 1 # x"]),
)


@given(st.lists(lines, max_size=6))
def test_what_the_standard_library_reads(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert _without_date_times(read_toml(text, "deserialize")) == _converted(expected)


def _converted(data: Any) -> Any:
    if isinstance(data, list):
        return [_converted(element) for element in data]
    if isinstance(data, dict):
        return {key: _converted(entry) for key, entry in data.items()}
    if isinstance(data, float):
        return float_to_number(data)
    return "date-time" if isinstance(data, dt.date | dt.time) else data


def _without_date_times(data: Any) -> Any:
    if isinstance(data, list):
        return [_without_date_times(element) for element in data]
    if isinstance(data, dict):
        if "$__toml_private_datetime" in data:
            return "date-time"
        return {key: _without_date_times(entry) for key, entry in data.items()}
    return data
