"""Strategies for plain data with the strings and numbers that formats find hard."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from contractlang.text.numbers import number_to_float

LINE_SEPARATORS = "\u2028\u2029"
NASTY = (
    "aAbz019 _-+.eExXoO~:#,[]{}&*!|>'\"%@`?=<\\/$;\n\n\n\t\r  \x00\x07\x08\x0b\x0c\x1b\x1f\x7f\x80\x85\x9f\xa0é漢ß"
    "\u0300\u200d\ud7ff\ue000\ufeff\ufffd\ufffe\uffff😀\U0001fffe\U0010ffff" + LINE_SEPARATORS
)
WORDS = [
    *("null", "Null", "NULL", "~", "true", "True", "TRUE", "tRue", "yes", "no", "on", "off", "y", "n", "inf", "NaN"),
    *(
        "0x1f",
        "-0x1",
        "0xZZ",
        "0o17",
        "0o8",
        "0b11",
        "017",
        "00",
        "1_000",
        "+1",
        "++1",
        "+-1",
        "1e3",
        "12e03",
        "5.",
        ".5",
    ),
    *("1e400", "1e-400", "1.5.5", ".inf", "-.inf", "+.Inf", ".nan", "-.nan", ".", "..", "-", "--", "?", ":", "=", "<<"),
    *("---", "...", "--- a", "...a", "- a", "-a", "? a", "?a", ": a", ":a", "a: b", "a:", "a :b", " #x", "a #b", "a#b"),
    *(
        "2020-01-01",
        "2020-01-01 07:30",
        "1:30",
        "#c",
        "!x",
        "&x",
        "*x",
        "%x",
        "@x",
        "`x",
        "'x",
        '"x',
        "it's",
        "[a]",
        "{a}",
    ),
    *('"""', "'''", '""', "''", '""""', "''''", 'a"""b', "a\\b", "a\\nb", "\\", "$__toml_private_datetime"),
    *(
        "\n",
        "\n\n",
        "a\n",
        "\na",
        " a\n",
        "a \nb",
        "a\n b",
        "a\n\n",
        "a\nb",
        " ",
        "  ",
        "a ",
        " a",
        "\t",
        "a\tb",
        "\r\n",
    ),
    *("x" * 127, "x" * 128, "x" * 129, "é" * 64, "é" * 65, "é" * 64 + "x"),
]

strings = st.one_of(
    st.sampled_from(WORDS),
    st.text(alphabet=NASTY, max_size=7),
    st.builds("{}{}{}".format, st.sampled_from(WORDS), st.sampled_from(NASTY), st.sampled_from(WORDS)),
)

integers = st.one_of(
    st.integers(-100, 100),
    st.integers(-(2**70), 2**70),
    st.sampled_from([2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, 10**15, 10**16, 10**17 + 1]),
)


def _number(numerator: int, denominator: int) -> int | Fraction:
    value = Fraction(numerator, denominator)
    return value.numerator if value.denominator == 1 else value


numbers = st.one_of(
    integers,
    st.builds(_number, st.integers(-(10**7), 10**7), st.sampled_from([2, 3, 7, 10, 100, 1000, 10**7, 10**20])),
    st.builds(lambda digits, shift: _number(digits, 2**shift), st.integers(1, 2**60), st.integers(1, 110)),
    st.builds(
        lambda digits, power, divisor: _number(digits * 10**power, divisor),
        st.integers(-(10**30), 10**30),
        st.integers(0, 270),
        st.integers(1, 10**20),
    ),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda value: _number(*value.as_integer_ratio())),
)


def nested(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(strings, inner, max_size=3),
            st.lists(st.dictionaries(strings, inner, max_size=2), min_size=1, max_size=2),
        ),
        max_leaves=8,
    )


without_null = nested(st.one_of(strings, numbers, st.booleans()))
anything = nested(st.one_of(strings, numbers, st.booleans(), st.none()))
records_without_null = st.dictionaries(strings, without_null, max_size=3)


def as_doubles(data: Any) -> Any:
    """Data with every number as the nearest double, to compare what went through text, which rounds long numbers."""
    if isinstance(data, list):
        return [as_doubles(element) for element in data]
    if isinstance(data, dict):
        return {key: as_doubles(value) for key, value in data.items()}
    return number_to_float(data) if type(data) in {int, Fraction} else data
