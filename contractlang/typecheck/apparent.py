"""Apparent types: what the type of an expression evidently is, without inference (typing.md §3)."""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.typecheck.convert import has_wildcard
from contractlang.typecheck.patterns import constant_type
from contractlang.typecheck.types import DYN, STRING, ArrayOf, Ty

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.typecheck.state import State

ARRAY_OF_DYN = ArrayOf(DYN)


def annotation_of(meta: core.Meta) -> core.Type | None:
    """The annotation that gives the type: `:` before the first `|`."""
    if meta.type is not None:
        return meta.type.type
    return meta.contracts[0].type if meta.contracts else None


def apparent_type(state: State, meta: core.Meta, value: core.Core | None) -> Ty:
    """The type that a binding or field has for others in untyped code."""
    annotation = annotation_of(meta)
    if annotation is not None:
        return DYN if has_wildcard(annotation) else state.type(annotation)
    return DYN if value is None else _expression(state, value)


def _expression(state: State, value: core.Core) -> Ty:
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
        return state.type_of(value.binding)
    if isinstance(value, core.Import):
        return state.apparent_import(value)
    return DYN


def evident_type(state: State, meta: core.Meta, value: core.Core | None) -> Ty | None:
    """The type of a binding or field in a typed block, if it need not be inferred."""
    annotation = annotation_of(meta)
    if annotation is not None:
        return state.type(annotation)
    if isinstance(value, core.Annot):
        return evident_type(state, value.meta, value.value)
    if isinstance(value, core.Lit):
        return constant_type(value.value)
    if isinstance(value, core.Interp):
        return STRING
    if isinstance(value, core.Var):
        if value.binding.kind == "std":
            return state.library.whole()
        return state.env.get(value.binding)
    return None
