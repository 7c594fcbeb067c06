"""What a node looks like from outside when it takes several lines: whether it begins on the line of what comes before it.

`x = {` … `}` and `f (fun y =>` … `)` do: they are blocks, which close at the beginning of a line. `x = a + b` does not: if it is
too long, it has lines of its own.
"""

from __future__ import annotations

from contractlang.formatter.builders.chains import author_broke, operands_of
from contractlang.syntax import nodes as n

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.formatter.builders.expansion import Expansion

# Where the value of a definition begins.
NEXT_LINE: Final = 0
SAME_LINE: Final = 1
SAME_LINE_IF_FITS: Final = 2

# Operators between blocks: `} & {`, `} @ [`, `} -> Number`.
JOINING: Final = frozenset({"&", "@", "++", "->"})
# What never takes several lines.
SIMPLE: Final = (n.Var, n.Num, n.Tag, n.Const, n.BaseType, n.Wildcard, n.Import, n.ImportPackage, n.Curried, n.Hole)


def is_bracket(b: Expansion, node: n.Node) -> bool:
    """Whether a node stands in brackets of its own with something in them, or is a string over several lines."""
    while isinstance(node, n.Access):
        node = node.record
    if isinstance(node, n.Rec):
        return bool(node.decls) or node.ellipsis >= 0 or node.tail is not None
    if isinstance(node, n.Arr):
        return bool(node.items)
    if isinstance(node, n.Match):
        return bool(node.branches)
    if isinstance(node, n.EnumType):
        return bool(node.rows)
    return isinstance(node, n.DictType) or is_long_string(b, node)


def is_long_string(b: Expansion, node: n.Node) -> bool:
    """Whether a node is a string that takes several lines."""
    return isinstance(node, (n.Str, n.Interp, n.SymStr)) and b.broken(node.start, node.end)


def is_simple(b: Expansion, node: n.Node) -> bool:
    """Whether a node is a name, a constant or the like, or a field of one."""
    while isinstance(node, n.Access):
        node = node.record
    return isinstance(node, SIMPLE) or (isinstance(node, (n.Str, n.Interp, n.SymStr)) and not is_long_string(b, node))


def is_block(b: Expansion, node: n.Node) -> bool:
    """Whether a node is a block. Blocks end in blocks, so this follows a path down the tree, and what it finds holds for all
    of it."""
    path: list[int] = []
    while True:
        found = b.memory.get(id(node))
        if found is not None:
            break
        path.append(id(node))
        if id(node) in b.extents and isinstance(node, (n.Fun, n.Let, n.If, n.BinOp, n.Annotated)):
            # What breaks for the author's sake must not look otherwise than before, so chains in parentheses are none in any case.
            found = isinstance(node, (n.Fun, n.Let, n.If))
            break
        if is_bracket(b, node) or (isinstance(node, n.BinOp) and joined_bracket(b, node) >= 0):
            found = True
            break
        following = _last_part(b, node)
        if following is None:
            found = _ends_as_block(b, node)
            break
        node = following
    for key in path:
        b.memory[key] = found
    return found


def _last_part(b: Expansion, node: n.Node) -> n.Node | None:
    """The part that a node is a block on account of, if it is its last one alone."""
    if isinstance(node, (n.App, n.PrimOp)):
        return None if block_argument(b, node, last=False) >= 0 or not node.args else node.args[-1]
    if isinstance(node, n.Variant):
        return node.arg
    if isinstance(node, n.ArrayType):
        return node.item
    if isinstance(node, n.BinOp):
        operands = operands_of(b, node)
        if len(operands) == 2 and not author_broke(b, operands):
            return operands[-1]
    return None


def _ends_as_block(b: Expansion, node: n.Node) -> bool:
    return isinstance(node, (n.App, n.PrimOp)) and block_argument(b, node, last=False) >= 0


def block_argument(b: Expansion, node: n.App | n.PrimOp, *, last: bool = True) -> int:
    """The index of the argument from which on an application may take several lines while all before stands on its first
    one; -1: none. It is the first function or string over several lines, or the last one (not looked at unless `last`) if it
    is a block or stands in parentheses."""
    for number, argument in enumerate(node.args):
        if isinstance(argument, n.Fun) or is_long_string(b, argument):
            return number
    if last and node.args and (id(node.args[-1]) in b.extents or is_block(b, node.args[-1])):
        return len(node.args) - 1
    return -1


def hugs_in_parentheses(b: Expansion, node: n.Expr) -> bool:
    """Whether something in parentheses that is no function begins on their line even if it takes several."""
    if isinstance(node, (n.Let, n.If, n.Annotated)):
        return False
    if isinstance(node, (n.App, n.PrimOp)):
        return block_argument(b, node) >= 0
    if isinstance(node, n.Variant):
        return id(node.arg) in b.extents or is_block(b, node.arg)
    if isinstance(node, n.BinOp):
        return hugging_operand(b, node) >= 0
    return is_bracket(b, node)


def hugging_operand(b: Expansion, node: n.BinOp) -> int:
    """The index of the operand from which on a chain of operators may take several lines; -1: none, each operand gets a line
    then."""
    joined = joined_bracket(b, node)
    if joined >= 0:
        return joined
    operands = operands_of(b, node)
    return 1 if len(operands) == 2 and not author_broke(b, operands) and is_block(b, operands[1]) else -1


def joined_bracket(b: Expansion, node: n.BinOp) -> int:
    """The index of the first operand in brackets in a chain like `} & {`, where all others are such or simple; -1: it is no
    such chain."""
    if node.op not in JOINING:
        return -1
    operands = operands_of(b, node)
    brackets = [is_bracket(b, each) for each in operands]
    if True not in brackets or author_broke(b, operands):
        return -1
    if all(bracket or is_simple(b, each) for bracket, each in zip(brackets, operands, strict=True)):
        return brackets.index(True)
    return -1


def place_of(b: Expansion, node: n.Expr) -> int:
    """Where the value of a definition begins: on the line of its `=`, on the next unless all of it fits, or on the next
    unless all of it up to where it may take several lines fits."""
    if isinstance(node, n.Annotated):
        if id(node) in b.extents:
            return SAME_LINE
        if b.broken(b.end_of(node.expr), node.annots[0].start):
            return NEXT_LINE
        return SAME_LINE_IF_FITS if id(node.expr) in b.extents or is_block(b, node.expr) else NEXT_LINE
    if isinstance(node, n.Fun) or is_simple(b, node) or is_bracket(b, node):
        return SAME_LINE
    return SAME_LINE_IF_FITS if is_block(b, node) else NEXT_LINE


def body_begins_on_line(b: Expansion, node: n.Node) -> bool:
    """Whether a function's or branch's body begins on the line of its `=>`, however long it is."""
    if isinstance(node, n.Variant):
        node = node.arg
    return (isinstance(node, n.Fun) and id(node) not in b.extents) or is_bracket(b, node)
