"""Plain data to values, iteratively: what is imported may be deep, large, shared and (from YAML) cyclic."""

from __future__ import annotations

from contractlang.formats.data import Data, Duplicates
from contractlang.runtime.merge import merge_code
from contractlang.runtime.shape import data_shape
from contractlang.runtime.values import Array, Lazy, Record, Value

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any


def convert(data: Data) -> Value:
    """The value of plain data; values given twice for one key are merged when they are demanded."""
    if type(data) is not dict and type(data) is not list:
        return data
    made: dict[int, Value] = {}
    root = _shell(data, made)
    pending: list[Data] = [data]
    while pending:
        item = pending.pop()
        target = made[id(item)]
        if isinstance(item, dict):
            slots = target.slots
            for i, child in enumerate(item.values()):
                kind = type(child)
                if kind is dict or kind is list:
                    slots[i] = _child(child, made, pending)
                elif kind is Duplicates:
                    slots[i] = _merged(child, made, pending)
        else:
            assert isinstance(item, list)
            items = target.items
            for i, child in enumerate(item):
                if type(child) is dict or type(child) is list:
                    items[i] = _child(child, made, pending)
    return root


def _shell(data: Any, made: dict[int, Value]) -> Value:
    """A container with its scalars in place, its containers still to be converted."""
    value: Value
    if type(data) is dict:
        value = Record(data_shape(tuple(data)), None, list(data.values()))
    else:
        value = Array(data[:])
    made[id(data)] = value
    return value


def _child(data: Any, made: dict[int, Value], pending: list[Data]) -> Value:
    found = made.get(id(data))
    if found is None:
        found = _shell(data, made)
        pending.append(data)
    return found


def _merged(duplicates: Any, made: dict[int, Value], pending: list[Data]) -> Lazy:
    merged: Lazy = None
    for i, data in enumerate(duplicates.values):
        value = _child(data, made, pending) if type(data) is dict or type(data) is list else data
        merged = value if i == 0 else [merge_code, merged, value]
    return merged
