"""What the name under a cursor stands for: a variable, a field, an enum tag, a type, a file.

The name may be where the thing is declared or where it is used; features that ask "what is this?" begin here.
"""

from __future__ import annotations

from contractlang.ide.cursor import in_comment, touched
from contractlang.ide.data_units import place_of
from contractlang.ide.expected import expected, field_known
from contractlang.ide.facts import Facts
from contractlang.ide.knowledge import NOTHING, Known, Site
from contractlang.ide.library import PREFIX
from contractlang.ide.places import Place
from contractlang.resolve import core
from contractlang.resolve.traversal import path_at
from contractlang.syntax import tokens as t

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.workspace.workspace import Snapshot

# Tokens that a cursor may touch while it is at something that has a name.
NAMING = frozenset(
    {t.IDENT, t.INCLUDE, t.AS, t.META, t.DOC, t.PRIORITY, t.STR, t.TAG, t.BASE, t.DYN, t.ARRAY, t.IMPORT}
)


class Entity:
    """`kind`: "variable", "field", "tag", "type variable", "type" (a built-in one), or "import".

    `start`, `end`: the name under the cursor; `path`: the nodes from the root of `unit` to there. `binding`: of variables and of
    fields that are referred to by their names. `sites`: where a field is declared. `declares`: the cursor is at a declaration.
    """

    __slots__ = ("binding", "declares", "end", "kind", "name", "path", "sites", "start", "type_var", "unit")

    def __init__(
        self,
        kind: str,
        name: str,
        unit: core.Unit,
        path: list[core.Node],
        start: int,
        end: int,
        *,
        binding: core.Binding | None = None,
        sites: list[Site] | None = None,
        type_var: core.TypeVar | None = None,
        declares: bool = False,
    ) -> None:
        self.kind = kind
        self.name = name
        self.unit = unit
        self.path = path
        self.start = start
        self.end = end
        self.binding = binding
        self.sites = sites or []
        self.type_var = type_var
        self.declares = declares

    @property
    def node(self) -> core.Node:
        return self.path[-1]


def entity_at(snapshot: Snapshot, facts: Facts, path: str, offset: int) -> Entity | None:
    """What the name at an offset stands for; None where there is no name."""
    unit = facts.unit(path)
    if unit is None or unit.root is None:
        return None
    tokens = facts.tokens(path)
    if in_comment(tokens, offset):
        return None
    index = touched(tokens, offset)
    if index < 0 or tokens.kinds[index] not in NAMING:
        return None
    return entity_of(facts, unit, path_at(unit.root, tokens.starts[index]), tokens.starts[index], tokens.ends[index])


def entity_of(facts: Facts, unit: core.Unit, path: list[core.Node], start: int, end: int) -> Entity | None:
    """What the name from `start` to `end` stands for, `path` being the nodes from the root to there."""
    node = path[-1]
    if isinstance(node, core.Var) and node.start == start:
        return _variable(facts, unit, path, node.binding, start, end)
    if isinstance(node, core.PVar) and node.start == start:
        return _pattern_variable(facts, unit, path, node, start, end)
    if isinstance(node, core.Access) and node.name_start <= start < max(node.name_end, start + 1):
        sites = facts.field(facts.term(unit, node.record), node.name)
        return Entity("field", node.name, unit, path, node.name_start, node.name_end, sites=sites)
    if isinstance(node, core.Field) and (start, end) in node.occurrences:
        return _declared_field(facts, unit, path, node, start, end)
    if isinstance(node, core.PField) and node.start == start:
        sites = pattern_sites(facts, unit, path)
        return Entity("field", node.name, unit, path, start, node.end, sites=sites)
    if isinstance(node, core.Import):
        return Entity("import", node.path, unit, path, node.start, node.end)
    if isinstance(node, (core.Tag, core.Variant, core.PTag, core.TEnum)):
        return _tag(unit, path, node, start, end)
    if isinstance(node, core.TRecord):
        for name, type_, row_start, row_end in node.rows:
            if row_start == start:
                site = Site("type", unit, name, row_start, row_end, type=type_)
                return Entity("field", name, unit, path, start, end, sites=[site], declares=True)
    if isinstance(node, core.TVar):
        return Entity("type variable", node.var.name, unit, path, start, end, type_var=node.var)
    if isinstance(node, core.TBase) or (isinstance(node, core.TArray) and node.start == start):
        return Entity("type", unit.source.text[start:end], unit, path, start, end)
    return _named_in_pattern(facts, unit, path, start, end)


def _variable(
    facts: Facts, unit: core.Unit, path: list[core.Node], binding: core.Binding, start: int, end: int
) -> Entity:
    if binding.kind != "field":
        return Entity("variable", binding.name, unit, path, start, end, binding=binding)
    found = facts.declaration(unit, binding)
    sites: list[Site] = []
    if found is not None:
        owner, where = found
        assert isinstance(where[-1], core.Field)
        sites = field_sites(facts, owner, where)
    return Entity("field", binding.name, unit, path, start, end, binding=binding, sites=sites)


