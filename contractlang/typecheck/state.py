"""What checking one source keeps: the types of the names in scope, what was learnt about every node, the errors, and the tables
that say who checks and who walks which kind of node.

Every name has a binding of its own, so one dictionary holds the types of all of them, and no scopes need to be entered or left.
"""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.typecheck.convert import Converter, wildcards
from contractlang.typecheck.failures import TypeFailure
from contractlang.typecheck.types import DYN, ERRONEOUS, ForallOf, Ty, Unknown, resolved
from contractlang.typecheck.unify import Unifier

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from contractlang.source import Source
    from contractlang.typecheck.contracts import ContractEquality
    from contractlang.typecheck.library import Library
    from contractlang.typecheck.memory import TypeMemory
    from contractlang.typecheck.table import TypeTable
    from contractlang.typecheck.types import Place, Text

    ApparentImport = Callable[[core.Import], Ty]

# Variables for wildcards belong inside whatever block they stand in: no constant can escape through them.
WILDCARD_LEVEL = 1 << 30


class Problem:
    """A type error, not yet worded: `node` is the expression at fault, `expected` and `found` the whole types that do not fit."""

    __slots__ = ("argument", "expected", "failure", "fixed", "found", "node", "required", "source")

    def __init__(
        self,
        source: Source,
        node: core.Node,
        failure: TypeFailure,
        expected: Ty,
        found: Ty,
        argument: tuple[core.App, int] | None,
        required: tuple[int, int] | None,
        fixed: Place | None,
    ) -> None:
        self.source = source
        self.node = node
        self.failure = failure
        self.expected = expected
        self.found = found
        self.argument = argument
        # Where a field was asked for, and the expression that decided an inferred expected type.
        self.required = required
        self.fixed = fixed


