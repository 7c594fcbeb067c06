"""Semantic tokens on the wire: five numbers a token, each relative to the one before, and the difference to what a client has."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class TokenMemory:
    """The last answer for each file, under the number that the client was given for it. Belongs to the analyst's thread."""

    KEPT = 32

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._answers: dict[str, tuple[str, list[int]]] = {}

    def remember(self, path: str, data: list[int]) -> str:
        """Keep an answer; returns its number."""
        number = str(next(self._numbers))
        self._answers.pop(path, None)
        self._answers[path] = number, data
        if len(self._answers) > self.KEPT:
            del self._answers[next(iter(self._answers))]
        return number

    def recall(self, path: str, number: str) -> list[int] | None:
        """The answer of that number; None if it is not the last one for the file."""
        last = self._answers.get(path)
        return last[1] if last is not None and last[0] == number else None

    def forget(self, path: str) -> None:
        self._answers.pop(path, None)


def difference(before: Sequence[int], after: Sequence[int]) -> list[dict[str, object]]:
    """The edits that make one answer the other: at most one, from the first number that differs to the last."""
    shorter = min(len(before), len(after))
    start = 0
    while start < shorter and before[start] == after[start]:
        start += 1
    if start == len(before) == len(after):
        return []
    same = 0
    while same < shorter - start and before[-1 - same] == after[-1 - same]:
        same += 1
    return [
        {
            "start": start,
            "deleteCount": len(before) - start - same,
            "data": list(after[start : len(after) - same]),
        }
    ]
