"""The front end's door: from a source text to its tree, whatever is wrong with it."""

from __future__ import annotations

from contractlang.syntax import nodes as n
from contractlang.syntax import tables
from contractlang.syntax.builder import builder_functions
from contractlang.syntax.building import Building
from contractlang.syntax.driver import Machine
from contractlang.syntax.lexer import lex

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.diagnostics.model import Diagnostic
    from contractlang.source import Source
    from contractlang.syntax.driver import Build
    from contractlang.syntax.tables import Tables
    from contractlang.syntax.tokens import Tokens

_loaded: tuple[Tables, list[Build]] | None = None


def parse(source: Source, internal: bool = False) -> tuple[n.Expr, list[Diagnostic]]:
    """The tree of a program and what is wrong with it, in the order of the text. Never raises; where something is missing the tree
    has holes. `internal` allows what only the standard library may use."""
    tokens = lex(source.text, internal)
    tree, building = build_tree(tokens, source.text)
    if not tokens.problems and not building.problems:
        return tree, []
    # Imported here because a program without mistakes has no use for it.
    from contractlang.syntax.wording import diagnostics

    return tree, diagnostics(source, tokens, building.problems)


def parse_tokens(source: Source, internal: bool = False) -> Tokens:
    """The tokens of a program and the places of its comments."""
    return lex(source.text, internal)


def build_tree(tokens: Tokens, text: str) -> tuple[n.Expr, Building]:
    """Parses tokens; problems are noted in what is returned beside the tree."""
    building = Building(tokens)
    return build(tokens, text, building, load()[1]), building


def load() -> tuple[Tables, list[Build]]:
    """The tables, and the builder function of each production; read once."""
    global _loaded  # noqa: PLW0603 - read once, by the first parse
    if _loaded is None:
        loaded = tables.load()
        _loaded = loaded, builder_functions(loaded.actions)
    return _loaded


def build(tokens: Tokens, text: str, building: Building, actions: list[Build]) -> n.Expr:
    """Parses tokens with certain builder functions, to which `building` is handed. Recovery changes the tokens."""
    machine = Machine(load()[0], actions, tokens, building)
    recovery = None
    while not machine.run():
        if recovery is None:
            from contractlang.syntax.recovery import Recovery

            recovery = Recovery(machine, text)
        if not recovery.recover():
            break
    tree: n.Expr = machine.result
    return tree
