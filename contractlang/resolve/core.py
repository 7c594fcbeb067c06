"""Core: the resolved program, which the type checker and the compiler read.

Differences from the AST: every variable points to its `Binding`; types and terms are told apart; a record has one `Field` for each
name, its pieces merged and its metadata collected; field paths, `include`, curried operators, symbolic strings and unary minus are
gone. Nobody changes a node once `resolve` has returned; what passes learn stands in side tables keyed by node or binding.

Every node has `start` and `end`, offsets into the unit's source.
"""

from __future__ import annotations

from fractions import Fraction

from contractlang.syntax import nodes as ast

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.source import Source

Number = int | Fraction


class Binding:
    """What a name stands for.

    `kind`: "std" (the initial scope), "let", "letrec", "param" (a variable parameter of a function), "pattern" (a variable inside
    a destructuring pattern or a match branch), "field" (a field of the enclosing record literal, reached through its fixpoint).
    `start`, `end`: where it is declared. Bindings are compared by identity.
    """

    __slots__ = ("end", "kind", "name", "start")

    def __init__(self, name: str, kind: str, start: int, end: int) -> None:
        self.name = name
        self.kind = kind
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name}@{self.start}>"


class Node:
    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end


class Core(Node):
    """A term."""

    __slots__ = ()


class Hole(Core):
    """A place where a syntax or resolution error was reported; programs that contain one are never run."""

    __slots__ = ()


class Lit(Core):
    """null, a boolean, a number or a string."""

    __slots__ = ("value",)

    def __init__(self, start: int, end: int, value: bool | Number | str | None) -> None:
        self.start = start
        self.end = end
        self.value = value


class Tag(Core):
    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name


class Variant(Core):
    __slots__ = ("arg", "name")

    def __init__(self, start: int, end: int, name: str, arg: Core) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.arg = arg


class Interp(Core):
    """String interpolation: literal pieces, and terms with the indentation of their further lines."""

    __slots__ = ("chunks",)

    def __init__(self, start: int, end: int, chunks: list[str | tuple[Core, int]]) -> None:
        self.start = start
        self.end = end
        self.chunks = chunks


class Var(Core):
    __slots__ = ("binding",)

    def __init__(self, start: int, end: int, binding: Binding) -> None:
        self.start = start
        self.end = end
        self.binding = binding


class Array(Core):
    __slots__ = ("items",)

    def __init__(self, start: int, end: int, items: list[Core]) -> None:
        self.start = start
        self.end = end
        self.items = items


class Contract(Node):
    """One annotation: its type (a contract expression is a `TContract`). The span is that of the type as written."""

    __slots__ = ("type",)

    def __init__(self, start: int, end: int, type: Type) -> None:
        self.start = start
        self.end = end
        self.type = type


class Meta:
    """The annotations of a field or binding.

    `type`: the first `:`; `contracts`: every `|`, and further `:`s, in order; `priority`: None (ordinary), "default", "force" or
    a number; `doc`: the documentation.
    """

    __slots__ = ("contracts", "doc", "not_exported", "optional", "priority", "type")

    def __init__(
        self,
        type: Contract | None = None,
        contracts: list[Contract] | None = None,
        priority: str | Number | None = None,
        optional: bool = False,
        not_exported: bool = False,
        doc: str | None = None,
    ) -> None:
        self.type = type
        self.contracts = contracts if contracts is not None else []
        self.priority = priority
        self.optional = optional
        self.not_exported = not_exported
        self.doc = doc


