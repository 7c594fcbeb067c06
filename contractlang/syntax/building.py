"""What the builder functions share: the problems found while building, and notes about nodes that the tree has no place for.

A builder function is called with this, the parser's value stack, the index of its production's first symbol there, and the start
and end of the text that the production covers. It is named as in `grammar.lark`.
"""

from __future__ import annotations

from bisect import bisect_left

from contractlang.syntax.problem import Problem

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Any

    from contractlang.syntax.nodes import Node
    from contractlang.syntax.tokens import Tokens

    Values = list[Any]


class Building:
    """`parentheses` has the extent, parentheses included, of each expression that stands in some (keyed by `id`; it keeps the nodes
    alive, so that no key is used twice). `rest_places` says where the name after `..` in a pattern stands."""

    __slots__ = ("parentheses", "problems", "repairs", "rest_places", "tokens")

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.problems: list[Problem] = []
        # Where tokens stood that did not fit, in the order of the text. What was built around them is partly made up.
        self.repairs: list[int] = []
        self.parentheses: dict[int, tuple[int, int, Node]] = {}
        self.rest_places: dict[int, tuple[int, int]] = {}

    def report(
        self, code: str, start: int, end: int, detail: object = None, other: tuple[int, int] | None = None
    ) -> None:
        self.problems.append(Problem(code, start, end, detail, other))

    def made_up(self, start: int, end: int) -> bool:
        """Whether a mistake was already reported between two places, so that what stands there is not what the author wrote."""
        repairs = self.repairs
        index = bisect_left(repairs, start)
        return index < len(repairs) and repairs[index] < end

    def place_after(self, end: int) -> tuple[int, int]:
        """Where the first token stands that begins at or after `end`; those that recovery has put in are empty and do not count."""
        starts, ends = self.tokens.starts, self.tokens.ends
        index = bisect_left(starts, end)
        while starts[index] == ends[index] and index + 1 < len(starts):
            index += 1
        return starts[index], ends[index]

    def advise(self, advice: str) -> None:
        """Adds advice to the last problem, if it is about a pattern."""
        if self.problems and self.problems[-1].code == "unexpected-in-pattern":
            self.problems[-1].detail = advice
