"""Everywhere that a variable, field or tag is mentioned, in all files of the workspace.

Fields of one name are the same field where what is known of them rests on a common declaration: a field of a record, the contract
that the record is under, and the access through an import all belong together. An access to the same name on a value of which
nothing is known may or may not be one of them; it is no reference, but rename has to know of it (`Mentions.uncertain`).
"""

from __future__ import annotations

from functools import partial

from contractlang.ide.definition import type_variable_place
from contractlang.ide.entities import (
    Entity,
    binding_place,
    entity_at,
    field_sites,
    pattern_sites,
    place,
    site_places,
)
from contractlang.ide.facts import Facts
from contractlang.ide.knowledge import Site
from contractlang.ide.places import Place, in_order
from contractlang.ide.tags import tag_length
from contractlang.resolve import core
from contractlang.resolve.names import spells_identifier
from contractlang.resolve.traversal import path_at, walk

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from contractlang.workspace.workspace import Snapshot

# A name that occurs more often is looked for by walking the tree.
FEW = 64


class Mention:
    """One mention of a name. `writes`: it declares or defines. `node`: what mentions it."""

    __slots__ = ("node", "place", "sites", "unit", "writes")

    def __init__(self, unit: core.Unit, node: core.Node, place: Place, sites: list[Site], *, writes: bool) -> None:
        self.unit = unit
        self.node = node
        self.place = place
        self.sites = sites
        self.writes = writes


class Mentions:
    """`certain`: the mentions of one thing; `uncertain`: those of the same name of which nothing is known."""

    __slots__ = ("certain", "uncertain")

    def __init__(self, certain: list[Mention], uncertain: list[Mention]) -> None:
        self.certain = certain
        self.uncertain = uncertain


class Highlight:
    """A stretch of the file asked about. `kind`: "write" where the name is declared or defined, else "read"."""

    __slots__ = ("end", "kind", "start")

    def __init__(self, start: int, end: int, kind: str) -> None:
        self.start = start
        self.end = end
        self.kind = kind

    def __repr__(self) -> str:
        return f"Highlight({self.start}, {self.end}, {self.kind!r})"


def references(snapshot: Snapshot, path: str, offset: int, *, declarations: bool = True) -> list[Place]:
    """All places that mention what is named at an offset, sorted; `declarations`: also those that declare or define it."""
    facts = Facts(snapshot)
    entity = entity_at(snapshot, facts, path, offset)
    if entity is None:
        return []
    found = mentions(snapshot, facts, entity).certain
    return in_order(mention.place for mention in found if declarations or not mention.writes)


def highlights(snapshot: Snapshot, path: str, offset: int) -> list[Highlight]:
    """The mentions in the same file of what is named at an offset, sorted."""
    facts = Facts(snapshot)
    entity = entity_at(snapshot, facts, path, offset)
    if entity is None:
        return []
    found = mentions(snapshot, facts, entity, only=entity.unit).certain
    unique = {mention.place: mention for mention in found if mention.place.path == (entity.unit.path or path)}
    return [Highlight(at.start, at.end, "write" if unique[at].writes else "read") for at in sorted(unique)]


def mentions(snapshot: Snapshot, facts: Facts, entity: Entity, *, only: core.Unit | None = None) -> Mentions:
    """The mentions of an entity in all files, or in one unit."""
    if entity.kind == "field" or (entity.sites and entity.binding is None):
        units = [only] if only is not None else units_with(snapshot, facts, entity.name)
        return field_mentions(facts, units, entity.name, entity.sites)
    if entity.binding is not None:
        if entity.binding.kind == "std":
            units = [only] if only is not None else units_with(snapshot, facts, "std")
            return Mentions([each for unit in units for each in library_mentions(unit)], [])
        return Mentions(variable_mentions(facts, entity.unit, entity.binding), [])
    if entity.kind == "type variable":
        return Mentions(_type_variables(entity), [])
    if entity.kind == "tag":
        units = [only] if only is not None else [entity.unit]
        return Mentions([each for unit in units for each in _tags(unit, entity.name)], [])
    if entity.kind == "import":
        units = [only] if only is not None else units_with(snapshot, facts, "import")
        return Mentions([each for unit in units for each in _imports(unit, entity)], [])
    return Mentions([], [])


