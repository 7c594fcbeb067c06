"""What is read, value for value as the reference reads it; and what is an error.

YAML is read by different parsers. What one accepts and the other does not is listed here by the texts of the errors.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contractlang.formats.data import Data, DataError, Duplicates
from contractlang.formats.json_data import read_json
from contractlang.formats.json_text import write_json
from contractlang.formats.toml_data import read_toml
from contractlang.formats.toml_text import write_toml
from contractlang.formats.yaml_data import read_yaml
from contractlang.formats.yaml_text import write_yaml
from export.generated_data import WORDS, anything, records_without_null
from export.reference import ReferenceCrash, ReferenceFailure, literal, needs_reference, run, string_literal

pytestmark = needs_reference

NOTHING = re.compile("(?!)")


def check(
    format: str,
    text: str,
    read: Callable[[str], Data],
    *,
    only_we_refuse: re.Pattern[str] = NOTHING,
    only_they_refuse: re.Pattern[str] = NOTHING,
) -> None:
    """Both read the same value or both find an error, except for the given errors."""
    ours: Data | DataError
    try:
        ours = read(text)
    except DataError as error:
        ours = error
    if isinstance(ours, DataError):
        comparison = "true"
    elif has_duplicates(ours):
        return  # merged by the evaluator
    else:
        comparison = f"data == {literal(ours)}"
    refusal = None
    same = False
    try:
        same = run(f"let data = std.deserialize '{format} {string_literal(text)} in std.seq data ({comparison})")
    except ReferenceCrash:
        return
    except ReferenceFailure as failure:
        refusal = failure.headline
    if isinstance(ours, DataError):
        assert refusal or only_we_refuse.search(ours.message), f"{ours!r}, but the reference accepts it"
    elif refusal:
        assert only_they_refuse.search(refusal), f"{ours!r}, but the reference says: {refusal}"
    else:
        assert same, f"{ours!r} is not what the reference reads"


def has_duplicates(data: Data) -> bool:
    if isinstance(data, list):
        return any(has_duplicates(element) for element in data)
    if isinstance(data, dict):
        return any(has_duplicates(value) for value in data.values())
    return isinstance(data, Duplicates)


# JSON

JSON_TOKENS = [
    *("{", "}", "[", "]", ",", ":", '"a"', '"b":', '"a":1', "1", "0", "-", "-0", "1.5", "1e5", "1e400", "1e-400", "01"),
    *(
        "+1",
        "1.",
        ".",
        "E+",
        '"',
        "\\",
        "\\u",
        "d800",
        '"\\ud83d\\ude00"',
        '"\\n"',
        '"\\x"',
        "true",
        "nul",
        "null",
        "NaN",
    ),
    *("123456789012345678901", "12345678901234567890.123", "0.1234567890123456789", "\ufeff", "\0", "\n", " ", "\t"),
    *("[1,2]", "{}", "[]", '"é"', "é", "1E99999999999"),
]
json_texts = st.lists(st.sampled_from(JSON_TOKENS), max_size=7).map("".join)


@settings(max_examples=200)
@given(json_texts)
def test_json(text: str) -> None:
    check("Json", text, lambda text: read_json(text, "deserialize"))


@settings(max_examples=150)
@given(st.builds("{}{}".format, st.sampled_from(["", '[1, {"a": ', '{"é": [', '"']), json_texts))
def test_json_errors_are_worded_as_in_the_reference(text: str) -> None:
    try:
        read_json(text, "deserialize")
    except DataError as error:
        headline = error.message
    else:
        return
    with pytest.raises(ReferenceFailure) as caught:
        run(f"std.deserialize 'Json {string_literal(text)}")
    assert caught.value.headline == headline


decimals = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "-"]),
    st.one_of(st.just("0"), st.integers(1, 10**25).map(str)),
    st.one_of(st.just(""), st.just(".50"), st.integers(0, 10**22).map(lambda digits: f".{digits:018}")),
    st.one_of(st.just(""), st.just("E+2"), st.integers(-340, 270).map(lambda exponent: f"e{exponent}")),
)


@settings(max_examples=30)
@given(st.lists(decimals, min_size=40, max_size=60))
def test_json_numbers(texts: list[str]) -> None:
    data = read_json("[" + ",".join(texts) + "]", "deserialize")
    assert type(data) is list
    values = ", ".join(f"std.deserialize 'Json {string_literal(text)}" for text in texts)
    assert run(f"std.array.zip_with (fun x y => x == y) [{values}] {literal(data)}") == [True] * len(texts)


@settings(max_examples=60)
@given(data=anything)
def test_imported_json(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    text = write_json(data)
    folder = saved(tmp_path_factory, "data.json", text)
    assert run(f'(import "data.json") == {literal(read_json(text, "import"))}', [str(folder)])


def saved(tmp_path_factory: pytest.TempPathFactory, name: str, text: str) -> Path:
    folder = tmp_path_factory.getbasetemp()
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


# TOML

TOML_KEYS = ["a", "b", "a.b", "a.c", "a.b.c", "b.a", '"q r"', "'s'", "a.'x.y'", "1", "a . b"]
TOML_VALUES = [
    *(
        "1",
        "-5",
        "0x1f",
        "1.5",
        "1e3",
        "0.1",
        "true",
        '"s"',
        "'l'",
        '"""m\nn"""',
        "'''o\np'''",
        "[1, 2]",
        "[\n1,\n2,\n]",
    ),
    *("{a = 1}", "{a.b = 1, c = {}}", "{\nx = 1,\n}", "[{a=1},{b=2}]", "[]", "{}", "1_000", "2020-01-01", "07:30"),
    *("2020-01-01 07:30:00.10Z", "99999999999999999999", "1.", "inf", '"x', "[1", "{a", "é", "01", "1__0", "1e400"),
    *('"\\u00e9\\x41"', "2021-02-29", "yes", '"\\ud800"', '"""a\\\n  b"""', '""""a"""""', "''"),
]
toml_lines = st.one_of(
    st.builds("{} = {}".format, st.sampled_from(TOML_KEYS), st.sampled_from(TOML_VALUES)),
    st.builds("[{}]".format, st.sampled_from(TOML_KEYS)),
    st.builds("[[{}]]".format, st.sampled_from(TOML_KEYS)),
    st.sampled_from(
        ["# c", "", "  ", "# \x01", "[a", "a]", "= 1", "a = 1 # x", "\tb=2", "a = 1 b = 2", "a = 1\r", "a = [1 2]"]
    ),
)


@settings(max_examples=300)
@given(st.lists(toml_lines, min_size=1, max_size=6).map("\n".join))
def test_toml(text: str) -> None:
    check("Toml", text, lambda text: read_toml(text, "deserialize"))


@settings(max_examples=60)
@given(data=records_without_null)
def test_imported_toml(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    text = write_toml(data)
    folder = saved(tmp_path_factory, "data.toml", text)
    try:
        comparison = f'(import "data.toml") == {literal(read_toml(text, "import"))}'
    except DataError:  # an integer of more than 64 bits
        with pytest.raises(ReferenceFailure):
            run('import "data.toml"', [str(folder)])
    else:
        assert run(comparison, [str(folder)])


# YAML

YAML_SCALARS = [
    *(
        "0x7fffffffffffffff",
        "0x8000000000000000",
        "0x-5",
        "0o-7",
        "+0x5",
        "+-1.5",
        "-0",
        "00.50",
        "1e05",
        "0o777",
        "!!str 1",
    ),
    *(
        "!!int 5",
        "!!int x",
        "!!float 1",
        "!!bool true",
        "!!bool yes",
        "!!null ~",
        "!foo 1",
        "! a",
        "!!foo a",
        "'a'",
        '"\\x41"',
    ),
]
YAML_TOKENS = [
    *(
        "- ",
        "- - ",
        "a: ",
        "b: ",
        "c:",
        "? ",
        "\n",
        "\n  ",
        "\n    ",
        "\n- ",
        "\n  - ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "&x v",
        "*x",
    ),
    *(
        "!!str 1",
        "!foo b",
        '"q"',
        "'s'",
        "1",
        "~",
        "true",
        "0x1f",
        "|\n  x\n",
        ">-\n  x\n",
        "---\n",
        "# c",
        "é",
        " ",
        ":",
    ),
    *("x y", "<<: ", '"a\\nb"', "a\nb", "key: v\n", "- i\n", '""', "\u2028", "\x85", "\x07", "\r\n", "@", "yes"),
]
ONLY_LIBYAML_REFUSES = re.compile(
    "cannot start any token|expected <document start>|expected key|expected node content|found unexpected ':'"
    "|expected ',' or|expected alphabetic or numeric character|expected comment or line break"
)
ONLY_SAPHYR_REFUSES = re.compile(
    "invalid indentation|unexpected end of plain scalar|did not find expected <document start>|did not find expected key"
    "|must be followed by a valid YAML whitespace|comments must be separated|plain scalar cannot start with"
)


def check_yaml(text: str) -> None:
    check("Yaml", text, read_yaml, only_we_refuse=ONLY_LIBYAML_REFUSES, only_they_refuse=ONLY_SAPHYR_REFUSES)


@settings(max_examples=150)
@given(st.one_of(st.sampled_from(YAML_SCALARS), st.from_regex(r"\A[-+0-9.eExo_]{1,6}\Z"), st.sampled_from(WORDS)))
def test_yaml_scalars(text: str) -> None:
    if re.search(r"[eE][-+]?\d{4}", text):
        return  # the reference computes these powers, however long it takes
    if re.fullmatch(r"[&!]\w*", text):
        return  # null with an anchor or tag: the reference makes it an empty string
    check_yaml(f"- {text}\n- a: {text}\n")
    if not text.startswith("?"):  # which libyaml takes for the mark of a key, even without a space after it
        check_yaml(f"[a, {text}, b]\n")


@settings(max_examples=350)
@given(st.lists(st.sampled_from(YAML_TOKENS), min_size=1, max_size=8).map("".join))
@example("a: |2\n   x")
@example("- &x [1]\n- *x")
def test_yaml(text: str) -> None:
    check_yaml(text)


@settings(max_examples=60)
@given(anything)
def test_yaml_that_we_wrote(data: Any) -> None:
    text = write_yaml(data)
    check("Yaml", text, read_yaml)


@settings(max_examples=50)
@given(st.lists(anything, max_size=4))
def test_yaml_in_flow_style(data: list[Any]) -> None:
    check("Yaml", write_json(data), read_yaml)


@settings(max_examples=50)
@given(st.fractions(max_denominator=10**30))
def test_yaml_numbers(value: Fraction) -> None:
    check("Yaml", f"{float(value)!r}", read_yaml)
