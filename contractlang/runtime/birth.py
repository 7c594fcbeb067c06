"""Where a value at fault was written, and whether a report points there rather than at what handed it on.

A report names the place where the party at fault provided the value: the annotated expression, the field's definition, the
argument. Where that expression only hands a value on that came from elsewhere (a parameter, a field that others merge over), or
cannot have made this very value (another literal, such as the default that it replaced), the value answers where it was written.
"""

from __future__ import annotations

from collections.abc import Sequence

from contractlang.resolve import core
from contractlang.runtime.contracts.array import checked_element
from contractlang.runtime.label import CODOMAIN, PathElement
from contractlang.runtime.values import Array, EnumTag, Function, Lazy, Record
from contractlang.source import Span

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from contractlang.runtime.places import Places

_DATA = (core.Lit, core.Array, core.Record, core.Interp, core.Tag)
_LITERALS = (*_DATA, core.Lam, core.Match)


def birth(value: Lazy, places: Places) -> Span | None:
    """Where user code wrote a value; None where that is not known, or where it was computed."""
    if type(value) is list:
        if value[0] is not None:
            return None
        value = value[1]
    if type(value) is Function:
        span = places.function(value)
        return span if span is not None and not places.is_library_source(span.source) else None
    if type(value) is Record:
        return _record(value, places)
    while type(value) is Array and value.source is not None and value.source[0] is checked_element:
        value = value.source[1]
    origins = places.origins
    born = None if origins is None else origins.find(value)
    if born is None:
        return None
    unit = born[0]
    if len(born) == 3:
        return places.span(unit, born[1], born[2])
    return None if places.locator is None else places.locator.data(unit, born[1])


def _record(record: Record, places: Places) -> Span | None:
    """The one literal that a record was made by; a merged one has several."""
    found: Span | None = None
    for part in record.parts or (record,):
        span = _literal(part, places)
        if span is not None:
            if found is not None and found != span:
                return None
            found = span
    return found


def _literal(part: Record, places: Places) -> Span | None:
    place = part.shape.place
    if place is not None:
        return None if places.is_library(place[0]) else places.span(*place)
    env = part.env
    if part.shape.uniform and isinstance(env, tuple) and len(env) == 2 and isinstance(env[0], str):
        # Plain data knows where its text begins.
        begin = places.span(env[0], env[1], env[1])
        if begin is not None and places.locator is not None and not places.is_library(env[0]):
            return places.locator.record(begin)
    return None


def only_literal(value: Lazy, places: Places, inside: Span | None = None) -> Span | None:
    """For a value without an identity: its only literal in the program, or in a part of it; None where there are several."""
    if type(value) is list:
        if value[0] is not None:
            return None
        value = value[1]
    if places.locator is None or not (value is None or isinstance(value, (bool, int, str, EnumTag))):
        return None
    found = places.locator.literals(value)
    if inside is not None:
        found = [span for span in found if within(span, inside)]
    return found[0] if len(found) == 1 else None


def settle(place: Span | None, born: Span | None, value: Lazy, places: Places) -> Span | None:
    """Where a value at fault answers, given the expression that provided it and where it was written."""
    if born is None:
        if place is None:
            return only_literal(value, places)
        term = None if places.locator is None else places.locator.term(place)
        # Conditions and arguments of calls are no part of a value; but one literal that is like it is likely to be it.
        return place if isinstance(term, (core.Lam, core.Match)) else only_literal(value, places, place) or place
    if place is None:
        return born
    if within(born, place):
        return born
    term = None if places.locator is None else places.locator.term(place)
    if isinstance(term, _LITERALS):
        return born
    if isinstance(term, core.Var) and term.binding.kind in ("param", "pattern", "field"):
        return born
    return place


def called_function(promised: Span, called: Span | None, path: Sequence[PathElement], places: Places) -> Span:
    """The function that broke its promise: the one that the contract is written at, unless that is a literal and another function,
    merged over it, was called in its place."""
    if called is None or places.locator is None or any(element != CODOMAIN for element in path):
        return promised
    replaced = isinstance(places.locator.term(promised), (core.Lam, core.Match)) and not within(called, promised)
    return called if replaced else promised


def head_of(function: Span, places: Places) -> Span:
    """A function literal without its body."""
    term = None if places.locator is None else places.locator.term(function)
    if not isinstance(term, core.Lam):
        return function
    head = function.source.text[function.start : term.body.start].rstrip()
    return Span(function.source, function.start, function.start + len(head.removesuffix("(").rstrip()))


def part_of_data(argument: Span, born: Span | None, places: Places) -> Span | None:
    """Where in an argument that is written as data the value at fault stands."""
    if born is None or born == argument or not within(born, argument) or places.locator is None:
        return None
    return born if isinstance(places.locator.term(argument), _DATA) else None


def within(inner: Span, outer: Span) -> bool:
    """Whether one stretch of a source lies inside another."""
    return inner.source is outer.source and outer.start <= inner.start and inner.end <= outer.end
