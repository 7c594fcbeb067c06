"""Positions of the protocol against offsets: encodings, line ends, clamping, and texts that change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang_lsp.positions import UTF8, UTF16, UTF32, PositionMap

TEXTS = st.text(alphabet=st.sampled_from("ab é\u20ac\U0001f600\r\n"), max_size=30)
ENCODINGS = st.sampled_from([UTF8, UTF16, UTF32])


@pytest.mark.parametrize(
    ("encoding", "characters"),
    [(UTF8, [0, 1, 3, 6, 10]), (UTF16, [0, 1, 2, 3, 5]), (UTF32, [0, 1, 2, 3, 4])],
)
def test_a_character_counts_units_of_the_encoding(encoding: str, characters: list[int]) -> None:
    lines = PositionMap("aé€😀", encoding)
    assert [lines.position(offset)[1] for offset in range(5)] == characters
    assert [lines.offset(0, character) for character in characters] == list(range(5))


def test_a_position_within_a_character_means_its_beginning() -> None:
    assert PositionMap("a😀b", UTF16).offset(0, 2) == 1
    assert [PositionMap("a😀b", UTF8).offset(0, character) for character in range(1, 6)] == [1, 1, 1, 1, 2]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line(end: str) -> None:
    lines = PositionMap(f"ab{end}c{end}")
    assert lines.position(2 + len(end)) == (1, 0)
    assert lines.offset(1, 0) == 2 + len(end)
    assert lines.offset(2, 0) == len(lines.text)


def test_positions_out_of_range_are_clamped() -> None:
    lines = PositionMap("ab\r\nc")
    assert lines.offset(0, 99) == 2
    assert lines.offset(99, 0) == 5
    assert lines.position(99) == (1, 1)
    assert lines.position(3) == (0, 2)  # between the two characters of a line end
    assert PositionMap("").offset(3, 3) == 0


def test_half_a_surrogate_pair_is_one_unit() -> None:
    lines = PositionMap("a\ud83db", UTF16)
    assert lines.position(3) == (0, 3)
    assert [lines.offset(0, character) for character in range(4)] == [0, 1, 2, 3]


@given(TEXTS, ENCODINGS)
def test_offsets_survive_the_way_there_and_back(text: str, encoding: str) -> None:
    lines = PositionMap(text, encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n":
            assert lines.offset(*lines.position(offset)) == offset


@given(TEXTS, TEXTS, ENCODINGS, st.data())
def test_an_edited_map_is_the_map_of_the_edited_text(
    text: str, replacement: str, encoding: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edited = PositionMap(text, encoding).edited(start, end, replacement)
    fresh = PositionMap(text[:start] + replacement + text[end:], encoding)
    assert edited.text == fresh.text
    assert [edited.position(offset) for offset in range(len(fresh.text) + 1)] == [
        fresh.position(offset) for offset in range(len(fresh.text) + 1)
    ]
