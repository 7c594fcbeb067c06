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
    from contractlang.typecheck.memory import TypeMemory
    from contractlang.typecheck.state import Problem, State
    from contractlang.typecheck.types import Ty

# The steps that checking a unit may take: some for every character of its source, so that a large program has more.
STEPS = 500_000
STEPS_PER_CHARACTER = 10


def check(program: Program, *, strict: bool = False) -> tuple[TypeTable, list[Diagnostic]]:
    """Checks all units of a program; `strict`: everything as if it were in a typed block, besides.

    Returns the type errors, together with what resolution found wrong, in the order in which the specification meets them. A
    program that resolution found malformed is not checked.
    """
    if program.malformed:
        return TypeTable(), []
    table, found = check_units(program, strict=strict)
    return table, [problem for problems in found.values() for problem in problems]


def check_units(
    program: Program, *, strict: bool = False, memory: TypeMemory | None = None
) -> tuple[TypeTable, dict[str, list[Diagnostic]]]:
    """As `check`, with the problems by unit, and also for programs that have holes where something is malformed. `memory`: what is
    known of an earlier version of the program, and learns of this one."""
    table = TypeTable()
    checked = [unit for unit in program.units.values() if unit.root is not None and (strict or unit.typed)]
    found = _Checker(program, table, memory).run(checked, strict) if checked else {}
    known = program.problems
    units = program.units.items()
    return table, {key: found[unit.key] if unit.key in found else known.get(key, []) for key, unit in units}


class _Checker:
    """Checks units; what they share is the types of names, the definitions of contracts, and the library."""

    __slots__ = ("apparent", "equality", "library", "memory", "program", "states", "table")

    def __init__(self, program: Program, table: TypeTable, memory: TypeMemory | None) -> None:
        from contractlang.typecheck import enforce, record_literals, walk
        from contractlang.typecheck.contracts import ContractEquality
        from contractlang.typecheck.library import Library
        from contractlang.typecheck.state import CHECK, INFER, WALK

        assert CHECK, record_literals.__name__
        assert INFER, enforce.__name__
        assert WALK, walk.__name__
        self.program = program
        self.memory = memory
        self.table = table
        self.equality = ContractEquality()
        self.library = Library()
        self.states: dict[str, State] = {}
        # The apparent types of units, None while they are being determined.
        self.apparent: dict[str, Ty | None] = {}

    def run(self, units: list[core.Unit], strict: bool) -> dict[str, list[Diagnostic]]:
        """The errors of each unit, by its key, with what resolution found wrong there."""
        found: dict[str, list[Diagnostic]] = {}
        if self.memory is not None:
            self.memory.begin(self.table)
        for unit in units:
            limits = self.check_unit(unit, strict)
            state = self.state(unit)
            found[unit.key] = limits + _told(state, self.program.problems.get(unit.key, []))
            self.fill_wildcards(state)
        if self.memory is not None:
            self.memory.end()
        return found

    def check_unit(self, unit: core.Unit, strict: bool) -> list[Diagnostic]:
        """Checks a unit; what went wrong is in its state, except that a limit was reached."""
        from contractlang.typecheck.failures import LimitReached
        from contractlang.typecheck.patterns import walk_pattern

        state = self.state(unit)
        assert unit.root is not None
        try:
            if strict:
                state.check(unit.root, state.unifier.fresh())
            state.walk(unit.root)
            for pattern in state.patterns:
                walk_pattern(state, pattern)
        except LimitReached:
            from contractlang.typecheck.reports import limit_reached

            place = state.unifier.at
            return [limit_reached(*(place if place is not None else (state.text, unit.root)))]
        return []

    def state(self, unit: core.Unit) -> State:
        """The state of a unit, made when it is first needed."""
        from contractlang.typecheck.state import State
        from contractlang.typecheck.types import Text

        state = self.states.get(unit.key)
        if state is None:
            steps = STEPS + STEPS_PER_CHARACTER * len(unit.source.text)
            text = Text(unit.source) if self.memory is None else self.memory.text(unit.key, unit.source)
            state = State(
                text, self.table, self.equality, self.library, self.apparent_import, steps, unit.hidden, self.memory
            )
            self.states[unit.key] = state
        return state

    def apparent_import(self, node: core.Import) -> Ty:
        """The type of an imported file: the apparent one of its expression."""
        from contractlang.typecheck.apparent import apparent_type
        from contractlang.typecheck.types import DYN

        if self.memory is not None:
            self.memory.lasting = False
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


def _told(state: State, known: list[Diagnostic]) -> list[Diagnostic]:
    """What is wrong with a unit: the type errors, and what resolution found, each where the walk through the program meets it."""
    if not state.problems:
        return known
    waiting = sorted(((_before(state, problem), problem) for problem in known), key=lambda each: each[0])
    result: list[Diagnostic] = []
    start = 0
    for count, problem in waiting:
        result += _worded(state.problems[start:count])
        result.append(problem)
        start = max(start, count)
    return _each_once(result + _worded(state.problems[start:]))


def _before(state: State, problem: Diagnostic) -> int:
    """How many type errors come before something that resolution found wrong."""
    for label in problem.labels:
        if label.span.source is state.source and label.span.start in state.met:
            return state.met[label.span.start]
    # The walk did not get there.
    here = place(state.source, problem)
    return sum(error.node.start < here for error in state.problems)


def _worded(problems: list[Problem]) -> list[Diagnostic]:
    if not problems:
        return []
    from contractlang.typecheck.reports import word

    return [word(problem) for problem in problems]


def _each_once(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics without repetitions: strict checking visits typed blocks twice."""
    known: set[tuple[str, int, int, int]] = set()
    result: list[Diagnostic] = []
    for diagnostic in diagnostics:
        span = diagnostic.labels[0].span
        key = (diagnostic.code, id(span.source), span.start, span.end)
        if key not in known:
            known.add(key)
            result.append(diagnostic)
    return result
