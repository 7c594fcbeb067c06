"""Operators: the grammar reads a flat sequence, here its structure is found.

The precedence resolver keeps its own stack, for chains of operators may be hundreds of thousands long: `1 + 1 + …`,
`A -> B -> …`, `- - - x`.
"""

from __future__ import annotations

from contractlang.syntax import nodes as n

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.syntax.building import Building, Values

# How tightly an operator binds. Only `->` is right-associative.
ARROW_LEVEL: Final = 1
NOT_LEVEL: Final = 7
MINUS_LEVEL: Final = 11
LEVELS: Final = {
    "->": ARROW_LEVEL,
    "||": 2,
    "&&": 3,
    "==": 4,
    "!=": 4,
    "<": 5,
    "<=": 5,
    ">": 5,
    ">=": 5,
    "&": 6,
    "|>": 6,
    "+": 8,
    "-": 8,
    "*": 9,
    "/": 9,
    "%": 9,
    "++": 10,
    "@": 10,
}


class Prefixed:
    """An operand with prefix operators: `operators` are their signs and offsets; `end` is the operand's, parentheses included."""

    __slots__ = ("end", "operand", "operators", "start")

    def __init__(self, start: int, end: int, operators: list[tuple[str, int]], operand: n.Expr) -> None:
        self.start = start
        self.end = end
        self.operators = operators
        self.operand = operand


def prefix_operator(b: Building, v: Values, i: int, start: int, end: int) -> tuple[str, int]:
    return v[i], start


def prefixed(b: Building, v: Values, i: int, start: int, end: int) -> Prefixed:
    return Prefixed(start, end, v[i], v[i + 1])


def sequence_start(b: Building, v: Values, i: int, start: int, end: int) -> list[object]:
    return [v[i], v[i + 1], v[i + 2]]


def sequence_append(b: Building, v: Values, i: int, start: int, end: int) -> list[object]:
    sequence: list[object] = v[i]
    sequence.append(v[i + 1])
    sequence.append(v[i + 2])
    return sequence


def resolve_prefixes(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return resolve(b, [v[i]])


def resolve_sequence(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    sequence = v[i]
    if len(sequence) == 3:
        left, operator, right = sequence
        if type(left) is not Prefixed and type(right) is not Prefixed:
            return n.BinOp(start, end, operator, left, right)
    return resolve(b, sequence)


class _Pending:
    """An operator whose right operand is not complete. `left` is None for prefix operators; `start` is where the result begins."""

    __slots__ = ("left", "level", "sign", "start")

    def __init__(self, sign: str, level: int, start: int, left: n.Expr | None) -> None:
        self.sign = sign
        self.level = level
        self.start = start
        self.left = left

    def complete(self, right: n.Expr, end: int) -> n.Expr:
        if self.left is None:
            return n.UnOp(self.start, end, self.sign, right)
        return n.BinOp(self.start, end, self.sign, self.left, right)


def resolve(b: Building, sequence: list[object]) -> n.Expr:
    """The tree of operands and infix operators in turn, where operands may be `Prefixed`.

    The right operand of a left-associative operator must be tighter, so a looser prefix operator there is reported.
    """
    pending: list[_Pending] = []
    extents = b.parentheses
    at = 0
    last = len(sequence) - 1
    while True:
        item = sequence[at]
        if type(item) is Prefixed:
            for sign, offset in item.operators:
                level = MINUS_LEVEL if sign == "-" else NOT_LEVEL
                if pending and level < pending[-1].level and not b.made_up(pending[-1].start, offset):
                    b.report("loose-prefix-operator", offset, offset + 1, pending[-1].sign)
                pending.append(_Pending(sign, level, offset, None))
            left = item.operand
        else:
            assert isinstance(item, n.Expr)
            left = item
        extent = extents.get(id(left)) if extents else None
        start, end = (left.start, left.end) if extent is None else (extent[0], extent[1])
        if at == last:
            break
        infix = sequence[at + 1]
        assert isinstance(infix, str)
        level = LEVELS[infix]
        # An equal level associates to the left, but for the arrow.
        limit = level + 1 if level == ARROW_LEVEL else level
        while pending and pending[-1].level >= limit:
            operator = pending.pop()
            left = operator.complete(left, end)
            start = operator.start
        pending.append(_Pending(infix, level, start, left))
        at += 2
    while pending:
        left = pending.pop().complete(left, end)
    return left
