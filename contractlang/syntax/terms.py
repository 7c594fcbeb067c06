"""Builder functions for terms, applications, atoms, types and annotations, named as in `grammar.lark`."""

from __future__ import annotations

from contractlang.syntax import nodes as n
from contractlang.syntax.numbers import exact
from contractlang.syntax.patterns import check_bindings, parameters, whole_pattern
from contractlang.syntax.primitives import DISABLED_PRIMITIVE, EMBED
from contractlang.syntax.strings import strip_text

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.building import Building, Values

IMPORT_FORMATS = ("Nickel", "Json", "Yaml", "Toml", "Text")
CONSTANTS = {"null": None, "true": True, "false": False}


# ---- terms


def annotated(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Annotated(start, end, v[i], v[i + 1])


def forall(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Forall(start, end, v[i + 1], v[i + 3])


def let(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return _let(b, start, end, False, v[i + 1], v[i + 3])


def let_trailing_comma(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return _let(b, start, end, False, v[i + 1], v[i + 4])


def let_rec(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return _let(b, start, end, True, v[i + 2], v[i + 4])


def let_rec_trailing_comma(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return _let(b, start, end, True, v[i + 2], v[i + 5])


def _let(b: Building, start: int, end: int, rec: bool, bindings: list[n.Binding], body: n.Expr) -> n.Expr:
    if len(bindings) > 1:
        check_bindings(b, bindings)
    return n.Let(start, end, rec, bindings, body)


def function(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Fun(start, end, parameters(b, v[i + 1]), v[i + 3])


def conditional(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.If(start, end, v[i + 1], v[i + 3], v[i + 5])


def import_file(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Import(start, end, v[i + 1], None)


def import_file_as(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    tag: n.Tag = v[i + 3]
    if tag.name not in IMPORT_FORMATS:
        if tag.end > tag.start:  # else recovery put it there
            b.report("invalid-import-format", tag.start, tag.end, tag.name)
        return n.Import(start, end, v[i + 1], None)
    return n.Import(start, end, v[i + 1], tag)


def import_package(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.ImportPackage(start, end, v[i + 1])


def term_hole(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Hole(start, end)


# ---- bindings and branches


def binding(b: Building, v: Values, i: int, start: int, end: int) -> n.Binding:
    atoms = v[i]
    pattern = whole_pattern(b, atoms)
    if type(pattern) is n.PHole and len(atoms) > 1 and type(atoms[0]) is n.PVar:
        b.advise(f"a function is bound as `let {atoms[0].name} = fun x => …`")
    return n.Binding(start, end, pattern, [], v[i + 2])


def annotated_binding(b: Building, v: Values, i: int, start: int, end: int) -> n.Binding:
    return n.Binding(start, end, whole_pattern(b, v[i]), v[i + 1], v[i + 3])


def binding_hole(b: Building, v: Values, i: int, start: int, end: int) -> n.Binding:
    return n.Binding(start, end, n.PHole(start, end), [], n.Hole(start, end))


def branch(b: Building, v: Values, i: int, start: int, end: int) -> n.Branch:
    return n.Branch(start, end, whole_pattern(b, v[i]), None, v[i + 2])


def guarded_branch(b: Building, v: Values, i: int, start: int, end: int) -> n.Branch:
    return n.Branch(start, end, whole_pattern(b, v[i]), v[i + 2], v[i + 4])


def branch_hole(b: Building, v: Values, i: int, start: int, end: int) -> n.Branch:
    return n.Branch(start, end, n.PHole(start, end), None, n.Hole(start, end))


# ---- annotations


def contract_annotation(b: Building, v: Values, i: int, start: int, end: int) -> n.Annot:
    return n.Annot(start, end, "|", v[i + 1])


def type_annotation(b: Building, v: Values, i: int, start: int, end: int) -> n.Annot:
    return n.Annot(start, end, ":", v[i + 1])


def doc_annotation(b: Building, v: Values, i: int, start: int, end: int) -> n.Annot:
    return n.Annot(start, end, "doc", v[i + 2])


def multiline_doc_annotation(b: Building, v: Values, i: int, start: int, end: int) -> n.Annot:
    return n.Annot(start, end, "doc", strip_text(v[i + 2]))


def metadata_annotation(b: Building, v: Values, i: int, start: int, end: int) -> n.Annot:
    return n.Annot(start, end, v[i + 1], None)


def priority_annotation(b: Building, v: Values, i: int, start: int, end: int) -> n.Annot:
    return n.Annot(start, end, "priority", exact(b, v[i + 2], end))


def negative_priority_annotation(b: Building, v: Values, i: int, start: int, end: int) -> n.Annot:
    return n.Annot(start, end, "priority", -exact(b, v[i + 3], end))


# ---- applications


def application(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    parts = v[i]
    head = parts[0]
    if len(parts) == 2 and type(head) is n.Tag:
        return n.Variant(start, end, head, parts[1])
    del parts[0]
    return n.App(start, end, head, parts)


def array_type(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.ArrayType(start, end, v[i + 1])


def match_empty(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Match(start, end, [])


def match(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Match(start, end, v[i + 2])


def primitive_of_one(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    if v[i] == DISABLED_PRIMITIVE:
        if type(v[i + 1]) is not n.Hole:
            b.report("disabled-feature", start, start + len(DISABLED_PRIMITIVE) + 2, DISABLED_PRIMITIVE)
        return n.Hole(start, end)
    return n.PrimOp(start, end, v[i], [v[i + 1]], None)


def primitive_of_two(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.PrimOp(start, end, v[i], [v[i + 1], v[i + 2]], None)


def primitive_of_three(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.PrimOp(start, end, v[i], [v[i + 1], v[i + 2], v[i + 3]], None)


def primitive_of_four(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.PrimOp(start, end, v[i], [v[i + 1], v[i + 2], v[i + 3], v[i + 4]], None)


def enum_embed(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.PrimOp(start, end, EMBED, [v[i + 2]], v[i + 1])


# ---- atoms


def parenthesized(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    inner: n.Expr = v[i + 1]
    b.parentheses[id(inner)] = (start, end, inner)
    return inner


def curried_operator(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Curried(start, end, v[i + 1])


def number(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Num(start, end, exact(b, v[i], end))


def constant(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Const(start, end, CONSTANTS[v[i]])


def variable(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Var(start, end, v[i])


def enum_tag(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Tag(start, end, v[i])


def array_empty(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Arr(start, end, [])


def array(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Arr(start, end, v[i + 1])


def base_type(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.BaseType(start, end, v[i])


def wildcard(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Wildcard(start, end)


# ---- enum types


def enum_type_empty(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.EnumType(start, end, [], None)


def enum_type_of_tail(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.EnumType(start, end, [], v[i + 2])


def enum_type(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.EnumType(start, end, v[i + 1], None)


def enum_type_with_tail(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.EnumType(start, end, v[i + 1], v[i + 3])


def enum_type_with_tail_after_comma(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.EnumType(start, end, v[i + 1], v[i + 4])


def enum_row(b: Building, v: Values, i: int, start: int, end: int) -> n.EnumRow:
    return n.EnumRow(start, end, v[i], None)


def enum_row_with_argument(b: Building, v: Values, i: int, start: int, end: int) -> n.EnumRow:
    return n.EnumRow(start, end, v[i], v[i + 1])


def tail(b: Building, v: Values, i: int, start: int, end: int) -> n.RecordTail:
    return n.RecordTail(start, end, v[i])


def dictionary_type(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.DictType(start, end, ":", v[i + 3])


def dictionary_contract(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.DictType(start, end, "|", v[i + 3])
