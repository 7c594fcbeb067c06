from __future__ import annotations

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.text.clusters import characters
from contractlang.text.strings import compare, contains, join, lowercase, replace, split, trim, uppercase
from text.reference import evaluate_all, literal, sampler
from text.test_clusters import INTERESTING, texts


@pytest.mark.parametrize(
    ("text", "separator", "pieces"),
    [
        ("a,,b", ",", ["a", "", "b"]),
        (",a,", ",", ["", "a"]),
        ("", ",", []),
        (",", ",", [""]),
        (",,", ",", ["", ""]),
        ("aaaaa", "aa", ["", "", "a"]),
        ("ab", "", ["a", "b"]),
        ("", "", []),
        ("a\r\nb\nc", "\n", ["a\r\nb", "c"]),
        ("a\r\nb\nc", "\r\n", ["a", "b\nc"]),
        ("e\u0301", "", ["e\u0301"]),
    ],
)
def test_split(text: str, separator: str, pieces: list[str]) -> None:
    assert split(text, separator) == pieces


@pytest.mark.parametrize(
    ("text", "needle", "found"),
    [("hello", "ell", True), ("", "", True), ("e\u0301", "e", False), ("e\u0301e", "e", True), ("e\u0301", "", True)],
)
def test_contains(text: str, needle: str, found: bool) -> None:
    assert contains(text, needle) is found


@pytest.mark.parametrize(
    ("text", "pattern", "replacement", "result"),
    [
        ("banana", "an", "<$0>", "b<$0><$0>a"),
        ("ab", "", ".", ".a.b."),
        ("", "x", "y", ""),
        ("", "", "y", "y"),
        ("e\u0301e", "e", "E", "e\u0301E"),
        ("e\u0301e", "", "-", "-e\u0301-e-"),
    ],
)
def test_replace(text: str, pattern: str, replacement: str, result: str) -> None:
    assert replace(text, pattern, replacement) == result


def test_trim() -> None:
    assert trim("\u2003\t x y \n") == "x y"
    assert trim("\x1cx\u200b") == "\x1cx\u200b"
    assert trim("\u3000\x85\xa0") == ""


def test_case() -> None:
    assert uppercase("straße ŉ") == "STRASSE ʼN"
    assert lowercase("ΑΣ Σ İ") == "ας σ i̇"


def test_case_of_unicode_16() -> None:
    assert uppercase("\u0264\ua7cd\U00010d70") == "\ua7cb\ua7cc\U00010d50"
    assert lowercase("\ua7dc\ua7da\U00010d65") == "\u019b\ua7db\U00010d85"


def test_compare() -> None:
    pairs = [("Z", "a"), ("a", "a"), ("é", "z"), ("\uffff", "\U00010000")]
    assert [compare(left, right) for left, right in pairs] == ["Lesser", "Equal", "Greater", "Lesser"]


def test_join() -> None:
    assert [join("-", ["x", "y"]), join("-", [])] == ["x-y", ""]


def occurrences(text: str, needle: str) -> list[int]:
    """The definition: at a boundary, the text goes on with the needle, whose end is a boundary."""
    cuts = [0]
    for cluster in characters(text):
        cuts.append(cuts[-1] + len(cluster))
    found = []
    offset = 0
    for cut in cuts:
        if cut >= offset and text.startswith(needle, cut) and cut + len(needle) in cuts:
            found.append(cut)
            offset = cut + len(needle)
    return found


@given(texts, texts.filter(bool))
def test_search_follows_the_definition(text: str, needle: str) -> None:
    for whole in (text, text + needle + text, needle * 3 + text + needle):
        found = occurrences(whole, needle)
        assert contains(whole, needle) is bool(found)
        pieces = []
        begin = 0
        for offset in found:
            pieces.append(whole[begin:offset])
            begin = offset + len(needle)
        pieces.append(whole[begin:])
        assert replace(whole, needle, "<>") == "<>".join(pieces)
        assert split(whole, needle) == (pieces if pieces[-1] else pieces[:-1])


@given(st.text(), st.text())
def test_compare_is_the_order_of_bytes(left: str, right: str) -> None:
    a, b = left.encode(), right.encode()
    assert compare(left, right) == ("Equal" if a == b else "Lesser" if a < b else "Greater")


def test_search_of_the_reference() -> None:
    sample = sampler(31)
    few = "aab,\r\n\u0301\u200d\U0001f1e6é"
    cases = []
    for _ in range(1500):
        text = "".join(sample.choices(few, k=sample.randrange(0, 12)))
        needle = "".join(sample.choices(few, k=sample.randrange(0, 3)))
        cases.append((text, needle))
    expected = evaluate_all(
        f'let t = {literal(text)}, n = {literal(needle)} in [%string/split% t n, %string/contains% t n, %string/replace% t n "<>"]'
        for text, needle in cases
    )
    assert [
        [split(text, needle), contains(text, needle), replace(text, needle, "<>")] for text, needle in cases
    ] == expected


def test_case_and_trim_of_the_reference() -> None:
    sample = sampler(37)
    cased = [chr(code) for code in range(0x30000) if chr(code).upper() != chr(code) or chr(code).lower() != chr(code)]
    added = [chr(code) for code in (0x1C89, 0x1C8A, *range(0xA7CB, 0xA7DD), *range(0x10D50, 0x10D86))]
    spaces = [
        chr(code) for code in (*range(0x21), 0x85, 0xA0, 0x1680, 0x180E, *range(0x1FFF, 0x2030), 0x205F, 0x3000, 0xFEFF)
    ]
    samples = [*cased, *added, *spaces]
    samples += [
        "".join(sample.choices("aΣσςΑ .·'\u0301\u200dİI1_-\u00ad", k=sample.randrange(1, 7))) for _ in range(1000)
    ]
    expected = evaluate_all(
        f"let t = {literal(text)} in [%string/uppercase% t, %string/lowercase% t, %string/trim% t]" for text in samples
    )
    assert [[uppercase(text), lowercase(text), trim(text)] for text in samples] == expected


@pytest.mark.parametrize("needle", ["e", "e\u0301", "\u0301", "e\u0301e"])
def test_linear_time(needle: str) -> None:
    text = "e\u0301" * 100_000
    begin = time.perf_counter()
    contains(text, needle)
    split(text, needle)
    replace(text, needle, "")
    assert time.perf_counter() - begin < 5


def test_texts_cover_all_classes() -> None:
    assert len(set(INTERESTING)) > 50
    assert sys.maxunicode == 0x10FFFF
