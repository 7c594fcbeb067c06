"""Going on after a token that does not fit, so that one run reports all mistakes and editors get a tree.

All that the parser itself knows about mistakes is that a token does not fit. A repair is an edit of the token stream: tokens are
put in, skipped, replaced, also some tokens before the culprit. Many small edits are tried, each without building anything
(`Trial`), and the one that lets the parser go furthest wins, the smallest among equals: a missing comma, a keyword that should be
a name, a wrong bracket. Such a repair usually knows what the author meant, so it also chooses the advice.

If none of them gets anywhere, a larger stretch is replaced by the token ERROR, for which the grammar has productions in
declarations, bindings, branches, atoms and patterns. At the end of the file, whatever is open is completed.
"""

from __future__ import annotations

from bisect import bisect_left

from contractlang.syntax import nodes as n
from contractlang.syntax import tokens as t
from contractlang.syntax.advice import advice
from contractlang.syntax.expectations import phrase
from contractlang.syntax.problem import Problem, Unexpected
from contractlang.syntax.repair_edits import completion, edit_of
from contractlang.syntax.repairs import CLOSERS, Repair, small_repairs
from contractlang.syntax.trial import Trial

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.syntax.driver import Machine

# How many mistakes are worth reporting; after them the rest of the file is one hole.
MOST_ERRORS: Final = 100
# How many tokens past the culprit a repair is followed.
LOOKAHEAD: Final = 8
CONVINCING: Final = 3
# How far a large repair may reach: tokens to skip, places to go on at, stack elements to give up.
FARTHEST_STOP: Final = 2_000
MOST_STOPS: Final = 12
DEEPEST_POP: Final = 40

MATCHING: Final = {
    t.LPAREN: t.RPAREN,
    t.LBRACE: t.RBRACE,
    t.LBRACK: t.RBRACK,
    t.LENUM: t.RENUM,
    t.INTERP: t.ENDI,
    t.OPEN: t.CLOSE,
}
# Where reading may go on after a stretch was skipped.
STOPS: Final = frozenset({t.COMMA, t.SEMI, t.IN, t.THEN, t.ELSE, t.END, t.DARROW, *CLOSERS})
# In which order to complete what the end of the file cuts off.
COMPLETIONS: Final = (
    *CLOSERS, t.THEN, t.ELSE, t.IN, t.DARROW, t.EQUALS, t.ERROR, t.LBRACE, t.DOT, t.STR, t.NUM, t.IDENT, t.TAG,
)  # fmt: skip
VALUES: Final = {t.STR: "", t.NUM: "0", t.IDENT: "", t.TAG: ""}


