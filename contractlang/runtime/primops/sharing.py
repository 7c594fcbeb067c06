"""Arrays that share one list: how appending to an array over and over takes time linear in the number of elements.

Appending copies the left array, unless it is long and nobody but that array refers to its list. Then the new array takes the list
over and grows it in place, and the old one is left with a `Window` onto its part: the same elements, read through one more step.
The fold that builds an array drops each old one at once, so in practice nobody ever looks through these windows. Slices of long
arrays are windows too, so that walking down an array by dropping its first element does not copy the rest each time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from contractlang.runtime.thunk import lazy_element, lazy_elements
from contractlang.runtime.values import Array, Lazy

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any, SupportsIndex

    List = list[Any]
else:
    List = list

SHORT = 64
"""Arrays of fewer elements are copied: that is faster than sharing them."""


class Window(List):
    """The elements from `begin` up to `end` of a list that only ever grows at its end. The list that this class inherits from
    stays empty: it is there so that the window can be the `items` of an array. Storing an element (once it is evaluated)
    stores it for all who share the list. `concat`, `extend`, slices and loops see a window as what it shows; only operations of
    `list` that are not repeated here (`+`, `==`, `sort`, …) would see nothing."""

    __slots__ = ("begin", "end", "whole")

    def __init__(self, whole: list[Lazy], begin: int, end: int) -> None:
        super().__init__()
        self.whole = whole
        self.begin = begin
        self.end = end

    def __len__(self) -> int:
        return self.end - self.begin

    def _place(self, index: SupportsIndex) -> int:
        place = index.__index__()
        place += self.end if place < 0 else self.begin
        if not self.begin <= place < self.end:
            raise IndexError("index out of the window")
        return place

    def __getitem__(self, index: Any) -> Any:
        if type(index) is slice:
            start, stop, step = index.indices(self.end - self.begin)
            if step == 1:
                return self.whole[self.begin + start : self.begin + max(start, stop)]
            return self.whole[self.begin : self.end][index]
        return self.whole[self._place(index)]

    def __setitem__(self, index: Any, value: Any) -> None:
        self.whole[self._place(index)] = value

    def __iter__(self) -> Iterator[Lazy]:
        return iter(self.whole[self.begin : self.end])

    def __reversed__(self) -> Iterator[Lazy]:
        return reversed(self.whole[self.begin : self.end])

    def __contains__(self, value: object) -> bool:
        return any(value is item for item in self.whole[self.begin : self.end])


def plain_items(array: Array) -> list[Lazy]:
    """The items of an array about to be read from end to end: a window is replaced by a list of its own first."""
    items = array.items
    if type(items) is not list:
        items = array.items = items[:]
    return items


def _holders(array: Array) -> int:
    """How many references to the list of an array there are, the ones of this function included."""
    items = array.items
    return sys.getrefcount(items)


_UNSHARED = _holders(Array([]))


def concat(left: Array, right: Array) -> Array:
    """The elements of both arrays, unevaluated."""
    items = left.items
    if not right.items:
        return left
    if not items:
        return right
    added = right.items if right.source is None else lazy_elements(right)
    if left.source is not None:
        items = lazy_elements(left)
        items.extend(added)
        return Array(items)
    if len(items) >= SHORT and type(items) is list:
        del items  # this name would count as a holder
        if _holders(left) == _UNSHARED:
            return _taken_over(left, added)
        items = left.items
    return Array([*items, *added])


def append(array: Array, element: Lazy) -> Array:
    """The array with one more element at its end."""
    return concat(array, Array([element]))


def _taken_over(array: Array, added: list[Lazy]) -> Array:
    """A new array made of the list of `array`, grown; the old one keeps a window onto its elements."""
    whole = array.items
    array.items = Window(whole, 0, len(whole))
    whole.extend(added)
    return Array(whole)


def part(array: Array, start: int, end: int) -> Array:
    """The elements from `start` up to `end`, which must be in range and in order."""
    items = array.items
    if start == 0 and end == len(items):
        return array
    if array.source is not None:
        return Array([lazy_element(array, i) for i in range(start, end)])
    if end - start < SHORT:
        return Array(items[start:end])
    if isinstance(items, Window):
        return Array(Window(items.whole, items.begin + start, items.begin + end))
    return Array(Window(items, start, end))
