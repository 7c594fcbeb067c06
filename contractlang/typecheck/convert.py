"""Types as written (Core) to the checker's types, and back."""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.typecheck.types import (
    CLOSED,
    DYN,
    DYN_TAIL,
    ERRONEOUS,
    ArrayOf,
    Arrow,
    Base,
    Bound,
    DictOf,
    EnumOf,
    ForallOf,
    Opaque,
    RecordOf,
    Ty,
    Unknown,
    flat_enum,
    flat_record,
    resolved,
    row_end,
)

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable

    from contractlang.typecheck.types import RowKey, Tail, Text


class Converter:
    """Converts the annotations of one source, each once; every wildcard gets one variable for all its uses."""

    __slots__ = ("converted", "fresh", "text", "wildcards")

    def __init__(self, text: Text, fresh: Callable[[], Unknown]) -> None:
        self.text = text
        self.fresh = fresh
        self.converted: dict[core.Type, Ty] = {}
        self.wildcards: dict[core.TWild, Unknown] = {}

    def type(self, node: core.Type) -> Ty:
        """The checker's type for an annotation."""
        known = self.converted.get(node)
        if known is None:
            known = self.converted[node] = self._convert(node)
        return known

    def _convert(self, node: core.Type) -> Ty:
        origin = (self.text, node.start, node.end)
        if isinstance(node, core.TBase):
            return Base(node.name, origin)
        if isinstance(node, core.TArrow):
            return self._arrow(node)
        if isinstance(node, core.TArray):
            return ArrayOf(self._convert(node.item), origin)
        if isinstance(node, core.TDict):
            return DictOf(self._convert(node.item), origin, node.flavour)
        if isinstance(node, core.TRecord):
            fields = {name: self._convert(type_) for name, type_, _, _ in node.rows}
            tail: Tail = CLOSED if node.tail is None else node.tail
            ground = isinstance(tail, str) and all(type_.ground for type_ in fields.values())
            return RecordOf(fields, tail, ground, origin)
        if isinstance(node, core.TEnum):
            rows: dict[RowKey, Ty | None] = {}
            for name, arg, _, _ in node.rows:
                rows[name, arg is not None] = None if arg is None else self._convert(arg)
            ground = node.tail is None and all(arg is None or arg.ground for arg in rows.values())
            return EnumOf(rows, CLOSED if node.tail is None else node.tail, ground, origin)
        if isinstance(node, core.TForall):
            return ForallOf(node.var, self._convert(node.body), origin)
        if isinstance(node, core.TVar):
            return Bound(node.var, origin)
        if isinstance(node, core.TWild):
            if node not in self.wildcards:
                self.wildcards[node] = self.fresh()
            return self.wildcards[node]
        if isinstance(node, core.TContract):
            if isinstance(node.expr, core.Hole):
                return ERRONEOUS
            return Opaque(node.expr, self.text, origin)
        raise AssertionError(f"unknown type {type(node).__name__}")

    def _arrow(self, node: core.TArrow) -> Ty:
        chain: list[tuple[core.TArrow, Ty]] = []
        rest: core.Type = node
        while isinstance(rest, core.TArrow):
            chain.append((rest, self._convert(rest.domain)))
            rest = rest.codomain
        result = self._convert(rest)
        for arrow, domain in reversed(chain):
            result = Arrow(domain, result, (self.text, arrow.start, arrow.end))
        return result


def wildcards(node: core.Type) -> list[core.TWild]:
    """The places where a type as written leaves something to be inferred."""
    found: list[core.TWild] = []
    work = [node]
    while work:
        each = work.pop()
        if isinstance(each, core.TWild):
            found.append(each)
        work.extend(components(each))
    return found


def has_wildcard(node: core.Type) -> bool:
    """Whether a type as written leaves something to be inferred."""
    return not isinstance(node, (core.TBase, core.TContract)) and bool(wildcards(node))


