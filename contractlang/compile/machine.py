"""A machine: one run of a program. It compiles units when they are first needed, and holds what a run shares: places for error
reports, the values of imports and of the library's members."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contractlang.compile.load import code_object, instantiate
from contractlang.loaders.bundled import MODULES
from contractlang.resolve import core
from contractlang.runtime.generated import GENERATED
from contractlang.runtime.places import GeneratedUnit, Places, Spans
from contractlang.runtime.record import access, data_record
from contractlang.runtime.thunk import whnf
from contractlang.runtime.values import Lazy, Thunk, Value
from contractlang.source import Source

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

    from contractlang.compile.plan import Plan
    from contractlang.compile.simplify import Wildcards
    from contractlang.resolve.program import Program


class LoadedUnit:
    """A compiled unit: its source, code object and line table."""

    __slots__ = ("code", "source", "spans")

    def __init__(self, source: Source, code: CodeType, spans: dict[int, Spans]) -> None:
        self.source = source
        self.code = code
        self.spans = spans


def compiled(unit: core.Unit, wildcards: Wildcards, plan: Plan | None = None) -> LoadedUnit:
    """Compile a resolved unit; `plan`: what the compiler is to do, by default everything that makes it fast."""
    assert unit.root is not None
    from contractlang.compile import plan as plans
    from contractlang.compile.module import compile_unit  # (not needed where everything is compiled already)

    module = compile_unit(GENERATED + unit.key + ">", unit.root, wildcards, plan or plans.STANDARD)
    return LoadedUnit(unit.source, code_object(module), module.spans)


class Machine:
    """Evaluates the units of a program.

    `primitives`: by name; `read_data(source, format, notice)`: the value of a data file, which `notice` is shown;
    `load_library(module, member)`: a compiled module of the library, or the part of it that a member needs; `wildcards`: the
    inferred types of `_`; `codes`: what is compiled already, by the keys of units; `plan`: what the compiler is to do.
    """

    def __init__(
        self,
        program: Program,
        primitives: Mapping[str, Callable[..., Any]],
        read_data: Callable[[Source, str, Callable[[Any], None] | None], Value],
        load_library: Callable[[str, str | None], LoadedUnit | None],
        wildcards: Wildcards,
        codes: dict[str, LoadedUnit] | None = None,
        plan: Plan | None = None,
    ) -> None:
        self.places = Places()
        self._program = program
        self._primitives = primitives
        self._read_data = read_data
        self._load_library = load_library
        self.wildcards = wildcards
        self.codes: dict[str, LoadedUnit] = {} if codes is None else codes
        self._plan = plan
        if plan is not None and plan.origins:
            from contractlang.runtime.origins import Origins

            self.places.origins = Origins()
        self._imported: dict[str, Thunk] = {}
        self._members: dict[tuple[str, ...], Thunk] = {}
        self._modules: dict[tuple[str, str | None], Thunk] = {}

    # ---- units

    def imported(self, key: str) -> Thunk:
        """A thunk of the value of a unit of the program, evaluated once."""
        thunk = self._imported.get(key)
        if thunk is None:
            thunk = self._imported[key] = [self._import_code, key]
        return thunk

    def _import_code(self, thunk: Thunk) -> Value:
        unit = self._program.units[thunk[1]]
        if unit.format != "Nickel":
            name = GENERATED + unit.key + ">"
            self.places.units[name] = GeneratedUnit(unit.source, {}, is_library=False)
            return self._read_data(unit.source, unit.format, self._noted_origins(name))
        return self.start(unit)()

    def _noted_origins(self, unit: str) -> Callable[[Any], None] | None:
        origins = self.places.origins
        return None if origins is None else lambda value: origins.data(value, unit)

    def start(self, unit: core.Unit) -> Callable[[], Value]:
        """Compile a unit; returns the function that evaluates it."""
        loaded = self.codes.get(unit.key)
        if loaded is None:
            assert unit.root is not None
            loaded = self.codes[unit.key] = compiled(unit, self.wildcards, self._plan)
        return self._instantiate(loaded, is_library=False)

    def _instantiate(self, loaded: LoadedUnit, *, is_library: bool) -> Callable[[], Value]:
        name = loaded.code.co_filename
        self.places.units[name] = GeneratedUnit(loaded.source, loaded.spans, is_library)
        origins = None if is_library else self.places.origins
        return instantiate(name, loaded.code, self._primitives, self.imported, self.library, origins)

    # ---- the library

    def library(self, path: tuple[str, ...]) -> Thunk:
        """A thunk of a member of the standard library, `()` for the whole."""
        thunk = self._members.get(path)
        if thunk is None:
            thunk = self._members[path] = [self._library_code, path]
        return thunk

    def _library_code(self, thunk: Thunk) -> Value:
        path: tuple[str, ...] = thunk[1]
        if not path:
            return self._whole_library()
        module, rest = (path[0], path[1:]) if path[0] in MODULES else ("std", path)
        value = whnf(self._module(module, rest[0] if rest else None))
        for name in rest:
            value = access(value, name)
        return value

    def _whole_library(self) -> Value:
        fields: dict[str, Lazy] = {}
        base = whnf(self._module("std", None))
        for name in base.shape.names:
            fields[name] = self.library((name,))
        for name in sorted(MODULES):
            fields[name] = self.library((name,))
        return data_record(fields)

    def _module(self, name: str, member: str | None) -> Thunk:
        """A thunk of a module, or of the part of it that one member needs."""
        thunk = self._modules.get((name, member))
        if thunk is None:
            thunk = self._modules[name, member] = [self._module_code, name, member]
        return thunk

    def _module_code(self, thunk: Thunk) -> Value:
        _, name, member = thunk
        loaded = self._load_library(name, member)
        if loaded is None:
            # No such member: the whole module knows what there is instead.
            return whnf(self._module(name, None))
        return self._instantiate(loaded, is_library=True)()
