"""Numbers as text and as doubles: the tables of the specification, and what must hold for all numbers."""

from __future__ import annotations

import math
import sys
from decimal import Context
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.text.numbers import (
    decimal_number,
    digits_of,
    float_to_number,
    integer_of,
    is_exportable,
    number_exact,
    number_json,
    number_to_float,
    number_to_string,
    number_toml,
)
from export.generated_data import numbers

THIRD = Fraction(1, 3)


@pytest.mark.parametrize(
    ("value", "json", "toml"),
    [
        (THIRD, "0.3333333333333333", "0.3333333333333333"),
        (2 * THIRD, "0.6666666666666666", "0.6666666666666666"),
        (18446744073709551615, "18446744073709551615", "18446744073709551615"),
        (18446744073709551616, "1.8446744073709552e19", "18446744073709552000.0"),
        (-9223372036854775808, "-9223372036854775808", "-9223372036854775808"),
        (-9223372036854775809, "-9.223372036854776e18", "-9223372036854776000.0"),
        (Fraction("0.00001"), "0.00001", "0.00001"),
        (Fraction("0.000001"), "1e-6", "0.000001"),
        (Fraction("1000000000000000.5"), "1000000000000000.5", "1000000000000000.5"),
        (Fraction("0.99999999999999999"), "1.0", "1.0"),
        (Fraction(20000000000000000, 3), "6666666666666667.0", "6666666666666667.0"),
        (Fraction("10000000000000000.5"), "1e16", "10000000000000000.0"),
        (10**21, "1e21", "1000000000000000000000.0"),
        (Fraction(1, 10**400), "0.0", "0.0"),
        (Fraction(-1, 10**400), "-0.0", "-0.0"),
        (0, "0", "0"),
        (Fraction("1.5e-7"), "1.5e-7", "0.00000015"),
        # The shortest digits are a tie: the even digit in JSON, the larger one in TOML.
        (Fraction(1, 2**25), "2.9802322387695312e-8", "0.000000029802322387695313"),
        (Fraction(1, 2**44), "5.684341886080802e-14", "0.00000000000005684341886080802"),
    ],
)
def test_exported_numbers(value: int | Fraction, json: str, toml: str) -> None:
    assert number_json(value) == json
    assert number_toml(value) == toml


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (THIRD, "0.3333333333333333"),
        (2 * THIRD, "0.6666666666666667"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction("0.00001"), "0.00001"),
        (Fraction("0.000001"), "1e-6"),
        (Fraction("1.10"), "1.1"),
        (9999999999999999, "9999999999999999"),
        (10**16, "1e16"),
        (12345678901234567, "1.234567890123457e16"),
        (10**400, "1e400"),
        (-(10**400), "-1e400"),
        (Fraction(1, 10**400), "1e-400"),
        (10**17 - 1, "1e17"),  # rounding carries into a new digit
        (Fraction("0.99999999999999999"), "1"),
        (Fraction("1000000000000000.5"), "1000000000000000"),  # half to even
        (Fraction("1000000000000001.5"), "1000000000000002"),
        (0, "0"),
    ],
)
def test_number_to_string(value: int | Fraction, text: str) -> None:
    assert number_to_string(value) == text


def test_number_exact() -> None:
    assert number_exact(-12) == "-12"
    assert number_exact(Fraction(-3, 4)) == "-3/4"
    assert number_exact(10**5000) == "1" + "0" * 5000


@pytest.mark.parametrize(
    ("double", "value"),
    [
        (0.1, Fraction(1, 10)),
        (0.3333333333333333, Fraction(1, 3)),
        (0.6666666666666666, Fraction(2, 3)),
        (-2.5, Fraction(-5, 2)),
        (1e300, int(1e300)),
        (-0.0, 0),
        (2.0**-1022, float_to_number(2.0**-1022)),
    ],
)
def test_float_to_number(double: float, value: int | Fraction) -> None:
    assert float_to_number(double) == value
    assert type(float_to_number(double)) is type(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_number_of_a_double_rounds_to_it_and_is_simplest(double: float) -> None:
    value = float_to_number(double)
    assert number_to_float(value) == double
    if isinstance(value, Fraction):
        # Nothing with a smaller denominator rounds to the double; Python searches independently.
        closest = Fraction(double).limit_denominator(value.denominator - 1)
        assert float(closest) != double


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("+1.50", Fraction(3, 2)),
        ("-.5e1", -5),
        ("5.", 5),
        ("1E+2", 100),
        ("1e-2", Fraction(1, 100)),
        ("0e999999999999999999999", 0),
        ("0.0", 0),
        ("00.10", Fraction(1, 10)),
    ],
)
def test_decimal_number(text: str, value: int | Fraction) -> None:
    assert decimal_number(text) == value
    assert type(decimal_number(text)) is type(value)


@pytest.mark.parametrize("text", ["1e1000001", "-1e-1000001", "1e" + "9" * 5000, "0.1e-99999999999999999999"])
def test_decimals_that_would_fill_the_memory_are_refused(text: str) -> None:
    with pytest.raises(OverflowError):
        decimal_number(text)


@given(st.integers(-(10**4000), 10**4000))
def test_digits_of_and_integer_of(value: int) -> None:
    assert digits_of(value) == str(value)
    assert integer_of(str(value)) == value


def test_long_integers_ignore_the_limit_of_the_host() -> None:
    limit = sys.get_int_max_str_digits()
    value = 7**200_000
    digits = digits_of(value)
    assert len(digits) == 169020
    assert integer_of(digits) == value
    assert integer_of("-" + digits) == -value
    assert integer_of("+000" + digits) == value
    assert number_to_string(value) == str(Context(prec=16).create_decimal(digits)).lower().replace("+", "")
    assert sys.get_int_max_str_digits() == limit


def test_doubles_at_the_ends_of_their_range() -> None:
    largest = int(sys.float_info.max)
    half_a_unit = 2**970
    assert number_to_float(largest + half_a_unit - 1) == sys.float_info.max
    assert number_to_float(largest + half_a_unit) == math.inf
    assert number_to_float(-(10**400)) == -math.inf
    assert number_to_float(Fraction(10**800 + 1, 10**400)) == math.inf
    assert number_to_float(Fraction(1, 10**400)) == 0.0
    assert is_exportable(largest)
    assert not is_exportable(largest + 1)
    assert not is_exportable(-largest - Fraction(1, 2))


@given(numbers)
def test_exported_numbers_read_back_as_the_nearest_double(value: int | Fraction) -> None:
    if is_exportable(value):
        assert float(number_json(value)) == number_to_float(value)
        assert float(number_toml(value)) == number_to_float(value)
        assert "e" not in number_toml(value)


@given(numbers)
def test_strings_have_at_most_sixteen_significant_digits(value: int | Fraction) -> None:
    text = number_to_string(value)
    digits = text.partition("e")[0].lstrip("-").replace(".", "").strip("0")
    assert len(digits) <= 16
    assert abs(Fraction(text) - value) <= abs(Fraction(value)) / 10**15
