"""From the tree back to source text: one canonical, compact layout, without comments.

Reading the text again gives an equal tree. The printer works off a stack of texts and nodes, so the depth of a tree does not
matter. Each node on the stack comes with the context that it stands in: how tightly it must bind to need no parentheses.
"""

from __future__ import annotations

from contractlang.syntax import nodes as n
from contractlang.syntax.literal_text import escaped, field_name_text, is_decimal, number_text, string_text, tag_text
from contractlang.syntax.operators import ARROW_LEVEL, LEVELS, MINUS_LEVEL, NOT_LEVEL

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, Final

    # Texts, and nodes with their context.
    Piece = str | tuple[n.Node, int]
    Print = Callable[[Any], list[Piece]]

# Contexts of expressions, and what kinds of node bind at least so tightly. Between ANNOTATION and APPLIED: levels of operators.
TERM: Final = -2
ANNOTATION: Final = -1
OPERATOR: Final = 0
APPLIED: Final = 12
HEAD: Final = 13
ATOM: Final = 14
# Contexts of patterns: a whole one, an alternative, an atom.
PATTERN: Final = 20
ALTERNATIVE: Final = 21
PATTERN_ATOM: Final = 22

# Kinds of node that bind less tightly than an atom; operators have a level each.
BINDING: Final[dict[type[n.Node], int]] = {
    n.Let: TERM,
    n.Fun: TERM,
    n.If: TERM,
    n.Import: TERM,
    n.ImportPackage: TERM,
    n.Annotated: TERM,
    n.Forall: ANNOTATION,
    n.App: APPLIED,
    n.Variant: APPLIED,
    n.ArrayType: HEAD,
    n.PrimOp: HEAD,
    n.Match: HEAD,
    n.PAlias: PATTERN,
    n.POr: PATTERN,
}


def print_expression(node: n.Expr, limit: int | None = None) -> str:
    """An expression as source text; cut after some `limit` characters, if one is given."""
    return _print((node, TERM), limit)


def print_pattern(pattern: n.Pattern, limit: int | None = None) -> str:
    """A pattern as source text; cut after some `limit` characters, if one is given."""
    return _print((pattern, PATTERN), limit)


def _print(root: Piece, limit: int | None) -> str:
    parts: list[str] = []
    stack = [root]
    size = 0
    while stack:
        piece = stack.pop()
        if isinstance(piece, str):
            parts.append(piece)
            size += len(piece)
            if limit is not None and size > limit:
                return "".join(parts)[: max(limit - 1, 0)] + "…"
            continue
        node, context = piece
        pieces = PRINTERS[type(node)](node)
        if binding_level(node) < context:
            pieces = ["(", *pieces, ")"]
        pieces.reverse()
        stack += pieces
    return "".join(parts)


def binding_level(node: n.Node) -> int:
    """How tightly a node binds, as printed."""
    kind = type(node)
    if kind is n.BinOp:
        assert isinstance(node, n.BinOp)
        return LEVELS[node.op]
    if isinstance(node, n.UnOp):
        return MINUS_LEVEL if node.op == "-" else NOT_LEVEL
    if isinstance(node, n.Num):
        if not isinstance(node.value, int) and not is_decimal(node.value.denominator):
            return LEVELS["/"]
        return MINUS_LEVEL if node.value < 0 else ATOM
    if isinstance(node, n.PTag):
        return PATTERN if node.arg is not None else PATTERN_ATOM
    if isinstance(node, n.Pattern):
        return BINDING.get(kind, PATTERN_ATOM)
    return BINDING.get(kind, ATOM)


# ---- strings


def _interpolated(node: n.Interp) -> list[Piece]:
    if any(type(chunk) is n.Chunk and chunk.indent for chunk in node.chunks):
        return _with_percents("m", node.chunks)
    pieces: list[Piece] = ['"']
    for chunk in node.chunks:
        if isinstance(chunk, str):
            pieces.append(escaped(chunk))
        else:
            pieces += ["%{", (chunk.expr, TERM), "}"]
    pieces.append('"')
    return pieces


def _with_percents(word: str, chunks: Sequence[str | n.Chunk]) -> list[Piece]:
    """A multiline or symbolic string. Its first and last line are left blank, for they are dropped when it is read."""
    if not chunks:
        return [f'{word}%""%']
    percents = "%" * (1 + max(_longest_run(chunk) for chunk in chunks))
    pieces: list[Piece] = [f'{word}{percents}"']
    if isinstance(chunks[0], str):
        pieces.append("\n")
    for chunk in chunks:
        if isinstance(chunk, str):
            pieces.append(chunk)
        else:
            pieces += [percents + "{", (chunk.expr, TERM), "}"]
    last = chunks[-1]
    if isinstance(last, str) and not last.endswith("\r"):
        # After a carriage return the line break would make one with it; but then the last line is not blank either.
        pieces.append("\n")
    pieces.append('"' + percents)
    return pieces


