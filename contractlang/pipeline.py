"""The pipeline: source → AST → Core → types → generated code → value → text. A reader who opens this file knows the program.

Front-end stages return a result and problems; evaluation raises typed errors, which become diagnostics in `diagnose`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType

from contractlang import precompiled
from contractlang.compile.machine import LoadedUnit, Machine, compiled
from contractlang.formats.data_files import check_data, read_data
from contractlang.formats.serialization import SERIALIZATION_PRIMITIVES
from contractlang.loaders.bundled import BundledLoader
from contractlang.loaders.loader import Loader
from contractlang.resolve import core
from contractlang.resolve.program import Program, load_program
from contractlang.runtime.deep import deep_force
from contractlang.runtime.primops.evaluation import tracing
from contractlang.runtime.primops.table import PRIMITIVES
from contractlang.runtime.values import Value
from contractlang.source import Source

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

    from contractlang.cache.programs import ProgramCache
    from contractlang.compile.plan import Plan
    from contractlang.diagnostics.model import Diagnostic
    from contractlang.runtime.errors import EvaluationError
    from contractlang.runtime.locate import Locator


def load(sources: Sequence[Source], loader: Loader, import_paths: Sequence[str]) -> tuple[Program, list[Diagnostic]]:
    """Stages 1 to 3: parse, resolve names, follow imports."""
    return load_program(sources, loader, import_paths, check_data=check_data)


def check_types(program: Program, *, strict: bool = False) -> tuple[Any, list[Diagnostic]]:
    """Stage 4: static types. The table tells the compiler what each wildcard stands for."""
    from contractlang.typecheck.checker import check

    return check(program, strict=strict)


def machine(
    program: Program,
    wildcards: Any,
    *,
    cache: ProgramCache | None = None,
    codes: dict[str, LoadedUnit] | None = None,
    trace: Callable[[str], None] | None = None,
    plan: Plan | None = None,
) -> Machine:
    """Stage 5: what compiles and evaluates the units. `trace` gets the messages of `std.trace`; `plan`: what the compiler does."""
    primitives = {**PRIMITIVES, **SERIALIZATION_PRIMITIVES, "trace": tracing(trace)}
    return Machine(
        program,
        primitives,
        read_data,
        lambda module, member: load_library(module, member, cache),
        wildcards,
        codes,
        plan,
    )


def force(value: Value, *, skip_not_exported: bool = True) -> Value:
    """Stage 6: a value, completely evaluated."""
    return deep_force(value, skip_not_exported)


def diagnose(
    error: EvaluationError,
    program: Program,
    running: Machine,
    traceback: TracebackType | None,
    path: Sequence[str | int] | None = None,
) -> Diagnostic:
    """Stage 7, if it comes to that: an evaluation error as a diagnostic. `path`: the place in the value that failed, if that is
    known otherwise than by the traceback."""
    from contractlang.runtime.explain import diagnose as explain

    return explain(error, running.places, traceback, locate_values(program, running), path)


def locate_values(program: Program, running: Machine) -> Locator:
    """What finds the values of a run in the sources; from now on the run has it."""
    from contractlang.formats.positions import key_before, locate
    from contractlang.runtime.locate import Locator

    places = running.places
    if places.locator is None:
        places.locator = Locator(program, lambda kind, text, at: locate(kind, text, list(at)), key_before)
    return places.locator


def dump_syntax(source: Source, stage: str) -> tuple[str, list[Diagnostic]]:
    """Tokens or AST of a source as text."""
    from contractlang.resolve.program import choose_language, parse_source  # (`dump` only)
    from contractlang.syntax.dump import dump_ast, dump_tokens

    choose_language(source)
    if stage == "tokens":
        if source.language is not None:
            return dump_tokens(source, *source.language.tokens(source)), []
        return dump_tokens(source), []
    tree, problems = parse_source(source)
    return dump_ast(tree), problems


def dump_program(
    sources: Sequence[Source], loader: Loader, import_paths: Sequence[str], stage: str
) -> tuple[str, list[Diagnostic]]:
    """Core, types or generated code of a program's main unit as text."""
    from contractlang.compile.stages import generated_python  # (`dump` only)
    from contractlang.resolve.dump import dump

    program, problems = load(sources, loader, import_paths)
    unit = program.mains[0]
    if stage == "core" or problems:
        return dump(unit), problems
    table, problems = check_types(program)
    if stage == "types":
        from contractlang.typecheck.dump import dump_types

        return dump_types(unit, table), problems
    return generated_python(unit, table.wildcards), problems


_LIBRARY: dict[tuple[str, str | None], LoadedUnit | None] = {}
_MODULES: dict[str, core.Unit] = {}


def load_library(module: str, member: str | None, cache: ProgramCache | None) -> LoadedUnit | None:
    """A compiled module of the standard library, or (`member`) the record of one member and what it needs; None if there is no such
    member. Compiled when the wheel was built, or once a process, and kept in the cache if there is one."""
    key = module, member
    if key in _LIBRARY:
        return _LIBRARY[key]
    source = library_source(module)
    identity = f"{module}.{member}\n{source.text}"
    found = precompiled.part(module, member)
    if found is None and cache is not None:
        found = cache.library_code(identity)
    loaded: LoadedUnit | None
    if found is not None:
        loaded = LoadedUnit(source, *found)
    else:
        loaded = compile_library(module, member)
        if cache is not None and loaded is not None:
            cache.keep_library_code(identity, loaded.code, loaded.spans)
    _LIBRARY[key] = loaded
    return loaded


def compile_library(module: str, member: str | None) -> LoadedUnit | None:
    """The same, compiled now."""
    from contractlang.compile.members import member_unit  # (not needed where the library is compiled already)

    unit = _MODULES.get(module)
    if unit is None:
        unit = _MODULES[module] = read_library(module)
    reduced = unit if member is None else member_unit(unit, member)
    return None if reduced is None else compiled(reduced, {})


def library_source(module: str) -> Source:
    loader = BundledLoader()
    key = loader.key(f"{module}.ncl")
    return Source(f"std/{module}.ncl", loader.read_text(key), key)


def read_library(module: str) -> core.Unit:
    """The resolved unit of a module of the standard library."""
    from contractlang.resolve.resolver import resolve_unit  # (not needed where the library is compiled already)
    from contractlang.syntax.parser import parse

    source = library_source(module)
    tree, problems = parse(source, internal=True)
    done = resolve_unit(f"std/{module}", source, tree, _no_imports)
    problems += done.syntax_problems + done.problems
    if problems:
        raise AssertionError(f"the standard library is broken: {problems[0].message} in {problems[0].labels}")
    return done.unit


def _no_imports(source: Source, node: Any) -> Any:
    raise AssertionError(f"{source.name} imports {node}")
