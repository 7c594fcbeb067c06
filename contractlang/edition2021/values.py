"""Builder functions of the 2021 edition for terms, records and patterns, named as in `grammar.lark`."""

from __future__ import annotations

from contractlang.edition2021.edits import LibraryName
from contractlang.edition2021.nodes import Modern, Switch, Wrapper
from contractlang.edition2021.primitives import PRIMITIVES
from contractlang.edition2021.tokens import KIND
from contractlang.syntax import nodes as n
from contractlang.syntax import records
from contractlang.syntax.strings import strip_text

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.edition2021.builder import EditionBuilding as Building
    from contractlang.syntax.building import Values

# What is no operand without parentheses.
LOOSE = (n.Let, n.Fun, n.If, n.Import, Switch)


def extent(b: Building, node: n.Node) -> tuple[int, int]:
    """The stretch of a node, parentheses included."""
    found = b.parentheses.get(id(node))
    return (node.start, node.end) if found is None else (found[0], found[1])


def bare(b: Building, node: n.Node) -> bool:
    return id(node) not in b.parentheses


# ---- terms


def let(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    pattern = v[i + 1]
    value = v[i + 3]
    binding = n.Binding(pattern.start, extent(b, value)[1], pattern, [], value)
    return n.Let(start, end, False, [binding], v[i + 5])


def let_annotated(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    pattern = v[i + 1]
    value = v[i + 4]
    binding = n.Binding(pattern.start, extent(b, value)[1], pattern, v[i + 2], value)
    return n.Let(start, end, False, [binding], v[i + 6])


def function(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Fun(start, end, v[i + 1], v[i + 3])


def switch(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return _switch(b, start, end, v[i + 2], v[i + 4])


def switch_after_comma(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return _switch(b, start, end, v[i + 2], v[i + 5])


def _switch(b: Building, start: int, end: int, branches: list[n.Branch], subject: n.Expr) -> n.Expr:
    first, last = extent(b, subject)
    opening = b.tokens.starts[_token_after(b, start)]
    closing = b.tokens.ends[_token_at(b, first) - 1]
    loose = bare(b, subject) and (
        isinstance(subject, LOOSE)
        or (isinstance(subject, n.BinOp) and subject.op in ("||", "&&", "==", "!=", "<", "<=", ">", ">="))
    )
    moved: tuple[str | tuple[int, int], ...] = ("(", (first, last), ")") if loose else ((first, last),)
    b.edits.replace(start, end, *moved, " |> match ", (opening, closing))
    return Switch(start, end, n.Match(opening, closing, branches), subject)


def _token_at(b: Building, offset: int) -> int:
    from bisect import bisect_left

    return bisect_left(b.tokens.starts, offset)


def _token_after(b: Building, offset: int) -> int:
    return _token_at(b, offset) + 1


def branch(b: Building, v: Values, i: int, start: int, end: int) -> n.Branch:
    name = v[i]
    place = b.tokens.ends[_token_at(b, start)]
    b.edits.replace(start, place, "'" + name)
    return n.Branch(start, end, n.PTag(start, place, name, None), None, v[i + 2])


def branch_default(b: Building, v: Values, i: int, start: int, end: int) -> n.Branch:
    return n.Branch(start, end, n.PWild(start, start + 1), None, v[i + 2])


def import_file(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Import(start, end, v[i + 1], None)


# ---- applications, access and extension


def application(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    head, *arguments = v[i]
    if type(head) is n.Tag and bare(b, head):
        b.report("tag-2021", *extent(b, arguments[0]), (head.start, head.end))
    return n.App(start, end, head, arguments)


def primitive_of_one(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return _primitive(b, start, end, v[i], [v[i + 1]])


def primitive_of_two(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return _primitive(b, start, end, v[i], [v[i + 1], v[i + 2]])


def _primitive(b: Building, start: int, end: int, name: str, arguments: list[n.Expr]) -> n.Expr:
    primitive = PRIMITIVES[name]
    if primitive.modern is None:
        b.report("no-counterpart", start, end, f"`%{name}%`")
        return n.Hole(start, end)
    if primitive.order:
        arguments = [arguments[index] for index in primitive.order]
    pieces: list[str | tuple[int, int]] = []
    for argument in arguments:
        pieces += [" ", extent(b, argument)]
    # The arguments of a primitive are atoms, and what follows them are arguments of the result.
    b.edits.replace(start, end, "(", LibraryName(primitive.modern), *pieces, ")")
    result = n.App(start, end, Modern(start, start + len(name) + 2, primitive.modern), arguments)
    b.parentheses[id(result)] = (start, end, result)
    return result


def embed(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    b.edits.replace(start, end, extent(b, v[i + 2]))
    inner: n.Expr = v[i + 2]
    return inner


def dynamic_access(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    first, last = extent(b, v[i + 2])
    record_end = extent(b, v[i])[1]
    name, pieces = _dynamic_name(b, first, last, v[i + 2])
    b.edits.replace(start, end, (start, record_end), ".", *pieces)
    return n.Access(start, end, v[i], name)


def _dynamic_name(
    b: Building, start: int, end: int, name: n.Expr
) -> tuple[n.FieldName, tuple[str | tuple[int, int], ...]]:
    """A computed name, and how it is written."""
    if bare(b, name) and isinstance(name, (n.Str, n.Interp)):
        index = _token_at(b, start)
        if b.tokens.kinds[index] == KIND["STR"] or b.tokens.values[index] == '"':
            field = records.string_field_name(b, [name], 0, start, end)
            return field, ((start, end),)
    field = n.FieldName(start, end, None, n.Interp(start, end, [n.Chunk(start, end, name, 0)]), False)
    return field, ('"%{', (start, end), '}"')


def remove(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    first, last = extent(b, v[i + 2])
    record = (start, extent(b, v[i])[1])
    b.edits.replace(start, end, "(", LibraryName("std.record.remove"), " ", (first, last), " ", record, ")")
    return _operation(b, start, end, (record[1], first), "std.record.remove", [v[i + 2], v[i]])


def extend(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    name, value = v[i + 2], v[i + 4]
    record = (start, extent(b, v[i])[1])
    at = (record[1], extent(b, name)[0])
    pieces: list[str | tuple[int, int]] = ["(", LibraryName("std.record.insert")]
    for argument in (name, value):
        stretch = extent(b, argument)
        pieces += [" (", stretch, ")"] if needs_parentheses(b, argument) else [" ", stretch]
    b.edits.replace(start, end, *pieces, " ", record, ")")
    return _operation(b, start, end, at, "std.record.insert", [name, value, v[i]])


def _operation(b: Building, start: int, end: int, at: tuple[int, int], text: str, arguments: list[n.Expr]) -> n.Expr:
    """A function of the library in place of an operator, whose sign stands `at` some place."""
    result = n.App(start, end, Modern(at[0], at[1], text), arguments)
    b.parentheses[id(result)] = (start, end, result)
    return result


def needs_parentheses(b: Building, node: n.Expr) -> bool:
    """Whether a term is no argument as it stands."""
    atoms = (n.Var, n.Num, n.Const, n.Str, n.Interp, n.Tag, n.Arr, n.Rec, n.Access, Wrapper)
    return bare(b, node) and not isinstance(node, atoms)


# ---- atoms


def parenthesized(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    inner: n.Expr = v[i + 1]
    if isinstance(inner, n.App) and b.parentheses.get(id(inner), (0, 0))[:2] == (inner.start, inner.end):
        # What has become a function of the library stands in parentheses of its own.
        b.edits.replace(start, end, extent(b, inner))
    b.parentheses[id(inner)] = (start, end, inner)
    return inner


def enum_tag(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Tag(start, end, v[i])


def typed_wrapper(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return Wrapper(start, end, v[i], v[i + 1], v[i + 3])


def default_wrapper(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return Wrapper(start, end, v[i], None, v[i + 1])


def doc_wrapper(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return Wrapper(start, end, v[i], None, v[i + 3], v[i + 1])


def contract_wrapper(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return Wrapper(start, end, v[i], v[i + 1], None)


# ---- records


def semicolon(b: Building, v: Values, i: int, start: int, end: int) -> None:
    b.edits.replace(start, end, ",")


def record_after_separator(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    closing = _token_at(b, end) - 1
    separator = (b.tokens.starts[closing - 1], b.tokens.ends[closing - 1])
    if b.tokens.ends[closing - 1] == end - 1 or b.tokens.starts[closing] - separator[1] == 1:
        # On one line nobody writes it today.
        b.edits.replace(*separator, "")
    return n.Rec(start, end, v[i + 1], -1, None)


def field_value(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldDecl:
    return n.FieldDecl(start, end, v[i], [], v[i + 2])


def field_annotated(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldDecl:
    return n.FieldDecl(start, end, v[i], v[i + 1], None)


def field_annotated_value(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldDecl:
    return n.FieldDecl(start, end, v[i], v[i + 1], v[i + 3])


def dynamic_field(b: Building, v: Values, i: int, start: int, end: int) -> n.FieldDecl:
    first, last = extent(b, v[i + 1])
    name, pieces = _dynamic_name(b, first, last, v[i + 1])
    b.edits.replace(start, last, *pieces)
    return n.FieldDecl(start, end, [name], [], v[i + 3])


# ---- annotations


def metadata_annotation(b: Building, v: Values, i: int, start: int, end: int) -> n.Annot:
    return n.Annot(start, end, "default", None)


def multiline_doc_annotation(b: Building, v: Values, i: int, start: int, end: int) -> n.Annot:
    return n.Annot(start, end, "doc", strip_text(v[i + 2]))


# ---- patterns


def alias_pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return n.PAlias(start, end, v[i], v[i + 2])


def field_pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.PField:
    return n.PField(start, end, v[i], [], v[i + 1], v[i + 2])
