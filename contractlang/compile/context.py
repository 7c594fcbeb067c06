"""The function being generated: where its variables live, what is known of them, and what it captures.

`Scope.touched` says whether a definition refers to the record that it is a field of. Every function of the generated module is
written by one `FunctionWriter`-like object with a `Scope`. A scope finds a variable in its own locals, among the globals of the
unit (top-level `let`s, evaluated once a run), or in the enclosing scope: then it becomes a **capture**, unpacked from the
environment at the function's start and put into the environment where the function is created.
"""

from __future__ import annotations

from contractlang.compile.writer import Block
from contractlang.resolve.core import Binding

VALUE = "value"
"""Known to be in weak head normal form."""
NUMBER = "number"
STRING = "string"
BOOL = "bool"
FUNCTION = "function"
RECORD = "record"


class Self:
    """Stands for the record that a field's definition is evaluated in: a variable like any other to capture."""

    __slots__ = ("fields",)

    def __init__(self, fields: dict[Binding, str]) -> None:
        self.fields = fields


Key = Binding | Self


class Known:
    """A function of which the code is known where it is called: `name` of the generated function, its arity."""

    __slots__ = ("arity", "closed", "name")

    def __init__(self, name: str, arity: int, closed: bool) -> None:
        self.name = name
        self.arity = arity
        self.closed = closed


class Unit:
    """What all functions of one generated module share: names, globals, constants, finished text."""

    __slots__ = ("counter", "global_facts", "globals", "known", "owners")

    def __init__(self) -> None:
        self.counter = 0
        self.globals: dict[Binding, str] = {}
        self.global_facts: dict[str, str] = {}
        self.known: dict[Binding, Known] = {}
        self.owners: dict[Binding, Self] = {}

    def fresh(self, prefix: str) -> str:
        self.counter += 1
        return f"{prefix}{self.counter}"


class Scope:
    """See the module. `captures` is shared by the definitions of one record literal, which all unpack the literal's environment."""

    __slots__ = ("block", "captures", "current", "facts", "locals", "loops", "outer", "touched", "unit", "used")

    def __init__(self, unit: Unit, outer: Scope | None, captures: dict[Key, int] | None = None) -> None:
        self.unit = unit
        self.outer = outer
        self.block = Block()
        self.locals: dict[Key, str] = {}
        self.facts: dict[str, str] = {}
        self.captures: dict[Key, int] = {} if captures is None else captures
        self.used: dict[Key, str] = {}
        self.current: tuple[Known, list[str]] | None = None
        self.loops = False
        self.touched = False

    def find(self, key: Key) -> str | None:
        """The Python name of a variable in this function; None if nobody declares it."""
        name = self.locals.get(key)
        if name is not None:
            if isinstance(key, Self):
                self.touched = True
            return name
        if isinstance(key, Binding):
            name = self.unit.globals.get(key)
            if name is not None:
                return name
        outer = self.outer
        if outer is None:
            return None
        known = outer.find(key)
        if known is None:
            return None
        name = self.unit.fresh("v")
        if key not in self.captures:
            self.captures[key] = len(self.captures)
        self.locals[key] = name
        self.used[key] = name
        fact = outer.facts.get(known)
        if fact is not None:
            self.facts[name] = fact
        return name

    def is_local(self, key: Key) -> bool:
        """Whether a variable belongs to this function or one around it, rather than to the unit."""
        if isinstance(key, Binding) and key in self.unit.globals:
            return False
        scope: Scope | None = self
        while scope is not None:
            if key in scope.locals:
                return True
            scope = scope.outer
        return False

    def fact(self, name: str) -> str | None:
        return self.facts.get(name) or self.unit.global_facts.get(name)
