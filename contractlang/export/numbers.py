"""Numbers moved to `contractlang.text.numbers`, below the runtime, which needs them too; import them from there."""

from __future__ import annotations

from contractlang.text.numbers import (
    bounded_exponent,
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
    quotient,
)

__all__ = [
    "bounded_exponent",
    "decimal_number",
    "digits_of",
    "float_to_number",
    "integer_of",
    "is_exportable",
    "number_exact",
    "number_json",
    "number_to_float",
    "number_to_string",
    "number_toml",
    "quotient",
]
