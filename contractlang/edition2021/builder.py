"""The builder functions of the 2021 grammar. Those of the modern one serve where the two agree; here are the others.

Each notes, beside building, what the modern language writes otherwise (edits.py).
"""

from __future__ import annotations

from contractlang.edition2021 import types, values
from contractlang.edition2021.lexer import EditionTokens
from contractlang.syntax import operators, patterns, records, strings, terms
from contractlang.syntax.builder import LISTS
from contractlang.syntax.building import Building

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.edition2021.edits import Edits
    from contractlang.syntax.driver import Build


class EditionBuilding(Building):
    """`tails`: where the `|` before the tail of each record or enum type stands."""

    __slots__ = ("edits",)

    def __init__(self, tokens: EditionTokens) -> None:
        super().__init__(tokens)
        self.edits: Edits = tokens.edits


def builder_functions(names: list[str]) -> list[Build]:
    """The functions with these names."""
    functions: dict[str, Build] = {}
    for module in (terms, operators, records, strings, patterns):
        functions.update(vars(module))
    functions.update(LISTS)
    for module in (values, types):
        functions.update(vars(module))
    return [functions[name] for name in names]
