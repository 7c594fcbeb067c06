"""Types: what stands after `|` and `:`, and types used as values.

Types and terms share one syntax. In type position an identifier is a type variable if a `forall` of the same type expression binds
it; constructs that only make sense as types are types; a record literal is a type if it consists of `name : T` only; constants are
mistakes; and everything else is a term that computes a contract. Inside such a term no type variable is visible.
"""

from __future__ import annotations

from contractlang.resolve import core, problems
from contractlang.resolve.context import TERMS, Context
from contractlang.syntax import nodes as ast

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def resolve_type(ctx: Context, node: ast.Expr) -> core.Type:
    """Resolves an expression in type position."""
    handler = TYPES.get(type(node))
    if handler is None:
        return contract_term(ctx, node)
    return handler(ctx, node)


def contract_term(ctx: Context, node: ast.Expr) -> core.Type:
    """A term that computes a contract."""
    hidden = ctx.type_variables
    ctx.type_variables = {}
    expr = ctx.term(node)
    ctx.type_variables = hidden
    return core.TContract(node.start, node.end, expr)


def _constant(ctx: Context, node: ast.Expr) -> core.Type:
    problems.invalid_contract(ctx, node.start, node.end)
    return core.TContract(node.start, node.end, core.Hole(node.start, node.end))


def _base(ctx: Context, node: ast.BaseType) -> core.Type:
    return core.TBase(node.start, node.end, node.name)


def _wildcard(ctx: Context, node: ast.Wildcard) -> core.Type:
    return core.TWild(node.start, node.end)


def _variable(ctx: Context, node: ast.Var) -> core.Type:
    variable = ctx.type_variables.get(node.name)
    if variable is None:
        return contract_term(ctx, node)
    _use(ctx, variable, "type")
    return core.TVar(node.start, node.end, variable)


def _array(ctx: Context, node: ast.ArrayType) -> core.Type:
    return core.TArray(node.start, node.end, resolve_type(ctx, node.item))


def _dict(ctx: Context, node: ast.DictType) -> core.Type:
    if node.flavour == ":":
        return core.TDict(node.start, node.end, ":", resolve_type(ctx, node.item))
    hidden = ctx.type_variables
    ctx.type_variables = {}
    item = resolve_type(ctx, node.item)
    ctx.type_variables = hidden
    return core.TDict(node.start, node.end, "|", item)


def _operator(ctx: Context, node: ast.BinOp) -> core.Type:
    if node.op != "->":
        return contract_term(ctx, node)
    arrows: list[tuple[ast.BinOp, core.Type]] = []
    rest: ast.Expr = node
    while type(rest) is ast.BinOp and rest.op == "->":
        arrows.append((rest, resolve_type(ctx, rest.left)))
        rest = rest.right
    result = resolve_type(ctx, rest)
    for arrow, domain in reversed(arrows):
        result = core.TArrow(arrow.start, arrow.end, domain, result)
    return result


def _enum(ctx: Context, node: ast.EnumType) -> core.Type:
    rows: list[tuple[str, core.Type | None, int, int]] = []
    for row in node.rows:
        arg = None if row.arg is None else resolve_type(ctx, row.arg)
        rows.append((row.name, arg, row.start, row.end))
    tail = None if node.tail is None else _row_variable(ctx, node.tail, "enum")
    if tail is not None:
        tail.excluded.update(row.name for row in node.rows)
    return core.TEnum(node.start, node.end, rows, tail)


def _forall(ctx: Context, node: ast.Forall) -> core.Type:
    outer = ctx.type_variables
    inner = dict(outer)
    variables = []
    for name in node.names:
        variable = core.TypeVar(name.name)
        variable.kind = ""  # known at its first use
        inner[name.name] = variable
        variables.append((name, variable))
    ctx.type_variables = inner
    body = resolve_type(ctx, node.body)
    ctx.type_variables = outer
    for name, variable in reversed(variables):
        if variable.kind == "conflict":
            problems.type_variable_kind(ctx, variable.name, (node.start, node.end))
        if variable.kind in ("", "conflict"):
            variable.kind = "type"
        body = core.TForall(name.start, node.end, variable, body)
    body.start = node.start
    return body


def _use(ctx: Context, variable: core.TypeVar, kind: str) -> None:
    if variable.kind == "":
        variable.kind = kind
    elif variable.kind != kind:
        variable.kind = "conflict"


def _row_variable(ctx: Context, tail: ast.RecordTail, kind: str) -> core.TypeVar | None:
    variable = ctx.type_variables.get(tail.name)
    if variable is None:
        problems.unbound(ctx, tail.name, tail.start, tail.end)
        return None
    _use(ctx, variable, kind)
    return variable


# ---- records


def _is_typed_field(decl: ast.FieldDecl | ast.Include) -> bool:
    """Whether this is a `name : T`, the name possibly interpolated (which is then a mistake of its own)."""
    return (
        type(decl) is ast.FieldDecl
        and decl.value is None
        and len(decl.path) == 1
        and len(decl.annots) == 1
        and decl.annots[0].kind == ":"
    )


def reads_as_type(node: ast.Rec) -> bool:
    """Whether a record literal that stands as a term denotes a type."""
    if node.tail is not None:
        return True
    decls = node.decls
    return bool(decls) and _is_typed_field(decls[0]) and all(_is_typed_field(decl) for decl in decls)


