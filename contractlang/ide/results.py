"""What is known of the result of a call.

Functions of the program are followed into their bodies, with the arguments in the environment. Functions under a type promise
their codomain; the type variables in it stand for what is known of the arguments: `std.array.map (fun s => s.port) services` is an
array of what `port` is in the elements of `services`. Of the library only types are used, except for the few functions whose
types say less than everybody knows.
"""

from __future__ import annotations

from contractlang.ide.knowledge import NOTHING, Env, Known, Term, TypeAt
from contractlang.ide.library import PREFIX
from contractlang.resolve import core
from contractlang.resolve.traversal import walk

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence

    from contractlang.ide.facts import Facts

    Given = Term | Known

# How deep calls are followed into functions.
DEEPEST_CALL = 5
# Functions of the library that make a contract of several.
COMBINATORS = {"Sequence", "all_of", "any_of"}
# Those that apply their first argument, a contract, with the label that is their second.
APPLIERS = {("contract", "apply"), ("contract", "check")}


def applied(facts: Facts, function: Known, args: Sequence[Given]) -> Known:
    """What is known of the result of a function applied to arguments."""
    if not args:
        return function
    result = special_result(facts, function, args)
    if result:
        return result
    for term in function.terms:
        if not term.unit.key.startswith(PREFIX):
            result |= _entered(facts, term, args)
    for contract in function.contracts:
        result |= promised(facts, contract, args)
    return result


def _entered(facts: Facts, term: Term, args: Sequence[Given]) -> Known:
    """The body of a function, its parameters standing for the arguments."""
    node, env = term.node, term.env
    if env is not None and env.depth >= DEEPEST_CALL:
        return NOTHING
    if isinstance(node, core.Match):
        result = NOTHING
        for branch in node.branches:
            inner = Env(env, {branch.pattern: args[0]})
            result |= applied(facts, facts.term(term.unit, branch.body, inner), args[1:])
        return result
    if not isinstance(node, core.Lam):
        return NOTHING
    missing = node.params[term.applied :]
    inner = Env(env, dict(zip(missing, args, strict=False)))
    if len(args) < len(missing):
        return Known([Term(term.unit, node, inner, term.applied + len(args))])
    return applied(facts, facts.term(term.unit, node.body, inner), args[len(missing) :])


# ---- types


def arrow(facts: Facts, contract: TypeAt) -> TypeAt | None:
    """The function type that a contract is, if it is one; below its `forall`s, if any."""
    for form in facts.forms(contract):
        if isinstance(form, TypeAt) and isinstance(form.type, core.TArrow):
            return form
    return None


def promised(facts: Facts, contract: TypeAt, args: Sequence[Given]) -> Known:
    """The result that a function type promises for arguments, type variables standing for what is known of these."""
    found = instantiated(facts, contract, args)
    if found is None:
        return NOTHING
    rest, env = found
    for _ in args:
        step = arrow(facts, TypeAt(rest.unit, rest.type, env if env is not None else rest.env))
        if step is None:
            return NOTHING
        assert isinstance(step.type, core.TArrow)
        rest = TypeAt(step.unit, step.type.codomain, step.env)
    return facts.under(rest)


def domain(facts: Facts, contract: TypeAt, index: int, args: Sequence[Given | None]) -> Known:
    """What a function type demands of the argument at an index, given what is known of the others (None: nothing)."""
    others: list[Given] = [NOTHING if arg is None or at == index else arg for at, arg in enumerate(args)]
    found = instantiated(facts, contract, others)
    if found is None:
        return NOTHING
    rest: TypeAt | None = TypeAt(found[0].unit, found[0].type, found[1])
    for _ in range(index):
        if rest is None:
            return NOTHING
        assert isinstance(rest.type, core.TArrow)
        rest = arrow(facts, TypeAt(rest.unit, rest.type.codomain, rest.env))
    if rest is None:
        return NOTHING
    assert isinstance(rest.type, core.TArrow)
    return facts.under(TypeAt(rest.unit, rest.type.domain, rest.env))


def instantiated(facts: Facts, contract: TypeAt, args: Sequence[Given]) -> tuple[TypeAt, Env | None] | None:
    """A function type, and an environment in which its type variables stand for what is known of the arguments."""
    start = arrow(facts, contract)
    if start is None:
        return None
    types: dict[core.TypeVar, Known] = {}
    env = Env(start.env, {}, types)
    functions = env.functions = list(env.functions)
    rest: TypeAt | None = start
    for arg in args:
        if rest is None:
            break
        assert isinstance(rest.type, core.TArrow)
        demanded = TypeAt(rest.unit, rest.type.domain, env)
        if isinstance(demanded.type, core.TArrow):
            functions.append((demanded, arg))
        else:
            match_type(facts, demanded, arg, types, 0)
        rest = arrow(facts, TypeAt(rest.unit, rest.type.codomain, env))
    # What functions answer depends on what the other arguments are.
    for demanded, arg in functions:
        match_type(facts, TypeAt(demanded.unit, demanded.type, env), arg, types, 0)
    return start, env