class Field(Node):
    """A field with a static name. `start`, `end`: its name where first declared. `binding` is None where the name is no
    identifier. `value` (None: no definition) does not include the annotation; several definitions of equal priority are
    `Op("&piecewise", …)` in it; `meta.type` wraps it, `meta.contracts` are pending. `occurrences` are the spans of the name.
    `sub` is True where `value` is a record that paths (`a.b = …`) generated, or a merge of such: it is no scope of its own.
    `decls`: the AST declarations it was made of. `pieces`: where several declarations give values, each value with its own
    annotations, those that lose against a higher priority included (they are checked like the others); otherwise empty."""

    __slots__ = ("binding", "decls", "included", "meta", "name", "occurrences", "pieces", "sub", "value")

    def __init__(
        self,
        start: int,
        end: int,
        name: str,
        binding: Binding | None,
        value: Core | None,
        meta: Meta,
        occurrences: list[tuple[int, int]],
        sub: bool,
        included: bool,
        decls: list[ast.FieldDecl | ast.Include],
        pieces: tuple[tuple[Core, Meta], ...] = (),
    ) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.binding = binding
        self.value = value
        self.meta = meta
        self.occurrences = occurrences
        self.sub = sub
        self.included = included
        self.decls = decls
        self.pieces = pieces


class DynField(Node):
    """A field whose name is computed: evaluated outside the record's scope, added when the record is made."""

    __slots__ = ("meta", "name", "value")

    def __init__(self, start: int, end: int, name: Core, value: Core | None, meta: Meta) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.value = value
        self.meta = meta


Data = tuple[object, ...]
"""Plain data in postfix order: `None`, booleans, integers and strings as they are, and tuples for everything else: `("number",
numerator, denominator)`, `("tag", name)`, `("array", count)` of what came before, `("record", names, start)` likewise."""