def units_with(snapshot: Snapshot, facts: Facts, text: str) -> list[core.Unit]:
    """The units of the workspace whose sources contain a text at all."""
    units: list[core.Unit] = []
    for path in snapshot.files():
        if path.endswith(".ncl") and text in snapshot.document(path).text:
            unit = facts.unit(path)
            if unit is not None and unit.root is not None:
                units.append(unit)
    return units


# ---- variables


def variable_mentions(facts: Facts, unit: core.Unit, binding: core.Binding) -> list[Mention]:
    """Where a variable is bound and used."""
    assert unit.root is not None
    found: list[Mention] = []
    for node, _ in _naming(facts, unit, binding.name):
        if isinstance(node, (core.Var, core.PVar)) and node.binding is binding:
            at = place(unit, node.start, node.end)
            found.append(Mention(unit, node, at, [], writes=isinstance(node, core.PVar)))
        elif (isinstance(node, core.PAlias) and node.binding is binding) or (
            isinstance(node, (core.PRec, core.PArr)) and node.rest is binding
        ):
            found.append(Mention(unit, node, place(unit, binding.start, binding.end), [], writes=True))
    declared = binding_place(facts, unit, binding)
    if declared is not None and all(mention.place != declared for mention in found):
        found.append(Mention(unit, unit.root, declared, [], writes=True))
    return found


def library_mentions(unit: core.Unit) -> list[Mention]:
    """Where a unit mentions `std`."""
    assert unit.root is not None
    return [
        Mention(unit, node, place(unit, node.start, node.end), [], writes=False)
        for node in walk(unit.root)
        if isinstance(node, core.Var) and node.binding.kind == "std"
    ]


# ---- fields


def site_keys(sites: Iterable[Site]) -> set[Hashable]:
    """What tells declarations of fields apart."""
    keys: set[Hashable] = set()
    for site in sites:
        if site.field is not None:
            keys.add(id(site.field))
        elif site.start >= 0:
            keys.add((site.unit.path, site.start))
    return keys


def field_mentions(facts: Facts, units: Iterable[core.Unit], name: str, sites: list[Site]) -> Mentions:
    """The mentions of the field that is declared at some places, and of whatever field is declared together with it."""
    candidates: list[tuple[Mention, set[Hashable]]] = []
    uncertain: list[Mention] = []
    for unit in units:
        for mention in _candidates(facts, unit, name):
            keys = site_keys(mention.sites)
            if keys:
                candidates.append((mention, keys))
            else:
                uncertain.append(mention)
    wanted = site_keys(sites)
    certain: list[Mention] = []
    while candidates:
        joined = [each for each in candidates if each[1] & wanted]
        if not joined:
            break
        candidates = [each for each in candidates if not each[1] & wanted]
        for mention, keys in joined:
            certain.append(mention)
            wanted |= keys
    # Declarations in the library and in data are in none of the units.
    known = {mention.place for mention in certain}
    for site in sites:
        declared = [at for at in site_places(site) if at not in known]
        certain += [Mention(site.unit, core.Hole(0, 0), at, [site], writes=True) for at in declared]
    return Mentions(certain, uncertain)


