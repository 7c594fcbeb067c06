"""A lowered regular expression in RE2's syntax, over the bytes of an alphabet.

RE2 and the reference agree on what matters: leftmost-first alternatives, and what groups hold after repetitions. RE2 refuses
counts beyond 1,000, those of nested repetitions multiplied, so larger ones are written out in portions; a group then occurs several
times, and its last occurrence that took part counts.
"""

from __future__ import annotations

from contractlang.text.character_sets import CharacterSet
from contractlang.text.regex_alphabet import AsciiAlphabet, Inexpressible, ReducedAlphabet
from contractlang.text.regex_tree import (
    BEGIN,
    BEGIN_LINE,
    END,
    END_LINE,
    NO_WORD_BOUNDARY,
    WORD_BOUNDARY,
    Capture,
    Characters,
    Choice,
    Look,
    Repeat,
    Sequence,
    Tree,
)

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

_LARGEST_COUNT: Final = 1000
_LONGEST: Final = 2_000_000
_LOOKS: Final = {
    BEGIN: r"\A",
    END: r"\z",
    BEGIN_LINE: "(?m:^)",
    END_LINE: "(?m:$)",
    WORD_BOUNDARY: r"\b",
    NO_WORD_BOUNDARY: r"\B",
}


class Translation:
    """`expression` in RE2's syntax (Latin-1); `groups[i]` is the index of the group that RE2 numbers `i + 1`."""

    __slots__ = ("_alphabet", "_length", "expression", "groups")

    def __init__(self, tree: Tree, alphabet: AsciiAlphabet | ReducedAlphabet) -> None:
        self._alphabet = alphabet
        self._length = 0
        self.groups: list[int] = []
        self.expression = self._translate(tree, 1)

    def _translate(self, tree: Tree, product: int) -> str:
        """`product` is how often the enclosing repetitions repeat this part, as RE2 counts."""
        if isinstance(tree, Characters):
            self._length += 1
            if self._length > _LONGEST:
                raise Inexpressible
            return _class(self._alphabet.byte_ranges(tree.members))
        if isinstance(tree, Look):
            return _LOOKS[tree.condition]
        if isinstance(tree, Capture):
            self.groups.append(tree.index)
            return f"({self._translate(tree.child, product)})"
        if isinstance(tree, Sequence):
            return "".join([self._operand(child, product) for child in tree.children])
        if isinstance(tree, Choice):
            return "|".join([self._translate(child, product) for child in tree.children])
        if isinstance(tree, Repeat):
            return self._repeat(tree, product)
        return "(?:)"

    def _operand(self, tree: Tree, product: int) -> str:
        text = self._translate(tree, product)
        return f"(?:{text})" if isinstance(tree, Choice) else text

    def _repeated(self, tree: Tree, product: int) -> str:
        """A part in a form that a repetition operator may follow."""
        text = self._translate(tree, product)
        return text if isinstance(tree, (Characters, Capture)) else f"(?:{text})"

    def _repeat(self, tree: Repeat, product: int) -> str:
        child, minimum, maximum = tree.child, tree.minimum, tree.maximum
        lazy = "" if tree.greedy else "?"
        if maximum is None:
            if minimum <= 1:
                return self._repeated(child, product) + ("+" if minimum else "*") + lazy
            if minimum <= _LARGEST_COUNT // product:
                return self._repeated(child, product * minimum) + f"{{{minimum},}}" + lazy
            return self._times(child, minimum - 1, product, "") + self._repeated(child, product) + "+" + lazy
        if maximum <= _LARGEST_COUNT // product:
            return self._repeated(child, product * maximum) + f"{{{minimum},{maximum}}}" + lazy
        optional = maximum - minimum
        if lazy and optional > _LARGEST_COUNT // product:
            raise Inexpressible  # portions would be tried in another order
        return self._times(child, minimum, product, "") + self._times(child, optional, product, "0,", lazy)

    def _times(self, child: Tree, count: int, product: int, minimum: str, lazy: str = "") -> str:
        """`child` `count` times, in portions that RE2 accepts; with `minimum` "0,", up to so many times."""
        portion = min(count, _LARGEST_COUNT // product)
        parts = []
        while count:
            portion = min(count, portion)
            parts.append(f"{self._repeated(child, product * portion)}{{{minimum}{portion}}}{lazy}")
            count -= portion
        return "".join(parts)


def _class(ranges: CharacterSet) -> str:
    if not ranges:
        return r"[^\x00-\xff]"
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return _byte(ranges[0][0])
    return (
        "["
        + "".join(_byte(first) if first == last else f"{_byte(first)}-{_byte(last)}" for first, last in ranges)
        + "]"
    )


def _byte(code: int) -> str:
    char = chr(code)
    return char if char.isascii() and char.isalnum() else f"\\x{code:02x}"
