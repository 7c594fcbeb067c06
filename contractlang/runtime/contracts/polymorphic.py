"""`forall a. T` and type variables: parametricity by sealing.

A `forall` makes a fresh key at every application, so that a polymorphic function cannot smuggle a value from one call to
another, and remembers in the label at which polarity `p` it stands. Where a variable is checked at the other polarity a value
comes in: it is sealed. At the same polarity it goes out: it must carry the key, and is unsealed. Whoever looks into a sealed
value is blamed by the label of the seal, which has polarity `p`: the polymorphic function itself.
"""

from __future__ import annotations

from contractlang.runtime.contracts.apply import check_contract
from contractlang.runtime.contracts.base import Contract, Failure
from contractlang.runtime.label import Label
from contractlang.runtime.thunk import whnf
from contractlang.runtime.values import Lazy, Sealed, SealingKey, Value


class ForallContract(Contract):
    """`variable` identifies the variable in labels; `polarity` is that of the place of the `forall` in its type."""

    __slots__ = ("body", "polarity", "variable")

    def __init__(self, variable: object, polarity: bool, body: Lazy) -> None:
        self.variable = variable
        self.polarity = polarity
        self.body = body

    def check(self, value: Lazy, label: Label) -> Value | Failure:
        return check_contract(self.body, label.with_seal(self.variable, SealingKey(), self.polarity), value)


class VariableContract(Contract):
    """A type variable."""

    __slots__ = ("variable",)

    def __init__(self, variable: object) -> None:
        self.variable = variable

    def check(self, value: Lazy, label: Label) -> Value | Failure:
        assert label.seals is not None
        key, polarity = label.seals[self.variable]
        if label.polarity != polarity:
            return Sealed(key, label.flip(), whnf(value))
        value = whnf(value)
        if type(value) is Sealed and value.key is key:
            return whnf(value.value)
        return Failure(label)
