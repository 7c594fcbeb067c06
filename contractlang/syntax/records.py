"""Builder functions for record literals, their declarations and field access, named as in `grammar.lark`."""

from __future__ import annotations

from contractlang.syntax import nodes as n

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.building import Building, Values


# ---- literals


def record_empty(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Rec(start, end, [], -1, None)


def record(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Rec(start, end, v[i + 1], -1, None)


def ellipsis(b: Building, v: Values, i: int, start: int, end: int) -> int:
    return start


def open_record_empty(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Rec(start, end, [], v[i + 1], None)


def open_record(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Rec(start, end, v[i + 1], v[i + 3], None)


def record_type_of_tail(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Rec(start, end, [], -1, v[i + 1])


def record_type(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Rec(start, end, v[i + 1], -1, v[i + 2])


def record_type_trailing_comma(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Rec(start, end, v[i + 1], -1, v[i + 3])


def open_record_type_empty(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Rec(start, end, [], v[i + 1], v[i + 2])


def open_record_type(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Rec(start, end, v[i + 1], v[i + 3], v[i + 4])


# ---- declarations of one field


def field(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldDecl:
    return n.FieldDecl(start, end, [v[i]], [], None)


def field_value(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldDecl:
    return n.FieldDecl(start, end, [v[i]], [], v[i + 2])


def field_annotated(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldDecl:
    return n.FieldDecl(start, end, [v[i]], v[i + 1], None)


def field_annotated_value(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldDecl:
    return n.FieldDecl(start, end, [v[i]], v[i + 1], v[i + 3])


def path_start(b: Building, v: Values, i: int, start: int, end: int) -> list[n.FieldName]:
    return [v[i], v[i + 2]]


def path_field(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldDecl:
    return n.FieldDecl(start, end, v[i], [], None)


def path_value(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldDecl:
    return n.FieldDecl(start, end, v[i], [], v[i + 2])


def path_annotated(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldDecl:
    return n.FieldDecl(start, end, v[i], v[i + 1], None)


def path_annotated_value(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldDecl:
    return n.FieldDecl(start, end, v[i], v[i + 1], v[i + 3])


# ---- inclusions


def include(b: Building, v: Values, i: int, start: int, end: int) -> n.Include:
    return n.Include(start, end, [v[i + 1]], [])


def include_annotated(b: Building, v: Values, i: int, start: int, end: int) -> n.Include:
    return n.Include(start, end, [v[i + 1]], v[i + 2])


def include_nothing(b: Building, v: Values, i: int, start: int, end: int) -> n.Include:
    return n.Include(start, end, [], [])


def include_several(b: Building, v: Values, i: int, start: int, end: int) -> n.Include:
    return n.Include(start, end, v[i + 2], [])


# ---- names of fields


def word(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldName:
    return n.FieldName(start, end, v[i], None, True)


def string_field_name(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldName:
    string = v[i]
    if type(string) is n.Str:
        return n.FieldName(start, end, string.value, None, False)
    if type(string) is n.SymStr:
        # No name at all, which is found when it is evaluated: it is no more a text than what other interpolations may hold.
        string = n.Interp(start, end, [n.Chunk(start, end, string, 0)])
    return n.FieldName(start, end, None, string, False)


def access(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Access(start, end, v[i], v[i + 2])
