"""Apparent types: what the type of an expression evidently is, without inference (typing.md §3).

A field or `let rec` binding that is a bare sibling name is not evident: the sibling's type need not be known yet. In untyped code
it is `Dyn`, in typed code it is inferred. A field may hide a name from outside its record, though, and then the outer name's type
counts – in the reference always, here only where it is the sibling's as well, or the value of the wrong type would be believed to
have the right one.
"""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.typecheck.convert import has_wildcard
from contractlang.typecheck.failures import TypeFailure
from contractlang.typecheck.patterns import constant_type
from contractlang.typecheck.types import DYN, STRING, ArrayOf, Ty

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Container

    from contractlang.typecheck.state import State

ARRAY_OF_DYN = ArrayOf(DYN)


def annotation_of(meta: core.Meta) -> core.Type | None:
    """The annotation that gives the type: `:` before the first `|`."""
    if meta.type is not None:
        return meta.type.type
    return meta.contracts[0].type if meta.contracts else None


def apparent_type(state: State, meta: core.Meta, value: core.Core | None, siblings: Container[core.Binding] = ()) -> Ty:
    """The type that a binding or field has for others in untyped code."""
    annotation = annotation_of(meta)
    if annotation is not None:
        return DYN if has_wildcard(annotation) else state.type(annotation)
    return DYN if value is None else _expression(state, value, siblings)


def _expression(state: State, value: core.Core, siblings: Container[core.Binding]) -> Ty:
    while isinstance(value, core.Annot):
        annotation = annotation_of(value.meta)
        if annotation is not None:
            return DYN if has_wildcard(annotation) else state.type(annotation)
        value = value.value
    if isinstance(value, core.Lit):
        return constant_type(value.value)
    if isinstance(value, core.Interp):
        return STRING
    if isinstance(value, core.Array):
        return ARRAY_OF_DYN
    if isinstance(value, core.Var):
        return DYN if value.binding in siblings else state.type_of(value.binding)
    if isinstance(value, core.Import):
        return state.apparent_import(value)
    return DYN


def enter_fields(state: State, fields: list[core.Field]) -> None:
    """Gives the names of a record in untyped code their apparent types."""
    env = state.env
    siblings = {field.binding for field in fields if field.binding is not None}
    for field in fields:
        if field.binding is not None:
            env[field.binding] = apparent_type(state, field.meta, field.value, siblings)
            if field.value is not None:
                state.equality.definitions[field.binding] = field.value
    if state.hidden:
        for field in fields:
            if not isinstance(field.value, (core.Var, core.Annot)):
                continue
            name = sibling_name(field.meta, field.value, siblings)
            if field.binding is not None and name is not None and name in state.hidden:
                outer = state.type_of(state.hidden[name])
                # What is defined as itself has no value, so any type is right.
                if name is field.binding or _same(state, outer, env[name]):
                    env[field.binding] = outer


def sibling_name(meta: core.Meta, value: core.Core | None, siblings: Container[core.Binding]) -> core.Binding | None:
    """The sibling that a field or binding without annotation merely repeats, if it does."""
    while isinstance(value, core.Annot) and annotation_of(value.meta) is None:
        value = value.value
    if isinstance(value, core.Var) and value.binding in siblings and annotation_of(meta) is None:
        return value.binding
    return None


def _same(state: State, left: Ty, right: Ty) -> bool:
    if not (left.ground and right.ground):
        return False
    try:
        state.unifier.unify(left, right)
    except TypeFailure:
        return False
    return True


def evident_type(
    state: State, meta: core.Meta, value: core.Core | None, siblings: Container[core.Binding] = ()
) -> Ty | None:
    """The type of a binding or field in a typed block, if it need not be inferred."""
    annotation = annotation_of(meta)
    if annotation is not None:
        return state.type(annotation)
    if isinstance(value, core.Annot):
        return evident_type(state, value.meta, value.value, siblings)
    if isinstance(value, core.Lit):
        return constant_type(value.value)
    if isinstance(value, core.Interp):
        return STRING
    if isinstance(value, core.Var):
        if value.binding in siblings:
            return None
        if value.binding.kind == "std":
            return state.library.whole()
        return state.env.get(value.binding)
    return None