def _pattern_variable(
    facts: Facts, unit: core.Unit, path: list[core.Node], node: core.PVar, start: int, end: int
) -> Entity:
    field = path[-2] if len(path) > 1 else None
    sites: list[Site] = []
    if isinstance(field, core.PField) and field.start == node.start:
        # `{ name }` takes a field and binds a variable at once.
        sites = pattern_sites(facts, unit, path[:-1])
    return Entity(
        "variable", node.binding.name, unit, path, start, end, binding=node.binding, sites=sites, declares=True
    )


def pattern_sites(facts: Facts, unit: core.Unit, path: list[core.Node]) -> list[Site]:
    """Where the field is declared that the field pattern at the end of a path takes; the pattern itself comes last."""
    field = path[-1]
    assert isinstance(field, core.PField)
    own = Site("pattern", unit, field.name, field.start, field.end, pattern=field)
    return [*facts.field(expected(facts, unit, path[:-1]), field.name), own]


def _declared_field(
    facts: Facts, unit: core.Unit, path: list[core.Node], field: core.Field, start: int, end: int
) -> Entity:
    sites = field_sites(facts, unit, path)
    return Entity("field", field.name, unit, path, start, end, binding=field.binding, sites=sites, declares=True)


def field_sites(facts: Facts, unit: core.Unit, path: list[core.Node]) -> list[Site]:
    """Where the field at the end of a path is declared: there, and in the contracts and merges that its record is part of."""
    field = path[-1]
    assert isinstance(field, core.Field)
    own = Site("value", unit, field.name, field.start, field.end, field=field)
    if len(path) < 2:
        return [own]
    others = facts.field(expected(facts, unit, path[:-1]), field.name)
    return [own, *(site for site in others if site.field is not field)]


def _tag(unit: core.Unit, path: list[core.Node], node: core.Node, start: int, end: int) -> Entity | None:
    if isinstance(node, core.TEnum):
        for name, _, row_start, _ in node.rows:
            if row_start == start:
                return Entity("tag", name, unit, path, start, end, declares=True)
        return None
    assert isinstance(node, (core.Tag, core.Variant, core.PTag))
    return Entity("tag", node.name, unit, path, start, end) if node.start == start else None


def _named_in_pattern(facts: Facts, unit: core.Unit, path: list[core.Node], start: int, end: int) -> Entity | None:
    """Variables that are bound beside patterns: `name @ pattern` and `..rest`; those of `forall`."""
    for at in range(len(path) - 1, -1, -1):
        node = path[at]
        binding = None
        if isinstance(node, core.PAlias):
            binding = node.binding
        elif isinstance(node, (core.PRec, core.PArr)):
            binding = node.rest
        elif isinstance(node, core.TForall) and unit.source.text[start:end] == node.var.name:
            return Entity("type variable", node.var.name, unit, path, start, end, type_var=node.var, declares=True)
        if binding is not None and binding.start == start:
            return Entity("variable", binding.name, unit, path, start, end, binding=binding, declares=True)
    return None


# ---- what is known of an entity


def known_of(facts: Facts, entity: Entity) -> Known:
    """What is known of the value that a variable or field has."""
    if entity.kind == "field" and entity.sites:
        known = facts.value(entity.sites)
        node = entity.node
        if entity.declares and isinstance(node, core.Field):
            known |= field_known(facts, entity.unit, entity.path)
        return known
    if entity.binding is not None:
        return facts.binding(entity.unit, entity.binding)
    node = entity.node
    if isinstance(node, core.Core):
        return facts.term(entity.unit, node)
    return NOTHING


# ---- places


def place(unit: core.Unit, start: int, end: int) -> Place:
    """A place in the source of a unit."""
    return Place(unit.path or unit.source.name, start, end)


def site_places(site: Site) -> list[Place]:
    """Where the name of a field stands at one of its declarations."""
    field = site.field
    if field is not None and isinstance(field.value, core.Import) and field.value.key.startswith(PREFIX):
        return [Place(field.value.key, 0, 0)]
    if site.unit.format != "Nickel":
        found = None if field is None else place_of(site.unit.format, site.unit.source.text, field)
        return [place(site.unit, *found)] if found is not None else [place(site.unit, 0, 0)]
    if field is not None and field.occurrences:
        return [place(site.unit, start, end) for start, end in field.occurrences]
    return [] if site.start < 0 else [place(site.unit, site.start, site.end)]


def binding_place(facts: Facts, unit: core.Unit, binding: core.Binding) -> Place | None:
    """Where a name is declared; the module itself for `std`."""
    if binding.kind == "std":
        return Place("std/std.ncl", 0, 0)
    found = facts.declaration(unit, binding)
    return None if found is None else place(found[0], binding.start, binding.end)