def _naming(facts: Facts, unit: core.Unit, name: str) -> Iterator[tuple[core.Node, Callable[[], list[core.Node]]]]:
    """The nodes of a unit that may mention a name, each once, and the nodes from the root to there. A name that stands in a few
    places is looked for there, others in the whole tree."""
    assert unit.root is not None
    root = unit.root
    tokens = facts.tokens(unit.path) if unit.path is not None and spells_identifier(name) else None
    if tokens is not None and 0 < tokens.values.count(name) <= FEW:
        seen: set[core.Node] = set()
        for start, value in zip(tokens.starts, tokens.values, strict=True):
            if value == name:
                whole = path_at(root, start)
                for length in (len(whole), len(whole) - 1):
                    if length > 0 and whole[length - 1] not in seen:
                        seen.add(whole[length - 1])
                        yield whole[length - 1], partial(_beginning, whole, length)
        return
    parents = facts.parents(unit, root)
    for node in walk(root):
        yield node, partial(parents.path_to, node)


def _beginning(path: list[core.Node], length: int) -> list[core.Node]:
    return path[:length]


def _candidates(facts: Facts, unit: core.Unit, name: str) -> list[Mention]:
    """The mentions of fields of a name in a unit, with what is known of each."""
    assert unit.root is not None
    found: list[Mention] = []
    for node, path in _naming(facts, unit, name):
        facts.begin()
        if isinstance(node, core.Access) and node.name == name:
            sites = facts.field(facts.term(unit, node.record), name)
            at = place(unit, node.name_start, node.name_end)
            found.append(Mention(unit, node, at, sites, writes=False))
        elif isinstance(node, core.Var) and node.binding.kind == "field" and node.binding.name == name:
            found.append(
                Mention(unit, node, place(unit, node.start, node.end), _of_binding(facts, unit, node), writes=False)
            )
        elif isinstance(node, core.Field) and node.name == name and node.occurrences:
            sites = field_sites(facts, unit, path())
            for start, end in node.occurrences:
                found.append(Mention(unit, node, place(unit, start, end), sites, writes=True))
        elif isinstance(node, core.PField) and node.name == name:
            sites = pattern_sites(facts, unit, path())
            found.append(Mention(unit, node, place(unit, node.start, node.end), sites, writes=False))
        elif isinstance(node, core.TRecord):
            for row, type_, start, end in node.rows:
                if row == name:
                    site = Site("type", unit, name, start, end, type=type_)
                    found.append(Mention(unit, node, place(unit, start, end), [site], writes=True))
    return found


def _of_binding(facts: Facts, unit: core.Unit, node: core.Var) -> list[Site]:
    found = facts.declaration(unit, node.binding)
    if found is None:
        return []
    owner, path = found
    return field_sites(facts, owner, path)


# ---- tags, type variables, imports


def _tags(unit: core.Unit, name: str) -> list[Mention]:
    """Tags are equal by name alone; those of one file are told to belong together."""
    assert unit.root is not None
    found: list[Mention] = []
    for node in walk(unit.root):
        if isinstance(node, (core.Tag, core.Variant, core.PTag)) and node.name == name:
            end = node.start + tag_length(unit, node.start)
            found.append(Mention(unit, node, place(unit, node.start, end), [], writes=False))
        elif isinstance(node, core.TEnum):
            for row, _, start, _ in node.rows:
                if row == name:
                    at = place(unit, start, start + tag_length(unit, start))
                    found.append(Mention(unit, node, at, [], writes=True))
    return found


def _type_variables(entity: Entity) -> list[Mention]:
    unit = entity.unit
    assert unit.root is not None
    found = [
        Mention(unit, node, place(unit, node.start, node.end), [], writes=False)
        for node in walk(unit.root)
        if isinstance(node, core.TVar) and node.var is entity.type_var
    ]
    binder = type_variable_place(entity)
    if binder is not None:
        found.append(Mention(unit, entity.node, binder, [], writes=True))
    return found


def _imports(unit: core.Unit, entity: Entity) -> list[Mention]:
    wanted = entity.node
    assert isinstance(wanted, core.Import)
    return [
        Mention(unit, node, place(unit, node.start, node.end), [], writes=False)
        for node in unit.imports
        if node.key == wanted.key
    ]
