"""The call hierarchy: which functions call a function, and which it calls.

A function is the value of a `let` or of a field. A call is an application, `|>` included, of its name; a function that is handed
to another one is mentioned there, and counts as called from there too: in this language that is what calling mostly looks like.
"""

from __future__ import annotations

from contractlang.ide.describe import shortened
from contractlang.ide.entities import Entity, binding_place, entity_at, entity_of, known_of, site_places
from contractlang.ide.facts import Facts
from contractlang.ide.library import is_library
from contractlang.ide.places import Place
from contractlang.ide.references import mentions
from contractlang.ide.symbols import detail_of
from contractlang.resolve import core
from contractlang.resolve.traversal import bound_by, path_at, walk

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.workspace.workspace import Snapshot


class Function:
    """A function in the hierarchy: `place` is its name, `start` to `end` its whole declaration, in the same file. What is outside
    of all functions is the file itself, with `is_file`."""

    __slots__ = ("detail", "end", "is_file", "name", "place", "start")

    def __init__(
        self, name: str, place: Place, start: int, end: int, detail: str = "", *, is_file: bool = False
    ) -> None:
        self.name = name
        self.place = place
        self.start = start
        self.end = end
        self.detail = detail
        self.is_file = is_file

    def __repr__(self) -> str:
        return f"<function {self.name} at {self.place}>"


class CallSite:
    """`function`: who calls, or who is called; `places`: the calls, in the file of the caller."""

    __slots__ = ("function", "places")

    def __init__(self, function: Function, places: list[Place]) -> None:
        self.function = function
        self.places = places


def prepare_calls(snapshot: Snapshot, path: str, offset: int) -> list[Function]:
    """The function that is named at an offset; empty if what is there is known to be none."""
    facts = Facts(snapshot)
    entity = entity_at(snapshot, facts, path, offset)
    if entity is None or not is_function(facts, entity):
        return []
    return [
        function for function in (function_at(facts, at) for at in _declarations(facts, entity)) if function is not None
    ]


def incoming_calls(snapshot: Snapshot, function: Function) -> list[CallSite]:
    """Who calls a function, in all files."""
    facts = Facts(snapshot)
    if function.is_file:
        return []
    entity = entity_at(snapshot, facts, function.place.path, function.place.start)
    if entity is None:
        return []
    found: dict[Place, CallSite] = {}
    for mention in mentions(snapshot, facts, entity).certain:
        if mention.writes or is_library(mention.place.path) or mention.unit.root is None:
            continue
        caller = enclosing_function(mention.unit, mention.place)
        site = found.setdefault(caller.place, CallSite(caller, []))
        if mention.place not in site.places:
            site.places.append(mention.place)
    for site in found.values():
        site.places.sort()
    return [found[at] for at in sorted(found)]


def outgoing_calls(snapshot: Snapshot, function: Function) -> list[CallSite]:
    """What a function calls."""
    facts = Facts(snapshot)
    unit = facts.unit(function.place.path)
    if unit is None or unit.root is None:
        return []
    found: dict[Place, CallSite] = {}
    for node in walk(unit.root):
        name = _called_name(node)
        if name is None or not function.start <= name[0] < function.end:
            continue
        here = Place(function.place.path, *name)
        if not function.is_file and enclosing_function(unit, here).place != function.place:
            continue
        if function.is_file and not enclosing_function(unit, here).is_file:
            continue
        entity = entity_of(facts, unit, path_at(unit.root, name[0]), *name)
        if entity is None or not is_function(facts, entity):
            continue
        for at in _declarations(facts, entity):
            called = function_at(facts, at)
            if called is not None:
                found.setdefault(called.place, CallSite(called, [])).places.append(here)
    for site in found.values():
        site.places = sorted(set(site.places))
    return [found[at] for at in sorted(found)]


def _called_name(node: core.Node) -> tuple[int, int] | None:
    """The name that a node mentions, if it is one that may be a function."""
    if isinstance(node, core.Var) and node.binding.kind != "std":
        return node.start, node.end
    if isinstance(node, core.Access):
        return node.name_start, node.name_end
    return None


def is_function(facts: Facts, entity: Entity) -> bool:
    """Whether what a name stands for is known to be a function."""
    if entity.kind not in {"variable", "field"}:
        return False
    known = known_of(facts, entity)
    if any(isinstance(term.node, (core.Lam, core.Match)) for term in known.terms):
        return True
    from contractlang.ide.results import arrow

    return any(arrow(facts, contract) is not None for contract in known.contracts)


def _declarations(facts: Facts, entity: Entity) -> list[Place]:
    """Where what a name stands for is defined."""
    if entity.kind == "field":
        defining = [site for site in entity.sites if site.value is not None] or entity.sites
        return list(dict.fromkeys(at for site in defining for at in site_places(site)[:1]))
    at = None if entity.binding is None else binding_place(facts, entity.unit, entity.binding)
    return [] if at is None else [at]


def function_at(facts: Facts, at: Place) -> Function | None:
    """The function whose name stands at a place."""
    unit = facts.unit(at.path)
    if unit is None or unit.root is None:
        return None
    for node in reversed(path_at(unit.root, at.start)):
        found = _declared(unit, node)
        if found is not None and found.place.start == at.start:
            return found
    return None


def _declared(unit: core.Unit, node: core.Node) -> Function | None:
    """The function that a field or `let` declares, whatever its value is."""
    path = unit.path or unit.key
    if isinstance(node, core.Field) and node.decls:
        decl = node.decls[0]
        at = Place(path, node.start, node.end)
        return Function(
            node.name, at, min(decl.start, node.start), max(decl.end, node.end), detail_of(unit, node.meta, None)
        )
    if isinstance(node, core.LetBinding):
        names = bound_by(node.pattern)
        if names and isinstance(node.pattern, core.PVar):
            at = Place(path, names[0].start, names[0].end)
            return Function(names[0].name, at, node.start, node.end, detail_of(unit, node.meta, None))
    return None


def enclosing_function(unit: core.Unit, at: Place) -> Function:
    """The innermost named function around a place; the file if there is none."""
    assert unit.root is not None
    path = path_at(unit.root, at.start)
    for number in range(len(path) - 1, -1, -1):
        node = path[number]
        value = node.value if isinstance(node, (core.Field, core.LetBinding)) else None
        inside = number + 1 < len(path) and path[number + 1] is value
        if inside and _is_function_literal(value):
            found = _declared(unit, node)
            if found is not None:
                return found
    path_name = unit.path or unit.key
    name = shortened(unit.source.name.replace("\\", "/").rsplit("/", 1)[-1])
    return Function(name, Place(path_name, 0, 0), 0, len(unit.source.text), is_file=True)


def _is_function_literal(value: core.Core | None) -> bool:
    while isinstance(value, (core.Annot, core.Let)):
        value = value.value if isinstance(value, core.Annot) else value.body
    return isinstance(value, (core.Lam, core.Match))
