"""Regular expressions of the language: compiled once, matched in time linear in the text for every search.

A pattern is parsed and checked when it is compiled. The engines are made when the first text needs them: one for ASCII text, whose
sets are small, and one for all other text, with Unicode's. Both run on RE2, unless the pattern is a plain text, or RE2 cannot
express it: then it runs on an engine of our own. What they find is then held against the clusters of the text.

Source: evaluation.md §4, stdlib.md §6 and appendices A and B.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from contractlang.text.clusters import boundaries, index_of_offset, is_boundary
from contractlang.text.regex_alphabet import AsciiAlphabet, Inexpressible, ReducedAlphabet
from contractlang.text.regex_lowering import Lowering
from contractlang.text.regex_machine import Machine
from contractlang.text.regex_nodes import Node
from contractlang.text.regex_parser import Parser
from contractlang.text.regex_size import check_size
from contractlang.text.regex_translate import Translation
from contractlang.text.regex_tree import Tree, group_count, plain_text

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any, Final

Slots = tuple[int, ...]

_MEMORY: Final = (16 << 20, 256 << 20)  # what RE2 may use for one pattern: usually, and if that is too little
_CACHED: Final = 500


class Match:
    """A match: its text, the number of clusters before it, and the text of every group ("" if it took no part)."""

    __slots__ = ("groups", "index", "matched")

    def __init__(self, matched: str, index: int, groups: list[str]) -> None:
        self.matched = matched
        self.index = index
        self.groups = groups

    def __repr__(self) -> str:
        return f"Match({self.matched!r}, {self.index}, {self.groups})"


class _Plain:
    """A pattern that is nothing but a text."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def found(self, text: str) -> bool:
        return self._text in text

    def matches(self, text: str) -> Iterator[Slots]:
        size = len(self._text)
        start = text.find(self._text)
        while start >= 0:
            yield start, start + size
            start = text.find(self._text, start + size)


class _Re2:
    """A pattern compiled by RE2, over the bytes of an alphabet."""

    __slots__ = ("_alphabet", "_expression", "_finder", "_groups", "_searcher", "_slots")

    def __init__(self, tree: Tree, alphabet: AsciiAlphabet | ReducedAlphabet) -> None:
        translation = Translation(tree, alphabet)
        self._alphabet = alphabet
        self._groups = translation.groups
        self._slots = [-1] * (2 * group_count(tree) + 2)
        self._expression = translation.expression.encode("latin-1")
        self._finder = _compile_re2(self._expression, keep_groups=True)
        self._searcher: Any = None if self._groups else self._finder

    def found(self, text: str) -> bool:
        if self._searcher is None:
            self._searcher = _compile_re2(self._expression, keep_groups=False)
        return self._searcher.search(self._alphabet.encode(text)) is not None

    def matches(self, text: str) -> Iterator[Slots]:
        previous_end = -1
        for match in self._finder.finditer(self._alphabet.encode(text)):
            start, end = match.span()
            if start == end == previous_end:
                continue  # an empty match directly behind a match does not count
            previous_end = end
            slots = self._slots.copy()
            slots[0] = start
            slots[1] = end
            for number, group in enumerate(self._groups, 1):
                start, end = match.span(number)
                if start >= 0:
                    slots[2 * group] = start
                    slots[2 * group + 1] = end
            yield tuple(slots)


Engine = _Plain | _Re2 | Machine


def _compile_re2(expression: bytes, *, keep_groups: bool) -> Any:  # noqa: ANN401 - google-re2 ships no types
    import re2  # takes milliseconds to import, and many programs have no patterns

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.log_errors = False
    options.never_capture = not keep_groups
    for memory in _MEMORY:
        options.max_mem = memory
        try:
            return re2.compile(expression, options)
        except re2.error:
            continue
    raise Inexpressible


def _engine(tree: Tree, alphabet: type[AsciiAlphabet | ReducedAlphabet]) -> Engine:
    text = plain_text(tree)
    if text is not None:
        return _Plain(text)
    try:
        return _Re2(tree, alphabet(tree))
    except Inexpressible:
        return Machine(tree)


class Pattern:
    """A compiled pattern."""

    __slots__ = ("_ascii_engine", "_ascii_tree", "_engine", "_full_tree", "_node", "text")

    def __init__(self, text: str) -> None:
        """Raises TextError if the pattern is faulty or too large."""
        self.text = text
        self._node: Node = Parser(text).parse()
        self._ascii_tree = Lowering(text, ascii_text=True).lower(self._node)
        self._full_tree: Tree | None = None
        self._ascii_engine: Engine | None = None
        self._engine: Engine | None = None
        if not check_size(self._ascii_tree, None):
            check_size(self._ascii_tree, self._full())

    def _full(self) -> Tree:
        if self._full_tree is None:
            self._full_tree = Lowering(self.text, ascii_text=False).lower(self._node)
        return self._full_tree

    def _engine_for(self, text: str) -> Engine:
        if text.isascii():
            if self._ascii_engine is None:
                self._ascii_engine = _engine(self._ascii_tree, AsciiAlphabet)
            return self._ascii_engine
        if self._engine is None:
            self._engine = _engine(self._full(), ReducedAlphabet)
        return self._engine

    def is_match(self, text: str) -> bool:
        """Whether the pattern matches a part of the text that begins and ends between clusters."""
        engine = self._engine_for(text)
        if not engine.found(text):
            return False
        cuts = boundaries(text)
        if cuts is None:
            return True
        return any(is_boundary(cuts, slots[0]) and is_boundary(cuts, slots[1]) for slots in engine.matches(text))

    def find(self, text: str) -> Match | None:
        """The first match."""
        return next(self._matches(text), None)

    def find_all(self, text: str) -> list[Match]:
        """All matches, none overlapping another, from left to right."""
        return list(self._matches(text))

    def replace_all(self, text: str, replacement: str, expect: Callable[[int], None] | None = None) -> str:
        """The text with `replacement`, taken literally, in the place of every match; `expect` hears of the length of it first."""
        cuts = boundaries(text)
        parts = []
        begin = 0
        for slots in self._engine_for(text).matches(text):
            start, end = slots[0], slots[1]
            if is_boundary(cuts, start) and is_boundary(cuts, end):
                parts.append(text[begin:start])
                begin = end
        parts.append(text[begin:])
        if expect is not None:
            expect(sum(map(len, parts)) + len(replacement) * (len(parts) - 1))
        return replacement.join(parts)

    def _matches(self, text: str) -> Iterator[Match]:
        cuts = boundaries(text)
        for slots in self._engine_for(text).matches(text):
            if cuts is not None and not all(slot < 0 or is_boundary(cuts, slot) for slot in slots):
                continue
            groups = [text[slots[i] : slots[i + 1]] if slots[i] >= 0 else "" for i in range(2, len(slots), 2)]
            yield Match(text[slots[0] : slots[1]], index_of_offset(cuts, slots[0]), groups)


_cache: dict[str, Pattern] = {}


def compile_pattern(text: str) -> Pattern:
    """The pattern that `text` denotes; the same one for the same text, most of the time. Raises TextError as `Pattern` does."""
    pattern = _cache.get(text)
    if pattern is None:
        pattern = Pattern(text)
        if len(_cache) >= _CACHED:
            _cache.clear()
        _cache[text] = pattern
    return pattern
