"""What is known of the variables of a pattern when something is known of what it takes apart."""

from __future__ import annotations

from contractlang.ide.knowledge import NOTHING, Known, Term, TypeAt, contracts_of
from contractlang.resolve import core
from contractlang.resolve.traversal import bound_by

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.ide.facts import Facts


def projected(facts: Facts, unit: core.Unit, pattern: core.Pattern, value: Known, binding: core.Binding) -> Known:
    """What is known of a variable of a pattern, `value` being known of the whole."""
    while not isinstance(pattern, core.PVar):
        if isinstance(pattern, core.PAlias):
            if pattern.binding is binding:
                return value | pattern_known(unit, pattern.pattern)
            pattern = pattern.pattern
        elif isinstance(pattern, core.POr):
            known = NOTHING
            for alternative in pattern.alts:
                known |= projected(facts, unit, alternative, value, binding)
            return known
        elif isinstance(pattern, core.PRec):
            if pattern.rest is binding:
                return value
            field = next((field for field in pattern.fields if binding in bound_by(field.pattern)), None)
            if field is None:
                return NOTHING
            value = field_value(facts, unit, field, value)
            pattern = field.pattern
        elif isinstance(pattern, core.PArr):
            if pattern.rest is binding:
                return value
            value = facts.elements(value)
            pattern = next((item for item in pattern.items if binding in bound_by(item)), core.PWild(0, 0))
        elif isinstance(pattern, core.PTag) and pattern.arg is not None:
            value = argument(facts, value, pattern.name)
            pattern = pattern.arg
        else:
            return NOTHING
    return value if pattern.binding is binding else NOTHING


def field_value(facts: Facts, unit: core.Unit, field: core.PField, value: Known) -> Known:
    """What is known of the field of a record that a pattern takes apart, by the pattern's own annotations too."""
    known = facts.value(facts.field(value, field.name)) | Known([], contracts_of(unit, field.meta))
    if field.default is not None:
        known |= facts.term(unit, field.default)
    return known


def argument(facts: Facts, value: Known, tag: str) -> Known:
    """What is known of the argument of an enum variant."""
    known = NOTHING
    for term in value.terms:
        if isinstance(term.node, core.Variant) and term.node.name == tag:
            known |= facts.of(Term(term.unit, term.node.arg, term.env))
    for at, _, _, type_ in facts.tags(value).get(tag, ()):
        if type_ is not None:
            known |= facts.under(TypeAt(at.unit, type_, at.env))
    return known


def pattern_known(unit: core.Unit, pattern: core.Pattern) -> Known:
    """What a pattern itself says of what it takes apart."""
    while isinstance(pattern, core.PAlias):
        pattern = pattern.pattern
    return Known([], [], [(unit, pattern)]) if isinstance(pattern, core.PRec) else NOTHING
