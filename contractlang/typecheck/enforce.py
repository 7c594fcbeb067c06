"""Enforce mode: the checking and inference of the expressions of a typed block (typing.md §4)."""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.typecheck.apparent import annotation_of, evident_type
from contractlang.typecheck.convert import find_contract
from contractlang.typecheck.failures import TypeFailure
from contractlang.typecheck.operators import AND_OR, OPERATORS, primitive_type
from contractlang.typecheck.patterns import (
    PatternTypes,
    bound_names,
    constant_type,
    parameter_type,
    walk_annotations,
    walk_type,
)
from contractlang.typecheck.state import CHECK, INFER
from contractlang.typecheck.types import (
    BOOL,
    ERRONEOUS,
    STRING,
    ArrayOf,
    Arrow,
    DictOf,
    EnumOf,
    RecordOf,
    RigidRow,
    Ty,
    flat_record,
    resolved,
)

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from contractlang.typecheck.state import State


# ---- constructors


def _literal(state: State, node: core.Lit, expected: Ty) -> None:
    state.expect(node, expected, constant_type(node.value))


def _interpolation(state: State, node: core.Interp, expected: Ty) -> None:
    state.expect(node, expected, STRING)
    for chunk in node.chunks:
        if not isinstance(chunk, str):
            state.check(chunk[0], STRING)


def _array(state: State, node: core.Array, expected: Ty) -> None:
    item: Ty
    if isinstance(expected, ArrayOf):
        item = expected.item
    else:
        item = state.unifier.fresh()
        if not state.expect(node, expected, ArrayOf(item)):
            item = ERRONEOUS
    problems = len(state.problems)
    for each in node.items:
        state.check(each, item)
        if len(state.problems) > problems:
            # One wrong element is news, a hundred are noise: the others are only checked inside.
            item = ERRONEOUS


def _tag(state: State, node: core.Tag, expected: Ty) -> None:
    state.expect(node, expected, EnumOf({(node.name, False): None}, state.unifier.fresh_row("enum")))


def _variant(state: State, node: core.Variant, expected: Ty) -> None:
    arg = state.unifier.fresh()
    excluded = frozenset((node.name,))
    fits = state.expect(node, expected, EnumOf({(node.name, True): arg}, state.unifier.fresh_row("enum", excluded)))
    state.check(node.arg, arg if fits else ERRONEOUS)


def _hole(state: State, node: core.Hole, expected: Ty) -> None:
    """Reported already: any type is as good as any other."""
    state.meet(node)


def _type_term(state: State, node: core.TypeTerm, expected: Ty) -> None:
    """A type has any type, unless it contains a contract."""
    walk_type(state, node.type)
    contract = find_contract(node.type)
    if contract is not None and not isinstance(contract.expr, core.Hole):
        opaque = state.type(contract)
        state.fail(node, TypeFailure("contract-in-type-term", opaque, opaque))


# ---- functions


def _function(state: State, node: core.Lam, expected: Ty) -> None:
    body = _known_parameters(state, node, expected)
    if body is None:
        domains = [parameter_type(state, param) for param in node.params]
        result: Ty = state.unifier.fresh()
        body = result
        for domain in reversed(domains):
            result = Arrow(domain, result)
        if not state.expect(node, expected, result):
            body = ERRONEOUS
    state.check(node.body, body)


def _known_parameters(state: State, node: core.Lam, expected: Ty) -> Ty | None:
    """Gives plain parameters the domains of a known function type; returns the type for the body, or None if that is no option."""
    domains: list[tuple[core.Binding, Ty]] = []
    rest = resolved(expected)
    for param in node.params:
        if not isinstance(param, core.PVar) or not isinstance(rest, Arrow):
            return None
        domains.append((param.binding, rest.domain))
        rest = resolved(rest.codomain)
    for binding, domain in domains:
        state.env[binding] = domain
    return rest


def _match(state: State, node: core.Match, expected: Ty) -> None:
    unifier = state.unifier
    scrutinee: Ty = unifier.fresh()
    result: Ty = unifier.fresh()
    patterns = PatternTypes(state)
    bodies: list[core.Branch] = []
    for branch in node.branches:
        type_ = patterns.type(branch.pattern)
        state.look_later(branch.pattern)
        patterns.bound = {}
        if not state.expect(branch.pattern, scrutinee, type_):
            scrutinee = ERRONEOUS
        bodies.append(branch)
    for branch in bodies:
        if branch.guard is not None:
            state.check(branch.guard, BOOL)
        state.check(branch.body, result)
    patterns.close()
    state.expect(node, expected, Arrow(scrutinee, result))