def match_type(facts: Facts, at: TypeAt, given: Given, types: dict[core.TypeVar, Known], depth: int) -> None:
    """Notes what the type variables of a type stand for when a value of it is given."""
    type_ = at.type
    if depth > DEEPEST_CALL:
        return
    if isinstance(type_, core.TVar):
        known = facts.of(given)
        if known:
            types[type_.var] = types.get(type_.var, NOTHING) | known
    elif isinstance(type_, core.TArray):
        match_type(facts, TypeAt(at.unit, type_.item, at.env), facts.elements(facts.of(given)), types, depth + 1)
    elif isinstance(type_, core.TDict):
        match_type(facts, TypeAt(at.unit, type_.item, at.env), facts.entries(facts.of(given)), types, depth + 1)
    elif isinstance(type_, core.TRecord):
        known = facts.of(given)
        for name, item, _, _ in type_.rows:
            value = facts.value(facts.field(known, name))
            match_type(facts, TypeAt(at.unit, item, at.env), value, types, depth + 1)
    elif isinstance(type_, core.TEnum):
        _match_variants(facts, at, type_, facts.of(given), types, depth)
    elif isinstance(type_, core.TArrow):
        domains: list[Given] = []
        rest: core.Type = type_
        while isinstance(rest, core.TArrow):
            domains.append(facts.under(TypeAt(at.unit, rest.domain, at.env)))
            rest = rest.codomain
        result = applied(facts, facts.of(given), domains)
        match_type(facts, TypeAt(at.unit, rest, at.env), result, types, depth + 1)


def _match_variants(
    facts: Facts, at: TypeAt, type_: core.TEnum, known: Known, types: dict[core.TypeVar, Known], depth: int
) -> None:
    for term in known.terms:
        if isinstance(term.node, core.Variant):
            for name, item, _, _ in type_.rows:
                if name == term.node.name and item is not None:
                    arg = Term(term.unit, term.node.arg, term.env)
                    match_type(facts, TypeAt(at.unit, item, at.env), arg, types, depth + 1)


# ---- the library


def library_member(term: Term) -> tuple[str, str] | None:
    """The file and name of the member of the library that a term is the value of."""
    if not term.unit.key.startswith(PREFIX) or not isinstance(term.unit.root, core.Record):
        return None
    for field in term.unit.root.fields:
        if field.value is term.node:
            return term.unit.key.removeprefix(PREFIX).removesuffix(".ncl"), field.name
    return None


def combined_contracts(facts: Facts, head: Known, args: Sequence[Term]) -> Known:
    """What is known of a contract that the library makes of an array of contracts."""
    if len(args) != 1:
        return NOTHING
    for term in head.terms:
        member = library_member(term)
        if member is not None and member[0] == "contract" and member[1] in COMBINATORS:
            return facts.elements(facts.of(args[0]))
        if member == ("contract", "custom"):
            return _applied_inside(facts, args[0])
    return NOTHING


def _applied_inside(facts: Facts, given: Term) -> Known:
    """The contracts that a contract made by hand applies to the value with its own label."""
    known = NOTHING
    for term in facts.of(given).terms:
        function = term.node
        if not isinstance(function, core.Lam) or not isinstance(function.params[0], core.PVar):
            continue
        label = function.params[0].binding
        for node in walk(function.body):
            if not isinstance(node, core.App) or len(node.args) < 2:
                continue
            handed = node.args[1]
            if isinstance(handed, core.Var) and handed.binding is label:
                for head in facts.term(term.unit, node.head, term.env).terms:
                    if library_member(head) in APPLIERS:
                        known |= facts.of(Term(term.unit, node.args[0], term.env))
    return known


def special_result(facts: Facts, function: Known, args: Sequence[Given]) -> Known:
    """What is known of the results of functions whose types say less than everybody knows."""
    for term in function.terms:
        member = library_member(term)
        if member == ("record", "merge_all") and len(args) == 1:
            return facts.elements(facts.of(args[0]))
        if member in (("record", "remove"), ("record", "filter"), ("record", "freeze")):
            return facts.of(args[-1]) if len(args) == (1 if member[1] == "freeze" else 2) else NOTHING
        if member in (("record", "insert"), ("record", "update")) and len(args) == 3:
            return facts.of(args[2])
        if member == ("contract", "apply") and len(args) == 3:
            return facts.of(args[2]) | _under_term(args[0])
        if member == ("record", "get") and len(args) == 2:
            name = constant_name(facts.of(args[0]))
            if name is not None:
                return facts.value(facts.field(facts.of(args[1]), name))
    return NOTHING


def _under_term(contract: Given) -> Known:
    """What is known of a value under a contract that is an argument."""
    if isinstance(contract, Known):
        return NOTHING
    node = contract.node
    return Known([], [TypeAt(contract.unit, core.TContract(node.start, node.end, node), contract.env)])


def constant_name(known: Known) -> str | None:
    """The string that a value is known to be."""
    values = [term.node.value for term in known.terms if isinstance(term.node, core.Lit)]
    return values[0] if len(values) == 1 and isinstance(values[0], str) else None
