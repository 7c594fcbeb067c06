"""How large values may become: numbers, strings, arrays, the exported document.

Whatever makes something large asks here before it makes it. Most values are small, so callers compare with `HARMLESS` first, which
costs next to nothing; what the run allows is looked up only beyond that. Each run has limits of its own, also where several run
in one process.
"""

from __future__ import annotations

from contextvars import ContextVar

from contractlang.runtime.errors import LimitReached

HARMLESS = 65_536
"""Bits, characters, elements: nothing of this size is ever refused, so smaller limits count as this."""


class Sizes:
    """`number_bits`: of a number, numerator and denominator together; `string_length` in characters; `array_length` in elements;
    `output_nodes`: values in the exported document, each as often as it occurs there."""

    __slots__ = ("array_length", "number_bits", "output_nodes", "string_length")

    def __init__(
        self,
        number_bits: int | None = None,
        string_length: int | None = None,
        array_length: int | None = None,
        output_nodes: int | None = None,
    ) -> None:
        self.number_bits = 8_000_000 if number_bits is None else max(number_bits, HARMLESS)
        self.string_length = 250_000_000 if string_length is None else max(string_length, HARMLESS)
        self.array_length = 100_000_000 if array_length is None else max(array_length, HARMLESS)
        self.output_nodes = 10_000_000 if output_nodes is None else max(output_nodes, HARMLESS)


SIZES: ContextVar[Sizes] = ContextVar("contractlang_sizes", default=Sizes())  # noqa: B039 - nobody changes it
"""Those of the run."""

_SLOW_SHARE = 8
"""Division and common divisors take time in the square of the size, so their operands may have this part of what others may."""


def check_number(bits: int) -> None:
    """Refuse a number of so many bits, if that is too many."""
    most = SIZES.get().number_bits
    if bits > most:
        raise LimitReached("limit-number-size", f"a number of more than {most:,} bits would be the result")


def check_division(bits: int) -> None:
    """Refuse a division, or arithmetic of fractions, of numbers that have so many bits together."""
    most = SIZES.get().number_bits // _SLOW_SHARE
    if bits > most:
        raise LimitReached("limit-number-size", f"numbers of more than {most:,} bits would be divided")


def check_string(length: int) -> None:
    """Refuse a string of so many characters, if that is too many."""
    most = SIZES.get().string_length
    if length > most:
        raise LimitReached("limit-string-size", f"a string of more than {most:,} characters would be the result")


def check_array(length: int) -> None:
    """Refuse an array of so many elements, if that is too many."""
    most = SIZES.get().array_length
    if length > most:
        raise LimitReached("limit-array-size", f"an array of more than {most:,} elements would be the result")


def output_too_large() -> LimitReached:
    """The error for a document that has too many nodes."""
    most = SIZES.get().output_nodes
    return LimitReached("limit-output-size", f"the document would have more than {most:,} nodes")
