"""The engine: everything that commands, the Python API and tests ask for, on top of `pipeline.py`.

Functions here never print, never exit, and report what is wrong in their `Outcome`. Those that take files read them from the
disk, unless they are given another `loader`; what comes from one is not cached.
"""

from __future__ import annotations

import os

from contractlang.loaders.disk import DiskLoader
from contractlang.loaders.errors import LoadError, NotAFile, NotFound
from contractlang.loaders.loader import Accesses, Loader
from contractlang.request import FORMATS, Options, Outcome, failed, split_path
from contractlang.source import Source

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, Self

    from contractlang.cache.programs import ProgramCache
    from contractlang.compile.machine import Machine
    from contractlang.diagnostics.model import Diagnostic
    from contractlang.runtime.values import Value

__all__ = ["FORMATS", "Options", "Outcome"]

DATA_FILES = (".json", ".yaml", ".yml", ".toml", ".txt")
"""Files that are data rather than programs: they stand for the import of themselves."""


def run_source(
    text: str,
    *,
    name: str = "input.ncl",
    import_paths: Sequence[str] = (),
    format: str = "json",
    options: Options | None = None,
    force_not_exported: bool = True,
) -> Outcome:
    """Evaluate a source text and export it as the reference's embedded API does: fields that are not exported are evaluated all the
    same, and the first error ends the run."""
    if options is None:
        options = Options(
            import_paths=import_paths, force_not_exported=force_not_exported, stop_at_first=True, fixes=True
        )
    return _export([_chosen(Source(name, text), options)], DiskLoader(os.getcwd()), format, options)


def export(
    files: Sequence[str],
    format: str,
    options: Options,
    *,
    field: str | None = None,
    contracts: Sequence[str] = (),
    assignments: Sequence[str] = (),
    stdin: str | None = None,
    loader: Loader | None = None,
) -> Outcome:
    """Evaluate files, merged if there are several, check every contract, and write the document."""
    cache = _cache(options, stdin) if options.cache == "all" and loader is None else None
    if cache is None:
        return _with_sources(
            files,
            options,
            contracts,
            assignments,
            stdin,
            lambda sources, loader: _export(sources, loader, format, options, field),
            loader,
        )
    from contractlang.cache.programs import Dependencies, request_key

    request = ("export", os.getcwd(), list(files), format, field, list(contracts), list(assignments))
    limits = (
        (options.timeout, options.max_depth, options.max_memory, options.force_not_exported),
        (options.max_number_bits, options.max_string_length, options.max_array_length, options.max_output_nodes),
    )
    key = request_key(*request, options.import_paths, options.import_root, options.edition, limits)
    text = cache.exported(key)
    if text is not None:
        return Outcome(text, [], 0)

    def run(sources: list[Source], loader: Loader) -> Outcome:
        with _Traces(options) as traces:
            outcome = _export(sources, loader, format, options, field)
        if outcome.text is not None and not outcome.diagnostics and not traces.seen:
            cache.keep_export(key, Dependencies.of(loader), outcome.text)
        return outcome

    return _with_sources(files, options, contracts, assignments, stdin, run)


def _cache(options: Options, stdin: str | None) -> ProgramCache | None:
    """The cache of a run, if it may have one: only files can be looked at again."""
    if options.cache == "off" or stdin is not None:
        return None
    from contractlang.cache.programs import ProgramCache
    from contractlang.cache.store import Store

    return ProgramCache(Store())


class _Traces:
    """Has the messages of `std.trace` noticed: a run that says something is not cached."""

    __slots__ = ("options", "seen", "sink")

    def __init__(self, options: Options) -> None:
        self.options = options
        self.sink = options.trace
        self.seen = False

    def __enter__(self) -> Self:
        self.options.trace = self._trace
        return self

    def __exit__(self, *_: object) -> None:
        self.options.trace = self.sink

    def _trace(self, message: str) -> None:
        self.seen = True
        if self.sink is not None:
            self.sink(message)


def evaluate(
    files: Sequence[str],
    options: Options,
    *,
    field: str | None = None,
    contracts: Sequence[str] = (),
    assignments: Sequence[str] = (),
    stdin: str | None = None,
    loader: Loader | None = None,
) -> Outcome:
    """Evaluate files and print the value in the language's own syntax."""

    def run(sources: list[Source], loader: Loader) -> Outcome:
        def finish(value: Value, running: Machine) -> str:
            from contractlang.formats.pretty import pretty

            return pretty(value) + "\n"

        return _run(sources, loader, options, finish, field)

    return _with_sources(files, options, contracts, assignments, stdin, run, loader)


def check(
    files: Sequence[str],
    options: Options,
    *,
    contracts: Sequence[str] = (),
    stdin: str | None = None,
    loader: Loader | None = None,
) -> Outcome:
    """Evaluate everything and export nothing."""

    def run(sources: list[Source], loader: Loader) -> Outcome:
        return _run(sources, loader, options, lambda value, running: None)

    return _with_sources(files, options, contracts, (), stdin, run, loader)