class Recovery:
    """Repairs one parse; made when the first token does not fit."""

    __slots__ = ("errors", "machine", "open_parentheses", "resumed", "text")

    def __init__(self, machine: Machine, text: str) -> None:
        self.machine = machine
        self.text = text
        self.errors = 0
        # Parentheses that repairs have opened: closing them is no mistake of the author's.
        self.open_parentheses = 0
        # The index of the token at which the last repair let the parser go on.
        self.resumed = -1

    def recover(self) -> bool:
        """Repairs what stopped the machine; False if it gave up, and then the machine's result is a hole."""
        machine = self.machine
        index = machine.index
        if self.open_parentheses and self._close_parenthesis(index):
            return True
        if self._unmatched_brace(index):
            return True
        self.errors += 1
        if self.errors > MOST_ERRORS:
            return self._give_up()
        if machine.tokens.kinds[index] == t.END:
            self._report(index, None)
            return self._complete()
        repair = self._unusable_string(index) or self._small_repair(index, CONVINCING)
        repair = (
            repair
            or self._large_repair(index, CONVINCING)
            or self._small_repair(index, 1)
            or self._large_repair(index, 1)
        )
        if index != self.resumed:
            self._report(index, repair)
        if repair is None:
            return self._give_up()
        self._apply(repair)
        return True

    def _give_up(self) -> bool:
        self.machine.result = n.Hole(0, len(self.text))
        return False

    # ---- small repairs

    def _close_parenthesis(self, index: int) -> bool:
        trial = Trial.of(self.machine)
        if not trial.feed(t.RPAREN) or not trial.accepts(self.machine.tokens.kinds[index]):
            return False
        self.open_parentheses -= 1
        self._apply(Repair(index, index, (t.RPAREN,)))
        return True

    def _unmatched_brace(self, index: int) -> bool:
        """The lexer has complained about it; here it is removed, or takes the place of one that was not meant as one."""
        tokens = self.machine.tokens
        start = tokens.starts[index]
        if tokens.kinds[index] != t.INVALID or tokens.values[index] is not None:
            return False
        last = index + 1
        if Trial.of(self.machine).accepts(t.RBRACE):
            tokens.problems = [problem for problem in tokens.problems if problem.start != start]
            self._apply(Repair(index, index + 1, (t.RBRACE,)))
        else:
            while tokens.kinds[last] == t.INVALID and tokens.values[last] is None:
                last += 1
            self._apply(Repair(index, last, ()))
        return True

    def _unusable_string(self, index: int) -> Repair | None:
        """Where only a plain string will do, takes any other for one; and one in typographic quotes for a string anywhere."""
        kinds = self.machine.tokens.kinds
        if kinds[index] == t.INVALID and self.machine.tokens.ends[index] - self.machine.tokens.starts[index] > 2:
            return Repair(index, index + 1, (t.STR,), 1, "") if Trial.of(self.machine).accepts(t.STR) else None
        if kinds[index] not in {t.OPEN, t.MULTI} or not Trial.of(self.machine).accepts(t.STR):
            return None
        last = index
        depth = 0
        while kinds[last] != t.END:
            depth += (kinds[last] == t.OPEN) - (kinds[last] == t.CLOSE)
            last += 1
            if depth == 0:
                break
        return Repair(index, last, (t.STR,), 1, "")

    def _small_repair(self, index: int, wanted: int) -> Repair | None:
        """The best small edit, if it gets the parser over `wanted` tokens, or to the end of the file."""
        kinds = self.machine.tokens.kinds
        limit = min(index + LOOKAHEAD, len(kinds))
        best = None
        best_score = 0.0
        for repair in small_repairs(self.machine, index, self.text):
            reached = self._reach(repair, limit)
            if reached < limit and (reached < repair.last + wanted or reached <= index) and kinds[reached] != t.END:
                continue
            score = reached - index - repair.cost
            if score > best_score:
                best, best_score = repair, score
        return best

    def _reach(self, repair: Repair, limit: int) -> int:
        """The index of the first token before `limit` that does not fit after a repair; −1 if the repair itself does not."""
        kinds = self.machine.tokens.kinds
        trial = Trial.of(self.machine, repair.returned)
        for kind in (*kinds[repair.restart : repair.first], *repair.inserted):
            if not trial.feed(kind):
                return -1
        closers = self.open_parentheses + (t.LPAREN in repair.inserted)
        return trial.reach(kinds, repair.last, limit, closers)

    # ---- large repairs

    def _large_repair(self, index: int, wanted: int) -> Repair | None:
        """Replaces a stretch around the culprit by ERROR: back to where the grammar takes one, on to where it can go on for
        `wanted` tokens."""
        machine = self.machine
        table = machine.tables.table
        kinds = machine.tokens.kinds
        pops = [
            popped
            for popped in range(min(machine.top, DEEPEST_POP) + 1)
            if table[machine.states[machine.top - popped] + t.ERROR]
        ]
        stops = self._stops(index)
        for popped in pops:
            first = index
            if popped:
                first = bisect_left(machine.tokens.starts, machine.places[machine.top - popped + 1])
            for stop in stops:
                trial = Trial.of(machine, popped)
                if not trial.feed(t.ERROR):
                    break
                limit = min(stop + wanted, len(kinds))
                reached = trial.reach(kinds, stop, limit, self.open_parentheses)
                if reached == limit or (reached > stop and kinds[reached] == t.END):
                    repair = Repair(first, stop, (t.ERROR,))
                    repair.returned = popped
                    return repair
        return None

    def _stops(self, index: int) -> list[int]:
        """Where reading could go on: separators and closing brackets after the culprit, outside of brackets opened after it."""
        kinds = self.machine.tokens.kinds
        found: list[int] = []
        depth = 0
        for at in range(index, min(index + FARTHEST_STOP, len(kinds))):
            kind = kinds[at]
            if kind in MATCHING:
                depth += 1
                continue
            if kind in CLOSERS and depth:
                depth -= 1
                continue
            if kind in STOPS and depth == 0:
                found.append(at)
                if len(found) == MOST_STOPS:
                    break
        return found

    # ---- the end of the file

    def _complete(self) -> bool:
        """Puts in whatever the program lacks at its end."""
        machine = self.machine
        trial = Trial.of(machine)
        inserted: list[int] = []
        # Each open bracket or keyword wants a few tokens; the bound only guards against a grammar that never has enough.
        budget = 8 * (machine.top + 8)
        while not trial.accepts(t.END):
            missing = next((kind for kind in COMPLETIONS if trial.accepts(kind)), None)
            budget -= 1
            if missing is None or budget < 0:
                return self._give_up()
            trial.feed(missing)
            inserted.append(missing)
        index = machine.index
        last = machine.building.problems[-1].detail
        if isinstance(last, Unexpected):
            last.edit = completion(machine.tokens, index, inserted)
        self._apply(Repair(index, index, tuple(inserted)))
        return True

    # ---- applying and reporting

    def _apply(self, repair: Repair) -> None:
        machine = self.machine
        tokens = machine.tokens
        first, last = repair.first, repair.last
        start = tokens.ends[first - 1] if first else 0
        end = start
        if last > first:
            start, end = tokens.starts[first], tokens.ends[last - 1]
        count = len(repair.inserted)
        tokens.kinds[first:last] = repair.inserted
        tokens.values[first:last] = [
            VALUES.get(kind) if repair.value is None else repair.value for kind in repair.inserted
        ]
        tokens.starts[first:last] = [start] * count
        tokens.ends[first:last] = [end] * count
        machine.top -= repair.returned
        machine.index = repair.restart
        machine.end = tokens.ends[repair.restart - 1] if repair.restart else 0
        self.open_parentheses += repair.inserted == (t.LPAREN,)
        self.resumed = first + count

    def _report(self, index: int, repair: Repair | None) -> None:
        machine = self.machine
        tokens = machine.tokens
        start, end = tokens.starts[index], tokens.ends[index]
        kind = tokens.kinds[index]
        trial = Trial.of(machine)
        expected = trial.expected()
        code = "unexpected-eof" if kind == t.END else "unexpected-token"
        opener = None
        closing = repair is not None and any(closer in repair.inserted for closer in CLOSERS)
        if closing or kind == t.END or kind in CLOSERS:
            opener = self._innermost_opener(repair.first if closing and repair is not None else index, kind)
        if kind in {t.OPEN, t.MULTI}:
            # The string as a whole may be all right; what it has and should not have is the culprit.
            if t.STR in expected and kind == t.OPEN:
                start, end = self._interpolation(index)
            else:
                end = self.text.find('"', start) + 1
        hint = advice(self.text, tokens, index, expected, repair)
        edit = None if repair is None else edit_of(self.text, tokens, repair)
        detail = Unexpected(self.text[start:end], phrase(expected), hint, None if opener is None else kind, edit)
        machine.building.repairs.append(tokens.starts[index])
        machine.building.problems.append(Problem(code, start, end, detail, opener))

    def _interpolation(self, index: int) -> tuple[int, int]:
        tokens = self.machine.tokens
        while tokens.kinds[index] not in {t.INTERP, t.CLOSE, t.END}:
            index += 1
        return tokens.starts[index], tokens.ends[index]

    def _innermost_opener(self, index: int, closer: int) -> tuple[int, int] | None:
        """The last bracket before a token that is still open there, unless it is one that `closer` closes."""
        tokens = self.machine.tokens
        depth = 0
        while index:
            index -= 1
            kind = tokens.kinds[index]
            if kind in CLOSERS:
                depth += 1
            elif kind in MATCHING:
                if depth == 0 and kind != t.OPEN:
                    if MATCHING[kind] == closer:
                        return None
                    return tokens.starts[index], tokens.ends[index]
                depth -= 1
        return None
