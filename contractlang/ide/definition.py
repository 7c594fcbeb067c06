"""Where a name is defined, where it is declared, and where the contract of its value is."""

from __future__ import annotations

import re

from contractlang.ide.entities import Entity, binding_place, entity_at, known_of, place, site_places
from contractlang.ide.facts import Facts
from contractlang.ide.knowledge import TypeAt
from contractlang.ide.places import Place
from contractlang.ide.tags import tag_length
from contractlang.resolve import core

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterable

    from contractlang.workspace.workspace import Snapshot


def definition(snapshot: Snapshot, path: str, offset: int) -> list[Place]:
    """The places that define what is named at an offset: of a merged field all of its definitions, else the contracts that
    declare it; of an import the file. Empty where nothing is known."""
    facts = Facts(snapshot)
    entity = entity_at(snapshot, facts, path, offset)
    if entity is None:
        return []
    if entity.kind == "import":
        return _imported(entity)
    if entity.kind == "tag":
        return _tag(facts, entity)
    if entity.kind == "type variable":
        return _once([type_variable_place(entity)])
    if entity.kind == "field":
        declaring = [site for site in entity.sites if site.kind != "pattern"] or entity.sites
        defining = [site for site in declaring if site.value is not None or site.kind == "value"]
        return _once(each for site in defining or declaring for each in site_places(site))
    places = [] if entity.binding is None else _once([binding_place(facts, entity.unit, entity.binding)])
    if entity.declares:
        # `{ name }` in a pattern: who asks there wants to know where the field comes from.
        fields = [each for site in entity.sites if site.kind != "pattern" for each in site_places(site)]
        return _once(fields) or places
    return places


def declaration(snapshot: Snapshot, path: str, offset: int) -> list[Place]:
    """The places that declare what is named at an offset: of a field the contracts and types that list it, if there are any."""
    facts = Facts(snapshot)
    entity = entity_at(snapshot, facts, path, offset)
    if entity is not None and entity.kind == "field":
        declaring = [site for site in entity.sites if site.kind in {"contract", "type"}]
        places = _once(each for site in declaring for each in site_places(site))
        if places:
            return places
    return definition(snapshot, path, offset)


def type_definition(snapshot: Snapshot, path: str, offset: int) -> list[Place]:
    """The places where the contracts of the value named at an offset are defined: the name of a contract where it is bound,
    or a type where it is written out. Of arrays and dictionaries, that of what is in them."""
    facts = Facts(snapshot)
    entity = entity_at(snapshot, facts, path, offset)
    if entity is None:
        return []
    places: list[Place | None] = []
    for contract in known_of(facts, entity).contracts:
        places += _contract_places(facts, contract)
    return _once(places)


def _contract_places(facts: Facts, contract: TypeAt) -> list[Place | None]:
    type_ = contract.type
    while isinstance(type_, (core.TArray, core.TDict, core.TForall)):
        type_ = type_.body if isinstance(type_, core.TForall) else type_.item
    if isinstance(type_, (core.TRecord, core.TEnum)):
        return [place(contract.unit, type_.start, type_.end)]
    if not isinstance(type_, core.TContract):
        return []
    return expression_places(facts, contract.unit, type_.expr)


def expression_places(facts: Facts, unit: core.Unit, expr: core.Core) -> list[Place | None]:
    """Where what an expression names is defined; the expression itself if it is a record that is written out."""
    while isinstance(expr, core.App):
        expr = expr.head
    if isinstance(expr, core.Var):
        return [binding_place(facts, unit, expr.binding)]
    if isinstance(expr, core.Access):
        sites = facts.field(facts.term(unit, expr.record), expr.name)
        return [each for site in sites for each in site_places(site)]
    if isinstance(expr, core.Import):
        return [Place(expr.key.split(":", 1)[-1], 0, 0)]
    if isinstance(expr, core.Op) and expr.op == "&":
        return [each for arg in expr.args for each in expression_places(facts, unit, arg)]
    if isinstance(expr, core.Record):
        return [place(unit, expr.start, expr.end)]
    return []


def _imported(entity: Entity) -> list[Place]:
    node = entity.node
    assert isinstance(node, core.Import)
    return [Place(node.key.split(":", 1)[-1], 0, 0)]


def _tag(facts: Facts, entity: Entity) -> list[Place]:
    """Where the enum type lists the tag that a value is expected to be."""
    from contractlang.ide.expected import expected

    if entity.declares:
        return [place(entity.unit, entity.start, entity.end)]
    rows = facts.tags(expected(facts, entity.unit, entity.path)).get(entity.name, [])
    return _once(place(at.unit, start, start + tag_length(at.unit, start)) for at, start, _, _ in rows)


def type_variable_place(entity: Entity) -> Place | None:
    """Where the `forall` binds a type variable."""
    for node in reversed(entity.path):
        if isinstance(node, core.TForall) and node.var is entity.type_var:
            start = _variable_start(entity.unit.source.text, node.start, node.var.name)
            return place(entity.unit, start, start + len(node.var.name))
    return None


def _variable_start(text: str, forall: int, name: str) -> int:
    """Where a `forall` binds a variable: its own node begins at the `forall` or at the name."""
    match = re.compile(rf"(?<![\w'-]){re.escape(name)}(?![\w'-])").search(text, forall)
    return forall if match is None else match.start()


def _once(places: Iterable[Place | None]) -> list[Place]:
    """The places in their order, each once, those that are not known left out."""
    return list(dict.fromkeys(each for each in places if each is not None))
