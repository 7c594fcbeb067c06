"""What the checker has learnt: for the compiler, what wildcards stand for; for the editor, the type of every name and
expression."""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.typecheck.types import Ty

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.typecheck.memory import Part


class TypeTable:
    """`types`: the types of the expressions in typed blocks; `bindings`: those of names, in untyped code the apparent ones;
    `wildcards`: the inferred type of every `_` in a `:` annotation, as Core (a wildcard that is not there is `Dyn`). `parts`: what
    was checked with a memory, which has types and bindings of its own."""

    __slots__ = ("bindings", "parts", "types", "wildcards")

    def __init__(self) -> None:
        self.types: dict[core.Node, Ty] = {}
        self.bindings: dict[core.Binding, Ty] = {}
        self.wildcards: dict[core.TWild, core.Type] = {}
        self.parts: dict[int, Part] = {}

    def type_text(self, node: core.Node) -> str | None:
        """The type of an expression, as text."""
        found = self.types.get(node)
        if found is None:
            found = next((part.types[node] for part in self.parts.values() if node in part.types), None)
        return _text(found)

    def binding_text(self, binding: core.Binding) -> str | None:
        """The type of a name, as text."""
        found = self.bindings.get(binding)
        if found is None:
            found = next((part.bindings[binding] for part in self.parts.values() if binding in part.bindings), None)
        return _text(found)


def _text(type_: Ty | None) -> str | None:
    from contractlang.typecheck.show import Printer

    return None if type_ is None else Printer().show(type_)
