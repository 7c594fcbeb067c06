"""Renaming variables, fields, tags and type variables everywhere at once, or saying why that cannot be done safely.

A field is renamed with all the declarations that it has together with others: in merged records, in the contract that a record is
under, in other files. Whatever the edits are, the edited programs are resolved again and compared with what they were: each name
must mean what it meant. That finds every capture and every clash, however it comes about.
"""

from __future__ import annotations

from contractlang.ide.entities import Entity, entity_at
from contractlang.ide.expected import expected
from contractlang.ide.facts import Facts
from contractlang.ide.library import is_library
from contractlang.ide.meaning import difference
from contractlang.ide.places import Place, TextEdit, apply_edits
from contractlang.ide.references import Mention, mentions
from contractlang.resolve import core
from contractlang.resolve.names import KEYWORDS, spells_identifier
from contractlang.resolve.traversal import children
from contractlang.syntax import tokens as t
from contractlang.syntax.literal_text import field_name_text, tag_text

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.workspace.workspace import Snapshot


class RenameRefused(Exception):
    """Why something cannot be renamed, in a sentence for whoever asked."""


class Renameable:
    """The name that would be replaced, and what it is now (without quotes)."""

    __slots__ = ("end", "name", "start")

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name


def prepare_rename(snapshot: Snapshot, path: str, offset: int) -> Renameable:
    """What would be renamed at an offset. Raises `RenameRefused`."""
    facts = Facts(snapshot)
    entity = _renameable(snapshot, facts, path, offset)
    return Renameable(entity.start, entity.end, entity.name)


def rename(snapshot: Snapshot, path: str, offset: int, new_name: str) -> list[TextEdit]:
    """The edits, in all files, that give what is named at an offset another name. Raises `RenameRefused`."""
    facts = Facts(snapshot)
    entity = _renameable(snapshot, facts, path, offset)
    new_name = _unquoted(entity, new_name)
    if new_name == entity.name:
        return []
    if entity.kind not in {"field", "tag"} and not spells_identifier(new_name):
        reason = "is a word of the language" if new_name in KEYWORDS else "is no identifier"
        raise RenameRefused(f"{new_name or 'an empty name'} {reason}")
    found = mentions(snapshot, facts, entity)
    if found.uncertain and entity.kind == "field":
        raise RenameRefused(_uncertain(snapshot, found.uncertain, entity.name))
    certain = list({mention.place: mention for mention in found.certain}.values())
    _check_places(facts, certain)
    if entity.kind == "field":
        _check_clashes(facts, certain, new_name)
    edits: set[TextEdit] = set()
    moved: dict[str, dict[int, TextEdit]] = {}
    for mention in certain:
        made = _edits(facts, mention, entity, new_name)
        edits.update(made)
        if made[-1].text.endswith(f" = {new_name if entity.kind != 'field' else entity.name}"):
            moved.setdefault(mention.place.path, {})[mention.place.start] = made[-1]
    _verify(facts, sorted(edits), moved, entity.name, new_name)
    return sorted(edits)


# ---- what can be renamed at all


def _renameable(snapshot: Snapshot, facts: Facts, path: str, offset: int) -> Entity:
    entity = entity_at(snapshot, facts, path, offset)
    if entity is None:
        raise RenameRefused("there is no name here")
    if entity.kind == "import":
        raise RenameRefused("files are renamed where they are: move the file")
    if entity.kind == "type":
        raise RenameRefused(f"{entity.name} is part of the language")
    if is_library(path) or (entity.binding is not None and entity.binding.kind == "std"):
        raise RenameRefused("the standard library cannot be renamed")
    if entity.kind == "field" and not entity.sites:
        raise RenameRefused(f"it is not known which record has the field {entity.name}")
    for site in entity.sites:
        if site.unit.format != "Nickel":
            raise RenameRefused(f"{entity.name} is a field of data: {site.unit.source.name}")
        if is_library(site.unit.path):
            raise RenameRefused("the standard library cannot be renamed")
    return entity


def _unquoted(entity: Entity, name: str) -> str:
    """A new name as the program means it: people may type the quotes of a field, or the apostrophe of a tag."""
    name = name.strip()
    if entity.kind == "tag":
        name = name.removeprefix("'")
    if entity.kind in {"field", "tag"} and len(name) >= 2 and name[0] == name[-1] == '"':
        name = name[1:-1]
    return name


def _uncertain(snapshot: Snapshot, uncertain: list[Mention], name: str) -> str:
    mention = uncertain[0]
    at = mention.place
    document = snapshot.document(at.path)
    line, column = document.source.lines.position(at.start)
    more = f" (and in {len(uncertain) - 1} more places)" if len(uncertain) > 1 else ""
    return (
        f"{document.source.name}:{line}:{column}{more} uses a field {name} of a value of which nothing is known: "
        "it may or may not be this one; a contract there would tell"
    )


