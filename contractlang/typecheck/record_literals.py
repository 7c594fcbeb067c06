"""Record literals in typed blocks (typing.md §4.2)."""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.typecheck.apparent import annotation_of, evident_type, sibling_name
from contractlang.typecheck.enforce import annotated
from contractlang.typecheck.state import CHECK
from contractlang.typecheck.types import CLOSED, DYN, ERRONEOUS, STRING, DictOf, RecordOf, Ty, flat_record

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.typecheck.state import State


def _record(state: State, node: core.Record, expected: Ty) -> None:
    if node.dynamic:
        item: Ty = state.unifier.fresh()
        if not state.expect(node, expected, DictOf(item)):
            item = ERRONEOUS
        _dictionary(state, node, item)
    elif isinstance(expected, DictOf):
        _dictionary(state, node, expected.item)
    else:
        _fields(state, node, expected)


CHECK[core.Record] = _record


def _dictionary(state: State, node: core.Record, item: Ty) -> None:
    """A record that is a dictionary: every field has the same type, and so have the names that siblings use."""
    for field in node.fields:
        if field.binding is not None:
            annotation = annotation_of(field.meta)
            state.env[field.binding] = item if annotation is None else state.type(annotation)
            if field.value is not None:
                state.equality.definitions[field.binding] = field.value
    for dynamic in node.dynamic:
        state.check(dynamic.name, STRING)
        _value(state, dynamic, dynamic.meta, dynamic.value, item)
    for field in node.fields:
        _field(state, field, item)


def _fields(state: State, node: core.Record, expected: Ty) -> None:
    types = _field_types(state, node, expected)
    siblings = {field.binding for field in node.fields if field.binding is not None}
    for field in node.fields:
        _enter(state, field, types[field.name], siblings)
    for field in node.fields:
        _field(state, field, types[field.name])


def _field_types(state: State, node: core.Record, expected: Ty) -> dict[str, Ty]:
    """The types that the fields have to have, the record's type being made equal to the one expected."""
    if isinstance(expected, RecordOf) and not any(field.included for field in node.fields):
        wanted = flat_record(expected)
        if wanted.tail == CLOSED and wanted.fields.keys() == {field.name for field in node.fields}:
            return wanted.fields
    types: dict[str, Ty] = {}
    for field in node.fields:
        types[field.name] = _included_type(state, field) if field.included else state.unifier.fresh()
    if not state.expect(node, expected, RecordOf(types, CLOSED)) and isinstance(expected, RecordOf):
        # What is wrong has been said; the fields that both have are checked all the same.
        wanted = flat_record(expected)
        return {name: wanted.fields.get(name, ERRONEOUS) for name in types}
    return types


def _included_type(state: State, field: core.Field) -> Ty:
    return evident_type(state, field.meta, field.value) or state.unifier.fresh()


def _enter(state: State, field: core.Field, type_: Ty, siblings: set[core.Binding]) -> None:
    """Gives the field's name its type in the scope of the record: the evident one if there is one."""
    if field.binding is None:
        return
    evident = None if field.pieces else evident_type(state, field.meta, field.value, siblings)
    if field.binding in state.hidden and sibling_name(field.meta, field.value, siblings) is field.binding:
        # Defined as itself, it has no value, and the type of the name outside, which the author may have meant.
        evident = state.type_of(state.hidden[field.binding])
    state.env[field.binding] = type_ if evident is None else evident
    if field.value is not None:
        state.equality.definitions[field.binding] = field.value


def _field(state: State, field: core.Field, type_: Ty) -> None:
    if field.pieces and field.sub:
        _value(state, field, field.meta, _combined(field), type_)
    elif field.pieces:
        # A merge when the program runs, and merges are untyped.
        fits = state.expect(field, type_, DYN)
        for value, meta in field.pieces:
            _value(state, field, meta, value, DYN if fits else ERRONEOUS)
    else:
        _value(state, field, field.meta, field.value, type_)


def _value(state: State, place: core.Node, meta: core.Meta, value: core.Core | None, type_: Ty) -> None:
    if annotation_of(meta) is None:
        if value is None:
            state.expect(place, type_, DYN)
        else:
            state.check(value, type_)
        return
    state.subsume(place if value is None else value, annotated(state, meta, value), type_)


def _combined(field: core.Field) -> core.Core:
    """The record that the paths of a field generate when the names in them are computed: merged when the program runs, but one
    literal as far as types go."""
    fields: dict[str, core.Field] = {}
    dynamic: list[core.DynField] = []
    for value, _ in field.pieces:
        assert isinstance(value, core.Record)
        dynamic += value.dynamic
        for each in value.fields:
            if each.name in fields:
                # One name on both sides of a computed one: that stays a merge.
                return field.value or value
            fields[each.name] = each
    return core.Record(field.start, field.end, list(fields.values()), dynamic, open=False)
