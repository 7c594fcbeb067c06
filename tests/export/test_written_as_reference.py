"""What is written, byte for byte as the reference writes it.

Generated data comes in batches, because each call of the reference costs milliseconds.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contractlang.formats.json_text import write_json
from contractlang.formats.toml_text import write_toml
from contractlang.formats.yaml_text import write_yaml, write_yaml_documents
from contractlang.text.numbers import float_to_number, number_to_string
from export.generated_data import LINE_SEPARATORS, anything, numbers, records_without_null, strings
from export.reference import literal, needs_reference, run, string_literal

pytestmark = needs_reference


def texts_of_reference(format: str, data: list[Any]) -> list[str]:
    return list(run(f"std.array.map (std.serialize '{format}) {literal(data)}"))


@settings(max_examples=40)
@given(st.lists(anything, min_size=20, max_size=30))
def test_json(data: list[Any]) -> None:
    assert [write_json(value) for value in data] == texts_of_reference("Json", data)


def without_separators(data: Any) -> Any:
    """The same without U+2028 and U+2029: what the reference writes for such strings is read back as other strings."""
    if isinstance(data, str):
        return data.translate(dict.fromkeys(map(ord, LINE_SEPARATORS)))
    if isinstance(data, list):
        return [without_separators(element) for element in data]
    if isinstance(data, dict):
        return {without_separators(key): without_separators(value) for key, value in data.items()}
    return data


@settings(max_examples=50)
@given(st.lists(anything.map(without_separators), min_size=20, max_size=30))
def test_yaml(data: list[Any]) -> None:
    assert [write_yaml(value) for value in data] == texts_of_reference("Yaml", data)


@settings(max_examples=30)
@given(st.lists(strings.map(without_separators), min_size=60, max_size=80))
def test_yaml_strings(data: list[str]) -> None:
    records = [{text: [text]} for text in data]
    assert [write_yaml(record) for record in records] == texts_of_reference("Yaml", records)


@settings(max_examples=20)
@given(st.lists(records_without_null.map(without_separators), max_size=8))
def test_yaml_documents(data: list[Any]) -> None:
    assert write_yaml_documents(data) == run(f"std.serialize 'YamlDocuments {literal(data)}")


@settings(max_examples=40)
@given(st.lists(records_without_null, min_size=20, max_size=30))
def test_toml(data: list[Any]) -> None:
    assert [write_toml(value) for value in data] == texts_of_reference("Toml", data)


@settings(max_examples=30)
@given(st.lists(strings, min_size=60, max_size=80))
def test_toml_strings(data: list[str]) -> None:
    records = [{text: text, "a": {text: {}}} for text in data]
    assert [write_toml(record) for record in records] == texts_of_reference("Toml", records)


@settings(max_examples=20)
@given(st.lists(numbers, min_size=60, max_size=80))
def test_numbers_as_strings(data: list[int | Fraction]) -> None:
    assert [number_to_string(value) for value in data] == run(f"std.array.map std.to_string {literal(data)}")


@settings(max_examples=20)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=60, max_size=80))
def test_numbers_of_doubles(doubles: list[float]) -> None:
    expected = literal([float_to_number(double) for double in doubles])
    toml = "a = [" + ", ".join(map(repr, doubles)) + "]"
    assert run(f"(std.deserialize 'Toml {string_literal(toml)}).a == {expected}")
