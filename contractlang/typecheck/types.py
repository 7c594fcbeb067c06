"""The checker's own types: those of Core plus unification variables, rigid constants and flattened rows.

A *variable* (`Unknown`, `UnknownRow`) stands for a type or row not known yet; unification assigns it once, in `link`. A *rigid
constant* (`Rigid`, `RigidRow`) is what a variable of a `forall` becomes while the body is checked against it: equal to itself
alone. Both carry a *level*: the number of foralls entered when they were made. A variable made outside a forall may not be
assigned anything that mentions the constants inside it, or the constant would escape.

Rows are dictionaries with a tail. The keys of enum rows are pairs of the tag and whether it has an argument, because `'A` and
`'A T` can stand side by side.

Types are shared freely, so they form graphs without cycles; whoever walks one keeps track of what has been visited.
"""

from __future__ import annotations

from contractlang.resolve import core

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.source import Source

    # Where a type was written, for messages.
    Origin = tuple["Text", int, int]
    RowKey = tuple[str, bool]
    Place = tuple["Text", core.Node]


class Text:
    """Stands for the source of a unit: types that outlive an edit of it mean the new source then."""

    __slots__ = ("source",)

    def __init__(self, source: Source) -> None:
        self.source = source


class Ty:
    """A type. `ground`: known to contain neither variables nor rigid constants. `origin`: where it was written, if it was."""

    __slots__ = ("ground", "origin")

    def __init__(self, ground: bool = False, origin: Origin | None = None) -> None:
        self.ground = ground
        self.origin = origin


class Base(Ty):
    """`Dyn`, `Number`, `Bool`, `String`, or "Key" (of sealing keys, which no program can write)."""

    __slots__ = ("name",)

    def __init__(self, name: str, origin: Origin | None = None) -> None:
        self.name = name
        self.ground = True
        self.origin = origin


class Erroneous(Ty):
    """The type of what has been reported already: compatible with everything, so that nothing is reported twice."""

    __slots__ = ()


class ArrayOf(Ty):
    __slots__ = ("item",)

    def __init__(self, item: Ty, origin: Origin | None = None) -> None:
        self.item = item
        self.ground = item.ground
        self.origin = origin


class DictOf(Ty):
    """A dictionary type, of either flavour."""

    __slots__ = ("flavour", "item")

    def __init__(self, item: Ty, origin: Origin | None = None, flavour: str = ":") -> None:
        self.item = item
        self.flavour = flavour
        self.ground = item.ground
        self.origin = origin


class Arrow(Ty):
    __slots__ = ("codomain", "domain")

    def __init__(self, domain: Ty, codomain: Ty, origin: Origin | None = None) -> None:
        self.domain = domain
        self.codomain = codomain
        self.ground = domain.ground and codomain.ground
        self.origin = origin


class RecordOf(Ty):
    """`tail`: CLOSED, DYN_TAIL, a variable, a constant, or (below its `forall`) a bound variable."""

    __slots__ = ("fields", "tail")

    def __init__(self, fields: dict[str, Ty], tail: Tail, ground: bool = False, origin: Origin | None = None) -> None:
        self.fields = fields
        self.tail = tail
        self.ground = ground
        self.origin = origin


class EnumOf(Ty):
    """`rows`: the argument types by tag and whether there is an argument; `tail` as in `RecordOf`, but never DYN_TAIL."""

    __slots__ = ("rows", "tail")

    def __init__(
        self, rows: dict[RowKey, Ty | None], tail: Tail, ground: bool = False, origin: Origin | None = None
    ) -> None:
        self.rows = rows
        self.tail = tail
        self.ground = ground
        self.origin = origin


class ForallOf(Ty):
    """`body` mentions `var` as `Bound`, or as the tail of rows."""

    __slots__ = ("body", "var")

    def __init__(self, var: core.TypeVar, body: Ty, origin: Origin | None = None) -> None:
        self.var = var
        self.body = body
        self.ground = False
        self.origin = origin


