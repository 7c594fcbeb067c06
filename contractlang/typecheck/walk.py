"""Walk mode: finding the typed blocks inside untyped code, and giving the names there their apparent types (typing.md §3)."""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.typecheck.apparent import apparent_type, enter_fields
from contractlang.typecheck.memory import SMALLEST_RECORD
from contractlang.typecheck.patterns import bind_untyped, bound_names, walk_annotations, walk_type
from contractlang.typecheck.state import WALK
from contractlang.typecheck.types import DYN, Ty

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from contractlang.typecheck.state import State


def walk_annotated(state: State, meta: core.Meta, value: core.Core | None) -> None:
    """Walks the value of a binding, field or annotated expression; with a `:`, it is a typed block."""
    if meta.type is None and not meta.contracts:
        if value is not None:
            state.walk(value)
        return
    walk_annotations(state, meta)
    if value is None:
        return
    if meta.type is not None:
        state.check(value, state.static_type(meta.type.type))
    elif isinstance(value, core.Lam):
        _function_under_contract(state, meta, value)
    else:
        state.walk(value)


def _function_under_contract(state: State, meta: core.Meta, node: core.Lam) -> None:
    """The parameters of a function literal have the types of its contract, the first one that is a function type."""
    rest: core.Type | None = None
    for contract in meta.contracts:
        if isinstance(contract.type, core.TArrow):
            rest = contract.type
            break
    for param in node.params:
        domain: Ty = DYN
        if isinstance(rest, core.TArrow):
            if isinstance(param, core.PVar):
                domain = state.type(rest.domain)
            rest = rest.codomain
        bind_untyped(state, param, domain)
        state.look_later(param)
    state.walk(node.body)


def _hole(state: State, node: core.Hole) -> None:
    state.meet(node)


def _annotated(state: State, node: core.Annot) -> None:
    walk_annotated(state, node.meta, node.value)


def _interpolation(state: State, node: core.Interp) -> None:
    for chunk in node.chunks:
        if not isinstance(chunk, str):
            state.walk(chunk[0])


def _variant(state: State, node: core.Variant) -> None:
    state.walk(node.arg)


def _array(state: State, node: core.Array) -> None:
    for item in node.items:
        state.walk(item)


def _record(state: State, node: core.Record) -> None:
    enter_fields(state, node.fields)
    for dynamic in node.dynamic:
        state.walk(dynamic.name)
        walk_annotated(state, dynamic.meta, dynamic.value)
    memory = state.memory if len(node.fields) >= SMALLEST_RECORD else None
    for field in node.fields:
        if memory is None:
            _field(state, field)
        else:
            memory.check(state, field, _field)


def _field(state: State, field: core.Field) -> None:
    if field.pieces:
        walk_annotations(state, field.meta)
        for value, meta in field.pieces:
            walk_annotated(state, meta, value)
    else:
        walk_annotated(state, field.meta, field.value)


def _access(state: State, node: core.Access) -> None:
    inner: core.Core = node
    while isinstance(inner, core.Access):
        inner = inner.record
    state.walk(inner)


def _dynamic_access(state: State, node: core.DynAccess) -> None:
    state.walk(node.record)
    state.walk(node.name)


def _application(state: State, node: core.App) -> None:
    state.walk(node.head)
    for arg in node.args:
        state.walk(arg)


def _operator(state: State, node: core.Op) -> None:
    """Operators nest to the left, thousands deep: the spine is walked in a loop."""
    spine: list[core.Op] = []
    left: core.Core = node
    while isinstance(left, core.Op) and left.args:
        spine.append(left)
        left = left.args[0]
    state.walk(left)
    for infix in reversed(spine):
        for arg in infix.args[1:]:
            state.walk(arg)


def _and_or(state: State, node: core.AndOr) -> None:
    spine: list[core.AndOr] = []
    left: core.Core = node
    while isinstance(left, core.AndOr):
        spine.append(left)
        left = left.left
    state.walk(left)
    for infix in reversed(spine):
        state.walk(infix.right)


def _conditional(state: State, node: core.If) -> None:
    state.walk(node.cond)
    state.walk(node.then)
    state.walk(node.orelse)


def _let(state: State, node: core.Let) -> None:
    siblings = bound_names(node) if node.rec else ()
    for binding in node.bindings:
        pattern = binding.pattern
        bind_untyped(state, pattern, apparent_type(state, binding.meta, binding.value, siblings))
        if isinstance(pattern, core.PVar):
            state.equality.definitions[pattern.binding] = binding.value
        else:
            state.look_later(pattern)
    # Definitions inside of what can be remembered are remembered with it.
    memory = state.memory if type(state.env) is dict else None
    for binding in node.bindings:
        if memory is None:
            _definition(state, binding)
        else:
            memory.check(state, binding, _definition)
    state.walk(node.body)


def _definition(state: State, binding: core.LetBinding) -> None:
    walk_annotated(state, binding.meta, binding.value)


def _function(state: State, node: core.Lam) -> None:
    for param in node.params:
        bind_untyped(state, param)
        state.look_later(param)
    state.walk(node.body)


def _match(state: State, node: core.Match) -> None:
    for branch in node.branches:
        bind_untyped(state, branch.pattern)
        state.look_later(branch.pattern)
        if branch.guard is not None:
            state.walk(branch.guard)
        state.walk(branch.body)


def _type_term(state: State, node: core.TypeTerm) -> None:
    walk_type(state, node.type)


_WALKERS: dict[type[core.Node], Callable[[State, Any], None]] = {
    core.Hole: _hole,
    core.Annot: _annotated,
    core.Interp: _interpolation,
    core.Variant: _variant,
    core.Array: _array,
    core.Record: _record,
    core.Access: _access,
    core.DynAccess: _dynamic_access,
    core.App: _application,
    core.Op: _operator,
    core.AndOr: _and_or,
    core.If: _conditional,
    core.Let: _let,
    core.Lam: _function,
    core.Match: _match,
    core.TypeTerm: _type_term,
}
WALK.update(_WALKERS)
