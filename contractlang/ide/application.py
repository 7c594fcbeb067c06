"""The call around a cursor: which function is applied, and which of its arguments is being written. Found in the tokens, because
a call is rarely complete while its arguments are being typed."""

from __future__ import annotations

from contractlang.ide import results
from contractlang.ide.cursor import KEYWORDS, WORDS, enclosing, operand_start
from contractlang.ide.knowledge import NOTHING, Known, Term
from contractlang.ide.projection import pattern_known
from contractlang.ide.scope import fragment
from contractlang.resolve import core
from contractlang.syntax import tokens as t

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.ide.facts import Facts
    from contractlang.syntax.tokens import Tokens

OPERANDS = WORDS | {t.NUM, t.STR, t.MULTI, t.TAG, t.CONST, t.RPAREN, t.RBRACE, t.RBRACK, t.CLOSE}

MOST_CALLS = 8


class Call:
    """`start`, `end`: the function; `args`: the stretches of the arguments that are there; `active`: which one the cursor is in,
    or would begin. `piped`: the last argument comes from before a `|>`."""

    __slots__ = ("active", "args", "end", "piped", "start")

    def __init__(
        self, start: int, end: int, args: list[tuple[int, int]], active: int, piped: tuple[int, int] | None
    ) -> None:
        self.start = start
        self.end = end
        self.args = args
        self.active = active
        self.piped = piped


def calls_at(tokens: Tokens, offset: int) -> list[Call]:
    """The calls whose arguments a cursor is among, the innermost first, as many as could matter to anybody. Records, arrays and
    strings hide what is around them."""
    found: list[Call] = []
    index = len(tokens.starts) - 1
    while index >= 0 and (tokens.starts[index] >= offset or tokens.kinds[index] == t.END):
        index -= 1
    if index >= 0 and tokens.kinds[index] in {t.STR, t.MULTI, t.TEXT} and offset < tokens.ends[index]:
        return []
    call = chain(tokens, index, offset) if index >= 0 else None
    while True:
        if call is not None:
            found.append(call)
        opener = enclosing(tokens, index + 1)
        if opener < 0 or tokens.kinds[opener] != t.LPAREN or len(found) == MOST_CALLS:
            return found
        index = opener - 1
        call = chain(tokens, index, offset, opened=True)


def chain(tokens: Tokens, last: int, offset: int, *, opened: bool = False) -> Call | None:
    """The call whose function and arguments end with the token at an index; `opened`: an argument in parentheses follows, and
    the cursor is in it."""
    operands: list[tuple[int, int]] = []
    at = last
    while at >= 0:
        first = _operand(tokens, at)
        if first < 0:
            break
        operands.append((first, at))
        at = first - 1
    if not operands:
        return None
    operands.reverse()
    head = operands[0]
    end = tokens.ends[head[1]]
    if offset <= end or tokens.kinds[head[0]] not in WORDS | {t.LPAREN}:
        return None
    args = [(tokens.starts[first], tokens.ends[last]) for first, last in operands[1:]]
    active = len(args)
    if not opened:
        active = next((number for number, (start, stop) in enumerate(args) if start <= offset <= stop), active)
    return Call(tokens.starts[head[0]], end, args, active, _piped(tokens, head[0]))


def _piped(tokens: Tokens, head: int) -> tuple[int, int] | None:
    """The operand before a `|>` that stands before a function."""
    if head < 2 or tokens.kinds[head - 1] != t.INFIX or tokens.values[head - 1] != "|>":
        return None
    first = _operand(tokens, head - 2)
    return None if first < 0 else (tokens.starts[first], tokens.ends[head - 2])


def _operand(tokens: Tokens, last: int) -> int:
    """The first token of the operand that ends with the token at an index; −1 if none does."""
    if last < 0 or tokens.kinds[last] not in OPERANDS:
        return -1
    if tokens.kinds[last] in {t.NUM, t.MULTI, t.TAG, t.CONST}:
        return last
    if tokens.kinds[last] in KEYWORDS and tokens.kinds[last] not in WORDS:
        return -1
    return operand_start(tokens, last)


def argument_expected(facts: Facts, unit: core.Unit, tokens: Tokens, previous: int) -> Known:
    """What is demanded of the argument that would come after the token at an index."""
    if previous < 0 or tokens.kinds[previous] not in OPERANDS:
        return NOTHING
    call = chain(tokens, previous, tokens.ends[previous] + 1)
    if call is None:
        return NOTHING
    function = fragment(facts, unit, call.start, call.end)
    return demanded(facts, function, call.active, [fragment(facts, unit, *arg) for arg in call.args])


def demanded(facts: Facts, function: Known, index: int, args: list[Known]) -> Known:
    """What a function demands of the argument at an index, the others being known."""
    known = NOTHING
    others: list[Term | Known | None] = [*args, *[None] * (index + 1 - len(args))]
    for contract in function.contracts:
        known |= results.domain(facts, contract, index, others)
    for term in function.terms:
        if isinstance(term.node, core.Lam) and term.applied + index < len(term.node.params):
            known |= pattern_known(term.unit, term.node.params[term.applied + index])
    return known
