"""Text as bytes in which a pattern's characters can be searched: one byte a character, whatever the text.

A pattern tells characters apart only by the sets that occur in it. So all characters that are in the same sets may be written as
the same byte, and RE2, which knows only ASCII word boundaries, finds Unicode's if word characters become bytes that it takes for
word characters, and the others do not. Offsets in the bytes are offsets in the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from contractlang.text.character_sets import CharacterSet
from contractlang.text.regex_tree import (
    BEGIN,
    BEGIN_LINE,
    END,
    END_LINE,
    NO_WORD_BOUNDARY,
    WORD_BOUNDARY,
    Characters,
    Look,
    Tree,
    leaves,
)
from contractlang.text.unicode_properties import perl_class

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

ASCII_WORD: Final[CharacterSet] = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_LINE_FEED: Final[CharacterSet] = ((10, 10),)
_EXPRESSIBLE: Final = frozenset({BEGIN, END, BEGIN_LINE, END_LINE, WORD_BOUNDARY, NO_WORD_BOUNDARY})


class Inexpressible(Exception):
    """RE2 has no means for what the pattern asks."""


class AsciiAlphabet:
    """For ASCII text: characters are their own bytes."""

    __slots__ = ()

    def __init__(self, tree: Tree) -> None:
        for look in _looks(tree):
            if look.condition not in _EXPRESSIBLE:
                raise Inexpressible

    def encode(self, text: str) -> bytes:
        return text.encode("ascii")

    def byte_ranges(self, members: CharacterSet) -> CharacterSet:
        """The bytes of a set of the tree."""
        return members


class _Letters(dict[int, int]):
    """The byte of every character, looked up when first met: a table for `str.translate`."""

    def __init__(self, starts: list[int], letters: list[int]) -> None:
        super().__init__()
        self._starts = starts
        self._letters = letters

    def __missing__(self, code: int) -> int:
        letter = self[code] = self._letters[bisect_right(self._starts, code) - 1]
        return letter


class ReducedAlphabet:
    """For any text: characters that no set of the tree tells apart share a byte. Raises Inexpressible if 256 are too few."""

    __slots__ = ("_bytes_of", "_letters")

    def __init__(self, tree: Tree) -> None:
        words = _words(tree)
        sets = list(dict.fromkeys(leaf.members for leaf in leaves(tree) if isinstance(leaf, Characters)))
        starts, signatures = _partition([_LINE_FEED, *([words] if words else []), *sets])
        letter_of = _assign(set(signatures), has_words=words is not None)
        self._letters = _Letters(starts, [letter_of[signature] for signature in signatures])
        offset = 2 if words else 1
        self._bytes_of: dict[CharacterSet, CharacterSet] = {}
        for i, members in enumerate(sets):
            bit = 1 << (i + offset)
            found = sorted(letter for signature, letter in letter_of.items() if signature & bit)
            self._bytes_of[members] = tuple((letter, letter) for letter in found)

    def encode(self, text: str) -> bytes:
        return text.translate(self._letters).encode("latin-1")

    def byte_ranges(self, members: CharacterSet) -> CharacterSet:
        """The bytes of a set of the tree."""
        return self._bytes_of[members]


def _looks(tree: Tree) -> Iterable[Look]:
    return (leaf for leaf in leaves(tree) if isinstance(leaf, Look))


def _words(tree: Tree) -> CharacterSet | None:
    """The word characters that the word boundaries of the tree go by; None if it has no word boundaries."""
    kinds = set()
    for look in _looks(tree):
        if look.condition not in _EXPRESSIBLE:
            raise Inexpressible
        if look.condition in {WORD_BOUNDARY, NO_WORD_BOUNDARY}:
            kinds.add(look.ascii_words)
    if len(kinds) == 2:
        raise Inexpressible
    return (ASCII_WORD if kinds.pop() else perl_class("w")) if kinds else None


def _partition(sets: list[CharacterSet]) -> tuple[list[int], list[int]]:
    """Where the code points begin to be in other sets than before, and in which, as bits."""
    changes: dict[int, int] = {0: 0}
    for i, members in enumerate(sets):
        for first, last in members:
            changes[first] = changes.get(first, 0) ^ (1 << i)
            changes[last + 1] = changes.get(last + 1, 0) ^ (1 << i)
    starts = sorted(changes)
    signatures = []
    signature = 0
    for start in starts:
        signature ^= changes[start]
        signatures.append(signature)
    return starts, signatures


def _assign(signatures: set[int], *, has_words: bool) -> dict[int, int]:
    """A byte for every signature: bit 0 is the line feed; bit 1, if there are words, is a word character."""
    word_bytes = [code for first, last in ASCII_WORD for code in range(first, last + 1)]
    other_bytes = [code for code in range(256) if code != 10 and code not in word_bytes]
    if not has_words:
        other_bytes += word_bytes
    result: dict[int, int] = {}
    for signature in sorted(signatures):
        supply = [10] if signature & 1 else word_bytes if has_words and signature & 2 else other_bytes
        if not supply:
            raise Inexpressible
        result[signature] = supply.pop()
    return result
