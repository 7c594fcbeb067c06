"""The primitives on whole strings: split, search, replace, trim, case, order.

Searching respects clusters: an occurrence that begins or ends inside one does not count. Text with one code point in every
cluster (`boundaries` gives None) goes straight to the methods of `str`, whose occurrences are the same.

Source: evaluation.md §4, stdlib.md §6 and appendix A.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Sequence

from contractlang.text.clusters import boundaries, characters

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final, Literal

    Order = Literal["Lesser", "Equal", "Greater"]

WHITE_SPACE: Final = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""The code points with the property White_Space; `str.strip` alone would take U+001C to U+001F too."""


def split(text: str, separator: str) -> list[str]:
    """The pieces between the occurrences of `separator`, without the last one if it is empty; "" separates clusters."""
    if not separator:
        return characters(text)
    cuts = boundaries(text)
    if cuts is None:
        pieces = text.split(separator)
    else:
        pieces = []
        begin = 0
        for offset in _occurrences(text, separator, cuts):
            pieces.append(text[begin:offset])
            begin = offset + len(separator)
        pieces.append(text[begin:])
    if not pieces[-1]:
        pieces.pop()
    return pieces


def contains(text: str, needle: str) -> bool:
    """Whether `needle` occurs in `text` on cluster boundaries."""
    if needle not in text:
        return False
    cuts = boundaries(text)
    return cuts is None or not needle or bool(_occurrences(text, needle, cuts, limit=1))


def replace(text: str, pattern: str, replacement: str) -> str:
    """`text` with every occurrence of `pattern` replaced; "" occurs before, between and after the clusters."""
    cuts = boundaries(text)
    if cuts is None:
        return text.replace(pattern, replacement)
    if not pattern:
        return replacement.join(["", *characters(text), ""])
    parts = []
    begin = 0
    for offset in _occurrences(text, pattern, cuts):
        parts.append(text[begin:offset])
        begin = offset + len(pattern)
    parts.append(text[begin:])
    return replacement.join(parts)


def _occurrences(text: str, needle: str, cuts: list[int], limit: int = -1) -> list[int]:
    """The offsets of the occurrences of a needle that is not empty, from left to right, at most `limit` if that is positive."""
    result: list[int] = []
    size = len(needle)
    total = len(cuts)
    i = 0
    offset = text.find(needle)
    while offset >= 0 and len(result) != limit:
        i = bisect_left(cuts, offset, i)
        if cuts[i] == offset:
            j = bisect_left(cuts, offset + size, i)
            if j < total and cuts[j] == offset + size:
                result.append(offset)
                i = j
            else:
                i += 1
        if i >= total:
            break
        offset = text.find(needle, cuts[i])
    return result


def join(separator: str, pieces: Sequence[str]) -> str:
    """The pieces with `separator` between them."""
    return separator.join(pieces)


def trim(text: str) -> str:
    """`text` without white space (Unicode's White_Space) at both ends."""
    return text.strip(WHITE_SPACE)


# What Unicode 15 and 16 added to the case mappings, for Pythons that know less, so that all give the same result.
_ADDED_CAPITALS: Final = {
    0x1C89: 0x1C8A,
    0xA7CB: 0x264,
    0xA7CC: 0xA7CD,
    0xA7DA: 0xA7DB,
    0xA7DC: 0x19B,
    **{capital: capital + 32 for capital in range(0x10D50, 0x10D66)},
}
_ADDED_SMALL: Final = {small: capital for capital, small in _ADDED_CAPITALS.items()}
_KNOWS_UNICODE_16: Final = sys.version_info >= (3, 14)


def _may_hold_added(text: str) -> bool:
    if _KNOWS_UNICODE_16 or text.isascii():
        return False
    return max(text) >= "\u1c89" or "\u019b" in text or "\u0264" in text


def uppercase(text: str) -> str:
    """`text` in capitals, by Unicode's full mapping (`ß` becomes `SS`)."""
    result = text.upper()
    return result.translate(_ADDED_SMALL) if _may_hold_added(result) else result


def lowercase(text: str) -> str:
    """`text` in small letters, by Unicode's full mapping, with `ς` at the end of words."""
    result = text.lower()
    return result.translate(_ADDED_CAPITALS) if _may_hold_added(result) else result


def compare(left: str, right: str) -> Order:
    """How two strings are ordered by their UTF-8 bytes, which is the order of their code points."""
    if left == right:
        return "Equal"
    return "Lesser" if left < right else "Greater"
