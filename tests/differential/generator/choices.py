"""Where generated programs get their choices from: Hypothesis, which can shrink them, or a plain seeded generator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

Item = TypeVar("Item")


class Choices:
    """Choices among a few possibilities. The first possibility is the simplest: shrinking goes there."""

    def __init__(self, below: Callable[[int], int]) -> None:
        self.below = below

    def pick(self, options: Sequence[Item]) -> Item:
        return options[self.below(len(options))]

    def chance(self, percent: int) -> bool:
        """True in so many cases of a hundred; shrinks to False."""
        return self.below(100) >= 100 - percent

    def between(self, low: int, high: int) -> int:
        return low + self.below(high - low + 1)


def programs(write: Callable[[Choices], str]) -> st.SearchStrategy[str]:
    """The strategy of the programs that a writer makes."""

    @st.composite
    def strategy(draw: st.DrawFn) -> str:
        return write(Choices(lambda count: draw(st.integers(0, count - 1))))

    return strategy()
