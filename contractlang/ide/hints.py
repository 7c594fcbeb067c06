"""Inlay hints: the types of names that are not annotated, and the names of parameters before arguments."""

from __future__ import annotations

from contractlang.ide.describe import shape
from contractlang.ide.facts import Facts
from contractlang.ide.hover import parameter_names
from contractlang.resolve import core
from contractlang.resolve.traversal import children, covers

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.workspace.workspace import Snapshot

LONGEST = 40


class Hint:
    """A text shown at an offset as if it stood there. `kind`: "type" or "parameter"."""

    __slots__ = ("kind", "offset", "text")

    def __init__(self, offset: int, text: str, kind: str) -> None:
        self.offset = offset
        self.text = text
        self.kind = kind

    def __repr__(self) -> str:
        return f"Hint({self.offset}, {self.text!r}, {self.kind!r})"


def inlay_hints(
    snapshot: Snapshot, path: str, start: int, end: int, *, types: bool = True, parameters: bool = True
) -> list[Hint]:
    """The hints in a stretch of a file, in the order of the text; `types`: those of `let`s and parameters whose types the checker
    has inferred or that are evident, `parameters`: those of arguments that are no names themselves."""
    facts = Facts(snapshot, callers=False)
    unit = facts.unit(path)
    if unit is None or unit.root is None:
        return []
    hints: list[Hint] = []
    work: list[core.Node] = [unit.root]
    while work:
        node = work.pop()
        if types and isinstance(node, core.LetBinding):
            hints += _let(facts, unit, node)
        elif types and isinstance(node, core.Lam):
            hints += _parameters(facts, unit, node)
        elif parameters and isinstance(node, core.App):
            hints += _arguments(facts, unit, node)
        work += [child for child in children(node) if _touches(child, start, end)]
    hints = [hint for hint in hints if start <= hint.offset <= end]
    hints.sort(key=lambda hint: hint.offset)
    return hints


def _touches(node: core.Node, start: int, end: int) -> bool:
    """Whether a node has any part in a stretch."""
    if isinstance(node, core.Field):
        return any(decl.start <= end and start <= decl.end for decl in node.decls) or covers(node, start)
    if isinstance(node, (core.DynField, core.PField)):
        return True
    return node.start <= end and start <= node.end


def _let(facts: Facts, unit: core.Unit, binding: core.LetBinding) -> list[Hint]:
    pattern = binding.pattern
    if not isinstance(pattern, core.PVar) or binding.meta.type is not None or binding.meta.contracts:
        return []
    type_ = facts.static_type(unit, pattern.binding, binding.value)
    if type_ is None:
        value = binding.value
        if isinstance(
            value, (core.Lit, core.Record, core.Lam, core.Import, core.TypeTerm, core.Interp, core.Tag, core.Match)
        ):
            return []  # plain to see
        type_ = shape(facts, facts.term(unit, value))
    return _type_hint(pattern.end, type_)


def _parameters(facts: Facts, unit: core.Unit, function: core.Lam) -> list[Hint]:
    hints: list[Hint] = []
    for param in function.params:
        if (
            isinstance(param, core.PVar)
            and param.end > param.start
            and unit.source.text[param.start : param.end] == param.binding.name
        ):
            type_ = facts.static_type(unit, param.binding, param) or shape(facts, facts.binding(unit, param.binding))
            hints += _type_hint(param.end, type_)
    return hints


def _type_hint(offset: int, type_: str) -> list[Hint]:
    if type_ == "Dyn" or type_.startswith("_") or len(type_) > LONGEST:
        return []
    return [Hint(offset, f" : {type_}", "type")]


def _arguments(facts: Facts, unit: core.Unit, call: core.App) -> list[Hint]:
    """The names of the parameters that constants and literals are given for; what has a name says enough by itself."""
    if len(call.args) == 1 and call.args[0].end <= call.head.start:
        return []  # `x |> f`
    if not any(_needs_name(arg) for arg in call.args):
        return []
    names = parameter_names(facts.term(unit, call.head))
    return [
        Hint(arg.start, f"{name}: ", "parameter")
        for name, arg in zip(names, call.args, strict=False)
        if _needs_name(arg) and name.replace("_", "").isalnum() and not name.startswith("_")
    ]


def _needs_name(arg: core.Core) -> bool:
    return isinstance(arg, (core.Lit, core.Array, core.Record, core.Tag, core.Interp, core.Op, core.If))
