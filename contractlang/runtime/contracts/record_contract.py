"""A record as a contract: the value must be a record without unknown fields, and is then merged with it (`contracts.md`,
section 6)."""

from __future__ import annotations

from contractlang.runtime.contracts.base import Failure
from contractlang.runtime.errors import BlameError, SealedTailError
from contractlang.runtime.label import Label
from contractlang.runtime.merge import merge_records
from contractlang.runtime.shape import Shape, remember
from contractlang.runtime.thunk import whnf
from contractlang.runtime.values import Lazy, Record, Sealed, SealedRecord, Value

_MISSPELLED = "Have you misspelled a field?"
_OPEN = "The record contract might also be too strict: append `, ..` to it to accept records with extra fields."


def check_record(contract: Record, value: Lazy, label: Label) -> Value | Failure:
    """The value merged with a record contract, or the `Failure` that says which fields it must not have."""
    value = whnf(value)
    if type(value) is not Record:
        if type(value) is Sealed:
            raise BlameError(value.label, value)
        if type(value) is SealedRecord:
            raise SealedTailError(value.tail.label, value, "cannot merge a record sealed by a polymorphic contract")
        return Failure(label, "expected a Record")
    ours, theirs = contract.shape, value.shape
    extra = theirs.checked.get(ours)
    if extra is None:
        extra = _extra(theirs, ours)
        remember(theirs.checked, ours, extra)
    if extra:
        quoted = ", ".join(f"`{name}`" for name in extra)
        message = f"extra field{'s' if len(extra) > 1 else ''} {quoted}"
        return Failure(label, message, (_MISSPELLED, _OPEN))
    return merge_records(value, contract)


def _extra(value: Shape, contract: Shape) -> tuple[str, ...]:
    """The names that a closed record contract does not know. An empty one accepts every record, as merging with it does."""
    if contract.open or not contract.names:
        return ()
    return tuple(name for name in value.names if name not in contract.index)
