"""Where values stand: each format, repeated keys, aliases, and that what is found is the value."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.formats.data import Data
from contractlang.formats.json_data import read_json
from contractlang.formats.json_text import write_json
from contractlang.formats.positions import Step, key_before, locate
from contractlang.formats.toml_data import read_toml
from contractlang.formats.toml_text import write_toml
from contractlang.formats.yaml_data import read_yaml
from contractlang.formats.yaml_text import write_yaml
from export.generated_data import anything, as_doubles, records_without_null


def found(format: str, text: str, *path: Step) -> str | None:
    place = locate(format, text, list(path))
    return None if place is None else text[place[0] : place[1]]


JSON = '{"a": [1, {"b": "x\\"]"}], "é\\n😀": {"c": null}, "a": [5], "e": {}, "f": [[], {}, -7.5]}'
YAML = 'a: &x\n  b: 1\n  c:\n  - x\n  - "y z"  # c\n\n😀: *x\ne: {f: [1, [2]]}\na:\n  g: |\n    text\n    more\n\nh:\n'
TOML = 'x.y = 1\n[a.b] # 😀\nc = [1, "z", {d = 2020-01-01}]\n[[l]]\nm = 1\n[[l]]\nm = """q\nr"""\n[l.n]\no.p = [\n{}]\n'


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ([], JSON),
        (["a"], "[5]"),
        (["a", 0], "5"),
        (["a", 1, "b"], '"x\\"]"'),
        (["é\n😀"], '{"c": null}'),
        (["é\n😀", "c"], "null"),
        (["e"], "{}"),
        (["f", 1], "{}"),
        (["f", 2], "-7.5"),
        (["f", 3], None),
        (["f", "0"], None),
        (["e", "x"], None),
        ([0], None),
    ],
)
def test_json(path: list[Step], text: str | None) -> None:
    assert found("Json", JSON, *path) == text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (["a", "b"], "1"),
        (["a", "c"], '- x\n  - "y z"  # c'),
        (["a", "c", 1], '"y z"'),
        (["a", "g"], "|\n    text\n    more"),
        (["a"], "g: |\n    text\n    more"),
        (["😀"], "*x"),
        (["😀", "c", 0], "x"),
        (["e"], "{f: [1, [2]]}"),
        (["e", "f", 1, 0], "2"),
        (["h"], ""),
        (["z"], None),
        (["e", 0], None),
    ],
)
def test_yaml(path: list[Step], text: str | None) -> None:
    assert found("Yaml", YAML, *path) == text


def test_yaml_documents_and_cycles() -> None:
    text = "--- x\n---\na: 1\n--- [1]\n"
    assert found("yaml", text, 1, "a") == "1"
    assert found("yaml", text, 2) == "[1]"
    assert found("yaml", text, 3) is None
    assert found("yaml", "&a [*a, 1]", 0, 0, 1) == "1"
    assert found("yaml", "\ufeffa: \u2028b", "a") == "\u2028b"
    assert found("yaml", "", "a") is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ([], TOML),
        (["x"], "x"),
        (["x", "y"], "1"),
        (["a"], "[a.b]"),
        (["a", "b"], "[a.b]"),
        (["a", "b", "c"], '[1, "z", {d = 2020-01-01}]'),
        (["a", "b", "c", 1], '"z"'),
        (["a", "b", "c", 2, "d"], "2020-01-01"),
        (["l"], "[[l]]"),
        (["l", 0, "m"], "1"),
        (["l", 1, "m"], '"""q\nr"""'),
        (["l", 1, "n"], "[l.n]"),
        (["l", 1, "n", "o", "p", 0], "{}"),
        (["l", 2], None),
        (["q"], None),
    ],
)
def test_toml(path: list[Step], text: str | None) -> None:
    assert found("Toml", TOML, *path) == text


@pytest.mark.parametrize("format", ["Json", "Yaml", "Toml"])
def test_a_broken_text_has_no_places(format: str) -> None:
    assert locate(format, "a: [ = ", ["a"]) is None
    assert locate("Text", "a", []) is None


def paths(data: Any, path: tuple[Step, ...] = ()) -> list[tuple[tuple[Step, ...], Any]]:
    """All values in some data and the paths to them."""
    entries: list[tuple[Step, Any]] = []
    if isinstance(data, list):
        entries = list(enumerate(data))
    elif isinstance(data, dict):
        entries = list(data.items())
    return [(path, data), *(place for step, entry in entries for place in paths(entry, (*path, step)))]


@given(anything, st.randoms(use_true_random=False))
def test_what_json_text_shows_is_the_value(data: Data, random: Any) -> None:
    path, value = random.choice(paths(data))
    shown = found("Json", write_json(data), *path)
    assert shown is not None
    assert as_doubles(read_json(shown, "import")) == as_doubles(value)


@given(anything, st.randoms(use_true_random=False))
def test_what_yaml_text_shows_is_the_value(data: Data, random: Any) -> None:
    scalars = [(path, value) for path, value in paths(data) if not isinstance(value, list | dict | str)]
    if not scalars:
        return
    path, value = random.choice(scalars)
    shown = found("Yaml", write_yaml(data), *path)
    assert shown is not None
    assert as_doubles(read_yaml(shown)) == as_doubles(value)


@given(records_without_null, st.randoms(use_true_random=False))
def test_what_toml_text_shows_is_the_value(data: dict[str, Data], random: Any) -> None:
    scalars = [(path, value) for path, value in paths(data) if not isinstance(value, list | dict)]
    if not scalars:
        return
    path, value = random.choice(scalars)
    shown = found("Toml", write_toml(data), *path)
    assert shown is not None
    assert as_doubles(read_toml(f"a = {shown}", "deserialize")) == as_doubles({"a": value})


@pytest.mark.parametrize(
    ("text", "key", "found"),
    [
        ("a = 1", "a", "a"),
        ("x.a = 1", "a", "a"),
        ('"a" = 1', "a", '"a"'),
        ("'a': 1", "a", "'a'"),
        ("a:\n  1", "a", "a"),
        ("a: &x 1", "a", None),
        (r'"\u0061": 1', "a", None),
        ("? a\n: 1", "a", "a"),
        ("[a]\n1", "a", None),
        ("1", "", None),
    ],
)
def test_keys_before_values(text: str, key: str, found: str | None) -> None:
    place = key_before(text, key, text.index("1", -1))
    assert (None if place is None else text[slice(*place)]) == found
