"""Small edits of the token stream that may have been what the author meant: what recovery tries."""

from __future__ import annotations

from bisect import bisect_left

from contractlang.syntax import tokens as t
from contractlang.syntax.trial import Trial

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.syntax.driver import Machine

# How many tokens may be skipped, stack elements given back, and tokens read again.
MOST_SKIPPED: Final = 3
MOST_RETURNED: Final = 6
MOST_REPEATED: Final = 2_000

CLOSERS: Final = (t.RPAREN, t.RBRACE, t.RBRACK, t.RENUM, t.ENDI, t.CLOSE)
# What may be missing, with the price of assuming so.
INSERTIONS: Final = (
    (t.COMMA, 1.0),
    (t.IN, 1.1),
    (t.THEN, 1.1),
    (t.ELSE, 1.1),
    (t.DARROW, 1.1),
    (t.EQUALS, 1.1),
    (t.COLON, 1.3),
    (t.RPAREN, 1.2),
    (t.RBRACK, 1.2),
    (t.RBRACE, 1.2),
    (t.RENUM, 1.2),
    (t.ERROR, 1.5),
)
# What may have been meant by something else.
SUBSTITUTES: Final = {
    t.EQUALS: ((t.INFIX, "==", 1.5), (t.DARROW, None, 1.5)),
    t.INFIX: ((t.EQUALS, None, 1.5),),
    t.ARROW: ((t.DARROW, None, 0.9), (t.EQUALS, None, 1.5)),
    t.DARROW: ((t.EQUALS, None, 1.3), (t.ARROW, "->", 1.6)),
    t.SEMI: ((t.COMMA, None, 0.9),),
    t.BAR: ((t.COMMA, None, 1.4),),
    t.COLON: ((t.EQUALS, None, 1.3),),
    t.RPAREN: ((t.RBRACK, None, 1.2), (t.RBRACE, None, 1.2)),
    t.RBRACK: ((t.RPAREN, None, 1.2), (t.RBRACE, None, 1.2)),
    t.RBRACE: ((t.RPAREN, None, 1.2), (t.RBRACK, None, 1.2)),
}
# Terms that are no operands; in parentheses they are.
TERM_KEYWORDS: Final = frozenset({t.LET, t.FUN, t.IF, t.IMPORT, t.FORALL, t.MATCH})
METADATA: Final = frozenset({t.META, t.DOC, t.PRIORITY})
WORDS: Final = frozenset(t.KEYWORDS.values())
# Words and signs whose continuation may be missing too.
PAIRS: Final = (
    ((t.EQUALS, t.ERROR), 1.6),
    ((t.DARROW, t.ERROR), 1.6),
    ((t.THEN, t.ERROR), 1.7),
    ((t.ELSE, t.ERROR), 1.7),
    ((t.IN, t.ERROR), 1.7),
)
# An access that is being typed.
MISSING_FIELD: Final = (((t.IDENT,), 0.4), ((t.IDENT, t.COMMA), 0.9), ((t.IDENT, t.IN), 0.9))


class Repair:
    """An edit: replace the tokens from `first` up to `last` by `inserted` ones. If they begin before the culprit, `returned` stack
    elements are given back and parsing begins anew with the token at `restart`."""

    __slots__ = ("cost", "first", "inserted", "last", "restart", "returned", "value")

    def __init__(self, first: int, last: int, inserted: tuple[int, ...], cost: float = 0, value: object = None) -> None:
        self.returned = 0
        self.restart = first
        self.first = first
        self.last = last
        self.inserted = inserted
        self.cost = cost
        self.value = value


def small_repairs(machine: Machine, index: int, text: str) -> list[Repair]:
    """Edits at or before the token at `index`, which does not fit."""
    kinds = machine.tokens.kinds
    kind = kinds[index]
    if index and kinds[index - 1] == t.DOT:
        found = [Repair(index, index, inserted, cost, "") for inserted, cost in MISSING_FIELD]
    else:
        found = []
    found += [Repair(index, index, (inserted,), cost) for inserted, cost in INSERTIONS]
    found += [Repair(index, index, inserted, cost) for inserted, cost in PAIRS]
    for substitute, value, cost in SUBSTITUTES.get(kind, ()):
        found.append(Repair(index, index + 1, (substitute,), cost, value))
    if kind in TERM_KEYWORDS:
        found.append(Repair(index, index, (t.LPAREN,), 1.3))
    if kind in METADATA:
        found.append(Repair(index, index, (t.BAR,), 0.9))
    if kind in WORDS:
        # A name is likely what was meant where nothing but a name fits.
        cost = 2.2 if Trial.of(machine).accepts(t.LET) else 0.9
        found.append(Repair(index, index + 1, (t.IDENT,), cost, machine.tokens.values[index]))
    for skipped in range(1, MOST_SKIPPED + 1):
        if index + skipped >= len(kinds):
            break
        found.append(Repair(index, index + skipped, (), 0.6 + skipped))
        found.append(Repair(index, index + skipped, (t.ERROR,), 1.2 + skipped))
    return found + _backward_repairs(machine, index, text)


def _backward_repairs(machine: Machine, index: int, text: str) -> list[Repair]:
    """Repairs before the culprit: what was missing there turned out only now.

    The parser may have combined the last tokens with earlier ones, then those are given back too and read again.
    """
    starts, kinds = machine.tokens.starts, machine.tokens.kinds
    found: list[Repair] = []
    if kinds[index] == t.DARROW:
        found += _missing_fun(machine)
    returned = 1
    for first in range(index - 1, max(index - MOST_RETURNED, 0), -1):
        while returned < machine.top and machine.places[machine.top - returned + 1] > starts[first]:
            returned += 1
        restart = bisect_left(starts, machine.places[machine.top - returned + 1])
        if index - restart > MOST_REPEATED:
            break
        cost = 0.1 * (index - first)
        candidates: list[Repair] = []
        if kinds[first] == t.COMMA:
            candidates += [Repair(first, first, (closer,), 1.5 + cost) for closer in CLOSERS]
        elif kinds[first] == t.SEMI:
            candidates.append(Repair(first, first + 1, (t.COMMA,), 1.0 + cost))
        else:
            candidates.append(Repair(first, first, (t.COMMA,), 1.1 + cost))
            candidates.append(Repair(first, first, (t.DOT,), 1.6 + cost))
        if kinds[first - 1] == t.DOT and text.find("\n", machine.tokens.ends[first - 1], starts[first]) >= 0:
            # What begins on the next line is rather something else than the field that is missing here.
            candidates += [Repair(first, first, inserted, 0.2 + price + cost, "") for inserted, price in MISSING_FIELD]
        for candidate in candidates:
            candidate.returned = returned
            candidate.restart = restart
        found += candidates
    return found


def _missing_fun(machine: Machine) -> list[Repair]:
    """Repairs for `x => …`: what precedes the arrow becomes parameters."""
    found: list[Repair] = []
    for returned in range(1, min(MOST_RETURNED, machine.top) + 1):
        first = bisect_left(machine.tokens.starts, machine.places[machine.top - returned + 1])
        repair = Repair(first, first, (t.FUN,), 1.3 + 0.1 * returned)
        repair.returned = returned
        found.append(repair)
    return found