def typecheck(files: Sequence[str], options: Options, *, strict: bool = False, stdin: str | None = None) -> Outcome:
    """Static types alone."""

    def run(sources: list[Source], loader: Loader) -> Outcome:
        from contractlang.run import typecheck as check_types

        outcome = check_types(sources, loader, options, strict=strict)
        return _with_fixes(
            outcome,
            sources,
            loader,
            options,
            lambda new, files: check_types(new, files, options, strict=strict),
        )

    return _with_sources(files, options, (), (), stdin, run)


def query(
    file: str,
    options: Options,
    *,
    field: str | None = None,
    stdin: str | None = None,
    loader: Loader | None = None,
) -> Outcome:
    """What is known of a field: contracts, default, priority, documentation, value."""
    path = split_path(field or "")

    def run(sources: list[Source], loader: Loader) -> Outcome:
        def finish(value: Value, running: Machine) -> str:
            from contractlang.formats.describe import describe_field, describe_whole  # (this command only)
            from contractlang.run import declaring

            return describe_field(declaring(value, path), path, running.places) if path else describe_whole(value)

        # (A description quotes the text of contracts, which cached code does without.)
        return _run(sources, loader, options, finish, deep=False, cached=False)

    return _with_sources([file], options, (), (), stdin, run, loader)


def explain(
    file: str, path: str, options: Options, *, stdin: str | None = None, loader: Loader | None = None
) -> Outcome:
    """Where the value of a field comes from and which contracts it crosses. If it fails, the outcome has both: the text, and what
    is wrong."""
    names = split_path(path) or [""]
    *outer, last = names
    failing: list[str] = []

    def finish(value: Value, running: Machine) -> str:
        from contractlang.formats.account import Account  # (this command only)
        from contractlang.run import require, walk

        record = walk(value, outer)
        require(record, names)
        account = Account(record, last, path, running.places)
        if not failing:  # a program that fails runs twice
            failing.append(account.failed())
        return account.finished()

    def run(sources: list[Source], loader: Loader) -> Outcome:
        outcome = _run(sources, loader, options, finish, deep=False, cached=False, origins=True)
        if outcome.text is None and failing:
            outcome.text = failing[0]
        return outcome

    return _with_sources([file], options, (), (), stdin, run, loader)


def dump(file: str, stage: str, options: Options, *, stdin: str | None = None) -> Outcome:
    """What a stage of the pipeline made of a file: tokens, ast, core, types or python."""

    def run(sources: list[Source], loader: Loader) -> Outcome:
        from contractlang.run import dump as dump_stage

        return dump_stage(sources, loader, options, stage)

    return _with_sources([file], options, (), (), stdin, run)


# ---- plain data, for the Python API


def data_of_files(files: Sequence[str], options: Options, *, field: str | None = None) -> list[Diagnostic] | tuple[Any]:
    """The value of files as plain data in a tuple, or what is wrong."""
    found: list[Any] = []
    outcome = _with_sources(
        files,
        options,
        (),
        (),
        None,
        lambda sources, loader: _run(sources, loader, options, _collect(found), field, format="json"),
    )
    return (found[0],) if outcome.status == 0 else outcome.diagnostics


def data_of_text(text: str, name: str, options: Options) -> list[Diagnostic] | tuple[Any]:
    found: list[Any] = []
    source = _chosen(Source(name, text), options)
    outcome = _run([source], DiskLoader(os.getcwd()), options, _collect(found), format="json")
    return (found[0],) if outcome.status == 0 else outcome.diagnostics


def _collect(found: list[Any]) -> Callable[[Value, Machine], None]:
    def finish(value: Value, running: Machine) -> None:
        from contractlang.formats.values import to_data, validate

        validate(value, "json")
        found.append(to_data(value))

    return finish


def read_source(file: str, options: Options) -> tuple[Source | None, list[Diagnostic]]:
    """The source of a program, or why it cannot be read."""
    if file.lower().endswith(DATA_FILES):
        from contractlang.diagnostics.model import Diagnostic

        return None, [Diagnostic("not-a-program", f"{file} is data, not a program", help=["programs end in .ncl"])]
    loader = DiskLoader(os.getcwd(), import_root=options.import_root)
    try:
        return _read(file, loader, None), []
    except LoadError as error:
        return None, [_load_diagnostic(error, file, loader)]


def validate_data(
    data: Any, contract: str, contract_name: str, contract_path: str | None, name: str, options: Options
) -> list[Diagnostic] | tuple[Any]:
    """Plain data under a contract given as source text: the result as plain data in a tuple, or what is wrong."""
    from contractlang.formats.data_value import data_value
    from contractlang.runtime.contracts.apply import apply_contract
    from contractlang.runtime.generated import GENERATED
    from contractlang.runtime.label import Annotation, Label

    found: list[Any] = []

    def applied(value: Value) -> Value:
        unit = GENERATED + (f"Nickel:{contract_path}" if contract_path else "main:0") + ">"
        label = Label(Annotation(unit, 0, len(contract.rstrip()), name=name))
        return apply_contract(value, label, data_value(data))

    source = Source(contract_name, contract, contract_path)
    outcome = _run([source], DiskLoader(os.getcwd()), options, _collect(found), format="json", prepare=applied)
    return (found[0],) if outcome.status == 0 else outcome.diagnostics