def find_contract(node: core.Type) -> core.TContract | None:
    """The first contract inside a type as written."""
    work = [node]
    while work:
        each = work.pop()
        if isinstance(each, core.TContract):
            return each
        work.extend(reversed(components(each)))
    return None


def components(node: core.Type) -> list[core.Type]:
    """The types directly inside a type."""
    if isinstance(node, core.TArrow):
        return [node.domain, node.codomain]
    if isinstance(node, (core.TArray, core.TDict)):
        return [node.item]
    if isinstance(node, core.TRecord):
        return [type_ for _, type_, _, _ in node.rows]
    if isinstance(node, core.TEnum):
        return [arg for _, arg, _, _ in node.rows if arg is not None]
    if isinstance(node, core.TForall):
        return [node.body]
    return []


# ---- back to Core

LARGEST_INFERRED = 2_000


class TooLarge(Exception):
    """An inferred type has more parts than anybody wants to check at run time."""


def to_core(type_: Ty, start: int, end: int) -> core.Type:
    """An inferred type as Core, for the contract that replaces a wildcard at run time.

    What was not inferred, rigid constants, rows that remain open, and contracts are `Dyn`: the checker has proved that the value
    itself fits, and the names that a contract uses need not be in scope where the wildcard stands. So is a type that is too large.
    """
    try:
        return _Back(start, end).convert(type_, {})
    except TooLarge:
        return core.TBase(start, end, "Dyn")


class _Back:
    __slots__ = ("end", "left", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.left = LARGEST_INFERRED

    def convert(self, type_: Ty, bound: dict[core.TypeVar, core.TypeVar]) -> core.Type:
        start, end = self.start, self.end
        type_ = resolved(type_)
        self.left -= 1
        if self.left < 0:
            raise TooLarge
        if isinstance(type_, Base):
            return core.TBase(start, end, "Dyn" if type_.name == "Key" else type_.name)
        if isinstance(type_, ArrayOf):
            return core.TArray(start, end, self.convert(type_.item, bound))
        if isinstance(type_, DictOf):
            return core.TDict(start, end, type_.flavour, self.convert(type_.item, bound))
        if isinstance(type_, Arrow):
            return core.TArrow(start, end, self.convert(type_.domain, bound), self.convert(type_.codomain, bound))
        if isinstance(type_, RecordOf):
            return self.record(flat_record(type_), bound)
        if isinstance(type_, EnumOf):
            return self.enum(flat_enum(type_), bound)
        if isinstance(type_, ForallOf):
            variable = core.TypeVar(type_.var.name)
            variable.kind = type_.var.kind
            variable.excluded = type_.var.excluded
            body = self.convert(type_.body, {**bound, type_.var: variable})
            return core.TForall(start, end, variable, body)
        if isinstance(type_, Bound) and type_.var in bound:
            return core.TVar(start, end, bound[type_.var])
        return self.convert(DYN, bound)

    def record(self, type_: RecordOf, bound: dict[core.TypeVar, core.TypeVar]) -> core.Type:
        start, end = self.start, self.end
        rows = [(name, self.convert(each, bound), start, end) for name, each in type_.fields.items()]
        tail = row_end(type_.tail)
        if isinstance(tail, core.TypeVar) and tail in bound:
            return core.TRecord(start, end, rows, bound[tail])
        return core.TRecord(start, end, rows, None if tail == CLOSED else DYN_TAIL)

    def enum(self, type_: EnumOf, bound: dict[core.TypeVar, core.TypeVar]) -> core.Type:
        start, end = self.start, self.end
        tail = row_end(type_.tail)
        rows: list[tuple[str, core.Type | None, int, int]] = []
        for (name, _), arg in type_.rows.items():
            rows.append((name, None if arg is None else self.convert(arg, bound), start, end))
        if tail == CLOSED:
            return core.TEnum(start, end, rows, None)
        if isinstance(tail, core.TypeVar) and tail in bound:
            return core.TEnum(start, end, rows, bound[tail])
        # An enum known in part only: there is no type for "this or any other tag", but nothing can fail either.
        return core.TBase(start, end, "Dyn")
