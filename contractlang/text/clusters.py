r"""Extended grapheme clusters: what the language counts as the characters of a string.

Most text has one code point in every cluster, and only text that has not is cut. `boundaries` is the basis of everything here: the
offsets where clusters begin and end, or None where every offset is one. The cutting is done by the library that the reference uses
too, in the version with the same tables (Unicode 16).

Source: stdlib.md appendix A (UAX #29), evaluation.md §4.
"""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from itertools import accumulate

from contractlang.text.errors import TextError
from contractlang.text.numbers import number_exact

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

LARGEST_SIZE: Final = 2**64 - 1


def boundaries(text: str) -> list[int] | None:
    """All offsets (in code points, ascending, 0 and the end included) between clusters; None if that is every offset."""
    if text.isascii() and "\r\n" not in text:
        return None
    from unicode_segmentation_rs import graphemes  # few texts need it

    clusters = graphemes(text, True)
    return None if len(clusters) == len(text) else [0, *accumulate(map(len, clusters))]


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
        f"substring: expected {argument} to be a positive integer smaller than {LARGEST_SIZE}, got {number_exact(value)}"
    )


def _out_of_bounds(argument: str, low: int, high: int, got: int) -> TextError:
    return TextError(f"substring: index out of bounds. Expected {argument} to be between {low} and {high}, got {got}")
