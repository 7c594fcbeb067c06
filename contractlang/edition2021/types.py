"""Builder functions of the 2021 edition for types, named as in `grammar.lark`."""

from __future__ import annotations

from bisect import bisect_left

from contractlang.edition2021.nodes import Contracted
from contractlang.edition2021.values import extent
from contractlang.syntax import nodes as n

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.edition2021.builder import EditionBuilding as Building
    from contractlang.syntax.building import Values

MODERN_NAMES = {"Num": "Number", "Str": "String", "Bool": "Bool", "Dyn": "Dyn"}


def arrow(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    right = v[i + 2]
    if isinstance(right, n.Forall) and id(right) not in b.parentheses:
        b.edits.surround(right.start, right.end, "(", ")")
    return n.BinOp(start, end, "->", v[i], right)


def base_type(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    name = MODERN_NAMES[v[i]]
    if name != v[i]:
        b.edits.replace(start, end, name)
    return n.BaseType(start, end, name)


def type_variable(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Var(start, end, v[i])


def list_type(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    item = v[i + 1]
    b.edits.replace(start, start + 4, "Array " if extent(b, item)[0] == start + 4 else "Array")
    if isinstance(item, n.ArrayType) and id(item) not in b.parentheses:
        # An item is an atom today.
        b.edits.surround(item.start, item.end, "(", ")")
    return n.ArrayType(start, end, item)


def list_of_anything(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    b.edits.replace(start, end, "Array Dyn")
    return n.ArrayType(start, end, n.BaseType(start, end, "Dyn"))


def contract_type(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    first, last = extent(b, v[i + 1])
    b.edits.replace(start, end, (start + 1, first), (first, last))
    result = Contracted(start, end, v[i + 1])
    found = b.parentheses.get(id(v[i + 1]))
    if found is not None:
        b.parentheses[id(result)] = (start, end, result)
    return result


# ---- record types


def row(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldDecl:
    annotation = v[i + 2]
    return n.FieldDecl(start, end, [v[i]], [n.Annot(v[i].end, end, ":", annotation)], None)


def record_type(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Rec(start, end, v[i + 1], -1, None)


def record_type_with_tail(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    _tail(b, v[i + 3])
    return n.Rec(start, end, v[i + 1], -1, v[i + 3])


def record_type_of_tail(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    _tail(b, v[i + 2])
    return n.Rec(start, end, [], -1, v[i + 2])


def tail(b: Building, v: Values, i: int, start: int, end: int) -> n.RecordTail:
    if v[i] in MODERN_NAMES and v[i] != "Dyn":
        b.report("tail-2021", start, end, v[i])
    return n.RecordTail(start, end, v[i])


def _tail(b: Building, node: n.RecordTail) -> None:
    """The `|` before a tail is a `;` today."""
    bar = b.tokens.starts[bisect_left(b.tokens.starts, node.start) - 1]
    b.edits.replace(bar, bar + 1, ";")


# ---- enum types


def enum_row(b: Building, v: Values, i: int, start: int, end: int) -> n.EnumRow:
    b.edits.replace(start, end, "'" + v[i])
    return n.EnumRow(start, end, v[i], None)


def enum_type_empty(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return _enum(b, start, end, [], None)


def enum_type(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return _enum(b, start, end, v[i + 1], None)


def enum_type_with_tail(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return _enum(b, start, end, v[i + 1], v[i + 3])


def enum_type_of_tail(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return _enum(b, start, end, [], v[i + 2])


def _enum(b: Building, start: int, end: int, rows: list[n.EnumRow], rest: n.RecordTail | None) -> n.Expr:
    if rest is not None:
        _tail(b, rest)
        if rest.name == "Dyn":
            b.report("tail-2021", rest.start, rest.end, rest.name)
    # A space where there was none; `[|'A|]` would be fine for the parser, not for people.
    text = b.tokens.starts
    first = text[bisect_left(text, start) + 1]
    last = b.tokens.ends[bisect_left(text, end) - 2]
    b.edits.replace(start, start + 1, "[| " if first == start + 1 else "[|")
    b.edits.replace(end - 1, end, " |]" if last == end - 1 else "|]")
    return n.EnumType(start, end, rows, rest)
