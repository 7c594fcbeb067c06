from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.text.errors import TextError
from contractlang.text.numbers import number_exact
from contractlang.text.numbers_from_text import number_from_string
from text.reference import failure, literal, sampler


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-1.5e3", -1500),
        ("+007", 7),
        (".5", Fraction(1, 2)),
        ("5.", 5),
        ("1e-3", Fraction(1, 1000)),
        ("+1.5E3", 1500),
        ("0.10", Fraction(1, 10)),
        ("-0", 0),
        ("-.0e-5", 0),
        ("2.5e1", 25),
        ("0e9000000000", 0),
        ("1e+00000000000000000000002", 100),
    ],
)
def test_number(text: str, value: int | Fraction) -> None:
    result = number_from_string(text)
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1_0",
        " 1",
        "1 ",
        "+",
        ".",
        "-.",
        "e5",
        ".e5",
        "1e",
        "1e+",
        "1e1.5",
        "1.5.",
        "++1",
        "1e--1",
        "0x1",
        "inf",
        "nan",
        "٣",
        "1٣",
        "²",
        "1e٣",
        "1ee1",
        "1e1e1",
        "1E1e1",
        "é",
        "1e9223372036854775808",
        "1e18446744073709551616",
    ],
)
def test_invalid(text: str) -> None:
    with pytest.raises(TextError) as caught:
        number_from_string(text)
    assert caught.value.message == f"number/from_string: invalid number literal `{text}`"
    assert failure(f"%number/from_string% {literal(text)} > 0") == caught.value.message


def test_exponents_that_would_fill_the_memory() -> None:
    for text in ("1e1000001", "-1e-1000001", "1e9223372036854775807"):
        with pytest.raises(TextError, match="too large"):
            number_from_string(text)


def test_the_reference_agrees() -> None:
    sample = sampler(43)
    for _ in range(300):
        text = "".join(sample.choices("0123..eE+-", k=sample.randrange(1, 7)))
        try:
            value = number_from_string(text)
        except TextError:
            assert failure(f"%number/from_string% {literal(text)} > 0") is not None, text
        else:
            assert (
                failure(f"(%number/from_string% {literal(text)} == ({number_exact(value)})) | std.contract.Equal true")
                is None
            ), text


def test_many_digits_in_less_than_quadratic_time() -> None:
    begin = time.perf_counter()
    value = number_from_string("7" * 200_000)
    fraction = number_from_string("0." + "3" * 100_000)
    assert time.perf_counter() - begin < 5
    assert value == 7 * (10**200_000 - 1) // 9
    assert fraction == Fraction((10**100_000 - 1) // 3, 10**100_000)


@given(st.integers(-(10**30), 10**30), st.integers(-400, 400))
def test_exponent_shifts_the_point(mantissa: int, exponent: int) -> None:
    assert number_from_string(f"{mantissa}e{exponent}") == mantissa * Fraction(10) ** exponent
