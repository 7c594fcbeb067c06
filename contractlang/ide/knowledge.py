"""What static reasoning says of a value: the terms that make it, the contracts and types that it is under.

Nothing here is evaluated. A value may have several terms (both sides of a merge, both branches of an `if`) and any number of
contracts; the fields that it may have are those of all of them. Terms and types stand in a unit, and inside of functions in an
environment that says what the parameters stand for in one call.
"""

from __future__ import annotations

from contractlang.resolve import core

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Mapping


class Env:
    """What a call binds: parameters, by their patterns, and type variables. `functions`: arguments that are functions, with what
    is demanded of them: what they say of type variables depends on the arguments that come later."""

    __slots__ = ("depth", "functions", "parent", "types", "values")

    def __init__(
        self,
        parent: Env | None,
        values: Mapping[core.Pattern, Known | Term],
        types: Mapping[core.TypeVar, Known] | None = None,
    ) -> None:
        self.parent = parent
        self.values = values
        self.types = {} if types is None else types
        self.functions: list[tuple[TypeAt, Known | Term]] = [] if parent is None else parent.functions
        self.depth: int = 1 if parent is None else parent.depth + 1

    def value(self, pattern: core.Pattern) -> Known | Term | None:
        """What a parameter stands for."""
        env: Env | None = self
        while env is not None:
            if pattern in env.values:
                return env.values[pattern]
            env = env.parent
        return None

    def type(self, variable: core.TypeVar) -> Known | None:
        """What is known of the values of a type variable."""
        env: Env | None = self
        while env is not None:
            if variable in env.types:
                return env.types[variable]
            env = env.parent
        return None


class Term:
    """A term of a unit. `applied`: how many of the parameters of a function have been given, in `env`."""

    __slots__ = ("applied", "env", "node", "unit")

    def __init__(self, unit: core.Unit, node: core.Core, env: Env | None = None, applied: int = 0) -> None:
        self.unit = unit
        self.node = node
        self.env = env
        self.applied = applied

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Term)
            and self.node is other.node
            and self.env is other.env
            and self.applied == other.applied
        )

    def __hash__(self) -> int:
        return hash((id(self.node), id(self.env), self.applied))


class TypeAt:
    """A type or contract of a unit."""

    __slots__ = ("env", "type", "unit")

    def __init__(self, unit: core.Unit, type: core.Type, env: Env | None = None) -> None:
        self.unit = unit
        self.type = type
        self.env = env

    @property
    def text(self) -> str:
        """The type as it is written, in one line."""
        return " ".join(self.unit.source.text[self.type.start : self.type.end].split())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TypeAt) and self.type is other.type and self.env is other.env

    def __hash__(self) -> int:
        return hash((id(self.type), id(self.env)))


class Known:
    """What is known of a value. `patterns`: record patterns that it is to be taken apart by."""

    __slots__ = ("contracts", "patterns", "terms")

    def __init__(
        self,
        terms: list[Term] | None = None,
        contracts: list[TypeAt] | None = None,
        patterns: list[tuple[core.Unit, core.PRec]] | None = None,
    ) -> None:
        self.terms = terms or []
        self.contracts = contracts or []
        self.patterns = patterns or []

    def __bool__(self) -> bool:
        return bool(self.terms or self.contracts or self.patterns)

    def __or__(self, other: Known) -> Known:
        """What is known if both are."""
        if not other:
            return self
        if not self:
            return other
        return Known(
            list(dict.fromkeys(self.terms + other.terms)),
            list(dict.fromkeys(self.contracts + other.contracts)),
            self.patterns + other.patterns,
        )


NOTHING = Known()


class Site:
    """One place where a field of a value is declared.

    `kind`: "value" (a field of a record that makes the value), "contract" (of a record that the value is under), "type" (a row of
    a record type, or the values of a dictionary type, which have no name there: `start` is −1), "pattern". `field`, `type` and
    `pattern` are what stands there.
    """

    __slots__ = ("end", "env", "field", "kind", "name", "pattern", "start", "type", "unit")

    def __init__(
        self,
        kind: str,
        unit: core.Unit,
        name: str,
        start: int,
        end: int,
        *,
        env: Env | None = None,
        field: core.Field | None = None,
        type: core.Type | None = None,
        pattern: core.PField | None = None,
    ) -> None:
        self.kind = kind
        self.unit = unit
        self.name = name
        self.start = start
        self.end = end
        self.env = env
        self.field = field
        self.type = type
        self.pattern = pattern

    @property
    def meta(self) -> core.Meta | None:
        """The annotations there."""
        if self.field is not None:
            return self.field.meta
        return None if self.pattern is None else self.pattern.meta

    @property
    def value(self) -> core.Core | None:
        """The definition there."""
        if self.field is not None:
            return self.field.value
        return None if self.pattern is None else self.pattern.default

    @property
    def contracts(self) -> list[TypeAt]:
        """The types and contracts that the field has there."""
        if self.type is not None:
            return [TypeAt(self.unit, self.type, self.env)]
        meta = self.meta
        return [] if meta is None else contracts_of(self.unit, meta, self.env)


def contracts_of(unit: core.Unit, meta: core.Meta, env: Env | None = None) -> list[TypeAt]:
    """The types and contracts of annotations."""
    found = [] if meta.type is None else [TypeAt(unit, meta.type.type, env)]
    found += [TypeAt(unit, contract.type, env) for contract in meta.contracts]
    return found
