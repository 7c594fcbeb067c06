"""The abstract syntax tree: what the parser builds and every front-end pass reads.

Nodes are plain slotted classes (making a frozen dataclass costs three times as much) and nobody changes one once the parser has
handed over the tree. `start` and `end` are offsets in code points, `end` exclusive. Types and terms share one syntax, so there is
one family of expression nodes; `resolve` decides what is a type.
"""

from __future__ import annotations

from fractions import Fraction

Number = int | Fraction


class Node:
    """A piece of source text, from `start` up to but not including `end`."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end


class Expr(Node):
    """A term or a type."""

    __slots__ = ()


class Hole(Expr):
    """What stands where the parser found no expression; a syntax error has been reported for it."""

    __slots__ = ()


class Const(Expr):
    """`null`, `true` or `false`."""

    __slots__ = ("value",)

    def __init__(self, start: int, end: int, value: bool | None) -> None:
        self.start = start
        self.end = end
        self.value = value


class Num(Expr):
    """A number literal, exact: an `int` where integral, else a `Fraction`."""

    __slots__ = ("value",)

    def __init__(self, start: int, end: int, value: Number) -> None:
        self.start = start
        self.end = end
        self.value = value


class Str(Expr):
    """A string of any form without interpolation, escapes and indentation already processed."""

    __slots__ = ("value",)

    def __init__(self, start: int, end: int, value: str) -> None:
        self.start = start
        self.end = end
        self.value = value


class Chunk(Node):
    """An interpolated term; newlines inside its text are followed by `indent` spaces (multiline strings)."""

    __slots__ = ("expr", "indent")

    def __init__(self, start: int, end: int, expr: Expr, indent: int) -> None:
        self.start = start
        self.end = end
        self.expr = expr
        self.indent = indent


class Interp(Expr):
    """A string with at least one interpolation; adjacent literal pieces are fused and never empty."""

    __slots__ = ("chunks",)

    def __init__(self, start: int, end: int, chunks: list[str | Chunk]) -> None:
        self.start = start
        self.end = end
        self.chunks = chunks


class SymStr(Expr):
    """A symbolic string `prefix-s%"…"%`; literal chunks emptied by stripping stay as ""."""

    __slots__ = ("chunks", "prefix")

    def __init__(self, start: int, end: int, prefix: str, chunks: list[str | Chunk]) -> None:
        self.start = start
        self.end = end
        self.prefix = prefix
        self.chunks = chunks


class Var(Expr):
    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name


class Tag(Expr):
    """A bare enum tag `'Foo`."""

    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name


class Variant(Expr):
    """An enum tag applied syntactically to exactly one argument."""

    __slots__ = ("arg", "tag")

    def __init__(self, start: int, end: int, tag: Tag, arg: Expr) -> None:
        self.start = start
        self.end = end
        self.tag = tag
        self.arg = arg


class Arr(Expr):
    __slots__ = ("items",)

    def __init__(self, start: int, end: int, items: list[Expr]) -> None:
        self.start = start
        self.end = end
        self.items = items


class FieldName(Node):
    """A field name: `name` is set for identifiers and strings without interpolation, else `expr` holds the `Interp`."""

    __slots__ = ("expr", "is_ident", "name")

    def __init__(self, start: int, end: int, name: str | None, expr: Interp | None, is_ident: bool) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.expr = expr
        self.is_ident = is_ident


class Annot(Node):
    """One annotation. `kind` is "|" or ":" (`value`: the type, an `Expr`), "doc" (`value`: str), "priority" (`value`: Number),
    or one of "default", "force", "optional", "not_exported" (`value`: None). The span includes the leading `|` or `:`."""

    __slots__ = ("kind", "value")

    def __init__(self, start: int, end: int, kind: str, value: Expr | str | Number | None) -> None:
        self.start = start
        self.end = end
        self.kind = kind
        self.value = value


class FieldDecl(Node):
    """`a."b".c | … = value` in a record; `path` has at least one part."""

    __slots__ = ("annots", "path", "value")

    def __init__(self, start: int, end: int, path: list[FieldName], annots: list[Annot], value: Expr | None) -> None:
        self.start = start
        self.end = end
        self.path = path
        self.annots = annots
        self.value = value


class Include(Node):
    """`include x | …` or `include [x, y]` (which takes no annotations)."""

    __slots__ = ("annots", "names")

    def __init__(self, start: int, end: int, names: list[FieldName], annots: list[Annot]) -> None:
        self.start = start
        self.end = end
        self.names = names
        self.annots = annots


class RecordTail(Node):
    """What follows `;` in a record or enum type: `Dyn` or a row variable."""

    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name


class Rec(Expr):
    """A record literal or record type. `ellipsis` is the offset of `..`, or -1."""

    __slots__ = ("decls", "ellipsis", "tail")

    def __init__(
        self, start: int, end: int, decls: list[FieldDecl | Include], ellipsis: int, tail: RecordTail | None
    ) -> None:
        self.start = start
        self.end = end
        self.decls = decls
        self.ellipsis = ellipsis
        self.tail = tail


class Access(Expr):
    """`record.field`, also with an interpolated (dynamic) name."""

    __slots__ = ("field", "record")

    def __init__(self, start: int, end: int, record: Expr, field: FieldName) -> None:
        self.start = start
        self.end = end
        self.record = record
        self.field = field


class App(Expr):
    """Application to one or more arguments, flattened: `f x y` is one node. The head is never itself an `App`
    unless it was parenthesised."""

    __slots__ = ("args", "head")

    def __init__(self, start: int, end: int, head: Expr, args: list[Expr]) -> None:
        self.start = start
        self.end = end
        self.head = head
        self.args = args


class BinOp(Expr):
    """An infix operator, `->` included."""

    __slots__ = ("left", "op", "right")

    def __init__(self, start: int, end: int, op: str, left: Expr, right: Expr) -> None:
        self.start = start
        self.end = end
        self.op = op
        self.left = left
        self.right = right


class UnOp(Expr):
    """`-e` or `!e`."""

    __slots__ = ("arg", "op")

    def __init__(self, start: int, end: int, op: str, arg: Expr) -> None:
        self.start = start
        self.end = end
        self.op = op
        self.arg = arg


class Curried(Expr):
    """An operator in parentheses: `(+)`, `(!)`, `(.)`."""

    __slots__ = ("op",)

    def __init__(self, start: int, end: int, op: str) -> None:
        self.start = start
        self.end = end
        self.op = op


class PrimOp(Expr):
    """`%name% a b`: the primitive with exactly its strict arguments. `ident` is the bare identifier of `%enum/embed%`."""

    __slots__ = ("args", "ident", "name")

    def __init__(self, start: int, end: int, name: str, args: list[Expr], ident: str | None) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.args = args
        self.ident = ident


class If(Expr):
    __slots__ = ("cond", "orelse", "then")

    def __init__(self, start: int, end: int, cond: Expr, then: Expr, orelse: Expr) -> None:
        self.start = start
        self.end = end
        self.cond = cond
        self.then = then
        self.orelse = orelse


class Binding(Node):
    __slots__ = ("annots", "pattern", "value")

    def __init__(self, start: int, end: int, pattern: Pattern, annots: list[Annot], value: Expr) -> None:
        self.start = start
        self.end = end
        self.pattern = pattern
        self.annots = annots
        self.value = value


class Let(Expr):
    __slots__ = ("bindings", "body", "rec")

    def __init__(self, start: int, end: int, rec: bool, bindings: list[Binding], body: Expr) -> None:
        self.start = start
        self.end = end
        self.rec = rec
        self.bindings = bindings
        self.body = body


class Fun(Expr):
    __slots__ = ("body", "params")

    def __init__(self, start: int, end: int, params: list[Pattern], body: Expr) -> None:
        self.start = start
        self.end = end
        self.params = params
        self.body = body


class Branch(Node):
    __slots__ = ("body", "guard", "pattern")

    def __init__(self, start: int, end: int, pattern: Pattern, guard: Expr | None, body: Expr) -> None:
        self.start = start
        self.end = end
        self.pattern = pattern
        self.guard = guard
        self.body = body


class Match(Expr):
    __slots__ = ("branches",)

    def __init__(self, start: int, end: int, branches: list[Branch]) -> None:
        self.start = start
        self.end = end
        self.branches = branches


class Annotated(Expr):
    __slots__ = ("annots", "expr")

    def __init__(self, start: int, end: int, expr: Expr, annots: list[Annot]) -> None:
        self.start = start
        self.end = end
        self.expr = expr
        self.annots = annots


class Import(Expr):
    """`import "path"`; `format` is the tag after `as`, if any."""

    __slots__ = ("format", "path")

    def __init__(self, start: int, end: int, path: str, format: Tag | None) -> None:
        self.start = start
        self.end = end
        self.path = path
        self.format = format


class ImportPackage(Expr):
    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name


class BaseType(Expr):
    """`Dyn`, `Number`, `Bool` or `String`."""

    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name


class Wildcard(Expr):
    """`_` as an expression."""

    __slots__ = ()


class ArrayType(Expr):
    __slots__ = ("item",)

    def __init__(self, start: int, end: int, item: Expr) -> None:
        self.start = start
        self.end = end
        self.item = item


class DictType(Expr):
    """`{_ : T}` (`flavour` ":") or `{_ | C}` (`flavour` "|")."""

    __slots__ = ("flavour", "item")

    def __init__(self, start: int, end: int, flavour: str, item: Expr) -> None:
        self.start = start
        self.end = end
        self.flavour = flavour
        self.item = item


class EnumRow(Node):
    __slots__ = ("arg", "name")

    def __init__(self, start: int, end: int, name: str, arg: Expr | None) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.arg = arg


class EnumType(Expr):
    __slots__ = ("rows", "tail")

    def __init__(self, start: int, end: int, rows: list[EnumRow], tail: RecordTail | None) -> None:
        self.start = start
        self.end = end
        self.rows = rows
        self.tail = tail


class Forall(Expr):
    """`names` are `Var` nodes, for their spans."""

    __slots__ = ("body", "names")

    def __init__(self, start: int, end: int, names: list[Var], body: Expr) -> None:
        self.start = start
        self.end = end
        self.names = names
        self.body = body


class Pattern(Node):
    __slots__ = ()


class PHole(Pattern):
    """What stands where the parser found no pattern."""

    __slots__ = ()


class PVar(Pattern):
    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name


class PWild(Pattern):
    __slots__ = ()


class PConst(Pattern):
    """A constant: null, a boolean, a number or a static string."""

    __slots__ = ("value",)

    def __init__(self, start: int, end: int, value: bool | Number | str | None) -> None:
        self.start = start
        self.end = end
        self.value = value


class PTag(Pattern):
    __slots__ = ("arg", "name")

    def __init__(self, start: int, end: int, name: str, arg: Pattern | None) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.arg = arg


class PField(Node):
    """`name | C ? default = pattern`; without a pattern the name itself is bound."""

    __slots__ = ("annots", "default", "name", "pattern")

    def __init__(
        self, start: int, end: int, name: str, annots: list[Annot], default: Expr | None, pattern: Pattern | None
    ) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.annots = annots
        self.default = default
        self.pattern = pattern


class PRec(Pattern):
    """`rest` is None (closed), "" for a bare `..`, or the name after `..`."""

    __slots__ = ("fields", "rest")

    def __init__(self, start: int, end: int, fields: list[PField], rest: str | None) -> None:
        self.start = start
        self.end = end
        self.fields = fields
        self.rest = rest


class PArr(Pattern):
    """`rest` as in `PRec`."""

    __slots__ = ("items", "rest")

    def __init__(self, start: int, end: int, items: list[Pattern], rest: str | None) -> None:
        self.start = start
        self.end = end
        self.items = items
        self.rest = rest


class POr(Pattern):
    __slots__ = ("alts",)

    def __init__(self, start: int, end: int, alts: list[Pattern]) -> None:
        self.start = start
        self.end = end
        self.alts = alts


class PAlias(Pattern):
    __slots__ = ("name", "pattern")

    def __init__(self, start: int, end: int, name: str, pattern: Pattern) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.pattern = pattern
