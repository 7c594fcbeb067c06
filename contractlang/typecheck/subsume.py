"""Subsumption: when a value of one type can stand where another type is expected (typing.md §7).

There is little of it: records are dictionaries if their fields fit, and arrays, dictionaries and records are covariant.
Everything else has to be equal.
"""

from __future__ import annotations

from contractlang.typecheck.failures import TypeFailure
from contractlang.typecheck.types import (
    CLOSED,
    ArrayOf,
    DictOf,
    ForallOf,
    RecordOf,
    RigidRow,
    Ty,
    UnknownRow,
    flat_record,
    resolved,
)

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.typecheck.unify import Unifier


def subsume(unifier: Unifier, found: Ty, expected: Ty) -> None:
    """Makes the type found fit the type expected; raises `TypeFailure`."""
    unifier.forget()
    _subsume(unifier, found, expected)


def _subsume(unifier: Unifier, found: Ty, expected: Ty) -> None:
    found = resolved(found)
    expected = resolved(expected)
    if found is expected:
        return
    if isinstance(found, ForallOf) and not isinstance(expected, ForallOf):
        found = unifier.instantiate(found)
    if isinstance(found, RecordOf) and isinstance(expected, (RecordOf, DictOf)):
        unifier.step()
        if unifier.remembers(expected, found):
            return
        if isinstance(expected, DictOf):
            _record_to_dict(unifier, flat_record(found), expected)
        else:
            _records(unifier, flat_record(found), flat_record(expected))
        unifier.remember(expected, found)
    elif isinstance(found, ArrayOf) and isinstance(expected, ArrayOf):
        _item(unifier, found.item, expected.item, "item")
    elif isinstance(found, DictOf) and isinstance(expected, DictOf):
        _item(unifier, found.item, expected.item, "values")
    else:
        unifier.unify_within(expected, found)


def _records(unifier: Unifier, found: RecordOf, expected: RecordOf) -> None:
    def field(wanted: Ty, given: Ty) -> None:
        _subsume(unifier, given, wanted)

    unifier.record_rows(expected, found, field, subsuming=True)


def _item(unifier: Unifier, found: Ty, expected: Ty, step: str) -> None:
    unifier.step()
    try:
        _subsume(unifier, found, expected)
    except TypeFailure as failure:
        raise failure.inside(step) from None


def _record_to_dict(unifier: Unifier, record: RecordOf, dictionary: DictOf) -> None:
    passed: Ty | None = None
    for name, type_ in record.fields.items():
        try:
            _subsume(unifier, type_, dictionary.item)
        except TypeFailure as failure:
            if passed is not None:
                raise TypeFailure("inhomogeneous-record", passed, type_, name) from None
            failure.path = []
            raise
        passed = type_
    tail = record.tail
    if isinstance(tail, UnknownRow):
        unifier.assign_row(tail, RecordOf({}, CLOSED), dictionary, record)
    elif isinstance(tail, RigidRow):
        raise TypeFailure("parametricity-violation", record, dictionary, tail.name, tail.kind)
