"""The LALR loop: runs the tables over the tokens and calls the builder functions.

A `Machine` keeps its stacks between runs, so that recovery can change them when a run stops at a token that does not fit.
"""

from __future__ import annotations

from contractlang.syntax.tables import ACCEPT

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from contractlang.syntax.building import Building
    from contractlang.syntax.tables import Tables
    from contractlang.syntax.tokens import Tokens

    Values = list[Any]
    Build = Callable[[Building, Values, int, int, int], Any]

# By how much the stacks grow; they are indexed rather than appended to, which is faster.
GROWTH = 256


class Machine:
    """A parse under way.

    The stack's elements are `states[1..top]`, `values[1..top]` and `places[1..top]` (where each begins). `index` is the next token
    and `end` where the last one that was taken ends. `result` is set once the input is accepted.
    """

    __slots__ = (
        "actions",
        "building",
        "end",
        "index",
        "places",
        "result",
        "states",
        "tables",
        "tokens",
        "top",
        "values",
    )

    def __init__(self, tables: Tables, actions: list[Build], tokens: Tokens, building: Building) -> None:
        self.tables = tables
        self.actions = actions
        self.tokens = tokens
        self.building = building
        self.states: list[int] = [0] * GROWTH
        self.values: Values = [None] * GROWTH
        self.places: list[int] = [0] * GROWTH
        self.top = 0
        self.index = 0
        self.end = 0
        self.result: Any = None

    def run(self) -> bool:
        """Parses on until the input is accepted (True) or a token does not fit (False): then it is the one at `index`, and no
        reduction has been made on account of it that a well-formed program would not make."""
        table = self.tables.table
        lengths = self.tables.lengths
        left_sides = self.tables.left_sides
        actions = self.actions
        building = self.building
        kinds = self.tokens.kinds
        token_values = self.tokens.values
        starts = self.tokens.starts
        ends = self.tokens.ends
        states = self.states
        values = self.values
        places = self.places
        capacity = len(states) - 1
        top = self.top
        state = states[top]
        index = self.index
        end = self.end
        kind = kinds[index]
        while True:
            action = table[state + kind]
            if action > 0:
                if action == ACCEPT:
                    break
                top += 1
                if top > capacity:
                    states.extend([0] * GROWTH)
                    values.extend([None] * GROWTH)
                    places.extend([0] * GROWTH)
                    capacity += GROWTH
                states[top] = state = action
                values[top] = token_values[index]
                places[top] = starts[index]
                end = ends[index]
                index += 1
                kind = kinds[index]
            elif action < 0:
                production = -1 - action
                length = lengths[production]
                if length:
                    top -= length - 1
                    values[top] = actions[production](building, values, top, places[top], end)
                else:
                    top += 1
                    if top > capacity:
                        states.extend([0] * GROWTH)
                        values.extend([None] * GROWTH)
                        places.extend([0] * GROWTH)
                        capacity += GROWTH
                    place = starts[index]
                    values[top] = actions[production](building, values, top, place, place)
                    places[top] = place
                states[top] = state = table[states[top - 1] + left_sides[production]]
            else:
                self.top = top
                self.index = index
                self.end = end
                return False
        self.top = top
        self.index = index
        self.end = end
        self.result = values[top]
        return True
