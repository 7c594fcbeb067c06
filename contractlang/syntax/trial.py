"""Parsing without building, to know what would happen if certain tokens came next.

Recovery asks that for every repair it considers. A trial works on the states alone, and on top of the machine's stack, which it
only reads: its cost does not depend on how deep the program nests.
"""

from __future__ import annotations

from contractlang.syntax import tokens as t
from contractlang.syntax.tables import ACCEPT

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.driver import Machine
    from contractlang.syntax.tables import Tables


class Trial:
    """A stack of states: the first `shared` of the machine's, then `own`."""

    __slots__ = ("accepted", "base", "own", "shared", "tables")

    def __init__(self, tables: Tables, base: list[int], shared: int, own: list[int]) -> None:
        self.tables = tables
        self.base = base
        self.shared = shared
        self.own = own
        self.accepted = False

    @classmethod
    def of(cls, machine: Machine, popped: int = 0) -> Trial:
        """What the machine would do, had it not come to the topmost `popped` elements of its stack."""
        return cls(machine.tables, machine.states, machine.top + 1 - popped, [])

    @property
    def state(self) -> int:
        return self.own[-1] if self.own else self.base[self.shared - 1]

    def copy(self) -> Trial:
        return Trial(self.tables, self.base, self.shared, self.own.copy())

    def feed(self, kind: int) -> bool:
        """Takes a token; False if it does not fit, and then the trial is over: reductions may have been made."""
        table = self.tables.table
        own = self.own
        while True:
            action = table[self.state + kind]
            if action > 0:
                if action == ACCEPT:
                    self.accepted = True
                else:
                    own.append(action)
                return True
            if action == 0:
                return False
            production = -1 - action
            length = self.tables.lengths[production]
            if length > len(own):
                self.shared -= length - len(own)
                own.clear()
            elif length:
                del own[len(own) - length :]
            own.append(table[self.state + self.tables.left_sides[production]])

    def accepts(self, kind: int) -> bool:
        """Whether a token fits."""
        return self.tables.table[self.state + kind] != 0 and self.copy().feed(kind)

    def expected(self) -> list[int]:
        """The kinds of all tokens that fit."""
        return [kind for kind in range(t.ERROR) if self.accepts(kind)] + ([t.END] if self.accepts(t.END) else [])

    def reach(self, kinds: list[int], index: int, limit: int, closers: int) -> int:
        """The index of the first token from `index` on that does not fit; `limit` if all before it do or the input is accepted.

        Where one does not fit, up to `closers` closing parentheses may be put before it.
        """
        while index < limit:
            kind = kinds[index]
            if not self.accepts(kind):
                if not closers or not self.accepts(t.RPAREN):
                    return index
                self.feed(t.RPAREN)
                closers -= 1
                continue
            self.feed(kind)
            if self.accepted:
                return limit
            index += 1
        return limit
