"""Terms: everything that is neither a record, nor a type, nor a pattern."""

from __future__ import annotations

from functools import partial

from contractlang.resolve import core
from contractlang.resolve.context import TERMS, Context
from contractlang.resolve.patterns import declare, translate
from contractlang.resolve.records import variable
from contractlang.resolve.types import metadata, resolve_type
from contractlang.syntax import nodes as ast

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from contractlang.resolve.context import Saved
    from contractlang.resolve.patterns import Declared


def _hole(ctx: Context, node: ast.Expr) -> core.Core:
    return core.Hole(node.start, node.end)


def _literal(ctx: Context, node: ast.Const | ast.Num | ast.Str) -> core.Core:
    return core.Lit(node.start, node.end, node.value)


def _tag(ctx: Context, node: ast.Tag) -> core.Core:
    return core.Tag(node.start, node.end, node.name)


def _variant(ctx: Context, node: ast.Variant) -> core.Core:
    return core.Variant(node.start, node.end, node.tag.name, ctx.term(node.arg))


def _interpolation(ctx: Context, node: ast.Interp) -> core.Core:
    chunks: list[str | tuple[core.Core, int]] = [
        chunk if isinstance(chunk, str) else (ctx.term(chunk.expr), chunk.indent) for chunk in node.chunks
    ]
    return core.Interp(node.start, node.end, chunks)


def _symbolic(ctx: Context, node: ast.SymStr) -> core.Core:
    start, end = node.start, node.end
    fragments: list[core.Core] = [
        core.Lit(start, end, chunk) if isinstance(chunk, str) else ctx.term(chunk.expr) for chunk in node.chunks
    ]
    parts: list[tuple[str, core.Core]] = [
        ("tag", core.Tag(start, end, "SymbolicString")),
        ("prefix", core.Tag(start, end, node.prefix)),
        ("fragments", core.Array(start, end, fragments)),
    ]
    fields = [
        core.Field(start, end, name, None, value, core.Meta(), [(start, end)], False, False, [])
        for name, value in parts
    ]
    return core.Record(start, end, fields, [], False)


def _array(ctx: Context, node: ast.Arr) -> core.Core:
    term = ctx.term
    return core.Array(node.start, node.end, [term(item) for item in node.items])


def _access(ctx: Context, node: ast.Access) -> core.Core:
    chain: list[ast.Access] = []
    inner: ast.Expr = node
    while type(inner) is ast.Access:
        chain.append(inner)
        inner = inner.record
    record = ctx.term(inner)
    for access in reversed(chain):
        field = access.field
        if field.name is not None:
            record = core.Access(access.start, access.end, record, field.name, field.start, field.end)
        else:
            assert field.expr is not None
            record = core.DynAccess(access.start, access.end, record, ctx.term(field.expr))
    return record


def _application(ctx: Context, node: ast.App) -> core.Core:
    head = ctx.term(node.head)
    return core.App(node.start, node.end, head, [ctx.term(arg) for arg in node.args])


def _infix(ctx: Context, node: ast.BinOp) -> core.Core:
    """Chains of operators nest to the left, thousands deep: they are resolved in a loop."""
    if node.op == "->":
        return core.TypeTerm(node.start, node.end, resolve_type(ctx, node))
    spine: list[ast.BinOp] = []
    leftmost: ast.Expr = node
    while type(leftmost) is ast.BinOp and leftmost.op != "->":
        spine.append(leftmost)
        leftmost = leftmost.left
    result = ctx.term(leftmost)
    for infix in reversed(spine):
        result = operation(infix.start, infix.end, infix.op, result, ctx.term(infix.right))
    return result


def operation(start: int, end: int, op: str, left: core.Core, right: core.Core) -> core.Core:
    """An infix operator applied to two operands."""
    if op in ("&&", "||"):
        return core.AndOr(start, end, op, left, right)
    if op == "|>":
        return core.App(start, end, right, [left])
    return core.Op(start, end, op, [left, right])


def _prefix(ctx: Context, node: ast.UnOp) -> core.Core:
    chain: list[ast.UnOp] = []
    inner: ast.Expr = node
    while type(inner) is ast.UnOp:
        chain.append(inner)
        inner = inner.arg
    result = ctx.term(inner)
    for prefix in reversed(chain):
        result = core.Op(prefix.start, prefix.end, "neg" if prefix.op == "-" else "!", [result])
    return result


def _curried(ctx: Context, node: ast.Curried) -> core.Core:
    start, end = node.start, node.end

    def parameter(name: str) -> tuple[core.Pattern, core.Core]:
        binding = core.Binding(name, "param", start, end)
        return core.PVar(start, end, binding), core.Var(start, end, binding)

    first, left = parameter("x")
    if node.op == "!":
        return core.Lam(start, end, [first], core.Op(start, end, "!", [left]))
    second, right = parameter("y")
    if node.op == ".":
        body: core.Core = core.DynAccess(start, end, left, right)
    else:
        body = operation(start, end, node.op, left, right)
    return core.Lam(start, end, [first, second], body)