def _longest_run(chunk: str | n.Chunk) -> int:
    """The length of the longest run of percent signs in a text."""
    if not isinstance(chunk, str):
        return 0
    run = 0
    while "%" * (run + 1) in chunk:
        run += 1
    return run


# ---- lists


def _separated(items: Sequence[n.Node], context: int, separator: str = ", ") -> list[Piece]:
    pieces: list[Piece] = []
    for item in items:
        if pieces:
            pieces.append(separator)
        pieces.append((item, context))
    return pieces


def _preceded(items: Sequence[n.Node], context: int) -> list[Piece]:
    """Each item after a space."""
    pieces: list[Piece] = []
    for item in items:
        pieces += [" ", (item, context)]
    return pieces


# ---- expressions


def _constant(node: n.Const) -> list[Piece]:
    return [{None: "null", True: "true", False: "false"}[node.value]]


def _record(node: n.Rec) -> list[Piece]:
    parts = _separated(node.decls, TERM)
    if node.ellipsis >= 0:
        parts += [", .."] if parts else [".."]
    if node.tail is not None:
        parts.append("; " + node.tail.name)
    return ["{ ", *parts, " }"] if parts else ["{}"]


def _declaration(node: n.FieldDecl) -> list[Piece]:
    pieces = _separated(node.path, TERM, ".") + _preceded(node.annots, TERM)
    return pieces if node.value is None else [*pieces, " = ", (node.value, TERM)]


def _include(node: n.Include) -> list[Piece]:
    if len(node.names) == 1:
        return ["include ", (node.names[0], TERM), *_preceded(node.annots, TERM)]
    return ["include [", *_separated(node.names, TERM), "]"]


def _field_name(node: n.FieldName) -> list[Piece]:
    if node.expr is not None:
        inner = node.expr.chunks[0] if len(node.expr.chunks) == 1 else None
        if isinstance(inner, n.Chunk) and isinstance(inner.expr, n.SymStr):
            return [(inner.expr, TERM)]
        return [(node.expr, TERM)]
    assert node.name is not None
    return [field_name_text(node.name) if node.is_ident else string_text(node.name)]


def _annotation(node: n.Annot) -> list[Piece]:
    value = node.value
    if isinstance(value, n.Expr):
        return [node.kind + " ", (value, ANNOTATION)]
    if node.kind == "doc":
        assert isinstance(value, str)
        return ["| doc ", string_text(value)]
    if node.kind == "priority":
        assert value is not None
        assert not isinstance(value, str)
        return ["| priority ", number_text(value)]
    return ["| " + node.kind]


def _infix(node: n.BinOp) -> list[Piece]:
    """The whole spine of a chain at once would be no faster: the stack is as deep as one node."""
    level = LEVELS[node.op]
    left, right = (level + 1, level) if level == ARROW_LEVEL else (level, level + 1)
    return [(node.left, left), f" {node.op} ", (node.right, right)]


def _prefix(node: n.UnOp) -> list[Piece]:
    return [node.op, (node.arg, MINUS_LEVEL if node.op == "-" else NOT_LEVEL)]


def _primitive(node: n.PrimOp) -> list[Piece]:
    head = f"%{node.name}%" if node.ident is None else f"%{node.name}% {node.ident}"
    return [head, *_preceded(node.args, ATOM)]


def _conditional(node: n.If) -> list[Piece]:
    return ["if ", (node.cond, TERM), " then ", (node.then, TERM), " else ", (node.orelse, TERM)]


def _let(node: n.Let) -> list[Piece]:
    return ["let rec " if node.rec else "let ", *_separated(node.bindings, TERM), " in ", (node.body, TERM)]


def _binding(node: n.Binding) -> list[Piece]:
    return [(node.pattern, PATTERN), *_preceded(node.annots, TERM), " = ", (node.value, TERM)]


def _function(node: n.Fun) -> list[Piece]:
    # An alias belongs to the atom after it, so it needs no parentheses here, and may have none.
    pieces: list[Piece] = ["fun"]
    for parameter in node.params:
        pieces.append(" ")
        if isinstance(parameter, n.PAlias):
            pieces += [f"{parameter.name} @ ", (parameter.pattern, PATTERN_ATOM)]
        else:
            pieces.append((parameter, PATTERN_ATOM))
    return [*pieces, " => ", (node.body, TERM)]


def _match(node: n.Match) -> list[Piece]:
    return ["match { ", *_separated(node.branches, TERM), " }"] if node.branches else ["match {}"]


def _branch(node: n.Branch) -> list[Piece]:
    guard: list[Piece] = [] if node.guard is None else [" if ", (node.guard, TERM)]
    return [(node.pattern, PATTERN), *guard, " => ", (node.body, TERM)]


def _import(node: n.Import) -> list[Piece]:
    path = "import " + string_text(node.path)
    return [path] if node.format is None else [path, " as ", (node.format, TERM)]


