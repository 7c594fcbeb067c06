"""Plain data: literals of nothing but numbers, strings, constants, bare tags, arrays and records of such fields, each name once.

Most of what large files hold is plain data. It refers to no names and nothing in it can be wrong, so all that a run needs of it is
the data itself, which one pass over the syntax tree makes; its fields are resolved when somebody asks for them.
"""

from __future__ import annotations

from fractions import Fraction

from contractlang.resolve import core
from contractlang.resolve.names import spells_identifier
from contractlang.resolve.types import NO_META
from contractlang.syntax import nodes as ast

_LITERALS = frozenset((ast.Const, ast.Num, ast.Str))


def plain_record(node: ast.Rec, others: set[int]) -> core.Record | None:
    """The record that a literal is if it is plain data, else None. `others` are the literals known to be none (by their `id`), so
    that nobody looks into them again for each literal around them."""
    data: list[object] = []
    if not _read_record(node, data, others):
        return None
    return core.Record(node.start, node.end, None, [], False, tuple(data), node)


def fields_of(node: ast.Rec) -> list[core.Field]:
    """The fields of a literal that is plain data."""
    fields: list[core.Field] = []
    for decl in node.decls:
        assert isinstance(decl, ast.FieldDecl)
        assert decl.value is not None
        part = decl.path[0]
        name, start, end = part.name, part.start, part.end
        assert name is not None
        named = part.is_ident or spells_identifier(name)
        binding = core.Binding(name, "field", start, end) if named else None
        value = _term(decl.value)
        fields.append(core.Field(start, end, name, binding, value, NO_META, [(start, end)], False, False, [decl]))
    return fields


def _read_record(node: ast.Rec, data: list[object], others: set[int]) -> bool:
    """Appends the data in postfix order; False if the literal is no plain data."""
    if node.tail is not None or node.ellipsis >= 0 or not node.decls or id(node) in others:
        return False
    names: list[str] = []
    for decl in node.decls:
        if type(decl) is not ast.FieldDecl or decl.annots or len(decl.path) != 1:
            break
        name = decl.path[0].name
        value = decl.value
        if name is None or value is None:
            break
        names.append(name)
        if type(value) in _LITERALS:
            number = value.value  # type: ignore[attr-defined] # a literal, as just seen
            data.append(number if type(number) is not Fraction else ("number", number.numerator, number.denominator))
        elif not _read(value, data, others):
            break
    else:
        if len(set(names)) == len(names):
            data.append(("record", tuple(names), node.start))
            return True
    others.add(id(node))
    return False


def _read(node: ast.Expr, data: list[object], others: set[int]) -> bool:
    kind = type(node)
    if kind is ast.Rec:
        return _read_record(node, data, others)  # type: ignore[arg-type] # seen above
    if isinstance(node, ast.Arr):
        if id(node) in others:
            return False
        for item in node.items:
            if not _read(item, data, others):
                others.add(id(node))
                return False
        data.append(("array", len(node.items)))
        return True
    if kind in _LITERALS:
        number = node.value  # type: ignore[attr-defined] # a literal, as just seen
        data.append(number if type(number) is not Fraction else ("number", number.numerator, number.denominator))
        return True
    if isinstance(node, ast.Tag):
        data.append(("tag", node.name))
        return True
    if isinstance(node, ast.UnOp) and node.op == "-" and isinstance(node.arg, ast.Num):
        return _read(ast.Num(node.start, node.end, -node.arg.value), data, others)
    return False


def _term(node: ast.Expr) -> core.Core:
    match node:
        case ast.Rec():
            return core.Record(node.start, node.end, None, [], False, None, node)
        case ast.Arr():
            return core.Array(node.start, node.end, [_term(item) for item in node.items])
        case ast.Tag():
            return core.Tag(node.start, node.end, node.name)
        case ast.Const() | ast.Num() | ast.Str():
            return core.Lit(node.start, node.end, node.value)
        case ast.UnOp():
            return core.Op(node.start, node.end, "neg", [_term(node.arg)])
        case _:
            raise AssertionError(node)
