"""`Dyn`, `Number`, `String`, `Bool`: the class of the value decides at once."""

from __future__ import annotations

from fractions import Fraction

from contractlang.runtime.contracts.base import Contract, Failure
from contractlang.runtime.errors import BlameError
from contractlang.runtime.label import Label
from contractlang.runtime.thunk import whnf
from contractlang.runtime.values import Lazy, Sealed, Value


class FlatContract(Contract):
    """Accepts the values of some Python classes."""

    __slots__ = ("accepts", "name")

    def __init__(self, name: str, accepts: frozenset[type]) -> None:
        self.name = name
        self.accepts = accepts

    def check(self, value: Lazy, label: Label) -> Value | Failure:
        value = whnf(value)
        if type(value) in self.accepts:
            return value
        if type(value) is Sealed:
            raise BlameError(value.label, value)
        return Failure(label)


class DynContract(Contract):
    """Accepts everything. `name` is `Dyn`, or `_` for a wildcard of which nothing is known."""

    __slots__ = ("name",)
    is_dyn = True

    def __init__(self, name: str) -> None:
        self.name = name

    def check(self, value: Lazy, label: Label) -> Value | Failure:
        return whnf(value)


DYN = DynContract("Dyn")
NUMBER = FlatContract("Number", frozenset((int, Fraction)))
STRING = FlatContract("String", frozenset((str,)))
BOOL = FlatContract("Bool", frozenset((bool,)))
