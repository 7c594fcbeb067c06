"""The front end of the 2021 edition: from a text to the tree that the modern front end would build of its translation."""

from __future__ import annotations

from contractlang.circumstances import DeepStacks
from contractlang.edition2021 import lexer
from contractlang.edition2021.builder import EditionBuilding, builder_functions
from contractlang.edition2021.lower import Lowering
from contractlang.edition2021.tokens import KIND, NAMES, SPELLINGS
from contractlang.syntax import nodes as n
from contractlang.syntax import tables
from contractlang.syntax.driver import Machine
from contractlang.syntax.dump import fields
from contractlang.syntax.problem import Problem, Unexpected
from contractlang.syntax.trial import Trial

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.driver import Build
    from contractlang.syntax.tables import Tables

_loaded: tuple[Tables, list[Build]] | None = None


class Parsed:
    """`tree`: as the grammar builds it, `lowered`: in modern terms (a hole if the text does not parse)."""

    __slots__ = ("building", "lowered", "lowering", "tree")

    def __init__(self, tree: n.Expr, building: EditionBuilding, lowering: Lowering, lowered: n.Expr) -> None:
        self.tree = tree
        self.building = building
        self.lowering = lowering
        self.lowered = lowered

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the text."""
        return sorted(
            [*self.building.tokens.problems, *self.building.problems], key=lambda problem: (problem.start, problem.end)
        )


def parse(text: str) -> Parsed:
    """Parses a program. Never raises."""
    with DeepStacks():
        building, tree = _tree(text)
        lowering = Lowering(building)
        if tree is None:
            hole = n.Hole(0, len(text))
            return Parsed(hole, building, lowering, hole)
        return Parsed(tree, building, lowering, lowering.program(tree))


def parse_type(text: str) -> n.Expr | None:
    """The tree of a type, without looking up any names; None if it is none."""
    before = "0|"
    annotated = parse(before + text).tree
    if not isinstance(annotated, n.Annotated) or len(annotated.annots) != 1:
        return None
    value = annotated.annots[0].value
    if not isinstance(value, n.Expr):
        return None
    _shift(value, len(before))
    return value


def _shift(node: n.Node, distance: int) -> None:
    """Moves a tree towards the beginning of its text."""
    node.start -= distance
    node.end -= distance
    for name in fields(type(node)):
        value = getattr(node, name)
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, n.Node):
                _shift(item, distance)


def _tree(text: str) -> tuple[EditionBuilding, n.Expr | None]:
    global _loaded  # noqa: PLW0603 - read once, by the first parse
    if _loaded is None:
        loaded = tables.load(__file__)
        _loaded = loaded, builder_functions(loaded.actions)
    tokens = lexer.lex(text)
    building = EditionBuilding(tokens)
    machine = Machine(_loaded[0], _loaded[1], tokens, building)
    if machine.run():
        return building, machine.result
    if tokens.unclosed < 0 and not any(problem.code == "unmatched-brace" for problem in tokens.problems):
        building.problems.append(_unexpected(machine, text))
    return building, None


def _unexpected(machine: Machine, text: str) -> Problem:
    """The token that does not fit."""
    tokens = machine.tokens
    index = machine.index
    start, end = tokens.starts[index], tokens.ends[index]
    trial = Trial.of(machine)
    fitting = {name for name in NAMES if trial.accepts(KIND[name])}
    code = "unexpected-eof" if start >= len(text) else "unexpected-token"
    return Problem(code, start, end, Unexpected(text[start:end], _expected(fitting), _hint(machine, text, index), None))


def _expected(fitting: set[str]) -> str:
    """`expected …`; nothing where there is nothing helpful to say."""
    parts: list[str] = []
    if "LET" in fitting:
        parts.append("an expression")
        fitting -= {"IDENT", "LBRACE", "RBRACK"} if "RBRACK" not in fitting else {"IDENT", "LBRACE"}
    elif "BASE" in fitting and "HASH" in fitting:
        parts.append("a type, or a contract after `#`")
        fitting -= {"IDENT", "LBRACE", "GREATER"}
    elif "INFIX" in fitting:
        fitting -= {"IDENT", "LBRACE", "DOT", "COLON", "GREATER"}
        if fitting & set(SPELLINGS) <= {"$END"}:
            parts.append("an operator")
    parts += [text for name, text in SPELLINGS.items() if name in fitting and text not in parts]
    if not parts:
        return ""
    return "expected " + (f"{', '.join(parts[:-1])} or {parts[-1]}" if len(parts) > 1 else parts[0])


def _hint(machine: Machine, text: str, index: int) -> str | None:
    """What may have been meant, where the modern language or a habit shines through."""
    tokens = machine.tokens
    start, end = tokens.starts[index], tokens.ends[index]
    found = text[start:end]
    before = text[tokens.starts[index - 1] : tokens.ends[index - 1]] if index else ""
    if found == "#":
        return "in this edition comments begin with `//`; `#` marks a contract in a type"
    if found == "'":
        return "in this edition enum tags are written with a backtick: `` `Tag ``"
    if found in ("|>", ">") and before == "|":
        return "there is no `|>` in this edition: apply the function"
    if before in ("Num", "Str", "Bool", "Dyn", "List") or found in ("Num", "Str", "Bool", "Dyn", "List"):
        return f"types stand only after `:` and `|` in this edition: apply one with `(e | {found})`"
    if found == "(" and before in ("Assume", "Promise", "Contract", "Default", "ContractDefault", "Docstring"):
        return f"no space may stand before the parenthesis: write `{before}(`"
    return None