def _application(state: State, node: core.App) -> Ty:
    head = state.unifier.instantiate(state.infer(node.head))
    domains: list[Ty] = []
    rest = head
    for _ in node.args:
        rest = resolved(rest)
        if not isinstance(rest, Arrow):
            break
        domains.append(rest.domain)
        rest = rest.codomain
    if len(domains) < len(node.args):
        rest = _complete_function(state, node, head, domains)
    state.applications.append(node)
    for arg, domain in zip(node.args, domains, strict=True):
        state.check(arg, domain)
    state.applications.pop()
    return rest


def _complete_function(state: State, node: core.App, head: Ty, domains: list[Ty]) -> Ty:
    """Makes the head a function of as many arguments as it has; adds the missing domains. Returns the type of the result."""
    unifier = state.unifier
    known = len(domains)
    domains += [unifier.fresh() for _ in node.args[known:]]
    result: Ty = unifier.fresh()
    wanted: Ty = result
    for number in range(len(domains) - 1, -1, -1):
        wanted = Arrow(domains[number], wanted)
    if not state.expect(node.head, wanted, head):
        domains[known:] = [ERRONEOUS] * (len(domains) - known)
        return ERRONEOUS
    return result


def _variable(state: State, node: core.Var) -> Ty:
    return state.type_of(node.binding)


# ---- bindings and annotations


def _let(state: State, node: core.Let, expected: Ty) -> None:
    types: list[Ty] = []
    siblings = bound_names(node) if node.rec else ()
    for binding in node.bindings:
        pattern = binding.pattern
        type_ = evident_type(state, binding.meta, binding.value, siblings) or state.unifier.fresh()
        if isinstance(pattern, core.PVar):
            state.env[pattern.binding] = type_
            state.equality.definitions[pattern.binding] = binding.value
        else:
            state.expect(pattern, type_, parameter_type(state, pattern))
        types.append(type_)
    for binding, type_ in zip(node.bindings, types, strict=True):
        if annotation_of(binding.meta) is None:
            state.check(binding.value, type_)
        else:
            state.subsume(binding.value, annotated(state, binding.meta, binding.value), type_)
    state.check(node.body, expected)


def annotated(state: State, meta: core.Meta, value: core.Core | None) -> Ty:
    """The type of an annotated expression, which is checked against `:`, or walked where there are only `|`."""
    annotation = annotation_of(meta)
    assert annotation is not None
    walk_annotations(state, meta)
    type_ = state.type(annotation) if meta.type is None else state.static_type(annotation)
    if value is not None:
        if meta.type is not None:
            state.check(value, type_)
        else:
            state.walk(value)
    return type_


def _annotated(state: State, node: core.Annot) -> Ty:
    if annotation_of(node.meta) is None:
        return state.infer(node.value)
    return annotated(state, node.meta, node.value)


def _import(state: State, node: core.Import, expected: Ty) -> None:
    state.expect(node, expected, state.apparent_import(node))


# ---- operators


def _conditional(state: State, node: core.If, expected: Ty) -> None:
    state.check(node.cond, BOOL)
    state.check(node.then, expected)
    state.check(node.orelse, expected)


def _operator(state: State, node: core.Op) -> Ty:
    known = OPERATORS.get(node.op)
    if known is not None:
        operands, result = known
        if len(node.args) > 1 and isinstance(node.args[0], core.Op) and operands is not None:
            return _operator_chain(state, node)
        for arg in node.args:
            state.check(arg, state.unifier.fresh() if operands is None else operands)
        return result
    if node.op == "enum/embed":
        tail = state.unifier.fresh_row("enum")
        state.check(node.args[0], EnumOf({}, tail))
        return EnumOf({(node.ident or "", False): None}, tail)
    if node.op == "enum/from_string":
        # Nothing is known of the tag: its row is a constant of its own.
        state.check(node.args[0], STRING)
        return EnumOf({}, RigidRow("enum", "r", 0))
    rest = state.unifier.instantiate(primitive_type(state, node.op))
    for arg in node.args:
        rest = resolved(rest)
        if not isinstance(rest, Arrow):
            return ERRONEOUS
        state.check(arg, rest.domain)
        rest = rest.codomain
    return rest


