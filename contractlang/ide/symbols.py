"""The outline of a file, and the search for names in the whole workspace."""

from __future__ import annotations

from contractlang.ide.candidates import fits
from contractlang.ide.describe import shortened
from contractlang.ide.facts import Facts
from contractlang.ide.knowledge import contracts_of
from contractlang.resolve import core
from contractlang.resolve.traversal import bound_by, children

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.workspace.workspace import Snapshot

# More than this no client shows, and nobody reads.
MOST_FOUND = 500
# Names inside of deeper records are left out: data may nest as deep as it likes.
DEEPEST = 40


class Symbol:
    """A declared name. `kind`: "field", "function", "record", "contract", "variable", "array", "string", "number", "boolean" or
    "enum". `start`, `end`: the whole declaration; `name_start`, `name_end`: the name. `container`: the path of what it is in."""

    __slots__ = ("children", "container", "detail", "end", "kind", "name", "name_end", "name_start", "path", "start")

    def __init__(self, path: str, name: str, kind: str, span: tuple[int, int], name_span: tuple[int, int]) -> None:
        self.path = path
        self.name = name
        self.kind = kind
        self.start, self.end = span
        self.name_start, self.name_end = name_span
        self.detail = ""
        self.container = ""
        self.children: list[Symbol] = []

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name}>"


def document_symbols(snapshot: Snapshot, path: str) -> list[Symbol]:
    """The fields and local definitions of a file, in the order of the text, each with those inside of it."""
    unit = Facts(snapshot).unit(path)
    return [] if unit is None or unit.root is None else outline(unit)


def workspace_symbols(snapshot: Snapshot, query: str) -> list[Symbol]:
    """The names in all programs of the workspace that a query fits: its characters occur in them in this order, whatever their
    case. A query with dots is compared with the whole path. The closest come first, at most 500."""
    facts = Facts(snapshot)
    wanted = query.lower().strip()
    found: list[tuple[tuple[int, int, str], Symbol]] = []
    for path in snapshot.files():
        if not path.endswith(".ncl"):
            continue
        unit = facts.unit(path)
        work = [] if unit is None or unit.root is None else outline(unit)
        while work:
            symbol = work.pop()
            work += symbol.children
            full = f"{symbol.container}.{symbol.name}" if symbol.container else symbol.name
            rank = _rank(full.lower() if "." in wanted else symbol.name.lower(), wanted)
            if rank is not None:
                found.append(((rank, len(full), full), symbol))
    found.sort(key=lambda each: (each[0], each[1].path, each[1].start))
    return [symbol for _, symbol in found[:MOST_FOUND]]


def _rank(name: str, wanted: str) -> int | None:
    """How well a name fits: 0 equal, 1 begins so, 2 contains it, 3 has its characters in order; None: not at all."""
    if name == wanted:
        return 0
    if wanted in name:
        return 1 if name.startswith(wanted) else 2
    return 3 if fits(name, wanted) else None


def outline(unit: core.Unit) -> list[Symbol]:
    """The symbols of a unit."""
    assert unit.root is not None
    top: list[Symbol] = []
    work: list[tuple[core.Node, list[Symbol], str, int]] = [(unit.root, top, "", 0)]
    while work:
        node, into, container, depth = work.pop()
        if isinstance(node, core.Field):
            symbol = _field(unit, node)
        elif isinstance(node, core.LetBinding):
            symbol = _let(unit, node)
        else:
            symbol = None
        if symbol is not None:
            symbol.container = container
            into.append(symbol)
            into, depth = symbol.children, depth + 1
            container = f"{container}.{symbol.name}" if container else symbol.name
        if depth <= DEEPEST:
            work += [(child, into, container, depth) for child in reversed(children(node)) if _may_declare(child)]
    _sort(top)
    return top


def _sort(symbols: list[Symbol]) -> None:
    work = [symbols]
    while work:
        level = work.pop()
        level.sort(key=lambda symbol: (symbol.start, symbol.name_start))
        work += [symbol.children for symbol in level if symbol.children]


def _may_declare(node: core.Node) -> bool:
    """Whether names worth listing may be declared in a node: not in patterns and types."""
    return not isinstance(node, (core.Pattern, core.Type, core.Lit, core.Var))


def _field(unit: core.Unit, field: core.Field) -> Symbol | None:
    if not field.decls or field.included:
        return None
    first = field.decls[0]
    span = (min(first.start, field.start), max(first.end, field.end))
    symbol = Symbol(unit.path or unit.key, field.name, kind_of(field.value), span, (field.start, field.end))
    symbol.detail = detail_of(unit, field.meta, field.value)
    return symbol


def _let(unit: core.Unit, binding: core.LetBinding) -> Symbol | None:
    names = bound_by(binding.pattern)
    if not names:
        return None
    first = names[0]
    if isinstance(binding.pattern, core.PVar):
        name, name_span = first.name, (first.start, first.end)
    else:
        pattern = binding.pattern
        name = shortened(" ".join(unit.source.text[pattern.start : pattern.end].split()), 60)
        name_span = (pattern.start, pattern.end)
    symbol = Symbol(
        unit.path or unit.key, name, kind_of(binding.value, "variable"), (binding.start, binding.end), name_span
    )
    symbol.detail = detail_of(unit, binding.meta, binding.value)
    return symbol


KINDS: dict[type[core.Core], str] = {
    core.Lam: "function",
    core.Match: "function",
    core.Record: "record",
    core.Array: "array",
    core.Interp: "string",
    core.Tag: "enum",
    core.Variant: "enum",
    core.TypeTerm: "contract",
}


def kind_of(value: core.Core | None, otherwise: str = "field") -> str:
    """What sort of thing a definition evidently is."""
    while isinstance(value, (core.Annot, core.Let)):
        value = value.value if isinstance(value, core.Annot) else value.body
    if isinstance(value, core.Lit):
        if isinstance(value.value, bool):
            return "boolean"
        return "string" if isinstance(value.value, str) else "number" if value.value is not None else otherwise
    return otherwise if value is None else KINDS.get(type(value), otherwise)


def detail_of(unit: core.Unit, meta: core.Meta, value: core.Core | None) -> str:
    """The annotations of a declaration as written, else the constant that it is."""
    written = [f"{'|' if n or meta.type is None else ':'} {c.text}" for n, c in enumerate(contracts_of(unit, meta))]
    if written:
        return shortened(" ".join(written), 80)
    if isinstance(value, core.Lit):
        return shortened(" ".join(unit.source.text[value.start : value.end].split()), 40)
    return ""
