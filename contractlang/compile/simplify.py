"""The contracts of static annotations (`contracts.md`, section 11).

The type checker has verified the annotated expression, so only what untyped users of it can break is checked at run time: positive
parts of the type that the expression itself provides become `Dyn`. `wildcards` gives the inferred type of each `_`.
"""

from __future__ import annotations

from collections.abc import Mapping

from contractlang.resolve import core

Wildcards = Mapping[core.TWild, core.Type]


def simplify(type_: core.Type, wildcards: Wildcards) -> core.Type:
    """The part of a static type that has to be checked at run time."""
    return _Simplifier(wildcards).simplify(type_, True)


def _dyn(at: core.Node) -> core.TBase:
    return core.TBase(at.start, at.end, "Dyn")


def _is_dyn(type_: core.Type) -> bool:
    return isinstance(type_, core.TBase) and type_.name == "Dyn"


class _Simplifier:
    def __init__(self, wildcards: Wildcards) -> None:
        self._wildcards = wildcards
        self._dropped: set[core.TypeVar] = set()

    def simplify(self, t: core.Type, positive: bool) -> core.Type:
        match t:
            case core.TBase():
                return _dyn(t) if positive else t
            case core.TWild():
                inferred = self._wildcards.get(t)
                return _dyn(t) if inferred is None else self.simplify(inferred, positive)
            case core.TVar():
                return _dyn(t) if t.var in self._dropped else t
            case core.TForall():
                if positive and t.var.kind != "enum":
                    self._dropped.add(t.var)
                    return self.simplify(t.body, positive)
                return core.TForall(t.start, t.end, t.var, self.simplify(t.body, positive))
            case core.TArrow():
                domain, codomain = self.simplify(t.domain, not positive), self.simplify(t.codomain, positive)
                if positive and _is_dyn(domain) and _is_dyn(codomain):
                    return _dyn(t)
                return core.TArrow(t.start, t.end, domain, codomain)
            case core.TArray():
                item = self.simplify(t.item, positive)
                return _dyn(t) if positive and _is_dyn(item) else core.TArray(t.start, t.end, item)
            case core.TDict():
                item = self.simplify(t.item, positive)
                return _dyn(t) if positive and _is_dyn(item) else core.TDict(t.start, t.end, t.flavour, item)
            case core.TEnum():
                return self._enum(t, positive)
            case core.TRecord():
                return self._record(t, positive)
            case _:
                return t

    def _enum(self, t: core.TEnum, positive: bool) -> core.Type:
        rows = [(n, None if a is None else self.simplify(a, positive), s, e) for n, a, s, e in t.rows]
        if positive and all(a is None or _is_dyn(a) for _, a, _, _ in rows):
            return _dyn(t)
        return core.TEnum(t.start, t.end, rows, t.tail)

    def _record(self, t: core.TRecord, positive: bool) -> core.Type:
        rows = [(n, self.simplify(a, positive), s, e) for n, a, s, e in t.rows]
        if positive:
            rows = [row for row in rows if not _is_dyn(row[1])]
            return core.TRecord(t.start, t.end, rows, "Dyn") if rows else _dyn(t)
        tail = t.tail
        if isinstance(tail, core.TypeVar) and tail in self._dropped:
            # The fields that the row variable must not have are still refused, unless all of them are listed here.
            listed = {row[0] for row in rows}
            simplified = core.TRecord(t.start, t.end, rows, "Dyn")
            if tail.excluded - listed:
                return core.TRecord(t.start, t.end, rows, _Absence(tail.excluded - listed))
            return simplified
        return core.TRecord(t.start, t.end, rows, tail)


class _Absence(core.TypeVar):
    """In place of a row variable: any further fields but these."""

    __slots__ = ()

    def __init__(self, names: set[str]) -> None:
        super().__init__("")
        self.kind = "absence"
        self.excluded = names
