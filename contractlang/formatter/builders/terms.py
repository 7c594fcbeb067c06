"""Terms and types without brackets of their own."""

from __future__ import annotations

from contractlang.formatter import document as d
from contractlang.formatter.builders.brackets import body
from contractlang.formatter.builders.chains import author_broke, operands_of
from contractlang.formatter.builders.expansion import TOKEN
from contractlang.formatter.builders.shapes import block_argument, hugging_operand, is_block
from contractlang.syntax import nodes as n

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.formatter.builders.expansion import Build, Expansion, Pieces


def one_token(b: Expansion, node: n.Node) -> Pieces:
    return [TOKEN]


def curried_operator(b: Expansion, node: n.Curried) -> Pieces:
    return ["(", TOKEN, ")"]


def access(b: Expansion, node: n.Access) -> Pieces:
    return [node.record, ".", TOKEN]


# ---- applications


def application(b: Expansion, node: n.App) -> Pieces:
    head: Pieces = [node.head]
    if is_block(b, node.head):
        head.insert(0, d.BLOCK)
    return _applied(b, head, node)


def primitive(b: Expansion, node: n.PrimOp) -> Pieces:
    return _applied(b, [TOKEN] if node.ident is None else [TOKEN, d.SPACE, TOKEN], node)


def _applied(b: Expansion, head: Pieces, node: n.App | n.PrimOp) -> Pieces:
    block = block_argument(b, node)
    pieces: Pieces = [d.OPEN if block < 0 and head[0] != d.BLOCK else d.OPEN_HUG, *head, d.INDENT_BROKEN]
    for number, argument in enumerate(node.args):
        pieces.append(d.LINE)
        if number == block:
            pieces.append(d.BLOCK)
        pieces.append(argument)
    return [*pieces, d.DEDENT, d.CLOSE]


def variant(b: Expansion, node: n.Variant) -> Pieces:
    if id(node.arg) in b.extents or is_block(b, node.arg):
        return [node.tag, d.SPACE, node.arg]
    return [d.OPEN, node.tag, d.INDENT, d.LINE, node.arg, d.DEDENT, d.CLOSE]


def array_type(b: Expansion, node: n.ArrayType) -> Pieces:
    return ["Array", d.SPACE, node.item]


def enum_row(b: Expansion, node: n.EnumRow) -> Pieces:
    return [TOKEN] if node.arg is None else [TOKEN, d.SPACE, node.arg]


def forall(b: Expansion, node: n.Forall) -> Pieces:
    b.hanging.add(id(node.body))
    pieces: Pieces = ["forall"]
    for _ in node.names:
        pieces += [d.SPACE, TOKEN]
    return [*pieces, ".", d.SPACE, node.body]


# ---- operators


def infix(b: Expansion, node: n.BinOp) -> Pieces:
    operands = operands_of(b, node)
    block = hugging_operand(b, node)
    pieces: Pieces = [d.OPEN_HUG if block >= 0 else d.OPEN]
    if block < 0 and author_broke(b, operands):
        pieces.append(d.BREAK)
    for number, operand in enumerate(operands):
        if number:
            if number == 1 and id(node) in b.hanging:
                pieces.append(d.INDENT_BROKEN)
            pieces += [d.LINE, TOKEN, d.SPACE]
            b.hanging.add(id(operand))
        if number == block:
            pieces.append(d.BLOCK)
        pieces.append(operand)
    if id(node) in b.hanging:
        pieces.append(d.DEDENT)
    return [*pieces, d.CLOSE]


def prefix(b: Expansion, node: n.UnOp) -> Pieces:
    return [TOKEN, node.arg]


# ---- conditionals, bindings, functions, imports


def conditional(b: Expansion, node: n.If) -> Pieces:
    """A chain of `else if` is one list of alternatives."""
    pieces: Pieces = []
    breaks = False
    at: n.Expr = node
    while True:
        assert isinstance(at, n.If)
        breaks = breaks or b.broken(b.end_of(at.cond), b.start_of(at.then))
        breaks = breaks or b.broken(b.end_of(at.then), b.start_of(at.orelse))
        b.hanging.add(id(at.cond))
        pieces += ["if", d.SPACE, at.cond, d.CLOSING, "then", d.INDENT, d.TIGHT, at.then, d.DEDENT]
        pieces += [d.TIGHT, "else"]
        if not isinstance(at.orelse, n.If) or id(at.orelse) in b.extents:
            break
        at = at.orelse
        pieces.append(d.SPACE)
    pieces += [d.INDENT, d.TIGHT, at.orelse, d.DEDENT, d.CLOSE]
    return [d.OPEN, d.BREAK, *pieces] if breaks else [d.OPEN, *pieces]


def let(b: Expansion, node: n.Let) -> Pieces:
    """A chain of `let … in let … in` is one list of lines."""
    pieces: Pieces = []
    breaks = False
    at: n.Expr = node
    while isinstance(at, n.Let) and (at is node or id(at) not in b.extents):
        breaks = breaks or b.broken(at.bindings[-1].end, b.start_of(at.body))
        pieces += _bindings(b, at)
        at = at.body
    pieces += [at, d.CLOSE]
    return [d.OPEN, d.BREAK, *pieces] if breaks else [d.OPEN, *pieces]


def _bindings(b: Expansion, node: n.Let) -> Pieces:
    word: Pieces = ["let", d.SPACE, "rec"] if node.rec else ["let"]
    if len(node.bindings) == 1:
        return [*word, d.SPACE, node.bindings[0], d.CLOSING, "in", d.LINE]
    pieces: Pieces = [d.OPEN]
    if b.broken(node.start, node.bindings[0].start):
        pieces.append(d.BREAK)
    pieces += [*word, d.INDENT]
    for number, each in enumerate(node.bindings):
        pieces += [d.COMMA, d.LINE, each] if number else [d.TIGHT, each]
    return [*pieces, d.COMMA_BROKEN, d.DEDENT, d.TIGHT, "in", d.CLOSE, d.LINE]


def function(b: Expansion, node: n.Fun) -> Pieces:
    pieces: Pieces = ["fun", d.SPACE]
    for each in node.params:
        pieces += [each, d.SPACE]
    return pieces + body(b, node.body)


def import_file(b: Expansion, node: n.Import) -> Pieces:
    if node.format is None:
        return ["import", d.SPACE, TOKEN]
    return ["import", d.SPACE, TOKEN, d.SPACE, "as", d.SPACE, TOKEN]


def import_package(b: Expansion, node: n.ImportPackage) -> Pieces:
    return ["import", d.SPACE, TOKEN]


BUILDERS: Final[dict[type[n.Node], Build]] = {
    n.Const: one_token,
    n.Num: one_token,
    n.Str: one_token,
    n.Interp: one_token,
    n.SymStr: one_token,
    n.Var: one_token,
    n.Tag: one_token,
    n.BaseType: one_token,
    n.Wildcard: one_token,
    n.Curried: curried_operator,
    n.Access: access,
    n.App: application,
    n.PrimOp: primitive,
    n.Variant: variant,
    n.ArrayType: array_type,
    n.EnumRow: enum_row,
    n.Forall: forall,
    n.BinOp: infix,
    n.UnOp: prefix,
    n.If: conditional,
    n.Let: let,
    n.Fun: function,
    n.Import: import_file,
    n.ImportPackage: import_package,
}