def _enum_type(node: n.EnumType) -> list[Piece]:
    rows = _separated(node.rows, TERM)
    if node.tail is not None:
        rows.append("; " + node.tail.name)
    return ["[| ", *rows, " |]"] if rows else ["[| |]"]


def _enum_row(node: n.EnumRow) -> list[Piece]:
    return [tag_text(node.name)] if node.arg is None else [tag_text(node.name), " ", (node.arg, ATOM)]


def _forall(node: n.Forall) -> list[Piece]:
    return ["forall", *_preceded(node.names, TERM), ". ", (node.body, ANNOTATION)]


# ---- patterns


def _constant_pattern(node: n.PConst) -> list[Piece]:
    value = node.value
    if value is None or isinstance(value, bool):
        return [{None: "null", True: "true", False: "false"}[value]]
    return [string_text(value) if isinstance(value, str) else number_text(value)]


def _tag_pattern(node: n.PTag) -> list[Piece]:
    if node.arg is None:
        return [tag_text(node.name)]
    argument = node.arg
    if isinstance(argument, n.PAlias):
        return [tag_text(node.name), f" {argument.name} @ ", (argument.pattern, PATTERN_ATOM)]
    return [tag_text(node.name), " ", (argument, PATTERN_ATOM)]


def _or_pattern(node: n.POr) -> list[Piece]:
    # Variants among the alternatives get parentheses: an argument named `or` would be read as the next `or`.
    pieces = _separated(node.alts, PATTERN_ATOM, " or ")
    last = node.alts[-1]
    if isinstance(last, n.PAlias):
        pieces[-1] = f"{last.name} @ "
        pieces.append((last.pattern, PATTERN_ATOM))
    return pieces


def _field_pattern(node: n.PField) -> list[Piece]:
    pieces: list[Piece] = [node.name, *_preceded(node.annots, TERM)]
    if node.default is not None:
        pieces += [" ? ", (node.default, TERM)]
    if node.pattern is not None:
        pieces += [" = ", (node.pattern, PATTERN)]
    return pieces


def _collection_pattern(items: Sequence[n.Node], rest: str | None, brackets: str) -> list[Piece]:
    pieces = _separated(items, TERM if brackets == "{}" else PATTERN)
    if rest is not None:
        pieces.append((", .." if pieces else "..") + rest)
    space = " " if brackets == "{}" and pieces else ""
    return [brackets[0] + space, *pieces, space + brackets[1]]


PRINTERS: Final[dict[type[n.Node], Print]] = {
    n.Hole: lambda node: ["_"],
    n.Const: _constant,
    n.Num: lambda node: [number_text(node.value)],
    n.Str: lambda node: [string_text(node.value)],
    n.Interp: _interpolated,
    n.SymStr: lambda node: _with_percents(node.prefix + "-s", node.chunks),
    n.Var: lambda node: [node.name],
    n.Tag: lambda node: [tag_text(node.name)],
    n.Variant: lambda node: [(node.tag, ATOM), " ", (node.arg, ATOM)],
    n.Arr: lambda node: ["[", *_separated(node.items, TERM), "]"],
    n.FieldName: _field_name,
    n.Annot: _annotation,
    n.FieldDecl: _declaration,
    n.Include: _include,
    n.Rec: _record,
    n.Access: lambda node: [(node.record, ATOM), ".", (node.field, TERM)],
    n.App: lambda node: [(node.head, HEAD), *_preceded(node.args, ATOM)],
    n.BinOp: _infix,
    n.UnOp: _prefix,
    n.Curried: lambda node: [f"({node.op})"],
    n.PrimOp: _primitive,
    n.If: _conditional,
    n.Binding: _binding,
    n.Let: _let,
    n.Fun: _function,
    n.Branch: _branch,
    n.Match: _match,
    n.Annotated: lambda node: [(node.expr, OPERATOR), *_preceded(node.annots, TERM)],
    n.Import: _import,
    n.ImportPackage: lambda node: ["import " + node.name],
    n.BaseType: lambda node: [node.name],
    n.Wildcard: lambda node: ["_"],
    n.ArrayType: lambda node: ["Array ", (node.item, ATOM)],
    n.DictType: lambda node: [f"{{ _ {node.flavour} ", (node.item, ANNOTATION), " }"],
    n.EnumRow: _enum_row,
    n.EnumType: _enum_type,
    n.Forall: _forall,
    n.PHole: lambda node: ["_"],
    n.PVar: lambda node: [node.name],
    n.PWild: lambda node: ["_"],
    n.PConst: _constant_pattern,
    n.PTag: _tag_pattern,
    n.PField: _field_pattern,
    n.PRec: lambda node: _collection_pattern(node.fields, node.rest, "{}"),
    n.PArr: lambda node: _collection_pattern(node.items, node.rest, "[]"),
    n.POr: _or_pattern,
    n.PAlias: lambda node: [f"{node.name} @ ", (node.pattern, PATTERN)],
}