class State:
    """The state of checking one unit; `env` and `table` are shared by all units of a program."""

    __slots__ = (
        "apparent_import",
        "applications",
        "converter",
        "decided",
        "env",
        "equality",
        "hidden",
        "inferred",
        "library",
        "memory",
        "met",
        "patterns",
        "problems",
        "required",
        "source",
        "table",
        "text",
        "unifier",
    )

    def __init__(
        self,
        text: Text,
        table: TypeTable,
        equality: ContractEquality,
        library: Library,
        apparent_import: ApparentImport,
        steps: int,
        hidden: Mapping[core.Binding, core.Binding],
        memory: TypeMemory | None,
    ) -> None:
        self.text = text
        self.source = text.source
        # What is known from the last time; None: nothing, nor is anything to be remembered.
        self.memory = memory
        self.hidden = hidden
        self.table = table
        self.env: dict[core.Binding, Ty] = table.bindings
        self.equality = equality
        self.library = library
        self.apparent_import = apparent_import
        self.unifier = Unifier(equality.equal, steps)
        self.converter = Converter(text, self._wildcard)
        # The wildcards of `:` annotations; those after `|` are `Dyn` when the program runs.
        self.inferred: set[core.TWild] = set()
        self.problems: list[Problem] = []
        # Where the walk met what resolution has reported, and how many type errors were known then.
        self.met: dict[int, int] = {}
        # The patterns, of which the annotations and defaults are looked at when all else has been.
        self.patterns: list[core.Pattern] = []
        # The expressions of which a field is accessed, and where its name stands.
        self.required: dict[core.Node, tuple[int, int]] = {}
        # The applications being checked, innermost last, to tell which argument of what an expression is.
        self.applications: list[core.App] = []
        # The expression last checked against a type that had been inferred before, and that variable.
        self.decided: tuple[core.Node, Unknown] | None = None

    def _wildcard(self) -> Unknown:
        return Unknown(WILDCARD_LEVEL)

    def meet(self, node: core.Node) -> None:
        """Notes that the walk comes by a node which resolution may have found wrong."""
        self.met.setdefault(node.start, len(self.problems))

    def look_later(self, pattern: core.Pattern) -> None:
        """Puts off what stands inside a pattern until everything else has been looked at."""
        if not isinstance(pattern, core.PVar):
            self.patterns.append(pattern)

    def type(self, node: core.Type) -> Ty:
        """The type that an annotation denotes."""
        return self.converter.type(node)

    def static_type(self, node: core.Type) -> Ty:
        """The type that a `:` annotation denotes; what is inferred for its wildcards matters when the program runs."""
        type_ = self.converter.type(node)
        if self.converter.wildcards:
            self.inferred.update(wildcards(node))
        return type_

    def type_of(self, binding: core.Binding) -> Ty:
        if binding.kind == "std":
            return self.library.whole()
        return self.env.get(binding, DYN)

    def walk(self, node: core.Core) -> None:
        """Checks the typed blocks inside an untyped expression."""
        handler = WALK.get(type(node))
        if handler is not None:
            handler(self, node)

    def check(self, node: core.Core, expected: Ty) -> None:
        """Checks an expression of a typed block against a type."""
        self.unifier.step()
        if isinstance(expected, Unknown):
            self.decided = (node, expected) if expected.link is not None else None
            expected = resolved(expected)
        else:
            self.decided = None
        if isinstance(expected, ForallOf):
            self._check_polymorphic(node, expected)
            return
        handler = CHECK.get(type(node))
        if handler is not None:
            self.table.types[node] = expected
            handler(self, node, expected)
        else:
            self.subsume(node, self.infer(node), expected)

    def _check_polymorphic(self, node: core.Core, expected: ForallOf) -> None:
        unifier = self.unifier
        unifier.level += 1
        body = resolved(unifier.open(expected, unifier.rigid(expected.var)))
        self.check(node, body)
        unifier.level -= 1
        self.table.types[node] = expected

    def infer(self, node: core.Core) -> Ty:
        """Finds the type of an expression of a typed block."""
        handler = INFER.get(type(node))
        if handler is None:
            fresh = self.unifier.fresh()
            self.check(node, fresh)
            return fresh
        type_ = handler(self, node)
        self.table.types[node] = type_
        return type_

    def expect(self, node: core.Node, expected: Ty, found: Ty) -> bool:
        """Unifies two types; reports the expression `node` if they do not fit."""
        unifier = self.unifier
        unifier.at = (self.text, node)
        try:
            unifier.unify(expected, found)
        except TypeFailure as failure:
            self.report(node, failure, expected, found)
            return False
        return True

    def subsume(self, node: core.Node, found: Ty, expected: Ty) -> bool:
        """Checks that a value of the type found can stand where another is expected; reports `node` if not."""
        from contractlang.typecheck.subsume import subsume

        self.unifier.at = (self.text, node)
        try:
            subsume(self.unifier, found, expected)
        except TypeFailure as failure:
            self.report(node, failure, expected, found)
            return False
        return True

    def report(self, node: core.Node, failure: TypeFailure, expected: Ty, found: Ty) -> None:
        """Notes an error. The types are kept as they are; they are printed when everything is known."""
        argument = None
        for application in reversed(self.applications[-2:]):
            for number, each in enumerate(application.args):
                if each is node:
                    argument = (application, number)
        required = self.required.get(node)
        fixed = None
        if self.decided is not None and self.decided[0] is node:
            fixed = self.decided[1].assigned_at
        self.problems.append(Problem(self.source, node, failure, expected, found, argument, required, fixed))

    def fail(self, node: core.Node, failure: TypeFailure) -> Ty:
        """Reports a failure that concerns no two whole types."""
        self.report(node, failure, failure.expected, failure.found)
        return ERRONEOUS


# Filled by the modules that know the node kinds. A kind is in CHECK or in INFER: the others are checked by inferring.
WALK: dict[type[core.Node], Callable[[State, Any], None]] = {}
CHECK: dict[type[core.Node], Callable[[State, Any, Ty], None]] = {}
INFER: dict[type[core.Node], Callable[[State, Any], Ty]] = {}
