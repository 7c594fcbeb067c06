"""TOML text: the examples of the specification, the forms of strings, and that it is read back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from contractlang.formats.data import Data
from contractlang.formats.toml_data import read_toml
from contractlang.formats.toml_text import write_toml
from export.generated_data import as_doubles, records_without_null


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (
            {"a": 1, "b": {"c": 1, "d": {"e": 2}}, "f": "x", "z": {"y": {"x": True}}},
            'a = 1\nf = "x"\n\n[b]\nc = 1\n\n[b.d]\ne = 2\n\n[z.y]\nx = true\n',
        ),
        (
            {"l": [{"x": 1}, {"x": 2, "y": {"z": 3}}], "m": [[1, 2], [3]], "n": [{"a": 1}, 2], "e": {}},
            (
                "m = [\n    [\n    1,\n    2,\n],\n    [3],\n]\nn = [\n    { a = 1 },\n    2,\n]\n"
                "\n[e]\n\n[[l]]\nx = 1\n\n[[l]]\nx = 2\n\n[l.y]\nz = 3\n"
            ),
        ),
        (
            {"a b": "T", "c.d": 'q"', "e": 'it\'s "q"', "f": "l1\nl2", "g": "a\tb", "h": "x\\y", "é": {}},
            '"a b" = "T"\n"c.d" = \'q"\'\ne = """it\'s "q""""\nf = """\nl1\nl2"""\ng = "a\\tb"\nh = \'x\\y\'\n\n["é"]\n',
        ),
        ({}, ""),
        ({"a": {}}, "[a]\n"),
        ({"a": {"b": {}}}, "[a.b]\n"),
        ({"a": [{}]}, "[[a]]\n"),
        ({"a": [{"b": {"c": 1}}]}, "[[a]]\n\n[a.b]\nc = 1\n"),
        ({"a": []}, "a = []\n"),
        ({"a": [{}, 1]}, "a = [\n    {},\n    1,\n]\n"),
        ({"a": [[{"y": [1], "x": "s"}]]}, 'a = [[{ x = "s", y = [1] }]]\n'),
        ({"": {"b c": 1}}, '[""]\n"b c" = 1\n'),
    ],
)
def test_the_layout(data: dict[str, Data], text: str) -> None:
    assert write_toml(data) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", '""'),
        ("é/", '"é/"'),
        ("\t", '"\\t"'),
        ('"', "'\"'"),
        ("\\\t", "'\\\t'"),
        ("'\"", '"""\'""""'),
        ("'\"\t", '"""\'"\\t"""'),
        ("a\nb\t", '"""\na\nb\\t"""'),
        ("'\\", "''''\\'''"),
        ("\\\n\t", "'''\n\\\n\t'''"),
        ("'''\\", "\"'''\\\\\""),
        ("'''\\\n", '"""\n\'\'\'\\\\\n"""'),
        ('\'\'\'\n"""""""', '"""\n\'\'\'\n""\\"""\\"""""'),
        ("\x00\x1f\x7f\b\f\r", '"\\u0000\\u001F\\u007F\\b\\f\\r"'),
        ("\r\n", '"""\n\\r\n"""'),
        ("\x80\x85\u2028", '"\x80\x85\u2028"'),
    ],
)
def test_strings_take_the_first_form_that_fits(text: str, written: str) -> None:
    assert write_toml({"a": text}) == f"a = {written}\n"


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("a-b_1", "a-b_1"),
        ("", '""'),
        ("a.b", '"a.b"'),
        ('a"', "'a\"'"),
        ("a\nb", '"a\\nb"'),
        ("'\"", '"\'\\""'),
        ("\t", '"\\t"'),
        ("\\\t", "'\\\t'"),
        ("é", '"é"'),
    ],
)
def test_keys(key: str, written: str) -> None:
    assert write_toml({key: 1}) == f"{written} = 1\n"
    assert write_toml({"t": {key: {}}}) == f"[t.{written}]\n"


def test_deep_data_needs_no_stack() -> None:
    arrays: Any = 1
    tables: Any = {}
    for _ in range(3_000):
        arrays = [{"k": arrays}, 0]
        tables = {"k": tables}
    assert write_toml({"a": arrays}).count("k = ") == 3_000
    assert write_toml(tables) == "[" + ".".join(["k"] * 3_000) + "]\n"


@given(records_without_null)
def test_what_is_written_is_read_again(data: dict[str, Any]) -> None:
    assert as_doubles(read_toml(write_toml(data), "deserialize")) == as_doubles(data)
