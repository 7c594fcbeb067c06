"""`Array T`: an array now, its elements when they are used."""

from __future__ import annotations

from collections.abc import Hashable

from contractlang.runtime.contracts.apply import apply_contract
from contractlang.runtime.contracts.base import NO_TYPES, Contract, Failure, accepts_of, is_dyn, same_contract
from contractlang.runtime.errors import BlameError
from contractlang.runtime.label import Label
from contractlang.runtime.thunk import element, lazy_element, whnf
from contractlang.runtime.values import UNSET, Array, Lazy, Sealed, Value

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

ARRAYS: frozenset[type] = frozenset((Array,))


class ArrayContract(Contract):
    """`key`: equal for element contracts that are the same by their expressions (see `merging.md`, deduplication)."""

    __slots__ = ("accepts", "item", "key")

    def __init__(self, item: Lazy, key: Hashable = None) -> None:
        self.item = item
        self.key = key
        self.accepts = ARRAYS if is_dyn(item) else NO_TYPES

    def check(self, value: Lazy, label: Label) -> Value | Failure:
        value = whnf(value)
        if type(value) is not Array:
            if type(value) is Sealed:
                raise BlameError(value.label, value)
            return Failure(label, "expected an array")
        if is_dyn(self.item):
            return value
        return array_under(value, self.item, label.array(), self.key)


def checked_element(source: tuple[Any, ...], index: int) -> Value:
    """Source of an array under an element contract: `(checked_element, array, contract, label, key)`."""
    _, array, contract, label, _ = source
    if isinstance(contract, Contract) and contract.accepts:
        # The class of the element decides: that is looked at in any case.
        value = element(array, index)
        if type(value) in contract.accepts:
            return value
    return apply_contract(contract, label, lazy_element(array, index))


def array_under(array: Array, contract: Lazy, label: Label, key: Hashable = None) -> Array:
    """The array with a contract pending on its elements. One that already has this contract stays as it is."""
    source = array.source
    while source is not None and source[0] is checked_element:
        if same_contract(source[2], contract) or (key is not None and source[4] == key):
            return array
        source = source[1].source
    items = array.items
    accepts = accepts_of(contract)
    if accepts:
        for item in items:
            if type(item) not in accepts:
                break
        else:
            return array
    return Array([UNSET] * len(items), (checked_element, array, contract, label, key))