class Bound(Ty):
    """A type variable below its `forall`."""

    __slots__ = ("var",)

    def __init__(self, var: core.TypeVar, origin: Origin | None = None) -> None:
        self.var = var
        self.ground = False
        self.origin = origin


class Opaque(Ty):
    """A contract: a type only equal to the same contract."""

    __slots__ = ("expr", "text")

    def __init__(self, expr: core.Core, text: Text, origin: Origin | None = None) -> None:
        self.expr = expr
        self.text = text
        self.ground = True
        self.origin = origin


class Unknown(Ty):
    """A unification variable. `assigned_at`: the expression whose check assigned it."""

    __slots__ = ("assigned_at", "level", "link")

    def __init__(self, level: int) -> None:
        self.level = level
        self.link: Ty | None = None
        self.assigned_at: Place | None = None
        self.ground = False
        self.origin = None


class Rigid(Ty):
    __slots__ = ("level", "name")

    def __init__(self, name: str, level: int) -> None:
        self.name = name
        self.level = level
        self.ground = False
        self.origin = None


CLOSED = "closed"
DYN_TAIL = "Dyn"


class UnknownRow:
    """A variable for the rest of a row. `link`: the fields (or enum rows) and tail it was assigned; `excluded`: names that it may
    not contain, because they stand beside it."""

    __slots__ = ("excluded", "kind", "level", "link")

    def __init__(self, kind: str, level: int, excluded: frozenset[str] = frozenset()) -> None:
        self.kind = kind
        self.level = level
        self.excluded = excluded
        self.link: RecordOf | EnumOf | None = None


class RigidRow:
    __slots__ = ("kind", "level", "name")

    def __init__(self, kind: str, name: str, level: int) -> None:
        self.kind = kind
        self.name = name
        self.level = level


if TYPE_CHECKING:
    # The tail of a row: CLOSED, DYN_TAIL, a variable, a constant, or a variable bound by an enclosing `forall`.
    Tail = str | UnknownRow | RigidRow | core.TypeVar

DYN = Base("Dyn")
NUMBER = Base("Number")
BOOL = Base("Bool")
STRING = Base("String")
KEY = Base("Key")
ERRONEOUS = Erroneous()
NO_FIELDS: dict[str, Ty] = {}


def resolved(type_: Ty) -> Ty:
    """The type itself, assignments followed; chains are shortened on the way."""
    if not isinstance(type_, Unknown) or type_.link is None:
        return type_
    end: Ty = type_
    last = type_
    while isinstance(end, Unknown) and end.link is not None:
        last = end
        end = end.link
    while isinstance(type_, Unknown) and type_.link is not None and type_.link is not end:
        # What decided the type is what assigned the last variable of the chain.
        type_.assigned_at = last.assigned_at
        type_.link, type_ = end, type_.link
    return end


def flat_record(record: RecordOf) -> RecordOf:
    """The record with the rows that its tail was assigned moved into it."""
    tail = record.tail
    if not isinstance(tail, UnknownRow) or tail.link is None:
        return record
    fields = dict(record.fields)
    while isinstance(tail, UnknownRow) and tail.link is not None:
        link = tail.link
        assert isinstance(link, RecordOf)
        for name, type_ in link.fields.items():
            fields.setdefault(name, type_)
        tail = link.tail
    # The result replaces the chain, so that it is followed once.
    record.fields = fields
    record.tail = tail
    return record


def flat_enum(enum: EnumOf) -> EnumOf:
    """The enum with the rows that its tail was assigned moved into it."""
    tail = enum.tail
    if not isinstance(tail, UnknownRow) or tail.link is None:
        return enum
    rows = dict(enum.rows)
    while isinstance(tail, UnknownRow) and tail.link is not None:
        link = tail.link
        assert isinstance(link, EnumOf)
        for key, type_ in link.rows.items():
            rows.setdefault(key, type_)
        tail = link.tail
    enum.rows = rows
    enum.tail = tail
    return enum


def row_end(tail: Tail) -> Tail:
    """Where a tail ends, assignments followed."""
    while isinstance(tail, UnknownRow) and tail.link is not None:
        tail = tail.link.tail
    return tail
