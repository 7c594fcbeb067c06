"""Plain data, as every format has it: what readers yield and writers take, and the error of a text that is no data."""

from __future__ import annotations

from fractions import Fraction

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import TypeAlias

Data: TypeAlias = "bool | int | Fraction | str | list[Data] | dict[str, Data] | Duplicates | None"
"""`int` where integral, else `Fraction`. Readers may share containers and, from YAML, yield cyclic ones."""


class Duplicates:
    """The values that one key was given, in order: to be merged as the definitions of a field are. Only ever a field's value."""

    __slots__ = ("values",)

    def __init__(self, values: list[Data]) -> None:
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Duplicates) and self.values == other.values

    __hash__ = None  # type: ignore[assignment]  # it holds a list

    def __repr__(self) -> str:
        return f"Duplicates({self.values!r})"


class DataError(Exception):
    """A text that is not in its format.

    `message` is the whole headline (`json parse error: …`), `offset` the place in code points from 0, `line` and `column` the
    same from 1. `details` is what the headline leaves out, if anything.
    """

    def __init__(self, message: str, line: int, column: int, offset: int, details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.offset = offset
        self.details = details

    def __str__(self) -> str:
        return self.message
