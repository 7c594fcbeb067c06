"""Sets of code points as sorted ranges, and their algebra.

A set is a tuple of inclusive ranges `(first, last)`, ascending, that neither overlap nor touch, so equal sets are equal tuples.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

CharacterSet = tuple[tuple[int, int], ...]

NOTHING: Final[CharacterSet] = ()
EVERYTHING: Final[CharacterSet] = ((0, 0x10FFFF),)
ASCII: Final[CharacterSet] = ((0, 0x7F),)


def character_set(ranges: Iterable[tuple[int, int]]) -> CharacterSet:
    """The set of what is in any of `ranges`, in whatever order they come."""
    result: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if result and first <= result[-1][1] + 1:
            if last > result[-1][1]:
                result[-1] = (result[-1][0], last)
        else:
            result.append((first, last))
    return tuple(result)


def parse_set(text: str) -> CharacterSet:
    """The set that hexadecimal ranges denote: `41-5A 5F`."""
    ranges = []
    for item in text.split():
        first, _, last = item.partition("-")
        ranges.append((int(first, 16), int(last or first, 16)))
    return character_set(ranges)


def union(left: CharacterSet, right: CharacterSet) -> CharacterSet:
    if not left or not right:
        return left or right
    return character_set(left + right)


def intersection(left: CharacterSet, right: CharacterSet) -> CharacterSet:
    result = []
    i = j = 0
    while i < len(left) and j < len(right):
        first = max(left[i][0], right[j][0])
        last = min(left[i][1], right[j][1])
        if first <= last:
            result.append((first, last))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return tuple(result)


def complement(characters: CharacterSet) -> CharacterSet:
    """All code points that are not in the set."""
    result = []
    begin = 0
    for first, last in characters:
        if begin < first:
            result.append((begin, first - 1))
        begin = last + 1
    if begin <= 0x10FFFF:
        result.append((begin, 0x10FFFF))
    return tuple(result)


def difference(left: CharacterSet, right: CharacterSet) -> CharacterSet:
    return intersection(left, complement(right))


def symmetric_difference(left: CharacterSet, right: CharacterSet) -> CharacterSet:
    """What is in exactly one of the sets."""
    return union(difference(left, right), difference(right, left))


def contains(characters: CharacterSet, code: int) -> bool:
    i = bisect_right(characters, (code, 0x110000))
    return i > 0 and characters[i - 1][1] >= code
