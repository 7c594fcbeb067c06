"""The static type checker: typed blocks of all units of a program, checked in the order in which the units are walked.

`check` is the whole interface. A program without any `:` annotation has nothing to check.
"""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.resolve.resolver import place
from contractlang.typecheck.table import TypeTable

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.diagnostics.model import Diagnostic
    from contractlang.resolve.program import Program
    from contractlang.source import Source
    from contractlang.typecheck.state import Problem, State
    from contractlang.typecheck.types import Ty

# The steps that checking a unit may take: some for every character of its source, so that a large program has more.
STEPS = 500_000
STEPS_PER_CHARACTER = 50


def check(program: Program, *, strict: bool = False) -> tuple[TypeTable, list[Diagnostic]]:
    """Checks all units of a program; `strict`: everything as if it were in a typed block, besides.

    Returns the type errors, together with what resolution found wrong, in the order in which the specification meets them. A
    program that resolution found malformed is not checked.
    """
    table = TypeTable()
    known = program.problems
    if program.malformed:
        return table, []
    units = [unit for unit in program.units.values() if unit.root is not None and (strict or unit.typed)]
    found = _Checker(program, table).run(units, strict) if units else {}
    problems: list[Diagnostic] = []
    for key, unit in program.units.items():
        problems += _interleaved(unit.source, known.get(key, []), found.get(key, []))
    return table, problems


def _interleaved(source: Source, known: list[Diagnostic], found: list[Diagnostic]) -> list[Diagnostic]:
    """What resolution found wrong in a source, put in its place among the type errors there."""
    if not known or not found:
        return known or found
    result: list[Diagnostic] = []
    waiting = [(place(source, problem), problem) for problem in known]
    for problem in found:
        here = place(source, problem)
        while waiting and waiting[0][0] <= here:
            result.append(waiting.pop(0)[1])
        result.append(problem)
    return result + [problem for _, problem in waiting]


class _Checker:
    """Checks units; what they share is the types of names, the definitions of contracts, and the library."""

    __slots__ = ("apparent", "equality", "library", "program", "states", "table")

    def __init__(self, program: Program, table: TypeTable) -> None:
        from contractlang.typecheck import enforce, record_literals, walk
        from contractlang.typecheck.contracts import ContractEquality
        from contractlang.typecheck.library import Library
        from contractlang.typecheck.state import CHECK, INFER, WALK

        assert CHECK, record_literals.__name__
        assert INFER, enforce.__name__
        assert WALK, walk.__name__
        self.program = program
        self.table = table
        self.equality = ContractEquality()
        self.library = Library()
        self.states: dict[str, State] = {}
        # The apparent types of units, None while they are being determined.
        self.apparent: dict[str, Ty | None] = {}

    def run(self, units: list[core.Unit], strict: bool) -> dict[str, list[Diagnostic]]:
        """The errors of each unit, by its key."""
        found: dict[str, list[Diagnostic]] = {}
        for unit in units:
            problems = found[unit.key] = self.check_unit(unit, strict)
            state = self.state(unit)
            if state.problems:
                problems += _worded(state.problems)
            self.fill_wildcards(state)
        return found

    def check_unit(self, unit: core.Unit, strict: bool) -> list[Diagnostic]:
        """Checks a unit; what went wrong is in its state, except that a limit was reached."""
        from contractlang.typecheck.failures import LimitReached

        state = self.state(unit)
        assert unit.root is not None
        try:
            if strict:
                state.check(unit.root, state.unifier.fresh())
            state.walk(unit.root)
        except LimitReached:
            from contractlang.typecheck.reports import limit_reached

            place = state.unifier.at
            return [limit_reached(*(place if place is not None else (state.source, unit.root)))]
        return []

    def state(self, unit: core.Unit) -> State:
        """The state of a unit, made when it is first needed."""
        from contractlang.typecheck.state import State

        state = self.states.get(unit.key)
        if state is None:
            steps = STEPS + STEPS_PER_CHARACTER * len(unit.source.text)
            state = State(unit.source, self.table, self.equality, self.library, self.apparent_import, steps)
            self.states[unit.key] = state
        return state

    def apparent_import(self, node: core.Import) -> Ty:
        """The type of an imported file: the apparent one of its expression."""
        from contractlang.typecheck.apparent import apparent_type
        from contractlang.typecheck.types import DYN

        unit = self.program.units.get(node.key)
        if unit is None or unit.root is None:
            return DYN
        if node.key not in self.apparent:
            self.apparent[node.key] = None
            self.apparent[node.key] = apparent_type(self.state(unit), core.Meta(), unit.root)
        return self.apparent[node.key] or DYN

    def fill_wildcards(self, state: State) -> None:
        from contractlang.typecheck.convert import to_core

        for node in state.inferred:
            variable = state.converter.wildcards[node]
            if variable.link is not None:
                self.table.wildcards[node] = to_core(variable, node.start, node.end)


def _worded(problems: list[Problem]) -> list[Diagnostic]:
    """The diagnostics of type errors, each once: strict checking visits typed blocks twice."""
    from contractlang.typecheck.reports import word

    known: set[tuple[str, int, int]] = set()
    result: list[Diagnostic] = []
    for problem in problems:
        diagnostic = word(problem)
        key = (diagnostic.code, problem.node.start, problem.node.end)
        if key not in known:
            known.add(key)
            result.append(diagnostic)
    return result
