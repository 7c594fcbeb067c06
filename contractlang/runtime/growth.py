"""Plain records that are built field by field: how a fold that adds or replaces a field in every step takes linear time.

Adding a field copies the record, unless it is large and the newest version of those that were made by adding. Then the new record
shares the list of slots, which grows in place: the old record goes on looking at its beginning. Replacing a field copies the slots,
unless they are many and nobody but that record refers to their list. Then the new record takes the list over, and the old one is
left with `Slots` that remember the one value. The fold drops each old record at once, so in practice nobody ever looks there.
Removing a field copies the names and the slots, and leaves the rest for when it is needed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from contractlang.runtime.shape import GrowingShape, Shape, data_shape
from contractlang.runtime.values import Lazy, Record

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

    List = list[Any]
else:
    List = list

SMALL = 64
"""Records of fewer fields are copied: that is faster than sharing, and records of the same names share a shape."""


class Slots(List):
    """The slots of a record of which a newer version has taken the list over: those of the `whole` list, but for one. The list that
    this class inherits from stays empty: it is there so that this can be the `slots` of a record. Storing a value (once it is
    evaluated) stores it for all who share the list."""

    __slots__ = ("at", "end", "kept", "whole")

    def __init__(self, whole: list[Lazy], end: int, at: int) -> None:
        super().__init__()
        self.whole = whole
        self.end = end
        self.at = at
        self.kept = whole[at]

    def __len__(self) -> int:
        return self.end

    def __getitem__(self, index: Any) -> Any:
        if type(index) is slice:
            return list(self)[index]
        place = range(self.end)[index]
        return self.kept if place == self.at else self.whole[place]

    def __setitem__(self, index: Any, value: Any) -> None:
        place = range(self.end)[index]
        if place == self.at:
            self.kept = value
        else:
            self.whole[place] = value

    def __iter__(self) -> Iterator[Lazy]:
        items = self.whole[: self.end]
        items[self.at] = self.kept
        return iter(items)

    def __contains__(self, value: object) -> bool:
        return any(value is item for item in self)


def _holders(record: Record) -> int:
    """How many references to the slots of a record there are, the ones of this function included."""
    slots = record.slots
    return sys.getrefcount(slots)


_UNSHARED = _holders(Record(data_shape(()), None, []))


def grown(record: Record, name: str, value: Lazy) -> Record:
    """A plain record with one more field, which must not exist."""
    shape, slots = record.shape, record.slots
    if type(shape) is GrowingShape and shape.is_newest and type(slots) is list and len(slots) == shape.count:
        slots.append(value)
        return Record(shape.with_name(name), None, slots)
    names = shape.names
    count = len(names)
    slots = [*slots[:count], value]
    if count < SMALL:
        return Record(data_shape((*names, name)), None, slots)
    return Record(GrowingShape([*names, name], {**shape.index, name: count}), None, slots)


def replaced(record: Record, index: int, value: Lazy) -> Record:
    """A plain record with another value in a field."""
    shape = record.shape
    count = _count(shape)
    if count >= SMALL and type(record.slots) is list and _holders(record) == _UNSHARED:
        slots = record.slots
        record.slots = Slots(slots, count, index)
        slots[index] = value
    else:
        slots = record.slots[:count]
        slots[index] = value
    return Record(shape, None, slots)


def shrunk(record: Record, index: int) -> Record:
    """A plain record without a field. This copies, but no more than it has to: neither index nor definitions."""
    shape, slots = record.shape, record.slots
    if type(shape) is not GrowingShape and len(shape.names) <= SMALL:
        names = shape.names
        return Record(data_shape(names[:index] + names[index + 1 :]), None, slots[:index] + slots[index + 1 :])
    order = shape.order if type(shape) is GrowingShape else list(shape.names)
    count = _count(shape)
    order = order[:index] + order[index + 1 : count]
    return Record(GrowingShape(order), None, slots[:index] + slots[index + 1 : count])


def _count(shape: Shape) -> int:
    return shape.count if type(shape) is GrowingShape else len(shape.names)
