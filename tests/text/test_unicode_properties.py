from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.text.case_folding import _Orbits, fold
from contractlang.text.character_sets import (
    CharacterSet,
    character_set,
    complement,
    contains,
    difference,
    intersection,
    symmetric_difference,
    union,
)
from contractlang.text.unicode_properties import UnknownProperty, _table, find_property, perl_class, property_named
from text.reference import evaluate_all, failure, literal, sampler

codes = st.integers(0, 40) | st.integers(0x10FFF0, 0x10FFFF)
sets = st.frozensets(codes)


def as_set(members: frozenset[int]) -> CharacterSet:
    return character_set((code, code) for code in members)


@given(sets, sets)
def test_algebra(left: frozenset[int], right: frozenset[int]) -> None:
    a, b = as_set(left), as_set(right)
    assert union(a, b) == as_set(left | right)
    assert intersection(a, b) == as_set(left & right)
    assert difference(a, b) == as_set(left - right)
    assert symmetric_difference(a, b) == as_set(left ^ right)
    assert complement(complement(a)) == a
    assert intersection(a, complement(a)) == ()
    assert union(a, complement(a)) == ((0, 0x10FFFF),)
    assert all(contains(a, code) == (code in left) for code in (*range(42), 0x10FFFF))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[
            (name, None)
            for name in ("Greek", "IsGreek", "is_uppercase-letter", "any", "ASCII", "assigned", "cf", "sc", "lc")
        ],
        *[("script", "greek"), ("SC", "Grek"), ("gc", "Lu"), ("age", "V6_0"), ("Age", "6.0")],
    ],
)
def test_names_are_loose(name: str, value: str | None) -> None:
    assert find_property(name, value)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("foo", None, "Unicode property not found"),
        ("age", None, "Unicode property not found"),
        ("Cs", None, "Unicode property value not found"),
        ("sc", "foo", "Unicode property value not found"),
        ("blk", "Basic_Latin", "Unicode property value not found"),
        ("alphabetic", "yes", "Unicode property value not found"),
        ("foo", "bar", "Unicode property not found"),
    ],
)
def test_unknown_names(name: str, value: str | None, reason: str) -> None:
    with pytest.raises(UnknownProperty) as caught:
        find_property(name, value)
    assert caught.value.reason == reason
    query = name if value is None else f"{name}={value}"
    expected = failure(f'%string/is_match% "\\\\p{{{query}}}" "a"')
    assert expected is not None
    assert expected.endswith(reason)


def edges(members: CharacterSet) -> list[int]:
    near = {code + step for bounds in members for code in bounds for step in (-1, 0, 1)}
    return sorted(code for code in near if 0 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF)


def test_properties_of_the_reference() -> None:
    sample = sampler(7)
    names = sorted({line.split("\t")[0].split(" ")[0] for line in _table().values()})
    cases = []
    for name in names:
        codes = edges(property_named(name))
        cases.append((name, sample.sample(codes, min(30, len(codes)))))
    expected = evaluate_all(
        f'std.array.map (%string/is_match% "\\\\p{{{name}}}") [{", ".join(literal(chr(code)) for code in codes)}]'
        for name, codes in cases
    )
    for (name, codes), answer in zip(cases, expected, strict=True):
        assert [contains(property_named(name), code) for code in codes] == answer, name


@pytest.mark.parametrize("letter", ["d", "s", "w"])
def test_perl_classes_of_the_reference(letter: str) -> None:
    codes = edges(perl_class(letter))
    characters = ", ".join(literal(chr(code)) for code in codes)
    (answer,) = evaluate_all([f'std.array.map (%string/is_match% "\\\\{letter}") [{characters}]'])
    assert [contains(perl_class(letter), code) for code in codes] == answer


def test_folding_of_the_reference() -> None:
    sample = sampler(11)
    members = _Orbits().members
    chosen = sample.sample(members, 60)
    characters = ", ".join(literal(chr(code)) for code in members)
    tests = ", ".join(f'std.array.filter (%string/is_match% "^(?i:\\\\x{{{code:x}}})$") t' for code in chosen)
    (answer,) = evaluate_all([f"let t = [{characters}] in [{tests}]"])
    for code, same in zip(chosen, answer, strict=True):
        assert fold(((code, code),)) == character_set((ord(char), ord(char)) for char in same)