def _check_places(facts: Facts, certain: list[Mention]) -> None:
    for mention in certain:
        if is_library(mention.place.path):
            raise RenameRefused("the standard library cannot be renamed")
        if mention.unit.format != "Nickel":
            raise RenameRefused(f"it is also a field of data: {mention.unit.source.name}")
        if _is_included(facts, mention):
            raise RenameRefused("it is included into a record, which would then have a field of another name")


def _is_included(facts: Facts, mention: Mention) -> bool:
    """Whether a name stands after `include`, where it is a variable and a field at once."""
    node = mention.node
    if isinstance(node, core.Var) and mention.unit.root is not None:
        path = facts.parents(mention.unit, mention.unit.root).path_to(node)
        node = path[-2] if len(path) > 1 else node
    return isinstance(node, core.Field) and node.included


def _check_clashes(facts: Facts, certain: list[Mention], new_name: str) -> None:
    """No record may have a field of the new name already: the two would be merged."""
    for mention in certain:
        node, unit = mention.node, mention.unit
        clashes = False
        if isinstance(node, core.Access):
            clashes = bool(facts.field(facts.term(unit, node.record), new_name))
        elif isinstance(node, core.Field) and unit.root is not None:
            path = facts.parents(unit, unit.root).path_to(node)
            record = path[-2] if len(path) > 1 else None
            if isinstance(record, core.Record):
                clashes = any(field.name == new_name for field in record.fields)
                clashes = clashes or any(
                    site.start >= 0 for site in facts.field(expected(facts, unit, path[:-1]), new_name)
                )
        elif isinstance(node, core.TRecord):
            clashes = any(row[0] == new_name for row in node.rows)
        if clashes:
            raise RenameRefused(f"the record has a field {new_name} already")


# ---- the edits


def _edits(facts: Facts, mention: Mention, entity: Entity, new_name: str) -> list[TextEdit]:
    at = mention.place
    if entity.kind == "tag":
        return [TextEdit(at.path, at.start, at.end, tag_text(new_name))]
    pattern = _field_pattern(facts, mention)
    if pattern is not None:
        return _in_pattern(facts, at, pattern, entity, new_name)
    if isinstance(mention.node, core.Var) and not spells_identifier(new_name):
        raise RenameRefused(f"{new_name} is no identifier, but the field is used by its bare name")
    text = field_name_text(new_name) if entity.kind == "field" else new_name
    return [TextEdit(at.path, at.start, at.end, text)]


def _field_pattern(facts: Facts, mention: Mention) -> core.PField | None:
    """The field pattern whose name a mention is, if it is one."""
    node, unit = mention.node, mention.unit
    if isinstance(node, core.PVar) and unit.root is not None:
        path = facts.parents(unit, unit.root).path_to(node)
        outer = path[-2] if len(path) > 1 else node
        return outer if isinstance(outer, core.PField) and outer.start == node.start else None
    return node if isinstance(node, core.PField) else None


def _in_pattern(facts: Facts, at: Place, pattern: core.PField, entity: Entity, new_name: str) -> list[TextEdit]:
    """`{ name }` takes a field and binds a variable: one of the two keeps its name."""
    if not spells_identifier(new_name):
        raise RenameRefused(f"{new_name} is no identifier, but the field is taken by a pattern")
    short = isinstance(pattern.pattern, core.PVar) and pattern.pattern.start == pattern.start
    if not short:
        return [TextEdit(at.path, at.start, at.end, new_name)]
    field, variable = (new_name, entity.name) if entity.kind == "field" else (entity.name, new_name)
    if len(children(pattern)) == 1:
        return [TextEdit(at.path, at.start, at.end, f"{field} = {variable}")]
    end = _pattern_end(facts, at, pattern)
    renamed = [] if field == entity.name else [TextEdit(at.path, at.start, at.end, field)]
    return [*renamed, TextEdit(at.path, end, end, f" = {variable}")]


def _pattern_end(facts: Facts, at: Place, pattern: core.PField) -> int:
    """Where a field pattern with annotations or a default ends; what closes parentheses after it belongs to it."""
    end = max(node.end for node in children(pattern))
    tokens = facts.tokens(at.path)
    depth = 0
    for kind, start, token_end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True):
        if start < at.start:
            continue
        if start >= end and not (kind == t.RPAREN and depth > 0):
            break
        depth += (kind == t.LPAREN) - (kind == t.RPAREN)
        end = max(end, token_end)
    return end


# ---- the proof


def _verify(
    facts: Facts, edits: list[TextEdit], moved: dict[str, dict[int, TextEdit]], old_name: str, new_name: str
) -> None:
    """Raises if a program that is edited means something else afterwards than what was asked for."""
    for path in sorted({edit.path for edit in edits}):
        unit = facts.unit(path)
        assert unit is not None
        mine = [edit for edit in edits if edit.path == path]
        try:
            text = apply_edits(unit.source.text, mine)
        except ValueError:
            raise RenameRefused("the places to rename overlap") from None
        clash = difference(unit.source, text, mine, moved.get(path, {}))
        if clash is not None:
            line, column = unit.source.lines.position(clash)
            raise RenameRefused(
                f"called {new_name}, {old_name} would be taken for another name at {unit.source.name}:{line}:{column}"
            )
