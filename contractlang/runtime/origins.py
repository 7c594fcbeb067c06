"""Where values were born: for the second run of a program that has failed, which is made to explain the failure.

Values carry no places. In such a run every literal of user code makes an object of its own, so that an object's identity leads
back to the place where it was written, through whatever calls, fields and merges it came. What has no identity to itself (small
integers, booleans, `null`, tags, strings of one character) has no origin, and neither has what was computed.
"""

from __future__ import annotations

from fractions import Fraction

from contractlang.runtime.values import Array, Record

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

Step = str | int
Born = tuple[str, int, int] | tuple[str, tuple[Step, ...]]
"""The generated unit, with the start and end of an expression, or with the path into a data file."""

MOST = 300_000
"""Loops may make arrays and strings without end: no more are remembered."""


class Origins:
    """The origins of the values of one run. It keeps the values alive: an identity is not used again."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, Born | None]] = {}

    def born(self, value: Any, unit: str, start: int, end: int) -> Any:
        """The value as an object of its own, where it can be one, from now on known to be born there."""
        own = _own(value)
        if own is not None:
            self._note(own, (unit, start, end))
            return own
        return value

    def made(self, value: Any, unit: str, start: int, end: int) -> Any:
        """The same for what an expression has just made, again and again perhaps."""
        if len(self._known) < MOST and (type(value) is Array or (type(value) is str and len(value) > 1)):
            self._note(value, (unit, start, end))
        return value

    def data(self, data: Any, unit: str) -> None:
        """Note where the scalars and records of a data file are; what is given twice is left out, as it is yet to be merged."""
        stack: list[tuple[Any, tuple[Step, ...]]] = [(data, ())]
        seen: set[int] = set()
        while stack:
            value, path = stack.pop()
            if id(value) in seen:
                continue
            if type(value) is Array:
                seen.add(id(value))
                stack += [(item, (*path, index)) for index, item in enumerate(value.items)]
            elif type(value) is Record:
                seen.add(id(value))
                stack += [(item, (*path, name)) for name, item in zip(value.shape.names, value.slots, strict=True)]
            if (type(value) is Record or _has_identity(value)) and len(self._known) < MOST:
                self._note(value, (unit, path))

    def _note(self, value: Any, born: Born) -> None:
        known = self._known.get(id(value))
        # What is one object in two places has no origin that can be told.
        self._known[id(value)] = value, born if known is None or known[1] == born else None

    def find(self, value: Any) -> Born | None:
        """Where a value was born, if it is known."""
        known = self._known.get(id(value))
        return None if known is None else known[1]


def _has_identity(value: Any) -> bool:
    """Whether Python makes an object of its own for each such value that is written."""
    if type(value) is str:
        return len(value) > 1
    if type(value) is int:
        return not -6 < value < 257
    return type(value) is Fraction


def _own(value: Any) -> Any:
    if type(value) is Array:
        return value
    if not _has_identity(value):
        return None
    if type(value) is str:
        return value[:1] + value[1:]
    if type(value) is int:
        return ~~value  # (Python makes a new object)
    return Fraction(value.numerator, value.denominator)
