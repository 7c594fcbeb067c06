"""What the passes of resolution share: the names in scope, the problems found, and the tables that say who resolves what.

Scopes are one mutable dictionary from names to bindings. Entering a binder overwrites entries and remembers what they hid; leaving
it puts that back. A lookup is then one dictionary access however deep the program nests, and no scope is ever copied.
"""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.syntax import nodes as ast

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from contractlang.diagnostics.model import Diagnostic
    from contractlang.resolve.memory import Memory
    from contractlang.source import Source

    Importer = Callable[[Source, ast.Import | ast.ImportPackage], "ImportAnswer"]
    Saved = list[tuple[str, core.Binding | None]]
    Asked = tuple[ast.Import | ast.ImportPackage, "ImportAnswer"]


class ImportAnswer:
    """Where an import leads: the key and format of the unit, or None and the problems that say why not. Problems may come with a
    key: those are mistakes inside the imported file that have to be told at the import."""

    __slots__ = ("format", "key", "problems")

    def __init__(self, key: str | None, format: str, problems: list[Diagnostic]) -> None:
        self.key = key
        self.format = format
        self.problems = problems


class Context:
    """The state of resolving one unit."""

    __slots__ = (
        "asked",
        "hidden",
        "importer",
        "imports",
        "memory",
        "names",
        "not_data",
        "problems",
        "source",
        "std",
        "syntax_problems",
        "type_variables",
        "typed",
    )

    def __init__(self, source: Source, importer: Importer, memory: Memory | None = None) -> None:
        self.source = source
        self.importer = importer
        # What is known from the last time; None: nothing, nor is anything to be remembered.
        self.memory = memory
        self.std = core.Binding("std", "std", 0, 0) if memory is None else memory.std
        self.names: dict[str, core.Binding] = {"std": self.std}
        if memory is not None:
            from contractlang.resolve.memory import Names  # (for editors only)

            self.names = Names(self.names)
        # What the fields of records hide: in untyped code they have its type for a field that is a bare name.
        self.hidden: dict[core.Binding, core.Binding] = {}
        # The literals that are no plain data, by their `id`: see `data.py`.
        self.not_data: set[int] = set()
        self.type_variables: dict[str, core.TypeVar] = {}
        self.imports: list[core.Import] = []
        # All imports that there are, with what the importer answered.
        self.asked: list[Asked] = []
        # Mistakes of form (a record that is neither type nor value, …), told before anything that needs a well-formed program.
        self.syntax_problems: list[Diagnostic] = []
        self.problems: list[Diagnostic] = []
        # Whether there is any `:` annotation.
        self.typed = False

    def term(self, node: ast.Expr) -> core.Core:
        """Resolves an expression that stands where a value is expected."""
        return TERMS[type(node)](self, node)

    def bind(self, bindings: Iterable[core.Binding]) -> Saved:
        """Brings bindings into scope; what they hide is returned, for `restore`."""
        names = self.names
        saved: Saved = []
        for binding in bindings:
            name = binding.name
            hidden = names.get(name)
            if hidden is not None and binding.kind == "field":
                self.hidden[binding] = hidden
            saved.append((name, hidden))
            names[name] = binding
        return saved

    def restore(self, saved: Saved) -> None:
        """Leaves the scope that `bind` entered."""
        names = self.names
        for name, hidden in reversed(saved):
            if hidden is None:
                del names[name]
            else:
                names[name] = hidden


# Filled by the modules that know the node kinds, so that none of them has to import all others.
TERMS: dict[type[ast.Node], Callable[[Context, Any], core.Core]] = {}
