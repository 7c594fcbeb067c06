"""When two contracts are the same type (typing.md §6).

Contracts are opaque to the checker, so only those that are evidently one and the same are equal: the same variable, aliases of
it, the same application of equal arguments, equal records, equal types. Functions, matches and operator applications are equal
to themselves only.
"""

from __future__ import annotations

from contractlang.resolve import core

# How many aliases are followed, and how large a comparison may be.
MOST_LINKS = 12
MOST_STEPS = 10_000


class ContractEquality:
    """Knows what the names in scope are bound to: `definitions` maps the binding of a `let` or field to its expression."""

    __slots__ = ("definitions", "steps")

    def __init__(self) -> None:
        self.definitions: dict[core.Binding, core.Core] = {}
        self.steps = 0

    def equal(self, left: core.Core, right: core.Core) -> bool:
        self.steps = MOST_STEPS
        return self._terms(left, right, MOST_LINKS)

    def _terms(self, left: core.Core, right: core.Core, links: int) -> bool:
        if left is right:
            return True
        self.steps -= 1
        if self.steps < 0:
            return False
        if isinstance(left, core.Var) and isinstance(right, core.Var) and _same_binding(left.binding, right.binding):
            return True
        if isinstance(left, core.Var) or isinstance(right, core.Var):
            return self._follow(left, right, links)
        if isinstance(left, core.Lit) and isinstance(right, core.Lit):
            return type(left.value) is type(right.value) and left.value == right.value
        if isinstance(left, core.Tag) and isinstance(right, core.Tag):
            return left.name == right.name
        if isinstance(left, core.Variant) and isinstance(right, core.Variant):
            return left.name == right.name and self._terms(left.arg, right.arg, links)
        if isinstance(left, core.Access) and isinstance(right, core.Access):
            return left.name == right.name and self._terms(left.record, right.record, links)
        if isinstance(left, core.App) and isinstance(right, core.App):
            return self._terms(left.head, right.head, links) and self._lists(left.args, right.args, links)
        if isinstance(left, core.Array) and isinstance(right, core.Array):
            return self._lists(left.items, right.items, links)
        if isinstance(left, core.Record) and isinstance(right, core.Record):
            return self._records(left, right, links)
        if isinstance(left, core.TypeTerm) and isinstance(right, core.TypeTerm):
            return self._types(left.type, right.type, links, {})
        if isinstance(left, core.Import) and isinstance(right, core.Import):
            return left.key == right.key
        if isinstance(left, core.Annot) and isinstance(right, core.Annot):
            return self._terms(left.value, right.value, links) and self._metas(left.meta, right.meta, links)
        return False

    def _follow(self, left: core.Core, right: core.Core, links: int) -> bool:
        """Replaces a variable by what it stands for; of two, the left one first, then the right one."""
        if links == 0:
            return False
        for variable, other in ((left, right), (right, left)):
            if isinstance(variable, core.Var):
                definition = self.definitions.get(variable.binding)
                if definition is not None and self._terms(definition, other, links - 1):
                    return True
        return False

    def _lists(self, left: list[core.Core], right: list[core.Core], links: int) -> bool:
        return len(left) == len(right) and all(self._terms(a, b, links) for a, b in zip(left, right, strict=True))

    def _records(self, left: core.Record, right: core.Record, links: int) -> bool:
        if left.open != right.open or left.dynamic or right.dynamic or len(left.fields) != len(right.fields):
            return False
        others = {field.name: field for field in right.fields}
        for field in left.fields:
            other = others.get(field.name)
            if other is None or not self._metas(field.meta, other.meta, links):
                return False
            if field.value is None or other.value is None:
                if field.value is not other.value:
                    return False
            elif not self._terms(field.value, other.value, links):
                return False
        return True

    def _metas(self, left: core.Meta, right: core.Meta, links: int) -> bool:
        mine = ([] if left.type is None else [left.type]) + left.contracts
        theirs = ([] if right.type is None else [right.type]) + right.contracts
        return (
            (left.type is None) == (right.type is None)
            and left.priority == right.priority
            and left.optional == right.optional
            and left.not_exported == right.not_exported
            and len(mine) == len(theirs)
            and all(self._types(a.type, b.type, links, {}) for a, b in zip(mine, theirs, strict=True))
        )

    def _types(self, left: core.Type, right: core.Type, links: int, bound: dict[core.TypeVar, core.TypeVar]) -> bool:
        """`bound` pairs the variables of the foralls entered."""
        self.steps -= 1
        if self.steps < 0:
            return False
        if isinstance(left, core.TContract) and isinstance(right, core.TContract):
            return self._terms(left.expr, right.expr, links)
        if type(left) is not type(right):
            return False
        if isinstance(left, core.TBase) and isinstance(right, core.TBase):
            return left.name == right.name
        if isinstance(left, core.TVar) and isinstance(right, core.TVar):
            return bound.get(left.var, left.var) is right.var
        if isinstance(left, core.TArrow) and isinstance(right, core.TArrow):
            return self._types(left.domain, right.domain, links, bound) and self._types(
                left.codomain, right.codomain, links, bound
            )
        if isinstance(left, core.TArray) and isinstance(right, core.TArray):
            return self._types(left.item, right.item, links, bound)
        if isinstance(left, core.TDict) and isinstance(right, core.TDict):
            return left.flavour == right.flavour and self._types(left.item, right.item, links, bound)
        if isinstance(left, core.TForall) and isinstance(right, core.TForall):
            return left.var.kind == right.var.kind and self._types(
                left.body, right.body, links, {**bound, left.var: right.var}
            )
        if isinstance(left, core.TRecord) and isinstance(right, core.TRecord):
            rows = {row[0]: row[1] for row in right.rows}
            return (
                _same_tail(left.tail, right.tail, bound)
                and rows.keys() == {row[0] for row in left.rows}
                and all(self._types(row[1], rows[row[0]], links, bound) for row in left.rows)
            )
        if isinstance(left, core.TEnum) and isinstance(right, core.TEnum):
            return _same_tail(left.tail, right.tail, bound) and self._enums(left, right, links, bound)
        return isinstance(left, core.TWild)

    def _enums(self, left: core.TEnum, right: core.TEnum, links: int, bound: dict[core.TypeVar, core.TypeVar]) -> bool:
        rows = {(name, arg is None): arg for name, arg, _, _ in right.rows}
        if rows.keys() != {(name, arg is None) for name, arg, _, _ in left.rows}:
            return False
        for name, arg, _, _ in left.rows:
            other = rows[name, arg is None]
            if arg is not None and other is not None and not self._types(arg, other, links, bound):
                return False
        return True


def _same_binding(left: core.Binding, right: core.Binding) -> bool:
    # Every unit has a binding of its own for the standard library.
    return left is right or (left.kind == "std" and right.kind == "std")


def _same_tail(
    left: str | core.TypeVar | None, right: str | core.TypeVar | None, bound: dict[core.TypeVar, core.TypeVar]
) -> bool:
    if isinstance(left, core.TypeVar):
        return bound.get(left, left) is right
    return left == right
