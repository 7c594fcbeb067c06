"""Patterns: the variables they bind, and their translation.

Variables are declared first, in a walk of their own, because the defaults and annotations inside a pattern of a `let rec` see
them. One name has one binding in a pattern, wherever it occurs: so the alternatives of an or-pattern bind the same variables, and
of several occurrences of a name the last one assigned wins.
"""

from __future__ import annotations

from contractlang.resolve import core, problems
from contractlang.resolve.context import Context
from contractlang.resolve.types import metadata
from contractlang.syntax import nodes as ast

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    Declared = dict[str, core.Binding]


def declare(ctx: Context, pattern: ast.Pattern, kind: str, declared: Declared) -> None:
    """Adds the variables of a pattern to `declared`; `kind` is that of a variable that is the whole pattern."""
    if type(pattern) is ast.PVar:
        declared[pattern.name] = core.Binding(pattern.name, kind, pattern.start, pattern.end)
        return
    work: list[ast.Pattern] = [pattern]
    while work:
        node = work.pop()
        if isinstance(node, ast.PVar):
            _add(declared, node.name, node.start, node.end)
        elif isinstance(node, ast.PTag):
            if node.arg is not None:
                work.append(node.arg)
        elif isinstance(node, ast.PRec):
            for field in node.fields:
                if field.pattern is None:
                    _add(declared, field.name, field.start, field.start + len(field.name))
            work.extend(field.pattern for field in reversed(node.fields) if field.pattern is not None)
            _add_rest(ctx, node, node.fields[-1].end if node.fields else node.start, declared)
        elif isinstance(node, ast.PArr):
            work.extend(reversed(node.items))
            _add_rest(ctx, node, node.items[-1].end if node.items else node.start, declared)
        elif isinstance(node, ast.POr):
            work.extend(reversed(node.alts))
        elif isinstance(node, ast.PAlias):
            _add(declared, node.name, node.start, node.start + len(node.name))
            work.append(node.pattern)


def _add(declared: Declared, name: str, start: int, end: int) -> None:
    if name not in declared:
        declared[name] = core.Binding(name, "pattern", start, end)


def _add_rest(ctx: Context, node: ast.PRec | ast.PArr, last_end: int, declared: Declared) -> None:
    if not node.rest:
        return
    text = ctx.source.text
    start = text.find(node.rest, text.find("..", last_end) + 2)
    _add(declared, node.rest, start, start + len(node.rest))


def translate(ctx: Context, node: ast.Pattern, declared: Declared) -> core.Pattern:
    """The Core of a pattern whose variables have been declared. Annotations and defaults are resolved in the current scope."""
    start = node.start
    end = node.end
    if isinstance(node, ast.PVar):
        return core.PVar(start, end, declared[node.name])
    if isinstance(node, (ast.PWild, ast.PHole)):
        return core.PWild(start, end)
    if isinstance(node, ast.PConst):
        return core.PConst(start, end, node.value)
    if isinstance(node, ast.PTag):
        return core.PTag(start, end, node.name, None if node.arg is None else translate(ctx, node.arg, declared))
    if isinstance(node, ast.PRec):
        fields = [_field(ctx, field, declared) for field in node.fields]
        return core.PRec(start, end, fields, node.rest is not None, declared[node.rest] if node.rest else None)
    if isinstance(node, ast.PArr):
        items = [translate(ctx, item, declared) for item in node.items]
        return core.PArr(start, end, items, node.rest is not None, declared[node.rest] if node.rest else None)
    if isinstance(node, ast.POr):
        _check_alternatives(ctx, node)
        return core.POr(start, end, [translate(ctx, alt, declared) for alt in node.alts])
    if isinstance(node, ast.PAlias):
        return core.PAlias(start, end, declared[node.name], translate(ctx, node.pattern, declared))
    raise AssertionError(f"unknown pattern {type(node).__name__}")


def _field(ctx: Context, field: ast.PField, declared: Declared) -> core.PField:
    end = field.start + len(field.name)
    meta = metadata(ctx, field.annots)
    default = None if field.default is None else ctx.term(field.default)
    if field.pattern is None:
        pattern: core.Pattern = core.PVar(field.start, end, declared[field.name])
    else:
        pattern = translate(ctx, field.pattern, declared)
    return core.PField(field.start, end, field.name, meta, default, pattern)


def _check_alternatives(ctx: Context, node: ast.POr) -> None:
    bound: list[Declared] = []
    for alt in node.alts:
        variables: Declared = {}
        declare(ctx, alt, "pattern", variables)
        bound.append(variables)
    missing: set[str] = set()
    for variables in bound:
        for name, binding in variables.items():
            if name not in missing and not all(name in other for other in bound):
                missing.add(name)
                place = (binding.start, binding.end)
                problems.or_pattern_variables(ctx, place, name, (node.start, node.end))