def _operator_chain(state: State, node: core.Op) -> Ty:
    """Operators nest to the left, thousands deep: the spine is checked in a loop."""
    spine: list[core.Op] = []
    left: core.Core = node
    while isinstance(left, core.Op) and len(left.args) == 2 and OPERATORS.get(left.op, NO_OPERANDS)[0] is not None:
        spine.append(left)
        left = left.args[0]
    operands = OPERATORS[spine[-1].op][0]
    assert operands is not None
    state.check(left, operands)
    result = operands
    for number in range(len(spine) - 1, -1, -1):
        infix = spine[number]
        operands, result = OPERATORS[infix.op][0] or result, OPERATORS[infix.op][1]
        if number < len(spine) - 1:
            below = spine[number + 1]
            state.table.types[below] = OPERATORS[below.op][1]
            state.subsume(below, OPERATORS[below.op][1], operands)
        state.check(infix.args[1], operands)
    return result


NO_OPERANDS: tuple[Ty | None, Ty] = (None, ERRONEOUS)


def _and_or(state: State, node: core.AndOr) -> Ty:
    spine: list[core.AndOr] = []
    left: core.Core = node
    while isinstance(left, core.AndOr):
        spine.append(left)
        left = left.left
    state.check(left, AND_OR)
    for infix in reversed(spine):
        state.check(infix.right, AND_OR)
    return AND_OR


def _access(state: State, node: core.Access) -> Ty:
    chain: list[core.Access] = []
    inner: core.Core = node
    while isinstance(inner, core.Access):
        chain.append(inner)
        inner = inner.record
    type_ = _library_member(state, chain) if isinstance(inner, core.Var) and inner.binding.kind == "std" else None
    if type_ is None:
        type_ = _accessed(state, chain.pop(), inner)
    for access in reversed(chain):
        state.table.types[access.record] = type_
        type_ = _field_type(state, access, type_)
    return type_


def _library_member(state: State, chain: list[core.Access]) -> Ty | None:
    """The type of the longest part of `std.a.b…` that the library has; it is taken off the chain of accesses."""
    for taken in range(len(chain), 0, -1):
        names = [access.name for access in reversed(chain[-taken:])]
        type_ = state.library.field(".".join(names))
        if type_ is not None:
            del chain[-taken:]
            return type_
    return None


def _accessed(state: State, node: core.Access, record: core.Core) -> Ty:
    """The type of a field of an expression that is no access itself."""
    if type(record) not in CHECK:
        return _field_type(state, node, state.infer(record))
    # That it must have the field is known before the expression is looked at.
    field = state.unifier.fresh()
    state.required[record] = (node.name_start, node.name_end)
    state.check(record, _with_field(state, node.name, field))
    return field


def _with_field(state: State, name: str, field: Ty) -> Ty:
    """The type of all records that have a field."""
    return RecordOf({name: field}, state.unifier.fresh_row("record", frozenset((name,))))


def _field_type(state: State, node: core.Access, record: Ty) -> Ty:
    record = state.unifier.instantiate(record)
    if isinstance(record, RecordOf):
        known = flat_record(record).fields.get(node.name)
        if known is not None:
            return known
    field = state.unifier.fresh()
    state.required[node.record] = (node.name_start, node.name_end)
    if state.subsume(node.record, record, _with_field(state, node.name, field)):
        return field
    return ERRONEOUS


def _dynamic_access(state: State, node: core.DynAccess) -> Ty:
    field = state.unifier.fresh()
    state.check(node.name, STRING)
    state.check(node.record, DictOf(field))
    return field


_CHECKERS: dict[type[core.Node], Callable[[State, Any, Ty], None]] = {
    core.Lit: _literal,
    core.Interp: _interpolation,
    core.Array: _array,
    core.Tag: _tag,
    core.Variant: _variant,
    core.Hole: _hole,
    core.TypeTerm: _type_term,
    core.Lam: _function,
    core.Match: _match,
    core.Let: _let,
    core.Import: _import,
    core.If: _conditional,
}
CHECK.update(_CHECKERS)
_INFERRERS: dict[type[core.Node], Callable[[State, Any], Ty]] = {
    core.App: _application,
    core.Var: _variable,
    core.Annot: _annotated,
    core.Op: _operator,
    core.AndOr: _and_or,
    core.Access: _access,
    core.DynAccess: _dynamic_access,
}
INFER.update(_INFERRERS)
