"""Builder functions for patterns.

The grammar reads a pattern as a flat list of atoms, because one token is not enough to tell whether `or` separates alternatives or
is a variable, and where aliases and arguments of tags end. Here the list is taken apart:

    pattern := (alias)? alternative ("or" alternative)*        an alias in front names the whole
    alternative := atom | tag argument                         the last one may have an alias
    argument := (alias)? atom

An atom in parentheses must be a tag with its argument or a choice of alternatives.
"""

from __future__ import annotations

from contractlang.syntax import nodes as n
from contractlang.syntax.numbers import exact

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.building import Building, Values

    # The name after `..` (empty: none) and where it stands.
    Rest = tuple[str, int, int]

CONSTANTS = {"null": None, "true": True, "false": False}


class Alias(n.Pattern):
    """`x @`, not yet joined to the pattern that follows."""

    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name = name


# ---- atoms


def variable_pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return n.PVar(start, end, v[i])


def alias(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return Alias(start, end, v[i])


def wildcard_pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return n.PWild(start, end)


def number_pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return n.PConst(start, end, exact(b, v[i], end))


def negative_number_pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return n.PConst(start, end, -exact(b, v[i + 1], end))


def constant_pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return n.PConst(start, end, CONSTANTS[v[i]])


def string_pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return n.PConst(start, end, v[i])


def tag_pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return n.PTag(start, end, v[i], None)


def pattern_hole(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return n.PHole(start, end)


def parenthesized_pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    atoms: list[n.Pattern] = v[i + 1]
    first = atoms[0]
    if type(first) is Alias:
        return _unexpected(b, first.end - 1, first.end, start, end)
    result = whole_pattern(b, atoms)
    # A closing parenthesis that recovery has put in shows by what stands after it.
    if result is first and type(result) is not n.PHole and not b.made_up(start, b.place_after(end)[0] + 1):
        b.report("needless-pattern-parentheses", end - 1, end)
    b.parentheses[id(result)] = (start, end, result)
    return result


# ---- records and arrays


def record_pattern_empty(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return n.PRec(start, end, [], None)


def record_pattern_of_rest(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return _record_pattern(b, start, end, [], v[i + 1])


def record_pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return _record_pattern(b, start, end, v[i + 1], None)


def record_pattern_with_rest(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return _record_pattern(b, start, end, v[i + 1], v[i + 3])


def _record_pattern(b: Building, start: int, end: int, fields: list[n.PField], rest: Rest | None) -> n.Pattern:
    if len(fields) > 1:
        seen: dict[str, n.PField] = {}
        for field in fields:
            first = seen.setdefault(field.name, field)
            if first is not field:
                length = len(field.name)
                place = (first.start, first.start + length)
                b.report("duplicate-pattern-binding", field.start, field.start + length, field.name, place)
    result = n.PRec(start, end, fields, None if rest is None else rest[0])
    if rest is not None:
        b.rest_places[id(result)] = (rest[1], rest[2])
    return result


def field_pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.PField:
    return n.PField(start, end, v[i], v[i + 1] or [], v[i + 2], v[i + 3])


def target_pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return whole_pattern(b, v[i + 1])


def array_pattern_empty(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return n.PArr(start, end, [], None)


def array_pattern_of_rest(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return _array_pattern(b, start, end, [], v[i + 1])


def array_pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return n.PArr(start, end, v[i + 1], None)


def array_pattern_with_rest(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return _array_pattern(b, start, end, v[i + 1], v[i + 3])


def _array_pattern(b: Building, start: int, end: int, items: list[n.Pattern], rest: Rest) -> n.Pattern:
    result = n.PArr(start, end, items, rest[0])
    b.rest_places[id(result)] = (rest[1], rest[2])
    return result


def rest(b: Building, v: Values, i: int, start: int, end: int) -> Rest:
    return "", end, end


def named_rest(b: Building, v: Values, i: int, start: int, end: int) -> Rest:
    name: str = v[i + 1]
    return name, end - len(name), end


# ---- sequences of atoms


def pattern(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    return whole_pattern(b, v[i])


def whole_pattern(b: Building, atoms: list[n.Pattern]) -> n.Pattern:
    """The pattern that a list of atoms spells, where variants and alternatives need no parentheses."""
    first = atoms[0]
    if len(atoms) == 1 and type(first) is not Alias:
        return first
    if type(first) is Alias:
        if len(atoms) == 1:
            return _missing(b, first)
        inner = whole_pattern(b, atoms[1:]) if type(atoms[1]) is not Alias else _second_alias(b, atoms)
        return n.PAlias(first.start, _extent(b, inner)[1], first.name, inner)
    alternatives: list[n.Pattern] = []
    current: list[n.Pattern] = []
    last = len(atoms) - 1
    for number, atom in enumerate(atoms):
        if current and number != last and type(atom) is n.PVar and atom.name == "or":
            alternatives.append(_alternative(b, current, is_last=False))
            current = []
        else:
            current.append(atom)
    alternatives.append(_alternative(b, current, is_last=True))
    if len(alternatives) == 1:
        return alternatives[0]
    return n.POr(_extent(b, alternatives[0])[0], _extent(b, alternatives[-1])[1], alternatives)


def _alternative(b: Building, atoms: list[n.Pattern], *, is_last: bool) -> n.Pattern:
    first = atoms[0]
    start, end = _extent(b, first)[0], _extent(b, atoms[-1])[1]
    if type(first) is Alias:
        if not is_last:
            return _unexpected(b, first.end - 1, first.end, start, end)
        if len(atoms) == 1:
            return _missing(b, first)
        if type(atoms[1]) is Alias:
            return _second_alias(b, atoms)
        inner = _alternative(b, atoms[1:], is_last=True)
        return n.PAlias(start, _extent(b, inner)[1], first.name, inner)
    if len(atoms) == 1:
        return first
    if type(first) is not n.PTag or id(first) in b.parentheses:
        if type(atoms[1]) is n.PVar and atoms[1].name == "or" and len(atoms) == 2:
            return _missing(b, atoms[1])
        return _unexpected(b, *_extent(b, atoms[1]), start, end)
    argument = atoms[1]
    if type(argument) is Alias:
        if len(atoms) == 2:
            return _missing(b, argument)
        if argument.name == "or":
            return _unexpected(b, argument.end - 1, argument.end, start, end)
        if type(atoms[2]) is Alias:
            return _second_alias(b, atoms[1:])
        argument = n.PAlias(argument.start, _extent(b, atoms[2])[1], argument.name, atoms[2])
        rest = atoms[3:]
    else:
        rest = atoms[2:]
    if rest:
        return _unexpected(b, *_extent(b, rest[0]), start, end)
    return n.PTag(start, end, first.name, argument)


def parameters(b: Building, atoms: list[n.Pattern]) -> list[n.Pattern]:
    """The parameters of a function: each atom is one, an alias belongs to the atom that follows."""
    result: list[n.Pattern] = []
    pending: Alias | None = None
    for atom in atoms:
        if type(atom) is Alias:
            if pending is not None:
                result.append(_second_alias(b, [pending, atom]))
            pending = atom
        elif pending is not None:
            result.append(n.PAlias(pending.start, _extent(b, atom)[1], pending.name, atom))
            pending = None
        else:
            result.append(atom)
    if pending is not None:
        result.append(_missing(b, pending))
    return result


def _extent(b: Building, pattern: n.Pattern) -> tuple[int, int]:
    """Where a pattern begins and ends, with the parentheses around it."""
    extent = b.parentheses.get(id(pattern))
    return (pattern.start, pattern.end) if extent is None else (extent[0], extent[1])


def _unexpected(b: Building, culprit_start: int, culprit_end: int, start: int, end: int) -> n.Pattern:
    while b.problems and b.problems[-1].code == "needless-pattern-parentheses" and b.problems[-1].start >= start:
        b.problems.pop()
    if not b.made_up(start, end):
        b.report("unexpected-in-pattern", culprit_start, culprit_end)
    return n.PHole(start, end)


def _second_alias(b: Building, atoms: list[n.Pattern]) -> n.Pattern:
    second = atoms[1]
    return _unexpected(b, second.end - 1, second.end, atoms[0].start, atoms[-1].end)


def _missing(b: Building, before: n.Pattern) -> n.Pattern:
    start, end = b.place_after(before.end)
    if not b.made_up(before.start, end) and start < end:
        b.report("missing-pattern", start, end)
    return n.PHole(before.start, before.end)


# ---- names


def bound_names(b: Building, pattern: n.Pattern) -> list[tuple[str, int, int]]:
    """The variables of a pattern and where each stands, in no particular order."""
    names: list[tuple[str, int, int]] = []
    stack = [pattern]
    while stack:
        at = stack.pop()
        if isinstance(at, n.PVar):
            names.append((at.name, at.start, at.end))
        elif isinstance(at, n.PAlias):
            names.append((at.name, at.start, at.start + len(at.name)))
            stack.append(at.pattern)
        elif isinstance(at, n.PTag):
            if at.arg is not None:
                stack.append(at.arg)
        elif isinstance(at, n.POr):
            stack += at.alts
        elif isinstance(at, (n.PRec, n.PArr)):
            if at.rest:
                names.append((at.rest, *b.rest_places[id(at)]))
            if isinstance(at, n.PArr):
                stack += at.items
                continue
            for field in at.fields:
                if field.pattern is None:
                    names.append((field.name, field.start, field.start + len(field.name)))
                else:
                    stack.append(field.pattern)
    return names


def check_bindings(b: Building, bindings: list[n.Binding]) -> None:
    """Reports names that two bindings of one `let` block bind."""
    seen: dict[str, tuple[int, int]] = {}
    for each in bindings:
        own: dict[str, tuple[int, int]] = {}
        for name, start, end in bound_names(b, each.pattern):
            own[name] = (start, end)
        for name, (start, end) in own.items():
            first = seen.get(name)
            if first is None:
                seen[name] = (start, end)
            else:
                b.report("duplicate-let-binding", start, end, name, first)