def _primitive(ctx: Context, node: ast.PrimOp) -> core.Core:
    return core.Op(node.start, node.end, node.name, [ctx.term(arg) for arg in node.args], node.ident)


def _conditional(ctx: Context, node: ast.If) -> core.Core:
    return core.If(node.start, node.end, ctx.term(node.cond), ctx.term(node.then), ctx.term(node.orelse))


# ---- binders


def _let(ctx: Context, node: ast.Let) -> core.Core:
    kind = "letrec" if node.rec else "let"
    scopes: list[Declared] = []
    bindings: list[core.Binding] = []
    for each in node.bindings:
        declared: Declared = {}
        declare(ctx, each.pattern, kind, declared)
        if ctx.memory is not None:
            declared = {name: ctx.memory.kept(each, binding) for name, binding in declared.items()}
        scopes.append(declared)
        bindings += declared.values()
    saved: Saved = ctx.bind(bindings) if node.rec else []
    resolved: list[core.LetBinding] = []
    for each, declared in zip(node.bindings, scopes, strict=True):
        if ctx.memory is None:
            resolved.append(_definition(ctx, each, declared))
        else:
            define = partial(_definition, ctx, each, declared)
            resolved.append(ctx.memory.recall(ctx, each, define, tuple(declared.values())))
    if not node.rec:
        saved = ctx.bind(bindings)
    body = ctx.term(node.body)
    ctx.restore(saved)
    return core.Let(node.start, node.end, node.rec, resolved, body)


def _definition(ctx: Context, node: ast.Binding, declared: Declared) -> core.LetBinding:
    pattern = translate(ctx, node.pattern, declared)
    meta = metadata(ctx, node.annots)
    return core.LetBinding(node.start, node.end, pattern, meta, ctx.term(node.value))


def _function(ctx: Context, node: ast.Fun) -> core.Core:
    params: list[core.Pattern] = []
    saved: Saved = []
    for param in node.params:
        declared: Declared = {}
        declare(ctx, param, "param", declared)
        if ctx.memory is not None:
            declared = {name: ctx.memory.kept(param, binding) for name, binding in declared.items()}
        params.append(translate(ctx, param, declared))
        saved += ctx.bind(declared.values())
    body = ctx.term(node.body)
    ctx.restore(saved)
    return core.Lam(node.start, node.end, params, body)


def _match(ctx: Context, node: ast.Match) -> core.Core:
    branches: list[core.Branch] = []
    for branch in node.branches:
        declared: Declared = {}
        declare(ctx, branch.pattern, "pattern", declared)
        pattern = translate(ctx, branch.pattern, declared)
        saved = ctx.bind(declared.values())
        guard = None if branch.guard is None else ctx.term(branch.guard)
        body = ctx.term(branch.body)
        ctx.restore(saved)
        branches.append(core.Branch(branch.start, branch.end, pattern, guard, body))
    return core.Match(node.start, node.end, branches)


def _annotated(ctx: Context, node: ast.Annotated) -> core.Core:
    return core.Annot(node.start, node.end, ctx.term(node.expr), metadata(ctx, node.annots))


# ---- imports


def _import(ctx: Context, node: ast.Import | ast.ImportPackage) -> core.Core:
    answer = ctx.importer(ctx.source, node)
    ctx.asked.append((node, answer))
    ctx.problems += answer.problems
    if answer.key is None or isinstance(node, ast.ImportPackage):
        return core.Hole(node.start, node.end)
    result = core.Import(node.start, node.end, node.path, answer.format, answer.key)
    ctx.imports.append(result)
    return result


_HANDLERS: dict[type[ast.Node], Callable[[Context, Any], core.Core]] = {
    ast.Hole: _hole,
    ast.Const: _literal,
    ast.Num: _literal,
    ast.Str: _literal,
    ast.Tag: _tag,
    ast.Variant: _variant,
    ast.Interp: _interpolation,
    ast.SymStr: _symbolic,
    ast.Arr: _array,
    ast.Var: variable,
    ast.Access: _access,
    ast.App: _application,
    ast.BinOp: _infix,
    ast.UnOp: _prefix,
    ast.Curried: _curried,
    ast.PrimOp: _primitive,
    ast.If: _conditional,
    ast.Let: _let,
    ast.Fun: _function,
    ast.Match: _match,
    ast.Annotated: _annotated,
    ast.Import: _import,
    ast.ImportPackage: _import,
}
TERMS.update(_HANDLERS)