class Record(Core):
    """`fields` in insertion order: static ones by first occurrence, then includes; then `dynamic` in source order.

    A `literal` that is plain data has its fields resolved when somebody asks for them (see `data.py`); the outermost one has the
    `data`.
    """

    __slots__ = ("_fields", "data", "dynamic", "literal", "open")

    def __init__(
        self,
        start: int,
        end: int,
        fields: list[Field] | None,
        dynamic: list[DynField],
        open: bool,
        data: Data | None = None,
        literal: ast.Rec | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self._fields = fields
        self.dynamic = dynamic
        self.open = open
        self.data = data
        self.literal = literal

    @property
    def fields(self) -> list[Field]:
        fields = self._fields
        if fields is None:
            from contractlang.resolve.data import fields_of

            assert self.literal is not None
            fields = self._fields = fields_of(self.literal)
        return fields


class Access(Core):
    """`record.name` with a static name; `name_start`, `name_end` its place."""

    __slots__ = ("name", "name_end", "name_start", "record")

    def __init__(self, start: int, end: int, record: Core, name: str, name_start: int, name_end: int) -> None:
        self.start = start
        self.end = end
        self.record = record
        self.name = name
        self.name_start = name_start
        self.name_end = name_end


class DynAccess(Core):
    """`record."…%{e}…"`: the name is evaluated first."""

    __slots__ = ("name", "record")

    def __init__(self, start: int, end: int, record: Core, name: Core) -> None:
        self.start = start
        self.end = end
        self.record = record
        self.name = name


class App(Core):
    __slots__ = ("args", "head")

    def __init__(self, start: int, end: int, head: Core, args: list[Core]) -> None:
        self.start = start
        self.end = end
        self.head = head
        self.args = args


class Op(Core):
    """A strict operator or primitive applied to its strict arguments: `+ - * / % ++ @ & == < <= > >=`, "!" (not), "neg"
    (unary minus, `0 - e`), "!=" , "&piecewise" (the merge of two definitions of one field, `name` spans in the
    field), and every primitive by its name without percents. `|>` is an `App`, `&&` and `||` are `AndOr`.
    `ident` is the identifier of `enum/embed`."""

    __slots__ = ("args", "ident", "op")

    def __init__(self, start: int, end: int, op: str, args: list[Core], ident: str | None = None) -> None:
        self.start = start
        self.end = end
        self.op = op
        self.args = args
        self.ident = ident


class AndOr(Core):
    """`left && right` (`op` "&&") or `left || right`: the right operand is returned unchecked."""

    __slots__ = ("left", "op", "right")

    def __init__(self, start: int, end: int, op: str, left: Core, right: Core) -> None:
        self.start = start
        self.end = end
        self.op = op
        self.left = left
        self.right = right


class If(Core):
    __slots__ = ("cond", "orelse", "then")

    def __init__(self, start: int, end: int, cond: Core, then: Core, orelse: Core) -> None:
        self.start = start
        self.end = end
        self.cond = cond
        self.then = then
        self.orelse = orelse


class LetBinding(Node):
    """`pattern | … = value`. `meta.type` and `meta.contracts` wrap the value."""

    __slots__ = ("meta", "pattern", "value")

    def __init__(self, start: int, end: int, pattern: Pattern, meta: Meta, value: Core) -> None:
        self.start = start
        self.end = end
        self.pattern = pattern
        self.meta = meta
        self.value = value


class Let(Core):
    __slots__ = ("bindings", "body", "rec")

    def __init__(self, start: int, end: int, rec: bool, bindings: list[LetBinding], body: Core) -> None:
        self.start = start
        self.end = end
        self.rec = rec
        self.bindings = bindings
        self.body = body


class Lam(Core):
    """A function of one or more parameters."""

    __slots__ = ("body", "params")

    def __init__(self, start: int, end: int, params: list[Pattern], body: Core) -> None:
        self.start = start
        self.end = end
        self.params = params
        self.body = body


class Branch(Node):
    __slots__ = ("body", "guard", "pattern")

    def __init__(self, start: int, end: int, pattern: Pattern, guard: Core | None, body: Core) -> None:
        self.start = start
        self.end = end
        self.pattern = pattern
        self.guard = guard
        self.body = body


class Match(Core):
    """A function of one argument."""

    __slots__ = ("branches",)

    def __init__(self, start: int, end: int, branches: list[Branch]) -> None:
        self.start = start
        self.end = end
        self.branches = branches


class Annot(Core):
    """`value : type | contract …`."""

    __slots__ = ("meta", "value")

    def __init__(self, start: int, end: int, value: Core, meta: Meta) -> None:
        self.start = start
        self.end = end
        self.value = value
        self.meta = meta


class Import(Core):
    """`key` identifies the loaded unit among those that resolution returned."""

    __slots__ = ("format", "key", "path")

    def __init__(self, start: int, end: int, path: str, format: str, key: str) -> None:
        self.start = start
        self.end = end
        self.path = path
        self.format = format
        self.key = key


class TypeTerm(Core):
    """A type used as a value."""

    __slots__ = ("type",)

    def __init__(self, start: int, end: int, type: Type) -> None:
        self.start = start
        self.end = end
        self.type = type


# ---- types


class Type(Node):
    __slots__ = ()


class TBase(Type):
    """`Dyn`, `Number`, `Bool` or `String`."""

    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name


class TWild(Type):
    __slots__ = ()


class TypeVar:
    """A variable bound by `forall`. `kind`: "type", "record" (row) or "enum" (row); `excluded`: the names listed beside it."""

    __slots__ = ("excluded", "kind", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.kind = "type"
        self.excluded: set[str] = set()

    def __repr__(self) -> str:
        return f"<{self.kind} variable {self.name}>"


class TVar(Type):
    __slots__ = ("var",)

    def __init__(self, start: int, end: int, var: TypeVar) -> None:
        self.start = start
        self.end = end
        self.var = var


class TArray(Type):
    __slots__ = ("item",)

    def __init__(self, start: int, end: int, item: Type) -> None:
        self.start = start
        self.end = end
        self.item = item


class TArrow(Type):
    __slots__ = ("codomain", "domain")

    def __init__(self, start: int, end: int, domain: Type, codomain: Type) -> None:
        self.start = start
        self.end = end
        self.domain = domain
        self.codomain = codomain


class TDict(Type):
    """`{_ : T}` (`flavour` ":") or `{_ | C}` (`flavour` "|")."""

    __slots__ = ("flavour", "item")

    def __init__(self, start: int, end: int, flavour: str, item: Type) -> None:
        self.start = start
        self.end = end
        self.flavour = flavour
        self.item = item


class TRecord(Type):
    """`rows`: name, type, and the span of the name. `tail`: None (closed), "Dyn", or a row variable."""

    __slots__ = ("rows", "tail")

    def __init__(
        self, start: int, end: int, rows: list[tuple[str, Type, int, int]], tail: str | TypeVar | None
    ) -> None:
        self.start = start
        self.end = end
        self.rows = rows
        self.tail = tail


class TEnum(Type):
    """`rows`: tag name, argument type (None: bare tag), and the span of the row."""

    __slots__ = ("rows", "tail")

    def __init__(
        self, start: int, end: int, rows: list[tuple[str, Type | None, int, int]], tail: TypeVar | None
    ) -> None:
        self.start = start
        self.end = end
        self.rows = rows
        self.tail = tail


class TForall(Type):
    """One variable each; `forall a b. T` nests."""

    __slots__ = ("body", "var")

    def __init__(self, start: int, end: int, var: TypeVar, body: Type) -> None:
        self.start = start
        self.end = end
        self.var = var
        self.body = body


class TContract(Type):
    """Any other expression: a contract, opaque to the type checker."""

    __slots__ = ("expr",)

    def __init__(self, start: int, end: int, expr: Core) -> None:
        self.start = start
        self.end = end
        self.expr = expr


# ---- patterns


class Pattern(Node):
    __slots__ = ()


class PVar(Pattern):
    __slots__ = ("binding",)

    def __init__(self, start: int, end: int, binding: Binding) -> None:
        self.start = start
        self.end = end
        self.binding = binding


class PWild(Pattern):
    __slots__ = ()


class PConst(Pattern):
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
    """`start`, `end`: the field name. `pattern` is always set (a `PVar` for the short form)."""

    __slots__ = ("default", "meta", "name", "pattern")

    def __init__(self, start: int, end: int, name: str, meta: Meta, default: Core | None, pattern: Pattern) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.meta = meta
        self.default = default
        self.pattern = pattern


class PRec(Pattern):
    """`open`: extra fields are allowed; `rest` binds them."""

    __slots__ = ("fields", "open", "rest")

    def __init__(self, start: int, end: int, fields: list[PField], open: bool, rest: Binding | None) -> None:
        self.start = start
        self.end = end
        self.fields = fields
        self.open = open
        self.rest = rest


class PArr(Pattern):
    __slots__ = ("items", "open", "rest")

    def __init__(self, start: int, end: int, items: list[Pattern], open: bool, rest: Binding | None) -> None:
        self.start = start
        self.end = end
        self.items = items
        self.open = open
        self.rest = rest


class POr(Pattern):
    """All alternatives bind the same `Binding` objects."""

    __slots__ = ("alts",)

    def __init__(self, start: int, end: int, alts: list[Pattern]) -> None:
        self.start = start
        self.end = end
        self.alts = alts


class PAlias(Pattern):
    __slots__ = ("binding", "pattern")

    def __init__(self, start: int, end: int, binding: Binding, pattern: Pattern) -> None:
        self.start = start
        self.end = end
        self.binding = binding
        self.pattern = pattern


class Unit:
    """One source of a program: its Core (None for data: JSON, YAML, TOML and text are read when the program runs) and where its
    imports lead (`key` of each `Import` → unit). `std` is the one binding of the initial scope. `typed`: whether there is any
    `:` annotation, so that there is something to check. `hidden`: for fields whose name had another meaning outside their record,
    that one."""

    __slots__ = ("format", "hidden", "imports", "key", "path", "root", "source", "std", "typed")

    def __init__(
        self,
        key: str,
        source: Source,
        root: Core | None,
        imports: list[Import],
        format: str = "Nickel",
        path: str | None = None,
        std: Binding | None = None,
        typed: bool = False,
        hidden: dict[Binding, Binding] | None = None,
    ) -> None:
        self.key = key
        self.source = source
        self.root = root
        self.imports = imports
        self.format = format
        self.path = path
        self.std = std
        self.typed = typed
        self.hidden = hidden or {}
