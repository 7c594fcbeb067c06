"""One run: from sources to an `Outcome`, within its limits.

A program whose files are all as they were runs from its cached code. Should it fail then, it is run once more from the sources:
reports need the syntax, which cached code does without.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Token

from contractlang import pipeline
from contractlang.circumstances import DEEPEST, DeepStacks, RareCollections
from contractlang.compile.machine import LoadedUnit, compiled
from contractlang.loaders.errors import LoadError
from contractlang.request import Options, Outcome, failed, split_path
from contractlang.resolve import core
from contractlang.resolve.program import Program
from contractlang.runtime.contracts.extra_fields import extra_fields
from contractlang.runtime.errors import EvaluationError, LimitReached
from contractlang.runtime.limits import SIZES, Sizes
from contractlang.source import Source

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

    from contractlang.cache.programs import ProgramCache, UnitCode
    from contractlang.compile.machine import Machine
    from contractlang.compile.plan import Plan
    from contractlang.diagnostics.model import Diagnostic
    from contractlang.loaders.loader import Loader
    from contractlang.runtime.collect import Failures, Found
    from contractlang.runtime.values import Record, Value

Finish = Callable[["Value", "Machine"], "str | None"]
Prepare = Callable[["Value"], "Value"]
Trace = Callable[[str], None]


class Goal:
    """What is wanted of the value of a program: `field`: a field of it (None: all); `prepare`: what is made of that first; `deep`:
    all of it is to be forced; `finish` makes the text; `format`: what it is to be expressed in (None: in nothing that asks for
    certain values)."""

    __slots__ = ("deep", "field", "finish", "format", "prepare")

    def __init__(
        self,
        finish: Finish,
        field: str | None = None,
        *,
        deep: bool = True,
        format: str | None = None,
        prepare: Prepare | None = None,
    ) -> None:
        self.finish = finish
        self.field = field
        self.deep = deep
        self.format = format
        self.prepare = prepare

    def value(self, running: Machine, program: Program) -> Value:
        """What is to be forced. Raises `EvaluationError`."""
        value = select(_merge_all(running, program), self.field)
        return value if self.prepare is None else self.prepare(value)

    def reach(
        self, running: Machine, program: Program, options: Options, started: Callable[[Value], None]
    ) -> str | None:
        """The text of what a loaded program comes to; `started` gets the value before it is forced. Raises `EvaluationError`."""
        value = self.value(running, program)
        started(value)
        if self.deep:
            value = pipeline.force(value, skip_not_exported=not options.force_not_exported)
        return self.finish(value, running)


def run(
    sources: list[Source],
    loader: Loader,
    options: Options,
    goal: Goal,
    *,
    cache: ProgramCache | None = None,
    origins: bool = False,
) -> Outcome:
    """Load, check and evaluate sources, merged if there are several.

    `cache`: keeps generated code; needs sources that are files. `origins`: values are to know where they were written.
    """

    def evaluated() -> Outcome:
        if cache is not None:
            traces = _Repetition(options)
            outcome = _run_cached(sources, loader, options, goal, cache, traces.trace)
            if outcome is not None:
                return outcome
            return _run(sources, loader, options, goal, cache, traces.again)
        return _run(sources, loader, options, goal, cache, options.trace, origins=origins)

    return _limited(evaluated, sources, options)


def _limited(work: Callable[[], Outcome], sources: list[Source], options: Options) -> Outcome:
    """What some work comes to, or that it reached a limit before the program itself ran."""
    try:
        with Limits(options, sum(len(source.text) for source in sources)):
            return work()
    except LimitReached as error:
        return _stopped(error.code, error.message, error, sources)
    except RecursionError as error:
        return _stopped("limit-depth", _TOO_DEEP, error, sources)
    except MemoryError as error:
        return _stopped("limit-memory", _TOO_LARGE, error, sources)


def _stopped(code: str, message: str, error: BaseException, sources: list[Source]) -> Outcome:
    from contractlang.stopped import stopped

    return failed([stopped(code, message, error.__traceback__, sources)])


def _run(
    sources: list[Source],
    loader: Loader,
    options: Options,
    goal: Goal,
    cache: ProgramCache | None,
    trace: Trace | None,
    *,
    origins: bool = False,
) -> Outcome:
    program, problems = pipeline.load(sources, loader, options.import_paths)
    if program.malformed:
        return failed(problems)
    program.prepared = goal.prepare is not None
    table, problems = pipeline.check_types(program)
    if problems:
        return failed(problems)
    try:
        running = pipeline.machine(
            program, table.wildcards, cache=cache, trace=trace, plan=_telling_origins() if origins else None
        )
        if origins:
            pipeline.locate_values(program, running)
        evaluation = _Evaluation(program, running, options, goal)
        outcome = evaluation.run()
        if outcome is None:
            return _explained(evaluation, table.wildcards, cache)
        if cache is not None:
            _keep_code(cache, sources, loader, options, program, running)
        return outcome
    finally:
        program.release()


def _telling_origins() -> Plan:
    from contractlang.compile import plan

    return plan.Plan(plan.STANDARD.optimise, origins=True)


def _explained(failed_one: _Evaluation, wildcards: Any, cache: ProgramCache | None) -> Outcome:
    """What a failed run came to, told by a second one in which values know where they were written."""
    if not isinstance(failed_one.failure, (LimitReached, RecursionError, MemoryError)):
        program, options = failed_one.program, failed_one.options
        running = pipeline.machine(program, wildcards, cache=cache, plan=_telling_origins())
        again = _Evaluation(program, running, options, failed_one.goal)
        try:
            again.run()
            if type(again.failure) is type(failed_one.failure):
                outcome = again.report()
                if outcome.status != 3:
                    return outcome
        except (LimitReached, RecursionError, MemoryError):
            pass  # there is not enough left of time or memory for a second run: the first one reports
    return failed_one.report()


# ---- cached code


class _Repetition:
    """Messages of `std.trace` of a run of cached code, and of the same run once more from the sources: each is told once."""

    __slots__ = ("sink", "skipped", "told")

    def __init__(self, options: Options) -> None:
        self.sink = options.trace
        self.told = 0
        self.skipped = 0

    def trace(self, message: str) -> None:
        self.told += 1
        if self.sink is not None:
            self.sink(message)

    def again(self, message: str) -> None:
        if self.skipped < self.told:
            self.skipped += 1
        elif self.sink is not None:
            self.sink(message)


def _code_key(sources: list[Source], loader: Loader, options: Options) -> str:
    from contractlang.cache.programs import request_key

    # The working directory is what relative import paths are relative to.
    paths = [source.path for source in sources]
    return request_key("code", loader.directory, paths, options.import_paths, options.import_root, options.edition)


def _keep_code(
    cache: ProgramCache, sources: list[Source], loader: Loader, options: Options, program: Program, running: Machine
) -> None:
    from contractlang.cache.programs import Dependencies

    try:
        units = _unit_codes(program, running)
    except (RecursionError, MemoryError):  # in a file that this run did not need: the run has succeeded all the same
        return
    cache.keep_code(_code_key(sources, loader, options), Dependencies.of(loader), units)


def _unit_codes(program: Program, running: Machine) -> list[UnitCode]:
    """The units that a run has compiled, and its data files, main units first."""
    found: list[UnitCode] = []
    for unit in program.units.values():
        loaded = running.codes.get(unit.key)
        if unit.format != "Nickel":
            found.append((unit.key, unit.source.name, unit.path, unit.format, None, {}))
            continue
        if loaded is None:
            loaded = compiled(unit, running.wildcards)
        found.append((unit.key, unit.source.name, unit.path, unit.format, loaded.code, loaded.spans))
    return found


def _run_cached(
    sources: list[Source],
    loader: Loader,
    options: Options,
    goal: Goal,
    cache: ProgramCache,
    trace: Trace,
) -> Outcome | None:
    """A run of cached code; None where there is none, or where it fails."""
    found = cache.code(_code_key(sources, loader, options))
    if found is None:
        return None
    units, dependencies = found
    dependencies.note(loader.accesses)
    program = Program()
    codes: dict[str, LoadedUnit] = {}
    for key, name, path, kind, code, spans in units:
        text = "" if code is not None else _unchanged(path or "", loader)
        if text is None:
            return None
        unit = core.Unit(key, Source(name, text, path), None, [], kind, path)
        program.units[key] = unit
        if code is not None:
            codes[key] = LoadedUnit(unit.source, code, spans)
    program.mains = [program.units[f"Nickel:{source.path}"] for source in sources]
    running = pipeline.machine(program, {}, cache=cache, codes=codes, trace=trace)
    try:
        return Outcome(goal.reach(running, program, options, lambda value: None), [], 0)
    except LimitReached as error:
        if error.code in ("limit-time", "limit-memory"):
            raise  # (there is none left for a second run)
        return None
    except (EvaluationError, RecursionError):
        return None


def _unchanged(path: str, loader: Loader) -> str | None:
    """The text of a data file, unless it has changed since it was compared."""
    try:
        text = loader.read_text(path)
    except LoadError:
        return None
    return text if loader.accesses.read[path] is not None else None


# ---- evaluation


_TOO_DEEP = "evaluation is nested too deeply"
_TOO_LARGE = "the memory limit was reached"


class _Evaluation:
    """The evaluation of a program: `run` gives its outcome if it succeeds; if it fails, `failure` is why, and `report` says so."""

    __slots__ = ("_value", "failure", "goal", "options", "program", "running")

    def __init__(self, program: Program, running: Machine, options: Options, goal: Goal) -> None:
        self.program = program
        self.running = running
        self.options = options
        self.goal = goal
        self.failure: EvaluationError | RecursionError | MemoryError | None = None
        self._value: tuple[Value] | None = None

    def run(self) -> Outcome | None:
        try:
            return Outcome(self.goal.reach(self.running, self.program, self.options, self._started), [], 0)
        except (EvaluationError, RecursionError, MemoryError) as error:
            self.failure = error
            return None

    def _started(self, value: Value) -> None:
        self._value = (value,)

    def report(self) -> Outcome:
        """The diagnostics of a failure."""
        program, running, error = self.program, self.running, self.failure
        if isinstance(error, (RecursionError, MemoryError)):
            return failed([_limit_diagnostic(error, program, running)])
        assert error is not None
        if self._value is not None:
            pipeline.locate_values(program, running).selected = split_path(self.goal.field or "")
        if self.goal.deep and not self.options.stop_at_first and not isinstance(error, LimitReached):
            if self._value is not None:
                return _all_failures(self._goes_on_in(self._value[0]), program, running, self.options)
            if extra_fields(error) is not None:
                return _all_failures(self._goes_on(error), program, running, self.options)
        return failed([_diagnose(error, program, running)])

    def _goes_on(self, error: EvaluationError) -> Callable[[Failures], None]:
        """What collects the failures of a value that failed before any part of it could be looked at."""
        return lambda failures: failures.go_on(error, (), lambda: self.goal.value(self.running, self.program))

    def _goes_on_in(self, value: Value) -> Callable[[Failures], None]:
        """What collects the failures of a value, and the parts of it that the format cannot express."""
        from contractlang.formats.values import report_unsupported

        def collect(failures: Failures) -> None:
            failures.collect(value)
            if self.goal.format is not None:
                report_unsupported(value, self.goal.format, failures.add_unsupported)

        return collect


_KEPT = 10_000
"""The most failures that are told apart: each keeps its frames in memory."""
_KEPT_FOR_EACH = 5
"""… for each that is to be shown: some of them say the same."""


def _all_failures(collect: Callable[[Failures], None], program: Program, running: Machine, options: Options) -> Outcome:
    """A value of which some part failed, or cannot be expressed in the format: go on, and report every independent failure in the
    order of the sources."""
    from contractlang.runtime.collect import Failures

    most = _KEPT if options.max_errors is None else _KEPT_FOR_EACH * options.max_errors
    failures = Failures(not options.force_not_exported, most)
    try:
        collect(failures)
    except EvaluationError as error:
        return failed([_diagnose(error, program, running)])
    except (RecursionError, MemoryError) as error:
        return failed([_limit_diagnostic(error, program, running)])
    order = {id(unit.source): number for number, unit in enumerate(program.units.values())}
    told = [
        (pipeline.diagnose(found.error, program, running, found.traceback, found.path or ()), found)
        for found in failures.found
    ]
    for diagnostic, found in told:
        if diagnostic.path is None and found.shown:
            diagnostic.path = list(found.shown)
    told.sort(key=lambda one: _position(one[0], order))
    diagnostics, repeated = _told_once(told)
    shown = diagnostics[: options.max_errors]
    outcome = failed(shown)
    outcome.cut = failures.cut + len(diagnostics) - len(shown)
    outcome.hidden = outcome.cut + failures.consequences + repeated
    return outcome


_ALIKE = 10
"""Of failures at the same places only so many are told, each with a value of its own."""


def _told_once(told: list[tuple[Diagnostic, Found]]) -> tuple[list[Diagnostic], int]:
    """The diagnostics without those that say the same of the same places and of a like value, as for a function that fails at each
    call with one value; and how many those were."""
    values: dict[object, set[tuple[str, ...]]] = {}
    kept = []
    for diagnostic, found in told:
        marks = tuple(label.span for label in diagnostic.labels)
        seen = values.setdefault((diagnostic.code, diagnostic.message, marks), set())
        value = found.values_text()
        if not marks or (value not in seen and len(seen) < _ALIKE):
            seen.add(value)
            kept.append(diagnostic)
    return kept, len(told) - len(kept)


def _position(diagnostic: Diagnostic, order: dict[int, int]) -> tuple[int, int]:
    for label in diagnostic.labels:
        if label.primary:
            return order.get(id(label.span.source), len(order)), label.span.start
    return len(order), 0


def _diagnose(error: EvaluationError, program: Program, running: Machine) -> Diagnostic:
    diagnostic = pipeline.diagnose(error, program, running, error.__traceback__)
    if isinstance(error, LimitReached):
        from contractlang.stopped import point_at_program

        return point_at_program(diagnostic, program)
    return diagnostic


def _limit_diagnostic(error: RecursionError | MemoryError, program: Program, running: Machine) -> Diagnostic:
    if isinstance(error, RecursionError):
        limit = LimitReached("limit-depth", _TOO_DEEP)
    else:
        limit = LimitReached("limit-memory", _TOO_LARGE)
    limit.__traceback__ = error.__traceback__
    error.__traceback__ = None
    return _diagnose(limit, program, running)


def _merge_all(running: Machine, program: Program) -> Value:
    from contractlang.runtime.merge import merge

    value = running.start(program.mains[0])()
    for unit in program.mains[1:]:
        value = merge(value, running.start(unit)())
    return value


def select(value: Value, path: str | None) -> Value:
    return walk(value, split_path(path or ""))


def walk(value: Value, path: list[str]) -> Value:
    """The value at a path of fields; raises where there is none."""
    from contractlang.runtime.record import access

    for index, name in enumerate(path):
        value = access(_queried(value, path[: index + 1]), name)
    return value


def declaring(value: Value, path: list[str]) -> Record:
    """The record that declares the field at a path; raises where there is none. What is declared inside of a field without a value
    is what its record contracts say."""
    for length in range(1, len(path)):
        value = _inside(_queried(value, path[:length]), path[length - 1])
    require(value, path)
    return _queried(value, path)


def _inside(record: Record, name: str) -> Value:
    """The value of a field; if it has none, but record contracts: the record that these make of an empty one."""
    from contractlang.runtime.merge import merge_records
    from contractlang.runtime.record import access, pending_contracts
    from contractlang.runtime.thunk import whnf
    from contractlang.runtime.values import Record

    index = record.shape.index.get(name)
    if index is not None and not record.shape.defs[index].sources:
        contracts = [whnf(contract) for contract in pending_contracts(record, index)]
        records = [contract for contract in contracts if type(contract) is Record]
        if records:
            merged = records[0]
            for contract in records[1:]:
                merged = merge_records(merged, contract)
            return merged
    return access(record, name)


def require(value: Value, path: list[str]) -> None:
    """Raise where the value that the path leads to but for its last name has no such field, whatever that may be worth."""
    from contractlang.runtime.record import access

    name = path[-1]
    record = _queried(value, path)
    if record.shape.index.get(name) is None:
        access(record, name)


def _queried(value: Value, path: list[str]) -> Record:
    """The value, if it is a record, of which the last name of a path is asked for."""
    from contractlang.runtime.errors import ExportError
    from contractlang.runtime.operands import class_name
    from contractlang.runtime.values import Record

    if isinstance(value, Record):
        return value
    note = f"tried to query field `{path[-1]}`, but the expression has type {class_name(value)}"
    raise ExportError("query-non-record", "tried to query field of a non-record", value, tuple(path[:-1]), (note,))


class Limits:
    """The circumstances of a run: deep Python stacks, few collections of cyclic garbage, limits of time, memory and sizes.
    What the host process had before is restored at the end. `size`: of the program, in characters."""

    def __init__(self, options: Options, size: int) -> None:
        self._stacks = DeepStacks(options.max_depth or DEEPEST)
        self._collections = RareCollections(size)  # a tree has about as many objects as its text characters
        self._timeout = options.timeout
        self._memory = options.max_memory
        self._sizes = Sizes(
            options.max_number_bits, options.max_string_length, options.max_array_length, options.max_output_nodes
        )
        self._sizes_before: Token[Sizes] | None = None
        self._watch: Any = None

    def __enter__(self) -> None:
        self._stacks.__enter__()
        self._collections.__enter__()
        self._sizes_before = SIZES.set(self._sizes)
        if self._timeout is not None or self._memory is not None:
            from contractlang.runtime.watchdog import Watchdog

            self._watch = Watchdog(self._timeout, self._memory)
            self._watch.start()

    def __exit__(self, *_: object) -> None:
        try:
            if self._watch is not None:
                self._watch.stop()
        finally:
            if self._watch is not None:
                self._watch.stop()  # (for good, if the last interruption came just then)
            self._collections.__exit__()
            self._stacks.__exit__()
            assert self._sizes_before is not None
            SIZES.reset(self._sizes_before)


# ---- stages without evaluation


def typecheck(sources: list[Source], loader: Loader, options: Options, *, strict: bool) -> Outcome:
    """Static types alone."""

    def checked() -> Outcome:
        program, problems = pipeline.load(sources, loader, options.import_paths)
        if not program.malformed:
            problems = pipeline.check_types(program, strict=strict)[1]
        return failed(problems) if problems else Outcome(None, [], 0)

    return _limited(checked, sources, options)


def dump(sources: list[Source], loader: Loader, options: Options, stage: str) -> Outcome:
    """What a stage of the pipeline made of a source, and what it found wrong."""

    def dumped() -> Outcome:
        if stage in ("tokens", "ast"):
            text, problems = pipeline.dump_syntax(sources[0], stage)
        else:
            text, problems = pipeline.dump_program(sources, loader, options.import_paths, stage)
        outcome = failed(problems) if problems else Outcome(text, [], 0)
        outcome.text = text
        return outcome

    return _limited(dumped, sources, options)
