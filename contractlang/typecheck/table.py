"""What the checker has learnt: for the compiler, what wildcards stand for; for the editor, the type of every name and
expression."""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.typecheck.types import Ty

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Mapping


class TypeTable:
    """`types`: the types of the expressions in typed blocks; `bindings`: those of names, in untyped code the apparent ones;
    `wildcards`: the inferred type of every `_` in a `:` annotation, as Core (a wildcard that is not there is `Dyn`)."""

    __slots__ = ("bindings", "types", "wildcards")

    def __init__(self) -> None:
        self.types: dict[core.Node, Ty] = {}
        self.bindings: dict[core.Binding, Ty] = {}
        self.wildcards: dict[core.TWild, core.Type] = {}

    def type_text(self, node: core.Node) -> str | None:
        """The type of an expression, as text."""
        return _text(self.types, node)

    def binding_text(self, binding: core.Binding) -> str | None:
        """The type of a name, as text."""
        return _text(self.bindings, binding)


def _text(types: Mapping[core.Node, Ty] | Mapping[core.Binding, Ty], key: core.Node | core.Binding) -> str | None:
    from contractlang.typecheck.show import Printer

    type_ = types.get(key)  # type: ignore[arg-type] # each mapping is asked for keys of its own kind
    return None if type_ is None else Printer().show(type_)
