"""What is expected of a value where it stands: its contract, what it is merged with, what the function demands that takes it.

A position is the list of nodes from the root of a unit to the one in question (`tree.path_at`). What is expected is given like
what is known: a record literal under a contract is expected to have the contract's fields.
"""

from __future__ import annotations

from contractlang.ide import results
from contractlang.ide.knowledge import NOTHING, Env, Known, Term, contracts_of
from contractlang.ide.projection import argument, pattern_known
from contractlang.resolve import core
from contractlang.resolve.traversal import path_at

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.ide.facts import Facts

# How many calls of a function are looked at for what its parameters may be.
MOST_CALLS = 12


def expected(facts: Facts, unit: core.Unit, path: list[core.Node]) -> Known:
    """What is expected of the value of the last node of a path."""
    # Most nodes expect nothing of what is inside of them: begin at the last one that does not hand anything on.
    found = facts.expectations
    first = len(path) - 1
    while first > 0 and path[first] not in found and not _starts_anew(path[first - 1], path[first]):
        first -= 1
    known = found.get(path[first], NOTHING)
    if first == 0 and path[0] is unit.root and path[0] not in found:
        known = found[path[0]] = facts.expected_of_file(unit)
    for at in range(first + 1 if path[first] in found else max(first, 1), len(path)):
        known = found[path[at]] = _step(facts, unit, path[: at + 1], known)
    return known


def _starts_anew(parent: core.Node, child: core.Node) -> bool:
    """Whether what is expected of a part does not depend on what is expected of the whole."""
    if isinstance(parent, (core.LetBinding, core.App, core.Interp, core.Type, core.AndOr, core.TypeTerm)):
        return True
    if isinstance(parent, core.Op):
        return parent.op not in {"&", "&piecewise", "@"}
    if isinstance(parent, core.If):
        return child is parent.cond
    return isinstance(parent, core.Let) and child is not parent.body


def _step(facts: Facts, unit: core.Unit, path: list[core.Node], known: Known) -> Known:
    """What is expected of the last node of a path, `known` being expected of the one before it."""
    parent, child = path[-2], path[-1]
    if isinstance(parent, core.Record):
        if isinstance(child, core.Field):
            return facts.value(facts.field(known, child.name))
        return facts.entries(Known([], known.contracts))
    if isinstance(parent, core.Field):
        if isinstance(child, core.Type):
            return NOTHING
        pieces = [value for value, _ in parent.pieces if value is not child]
        for piece in pieces:
            known |= facts.term(unit, piece)
        return known | Known([], contracts_of(unit, parent.meta))
    if isinstance(parent, core.LetBinding):
        if child is parent.value:
            return Known([], contracts_of(unit, parent.meta)) | pattern_known(unit, parent.pattern)
        if child is parent.pattern:
            return facts.term(unit, parent.value) | Known([], contracts_of(unit, parent.meta))
        return NOTHING
    if isinstance(parent, core.Annot):
        return known | Known([], contracts_of(unit, parent.meta)) if child is parent.value else NOTHING
    if isinstance(parent, core.Let):
        return known if child is parent.body else NOTHING
    if isinstance(parent, core.If):
        return known if child is not parent.cond else NOTHING
    if isinstance(parent, core.Op):
        return _operand(facts, unit, parent, child, known)
    if isinstance(parent, core.App):
        return _argument(facts, unit, path, parent, child)
    if isinstance(parent, core.Array):
        return facts.elements(Known([], known.contracts))
    if isinstance(parent, core.Lam):
        if child is parent.body:
            return codomain(facts, known, len(parent.params))
        return parameter_known(facts, unit, path[:-1], child) if isinstance(child, core.Pattern) else NOTHING
    if isinstance(parent, core.Match):
        return known
    if isinstance(parent, core.Branch):
        if child is parent.pattern:
            return scrutinee(facts, unit, path[:-2])
        return codomain(facts, known, 1) if child is parent.body else NOTHING
    if isinstance(parent, core.Variant):
        return argument(facts, Known([], known.contracts), parent.name)
    if isinstance(parent, core.DynField):
        return known | Known([], contracts_of(unit, parent.meta)) if child is parent.value else NOTHING
    if isinstance(parent, (core.Pattern, core.PField)):
        return _in_pattern(facts, unit, parent, child, known)
    return NOTHING


def _operand(facts: Facts, unit: core.Unit, parent: core.Op, child: core.Node, known: Known) -> Known:
    others = [arg for arg in parent.args if arg is not child]
    if parent.op in {"&", "&piecewise"}:
        for other in others:
            known |= facts.term(unit, other)
        return known
    if parent.op in {"==", "!="}:
        return facts.term(unit, others[0]) if others else NOTHING
    return known if parent.op == "@" else NOTHING


