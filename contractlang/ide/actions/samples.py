"""Sample values: for a contract or type, the simplest text that satisfies it, as far as can be told without running anything."""

from __future__ import annotations

from contractlang.ide.knowledge import Known, Term, TypeAt
from contractlang.ide.name_kinds import library_path
from contractlang.resolve import core
from contractlang.syntax.literal_text import field_name_text, tag_text

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence

    from contractlang.ide.facts import Facts
    from contractlang.ide.knowledge import Site

# What stands for a value that has to be thought of; few contracts accept it.
UNKNOWN = "null"
DEEPEST = 5

_BASES = {"Number": "0", "String": '""', "Bool": "false", "Dyn": "null"}
_OF_LIBRARY = {
    ("number", "Integer"): "0",
    ("number", "Nat"): "0",
    ("number", "PosNat"): "1",
    ("number", "NonZero"): "1",
    ("string", "NonEmpty"): '"…"',
    ("string", "Stringable"): '""',
    ("string", "BoolLiteral"): '"false"',
    ("string", "NumberLiteral"): '"0"',
    ("string", "Character"): '"x"',
    ("enum", "Tag"): "'Tag",
    ("enum", "TagOrString"): "'Tag",
    ("array", "NonEmpty"): "[null]",
}


def missing(facts: Facts, known: Known, present: set[str]) -> dict[str, list[Site]]:
    """The fields that a value has to have and that nothing gives, besides those that are present: where each is required."""
    found: dict[str, list[Site]] = {}
    for name, sites in facts.fields(known).items():
        if name in present or any(site.value is not None for site in sites):
            continue
        required = [site for site in sites if site.kind != "value" and (site.meta is None or not site.meta.optional)]
        if required and len(required) == sum(site.kind != "value" for site in sites):
            found[name] = required
    return found


def sample(facts: Facts, sites: Sequence[Site], depth: int = 0) -> str | None:
    """A value for a field that is declared at some places; None if none can be told that satisfies all of their contracts."""
    texts = [_of_contract(facts, contract, depth) for site in sites for contract in site.contracts]
    records = [text for text in texts if text is not None and text.startswith("{")]
    if len(records) == len(texts) > 1:
        known = Known([], [contract for site in sites for contract in site.contracts])
        return _record(facts, known, depth)
    distinct = set(texts)
    # A base type says less than a contract that is made of it.
    if len(distinct) > 1 and None not in distinct:
        special = [text for text in texts if text not in _BASES.values()]
        return special[0] if special and len(set(special)) == 1 else None
    return "null" if not texts else texts[0] if len(distinct) == 1 else None


def _of_contract(facts: Facts, contract: TypeAt, depth: int) -> str | None:
    if depth > DEEPEST:
        return None
    named = contract.type
    if isinstance(named, core.TContract):
        member = library_path(named.expr)
        if member is not None:
            return _OF_LIBRARY.get((member[0], member[1])) if len(member) == 2 else None
    forms = facts.forms(contract)
    if len(forms) != 1:
        return None
    form = forms[0]
    if isinstance(form, Term):
        return _record(facts, Known([], [contract]), depth) if isinstance(form.node, core.Record) else None
    return _of_type(facts, form, depth)


def _of_type(facts: Facts, form: TypeAt, depth: int) -> str | None:
    type_ = form.type
    if isinstance(type_, core.TBase):
        return _BASES.get(type_.name)
    if isinstance(type_, core.TArray):
        return "[]"
    if isinstance(type_, core.TDict):
        return "{}"
    if isinstance(type_, core.TRecord):
        return _record(facts, Known([], [form]), depth)
    if isinstance(type_, core.TEnum) and type_.rows:
        bare = next((row for row in type_.rows if row[1] is None), None)
        if bare is not None:
            return tag_text(bare[0])
        name, argument, _, _ = type_.rows[0]
        assert argument is not None
        given = _of_contract(facts, TypeAt(form.unit, argument, form.env), depth + 1)
        return None if given is None else f"{tag_text(name)} {_atom(given)}"
    if isinstance(type_, core.TArrow):
        result = _of_contract(facts, TypeAt(form.unit, type_.codomain, form.env), depth + 1)
        return None if result is None else f"fun _ => {result}"
    return None


def _atom(text: str) -> str:
    return f"({text})" if text.startswith(("fun", "'")) and " " in text else text


def _record(facts: Facts, known: Known, depth: int) -> str | None:
    """A record with what a contract requires."""
    parts: list[str] = []
    for name, sites in missing(facts, known, set()).items():
        value = sample(facts, sites, depth + 1)
        if value is None:
            return None
        parts.append(f"{field_name_text(name)} = {value}")
    return f"{{ {', '.join(parts)} }}" if parts else "{}"
