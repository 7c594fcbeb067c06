"""How large the reference's compiled form of a regular expression is: it refuses more than 10 MiB.

The reference builds two automata, one that keeps groups and one that reads backwards; the figures below are the bytes of their
states. A set beyond ASCII becomes the sequences of bytes that UTF-8 writes its characters in.

Source: stdlib.md appendix B; measured on the reference (within 1 % for what it was measured on).
"""

from __future__ import annotations

from functools import lru_cache

from contractlang.text.character_sets import CharacterSet, character_set
from contractlang.text.errors import TextError
from contractlang.text.regex_tree import Capture, Characters, Choice, Repeat, Sequence, Tree, may_be_empty

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

SIZE_LIMIT: Final = 10_485_760

_STATE: Final = 32
_LINK: Final = 4
_CHOICE: Final = 2 * _STATE + 2 * _LINK
_ANY_SET: Final = 100_000  # more than nearly any set of characters takes


def check_size(small: Tree, full: Tree | None) -> bool:
    """Raises TextError if the expression is too large. `small` is the tree for ASCII text, `full` the one for any text;
    without `full`, returns False if it is needed to decide."""
    if full is None:
        return _size(small, capturing=True, exact=False) <= SIZE_LIMIT
    if max(_size(full, capturing=capturing, exact=True) for capturing in (False, True)) > SIZE_LIMIT:
        raise TextError(f"Compiled regex exceeds size limit of {SIZE_LIMIT} bytes.")
    return True


def _size(tree: Tree, *, capturing: bool, exact: bool) -> int:
    if isinstance(tree, Characters):
        if tree.literal:
            return _STATE * (len(chr(tree.members[0][0]).encode()) if tree.members else 4)
        return _size_of_set(tree.members) if exact else _ANY_SET
    if isinstance(tree, Capture):
        return _size(tree.child, capturing=capturing, exact=exact) + 2 * _STATE * capturing
    if isinstance(tree, Sequence):
        return sum(_size(child, capturing=capturing, exact=exact) for child in tree.children)
    if isinstance(tree, Choice):
        letters = [child for child in tree.children if isinstance(child, Characters) and child.literal]
        if len(letters) == len(tree.children):
            return _size_of_set(character_set(item for letter in letters for item in letter.members))
        sizes = [_size(child, capturing=capturing, exact=exact) for child in tree.children]
        return sum(sizes) + 2 * _STATE + _LINK * len(sizes)
    if isinstance(tree, Repeat):
        child = _size(tree.child, capturing=capturing, exact=exact)
        if tree.maximum is not None:
            optional = tree.maximum - tree.minimum
            return child * tree.maximum + (_STATE + 2 * _LINK) * optional + (_STATE if optional else 0)
        if tree.minimum == 0 and may_be_empty(tree.child):
            return child + 3 * _STATE + 4 * _LINK
        return child * max(tree.minimum, 1) + _STATE + 2 * _LINK
    return _STATE


@lru_cache(maxsize=256)
def _size_of_set(members: CharacterSet) -> int:
    if not members or members[-1][1] < 0x80:
        return 2 * _STATE + 2 * _LINK * len(members)
    nodes: set[tuple[tuple[int, int], ...]] = set()
    count = 0
    for first, last in members:
        for sequence in utf8_sequences(first, last):
            count += 1
            nodes.update(sequence[:length] for length in range(1, len(sequence) + 1))
    return 2 * _STATE + _LINK * count + _STATE * len(nodes)


def utf8_sequences(first: int, last: int) -> list[tuple[tuple[int, int], ...]]:
    """The sequences of byte ranges that together are the UTF-8 of the characters from `first` to `last`."""
    result = []
    stack = [(first, last)]
    while stack:
        low, high = stack.pop()
        cut = _first_cut(low, high)
        if cut is not None:
            stack.append((cut + 1, high))
            stack.append((low, cut))
        elif low <= high and not 0xD800 <= low <= high <= 0xDFFF:
            result.append(tuple(zip(chr(low).encode(), chr(high).encode(), strict=True)))
    return result


def _first_cut(low: int, high: int) -> int | None:
    """The last character of a first part, where a range is not one sequence of byte ranges."""
    for edge in (0x7F, 0x7FF, 0xD7FF, 0xDFFF, 0xFFFF):
        if low <= edge < high:
            return edge
    if high < 0x80:
        return None
    for bits in (6, 12, 18):
        mask = (1 << bits) - 1
        if low & ~mask != high & ~mask:
            if low & mask:
                return low | mask
            if high & mask != mask:
                return (high & ~mask) - 1
    return None