def record_type(ctx: Context, node: ast.Rec) -> core.Type:
    """The record type that a literal denotes; what does not belong in a type is reported."""
    _check_record_type(ctx, node)
    rows: list[tuple[str, core.Type, int, int]] = []
    seen: set[str] = set()
    for decl in node.decls:
        if type(decl) is not ast.FieldDecl or not _is_typed_field(decl):
            continue
        field = decl.path[0]
        annotation = decl.annots[0].value
        if field.name is None or field.name in seen or not isinstance(annotation, ast.Expr):
            continue
        seen.add(field.name)
        rows.append((field.name, resolve_type(ctx, annotation), field.start, field.end))
    tail: str | core.TypeVar | None = None
    if node.tail is not None:
        if node.tail.name == "Dyn":
            tail = "Dyn"
        else:
            tail = _row_variable(ctx, node.tail, "record")
            if tail is not None:
                tail.excluded.update(seen)
    return core.TRecord(node.start, node.end, rows, tail)


def _check_record_type(ctx: Context, node: ast.Rec) -> None:
    culprits: list[tuple[int, int, str]] = []
    reason = None
    first: dict[str, ast.FieldName] = {}
    for decl in node.decls:
        if isinstance(decl, ast.Include):
            culprits.append((decl.start, decl.end, "cannot have `include` statements in a record type"))
            continue
        field = decl.path[0]
        if field.name is None:
            culprits.append((field.start, field.end, "this field uses interpolation"))
            reason = "The names of its fields must be known: interpolation is not allowed in them."
        elif not _is_typed_field(decl):
            culprits.append((decl.start, decl.end, "invalid field for a record type literal"))
            reason = "Values, metadata and paths of several names are not allowed in it."
        elif field.name in first:
            previous = first[field.name]
            culprits.append((previous.start, previous.end, "first occurrence"))
            culprits.append((field.start, field.end, "second occurrence"))
            reason = "Every field may occur once only."
        else:
            first[field.name] = field
    if node.ellipsis >= 0:
        place = (node.ellipsis, node.ellipsis + 2, "cannot have ellipsis in a record type literal")
        culprits.append(place)
        reason = reason or "Write `; Dyn` to allow further fields."
    if culprits:
        if node.tail is not None:
            culprits.append((node.tail.start, node.tail.end, "tail"))
        problems.invalid_record_type(ctx, (node.start, node.end), culprits, reason, node.tail is not None)


def _record(ctx: Context, node: ast.Rec) -> core.Type:
    if not node.decls and node.ellipsis < 0 and node.tail is None:
        return core.TRecord(node.start, node.end, [], None)
    if reads_as_type(node):
        return record_type(ctx, node)
    return contract_term(ctx, node)


TYPES: dict[type[ast.Node], Callable[[Context, Any], core.Type]] = {
    ast.Const: _constant,
    ast.Num: _constant,
    ast.Str: _constant,
    ast.Interp: _constant,
    ast.Arr: _constant,
    ast.Tag: _constant,
    ast.Variant: _constant,
    ast.BaseType: _base,
    ast.Wildcard: _wildcard,
    ast.Var: _variable,
    ast.ArrayType: _array,
    ast.DictType: _dict,
    ast.BinOp: _operator,
    ast.EnumType: _enum,
    ast.Forall: _forall,
    ast.Rec: _record,
}


def _type_term(ctx: Context, node: ast.Expr) -> core.Core:
    return core.TypeTerm(node.start, node.end, resolve_type(ctx, node))


for _kind in (ast.BaseType, ast.Wildcard, ast.ArrayType, ast.DictType, ast.EnumType, ast.Forall):
    TERMS[_kind] = _type_term


# ---- annotations

NO_META = core.Meta()


def metadata(ctx: Context, annots: list[ast.Annot]) -> core.Meta:
    """Collects the annotations of one declaration."""
    if not annots:
        return NO_META
    meta = core.Meta()
    ranks: list[str | core.Number] = []
    for annot in annots:
        kind = annot.kind
        value = annot.value
        if kind in ("|", ":"):
            assert isinstance(value, ast.Expr)
            contract = core.Contract(value.start, value.end, resolve_type(ctx, value))
            ctx.typed = ctx.typed or kind == ":"
            if kind == ":" and meta.type is None:
                meta.type = contract
            else:
                meta.contracts.append(contract)
        elif kind == "doc":
            if meta.doc is None and isinstance(value, str):
                meta.doc = value
        elif kind == "optional":
            meta.optional = True
        elif kind == "not_exported":
            meta.not_exported = True
        elif kind == "priority":
            assert value is not None
            assert not isinstance(value, (str, ast.Expr))
            ranks.append(value)
        else:
            ranks.append(kind)
    if ranks:
        meta.priority = max(ranks, key=priority_rank) or None
    return meta


def priority_rank(priority: str | core.Number | None) -> tuple[int, core.Number]:
    """The place of a priority in their order: `default`, then the numbers (an ordinary field is 0), then `force`."""
    if priority is None:
        return (1, 0)
    if isinstance(priority, str):
        return (0, 0) if priority == "default" else (2, 0)
    return (1, priority)