def _argument(facts: Facts, unit: core.Unit, path: list[core.Node], parent: core.App, child: core.Node) -> Known:
    """What a call demands of one of its arguments."""
    index = next((at for at, arg in enumerate(parent.args) if arg is child), None)
    if index is None:
        return NOTHING
    known = NOTHING
    head = facts.term(unit, parent.head)
    args: list[Term | Known | None] = [Term(unit, arg) for arg in _all_arguments(path, parent)]
    for contract in head.contracts:
        known |= results.domain(facts, contract, index, args)
    for term in head.terms:
        if isinstance(term.node, core.Lam) and term.applied + index < len(term.node.params):
            known |= pattern_known(term.unit, term.node.params[term.applied + index])
    return known


def _all_arguments(path: list[core.Node], call: core.App) -> list[core.Core]:
    """The arguments of a call and those of the calls of its result: `xs |> map f` is `(map f) xs`."""
    args = list(call.args)
    at = len(path) - 3 if path[-1] is not call else len(path) - 2
    while at >= 0:
        outer, inner = path[at], path[at + 1]
        if not isinstance(outer, core.App) or outer.head is not inner:
            break
        args += outer.args
        at -= 1
    return args


def codomain(facts: Facts, known: Known, count: int) -> Known:
    """What function contracts promise of the result after so many arguments."""
    result = NOTHING
    for contract in known.contracts:
        result |= results.promised(facts, contract, [NOTHING] * count)
    return result


def parameter_known(facts: Facts, unit: core.Unit, path: list[core.Node], param: core.Pattern) -> Known:
    """What is known of a parameter of the function at the end of a path: by its contract, or else by where it is called."""
    function = path[-1]
    assert isinstance(function, core.Lam)
    index = next(at for at, each in enumerate(function.params) if each is param)
    known = NOTHING
    for contract in expected(facts, unit, path).contracts:
        known |= results.domain(facts, contract, index, [None] * len(function.params))
    if len(path) > 1:
        call = path[-2]
        if isinstance(call, core.App) and call.head is function and index < len(call.args):
            known |= facts.term(unit, call.args[index])
    return known or _by_calls(facts, unit, path, index)


def _by_calls(facts: Facts, unit: core.Unit, path: list[core.Node], index: int) -> Known:
    """What the calls of a function that has a name give for its parameter at an index."""
    declared = path[-2] if len(path) > 1 else None
    binding = None
    if isinstance(declared, core.LetBinding) and isinstance(declared.pattern, core.PVar):
        binding = declared.pattern.binding
    elif isinstance(declared, core.Field):
        binding = declared.binding
    if binding is None or unit.root is None:
        return NOTHING
    known = NOTHING
    for start, _ in facts.uses(unit, binding)[:MOST_CALLS]:
        around = path_at(unit.root, start)
        if len(around) > 1 and isinstance(around[-2], core.App) and around[-2].head is around[-1]:
            args = _all_arguments(around, around[-2])
            if index < len(args):
                known |= facts.term(unit, args[index])
    return known


def scrutinee(facts: Facts, unit: core.Unit, path: list[core.Node]) -> Known:
    """What is known of what the `match` at the end of a path is applied to."""
    function = path[-1]
    known = NOTHING
    for contract in expected(facts, unit, path).contracts:
        known |= results.domain(facts, contract, 0, [None])
    if len(path) > 1:
        call = path[-2]
        if isinstance(call, core.App) and call.head is function and call.args:
            known |= facts.term(unit, call.args[0])
    return known


def _in_pattern(facts: Facts, unit: core.Unit, parent: core.Node, child: core.Node, known: Known) -> Known:
    if isinstance(parent, core.PRec) and isinstance(child, core.PField):
        return facts.value(facts.field(known, child.name)) | Known([], contracts_of(unit, child.meta))
    if isinstance(parent, core.PField):
        return known if child is parent.pattern or child is parent.default else NOTHING
    if isinstance(parent, core.PArr):
        return facts.elements(known)
    if isinstance(parent, core.PTag):
        return argument(facts, known, parent.name)
    return known if isinstance(parent, (core.POr, core.PAlias)) else NOTHING


def field_known(facts: Facts, unit: core.Unit, path: list[core.Node], env: Env | None = None) -> Known:
    """What is known of the value of the field at the end of a path: its definition, its annotations, and what is expected of it."""
    field = path[-1]
    assert isinstance(field, core.Field)
    known = NOTHING if field.value is None else facts.term(unit, field.value, env)
    for contract in contracts_of(unit, field.meta, env):
        known |= facts.under(contract)
    return known | expected(facts, unit, path)