# ---- running


def _export(sources: list[Source], loader: Loader, format: str, options: Options, field: str | None = None) -> Outcome:
    def finish(value: Value, running: Machine) -> str:
        from contractlang.formats.serialization import to_text

        text = to_text(value, format)
        return text + "\n" if format == "json" else text

    return _run(sources, loader, options, finish, field, format=format)


def _run(
    sources: list[Source],
    loader: Loader,
    options: Options,
    finish: Callable[[Value, Machine], str | None],
    field: str | None = None,
    *,
    deep: bool = True,
    format: str | None = None,
    cached: bool = True,
    origins: bool = False,
    prepare: Callable[[Value], Value] | None = None,
) -> Outcome:
    from contractlang.run import Goal, run  # (everything that evaluates; a cached export does without)

    read = loader.accesses.read
    # Only what came from files, through this loader, can be looked at again.
    cached = cached and all(source.path is not None and read.get(source.path) for source in sources)
    cache = _cache(options, None) if cached else None
    goal = Goal(finish, field, deep=deep, format=format, prepare=prepare)
    outcome = run(sources, loader, options, goal, cache=cache, origins=origins)
    quiet = _quiet(options)
    return _with_fixes(outcome, sources, loader, options, lambda new, files: run(new, files, quiet, goal))


def _quiet(options: Options) -> Options:
    """The options for trying out a fix: the run is nobody's but ours."""
    quiet = options.copy()
    quiet.cache, quiet.trace, quiet.max_errors = "off", None, None
    return quiet


def _with_fixes(
    outcome: Outcome,
    sources: list[Source],
    loader: Loader,
    options: Options,
    again: Callable[[list[Source], Loader], Outcome],
) -> Outcome:
    """The outcome with the fixes that help, if they are asked for, else with none."""
    if not any(diagnostic.fixes for diagnostic in outcome.diagnostics):
        return outcome
    from contractlang.verified import with_verified_fixes, without_fixes

    return with_verified_fixes(outcome, sources, loader, again) if options.fixes else without_fixes(outcome)


# ---- sources


def _with_sources(
    files: Sequence[str],
    options: Options,
    contracts: Sequence[str],
    assignments: Sequence[str],
    stdin: str | None,
    run: Callable[[list[Source], Loader], Outcome],
    loader: Loader | None = None,
) -> Outcome:
    if loader is None:
        loader = DiskLoader(os.getcwd(), import_root=options.import_root, accesses=_accesses(options))
    sources: list[Source] = []
    problems: list[Diagnostic] = []
    for file in files:
        try:
            sources.append(_chosen(_read(file, loader, stdin), options))
        except LoadError as error:
            problems.append(_load_diagnostic(error, file, loader))
    for contract in contracts:
        try:
            loader.read_text(contract)
        except LoadError as error:
            problems.append(_load_diagnostic(error, contract, loader))
    if problems:
        return failed(problems)
    if not assignments and not contracts and all(source.path is not None for source in sources):
        return run(sources, loader)
    from contractlang.made_sources import lead_back, mention_quotes, of_assignment, under_contracts

    assigned = [of_assignment(assignment) for assignment in assignments]
    sources += assigned
    if contracts:
        keys = [loader.key(contract) for contract in contracts]
        sources = [_chosen(under_contracts(sources, keys, sign="#" if options.edition == "2021" else ""), options)]
    outcome = run(sources, loader)
    for diagnostic in outcome.diagnostics:
        mention_quotes(diagnostic, assigned)
        lead_back(diagnostic, loader)
    return outcome


def _accesses(options: Options) -> Accesses:
    """The record of what a run reads; with the digests that a cache needs."""
    if options.cache == "off":
        return Accesses()
    from contractlang.cache.store import digest

    return Accesses(digest)


def _chosen(source: Source, options: Options) -> Source:
    """The source in the edition that was asked for."""
    if options.edition == "2021":
        from contractlang.edition2021.language import EDITION_2021

        source.language = EDITION_2021
    return source


def _read(file: str, loader: Loader, stdin: str | None) -> Source:
    if file == "-":
        return Source("<stdin>", stdin or "")
    key = loader.key(file)
    text = loader.read_text(key)
    if key.lower().endswith(DATA_FILES):
        from contractlang.made_sources import of_data

        return of_data(file, key)
    return Source(file, text, key)


def _load_diagnostic(error: LoadError, file: str, loader: Loader) -> Diagnostic:
    """The report of a file that was named and cannot be read."""
    from contractlang.diagnostics.model import Diagnostic

    found = Diagnostic(error.code, str(error))
    if isinstance(error, (NotFound, NotAFile)):
        from contractlang.loaders.similar import similar_file

        near = similar_file(loader, file, [loader.directory])
        if near is not None:
            found.notes.append(f"Did you mean `{near}`?")
    return found
