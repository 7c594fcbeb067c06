from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.text.clusters import (
    boundaries,
    characters,
    index_of_offset,
    is_boundary,
    length,
    offset_of_index,
    substring,
)
from contractlang.text.errors import TextError
from text.reference import evaluate_all, failure, literal, sampler

# At least one code point of every break class, and neighbours that look alike.
INTERESTING = (
    "ab1 \t\r\n\x00\x7f\x85é\xad\u0300\u0301\u034f\u0600\u0903\u0915\u0937\u093c\u094d\u0950\u09cd\u0995\u0e33\u1100\u1160\u11a8"
    "\uac00\uac01\ud7a3\ua960\ud7b0\ud7cb\u200b\u200c\u200d\u2028\u2764\ufe0f\ufeff\U0001f1e6\U0001f1ff\U0001f3fd\U0001f44d"
    "\U0001f468\U0001f469\U000e0020\U000110bd\U00010d69\U00010d4e中\uffff"
)
# Every code point but surrogates, which are in no text.
CODES = [*range(0xD800), *range(0xE000, 0x110000)]
texts = st.text(alphabet=st.one_of(st.sampled_from(INTERESTING), st.characters(codec="utf-8")), max_size=24)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("abc", 3),
        ("e\u0301", 1),
        ("\r\n", 1),
        ("\n\r", 2),
        ("\r", 1),
        ("e\u0301\r\n", 2),
        ("\U0001f1eb\U0001f1f7\U0001f1e9", 2),
        ("a\U00010d69", 1),
        ("é", 1),
    ],
)
def test_length(text: str, count: int) -> None:
    assert length(text) == count


def test_every_rule_joins() -> None:
    text = "\U0001f468\u200d\U0001f469!\u0915\u094d\u0937\u1100\u1161\u0600x"
    assert characters(text) == ["\U0001f468\u200d\U0001f469", "!", "\u0915\u094d\u0937", "\u1100\u1161", "\u0600x"]


def test_linker_without_consonant_before_joins_nothing() -> None:
    assert characters("a\u094d\u0915") == ["a\u094d", "\u0915"]


@given(texts)
def test_clusters_make_up_the_text(text: str) -> None:
    clusters = characters(text)
    assert "".join(clusters) == text
    assert length(text) == len(clusters)
    cuts = boundaries(text)
    offset = 0
    for index, cluster in enumerate(clusters):
        assert cluster
        assert is_boundary(cuts, offset)
        assert index_of_offset(cuts, offset) == index
        assert offset_of_index(cuts, index) == offset
        assert not any(is_boundary(cuts, inner) for inner in range(offset + 1, offset + len(cluster)))
        offset += len(cluster)
    assert offset_of_index(cuts, len(clusters)) == len(text)


@given(texts, st.integers(0, 25), st.integers(0, 25))
def test_substring_is_a_slice_of_the_clusters(text: str, start: int, size: int) -> None:
    clusters = characters(text)
    if start < len(clusters) and start + size <= len(clusters):
        assert substring(text, start, start + size) == "".join(clusters[start : start + size])
    else:
        with pytest.raises(TextError, match="out of bounds"):
            substring(text, start, start + size)


ENDS = [0, 1, 2, 4, 5, 6, -1, Fraction(1, 2), Fraction(-1, 3), 2**64 - 1, 2**64, 10**30]


@pytest.mark.parametrize("text", ["", "hello", "he\u0301llo", "a\r\n"])
def test_substring_refuses_like_the_reference(text: str) -> None:
    for start in ENDS:
        for end in ENDS:
            expected = failure(f"std.string.substring ({start}) ({end}) {literal(text)}")
            assert refusal(text, start, end) == expected


def refusal(text: str, start: int | Fraction, end: int | Fraction) -> str | None:
    try:
        substring(text, start, end)
    except TextError as error:
        return error.message
    return None


def test_clusters_of_the_reference() -> None:
    sample = sampler(29)
    samples = ["".join(sample.choices(INTERESTING, k=sample.randrange(1, 12))) for _ in range(4000)]
    ours = [characters(text) for text in samples]
    assert ours == evaluate_all(f"%string/chars% {literal(text)}" for text in samples)


def test_classes_of_the_reference() -> None:
    # Between probes that ask for every class, around all code points where a class can change.
    probes = [
        "a{0}\u0301",
        "{0}\u094d\u0915",
        "\u0915{0}\u0915\u094d{0}\u0915",
        "\U0001f468{0}\u200d{0}",
        "\u1160{0}\u11a8",
    ]
    all_probes = "\n".join(probes)
    found = [[len(cluster) for cluster in characters(all_probes.format(chr(code)))] for code in CODES]
    edges = {0, len(CODES) - 1}
    for index in range(1, len(CODES)):
        if found[index] != found[index - 1]:
            edges.update({index - 1, index})
    # What only the reference takes for an edge would show in the sample between ours.
    edges.update(sampler(31).sample(range(len(CODES)), 2000))
    samples = [probe.format(chr(CODES[index])) for index in sorted(edges) for probe in probes]
    assert [len(characters(text)) for text in samples] == evaluate_all(
        f"%string/length% {literal(text)}" for text in samples
    )


@pytest.mark.parametrize(
    "unit",
    ["e\u0301", "\u0915\u094d", "\u0600", "\U0001f1e6", "\u1100", "\U0001f468\u0301", "\u200d", "\u0915\u0301", "\r\n"],
)
def test_linear_time(unit: str) -> None:
    begin = time.perf_counter()
    length(unit * 100_000)
    assert time.perf_counter() - begin < 3
