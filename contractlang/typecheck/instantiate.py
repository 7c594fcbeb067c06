"""Substitution of the variables that `forall` binds."""

from __future__ import annotations

from contractlang.typecheck.types import (
    ArrayOf,
    Arrow,
    Bound,
    DictOf,
    EnumOf,
    ForallOf,
    RecordOf,
    RigidRow,
    Ty,
    UnknownRow,
    resolved,
)

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.resolve import core
    from contractlang.typecheck.types import Tail

    Substitution = dict[core.TypeVar, Ty | RigidRow | UnknownRow]


def substitute(type_: Ty, by: Substitution) -> Ty:
    """The type with bound variables replaced; parts without any are shared, not copied."""
    if type_.ground:
        return type_
    if isinstance(type_, Bound):
        new = by.get(type_.var)
        return new if isinstance(new, Ty) else type_
    if isinstance(type_, Arrow):
        return _arrow(type_, by)
    if isinstance(type_, ArrayOf):
        item = substitute(type_.item, by)
        return type_ if item is type_.item else ArrayOf(item, type_.origin)
    if isinstance(type_, DictOf):
        item = substitute(type_.item, by)
        return type_ if item is type_.item else DictOf(item, type_.origin, type_.flavour)
    if isinstance(type_, RecordOf):
        fields = {name: substitute(each, by) for name, each in type_.fields.items()}
        return RecordOf(fields, _tail(type_.tail, by), origin=type_.origin)
    if isinstance(type_, EnumOf):
        rows = {key: None if each is None else substitute(each, by) for key, each in type_.rows.items()}
        return EnumOf(rows, _tail(type_.tail, by), origin=type_.origin)
    if isinstance(type_, ForallOf):
        return ForallOf(type_.var, substitute(type_.body, by), type_.origin)
    # Variables are made outside all foralls: what they are assigned mentions no bound variable.
    return resolved(type_)


def _arrow(type_: Arrow, by: Substitution) -> Ty:
    chain: list[tuple[Arrow, Ty]] = []
    rest: Ty = type_
    while isinstance(rest, Arrow) and not rest.ground:
        chain.append((rest, substitute(rest.domain, by)))
        rest = rest.codomain
    result = substitute(rest, by)
    for arrow, domain in reversed(chain):
        if result is arrow.codomain and domain is arrow.domain:
            result = arrow
        else:
            result = Arrow(domain, result, arrow.origin)
    return result


def _tail(tail: Tail, by: Substitution) -> Tail:
    if isinstance(tail, (str, UnknownRow, RigidRow)):
        return tail
    new = by.get(tail)
    return new if isinstance(new, (RigidRow, UnknownRow)) else tail
