"""Chains of operators that bind equally: `a + b - c`, `A -> B -> C`."""

from __future__ import annotations

from itertools import pairwise

from contractlang.syntax import nodes as n
from contractlang.syntax.operators import ARROW_LEVEL, LEVELS

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.formatter.builders.expansion import Expansion


def operands_of(b: Expansion, node: n.BinOp) -> list[n.Expr]:
    """The operands of the chain at whose top a node is."""
    level = LEVELS[node.op]
    operands: list[n.Expr] = []
    at: n.Expr = node
    while isinstance(at, n.BinOp) and LEVELS[at.op] == level and (at is node or id(at) not in b.extents):
        if level == ARROW_LEVEL:
            operands.append(at.left)
            at = at.right
        else:
            operands.append(at.right)
            at = at.left
    operands.append(at)
    if level != ARROW_LEVEL:
        operands.reverse()
    return operands


def author_broke(b: Expansion, operands: list[n.Expr]) -> bool:
    """Whether the author broke the line between two operands."""
    return any(b.broken(b.end_of(left), b.start_of(right)) for left, right in pairwise(operands))
