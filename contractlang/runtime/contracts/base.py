"""The protocol of built-in contracts, which are also the values of types.

A contract has an immediate part, which `check` decides now, and a delayed part: checks that `check` plants inside the value that it
returns and that abort when they are reached.
"""

from __future__ import annotations

from contractlang.runtime.label import Label
from contractlang.runtime.values import Lazy, Record, Value

NO_TYPES: frozenset[type] = frozenset()


class Failure:
    """The outcome of a failed immediate check: whom to blame, and what to say. `data` is what a custom contract returned."""

    __slots__ = ("data", "label", "message", "notes")

    def __init__(
        self, label: Label, message: str | None = None, notes: tuple[str, ...] = (), data: Record | None = None
    ) -> None:
        self.label = label
        self.message = message
        self.notes = notes
        self.data = data

    def blamed(self) -> Label:
        """The label, with the message and notes of this failure in its current diagnostic."""
        label = self.label
        if self.message is not None:
            label = label.with_message(self.message)
        if self.notes:
            label = label.with_notes(self.notes)
        return label


class Contract:
    """A built-in contract.

    `accepts`: classes of Python objects that pass unchanged and at once, for the fast test `type(value) in contract.accepts`;
    `is_dyn`: accepts everything without looking.
    """

    __slots__ = ()
    accepts: frozenset[type] = NO_TYPES
    is_dyn = False

    def check(self, value: Lazy, label: Label) -> Value | Failure:
        """The value under this contract in weak head normal form, or a `Failure`."""
        raise NotImplementedError


def accepts_of(contract: Lazy) -> frozenset[type]:
    """What a component of a contract, which may still be a thunk, accepts at once."""
    return contract.accepts if isinstance(contract, Contract) else NO_TYPES


def is_dyn(contract: Lazy) -> bool:
    return isinstance(contract, Contract) and contract.is_dyn


def same_contract(a: Lazy, b: Lazy) -> bool:
    """Whether two contracts are certainly the same: the same object, or both array types of the same contract."""
    if type(a) is list and a[0] is None:
        a = a[1]
    if type(b) is list and b[0] is None:
        b = b[1]
    return a is b
