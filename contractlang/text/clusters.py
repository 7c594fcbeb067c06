r"""Extended grapheme clusters: what the language counts as the characters of a string.

Most text has one code point in every cluster, and two quick tests prove it: ASCII without "\r\n", or nothing from U+0300 on
and no "\r\n". Only other text is cut, by one regular expression over the class letters of its code points. `boundaries` is the
basis of everything here: the offsets where clusters begin and end, or None where every offset is one.

Source: stdlib.md appendix A, evaluation.md §4.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from fractions import Fraction
from typing import Final

from contractlang.text.cluster_classes import class_letters
from contractlang.text.errors import TextError
from contractlang.text.numbers_from_text import exact_text

_FROM_U0300 = re.compile("[^\x00-\u02ff]").search
"""Below U+0300 only "\\r\\n" makes a cluster of two."""

# The rules of UAX #29 turned into an expression over class letters. What begins a cluster decides how it goes on; then follow
# extenders, spacing marks and joiners. Every loop is possessive or begins with a letter that cannot continue what stands
# before it, so that cutting takes linear time.
_CLUSTER = re.compile(
    "rn|[rnc]"
    "|(?:p*+(?:"
    "l*+(?:v++|wv*+|y)t*+|l++|t++"  # a Hangul syllable
    "|ii?"  # a flag: two regional indicators
    "|x(?:[euk]*+zx)*+"  # pictographs that joiners bind
    "|d(?:[ez]*+k[ekz]*+d)*+"  # a conjunct: consonants that linkers bind
    "|[^rncp]"
    ")|p++)[ezuks]*+"
)
_JOINING = re.compile("[ezuksp]|rn|[lvtwy]{2}|ii").search
"""Without any of these, no two code points share a cluster."""

LARGEST_SIZE: Final = 2**64 - 1


def boundaries(text: str) -> list[int] | None:
    """All offsets (in code points, ascending, 0 and the end included) between clusters; None if that is every offset."""
    if text.isascii():
        if "\r\n" not in text:
            return None
    elif not _FROM_U0300(text) and "\r\n" not in text:
        return None
    letters = class_letters(text)
    if not _JOINING(letters):
        return None
    result = [0]
    result.extend([match.end() for match in _CLUSTER.finditer(letters)])
    return result


def length(text: str) -> int:
    """The number of clusters."""
    cuts = boundaries(text)
    return len(text) if cuts is None else len(cuts) - 1


def characters(text: str) -> list[str]:
    """The clusters, in order."""
    cuts = boundaries(text)
    if cuts is None:
        return list(text)
    return [text[cuts[i] : cuts[i + 1]] for i in range(len(cuts) - 1)]


def is_boundary(cuts: list[int] | None, offset: int) -> bool:
    """Whether a cluster begins or the text ends at `offset`; `cuts` are the text's `boundaries`."""
    if cuts is None:
        return True
    i = bisect_left(cuts, offset)
    return i < len(cuts) and cuts[i] == offset


def index_of_offset(cuts: list[int] | None, offset: int) -> int:
    """How many clusters stand before `offset`, which must be a boundary."""
    return offset if cuts is None else bisect_left(cuts, offset)


def offset_of_index(cuts: list[int] | None, index: int) -> int:
    """Where the cluster number `index` begins; the number of clusters gives the end of the text."""
    return index if cuts is None else cuts[index]


def substring(text: str, start: int | Fraction, end: int | Fraction) -> str:
    """The clusters from number `start` up to, not including, number `end`.

    Raises TextError unless 0 ≤ start < length and start ≤ end ≤ length, both integral.
    """
    # The usual call, decided without a look at the rest: numbers are exact, so `is int` means integral.
    integral = type(start) is int and type(end) is int
    if integral and 0 <= start <= end <= len(text) > start and text.isascii() and "\r\n" not in text:
        return text[int(start) : int(end)]
    first = _size("2nd argument (start)", start)
    last = _size("3rd argument (end)", end)
    cuts = boundaries(text)
    count = len(text) if cuts is None else len(cuts) - 1
    if first >= count:
        raise _out_of_bounds("2nd argument (start)", 0, count, first)
    if not first <= last <= count:
        raise _out_of_bounds("3rd argument (end)", first, count, last)
    return text[offset_of_index(cuts, first) : offset_of_index(cuts, last)]


def _size(argument: str, value: int | Fraction) -> int:
    if value.denominator == 1 and 0 <= value <= LARGEST_SIZE:
        return int(value)
    raise TextError(
        f"substring: expected {argument} to be a positive integer smaller than {LARGEST_SIZE}, got {exact_text(value)}"
    )


def _out_of_bounds(argument: str, low: int, high: int, got: int) -> TextError:
    return TextError(f"substring: index out of bounds. Expected {argument} to be between {low} and {high}, got {got}")
