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
    found = resolved(found)
    expected = resolved(expected)
    if found is expected:
        return
    if isinstance(found, ForallOf) and not isinstance(expected, ForallOf):
        found = unifier.instantiate(found)
    if isinstance(found, RecordOf):
        if isinstance(expected, DictOf):
            unifier.step()
            _record_to_dict(unifier, flat_record(found), expected)
            return
        if isinstance(expected, RecordOf):
            unifier.step()

            def field(wanted: Ty, given: Ty) -> None:
                subsume(unifier, given, wanted)

            unifier.record_rows(flat_record(expected), flat_record(found), field, subsuming=True)
            return
    elif isinstance(found, ArrayOf) and isinstance(expected, ArrayOf):
        _item(unifier, found.item, expected.item, "item")
        return
    elif isinstance(found, DictOf) and isinstance(expected, DictOf):
        _item(unifier, found.item, expected.item, "values")
        return
    unifier.unify(expected, found)


def _item(unifier: Unifier, found: Ty, expected: Ty, step: str) -> None:
    unifier.step()
    try:
        subsume(unifier, found, expected)
    except TypeFailure as failure:
        raise failure.inside(step) from None


def _record_to_dict(unifier: Unifier, record: RecordOf, dictionary: DictOf) -> None:
    passed: Ty | None = None
    for name, type_ in record.fields.items():
        try:
            subsume(unifier, type_, dictionary.item)
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
