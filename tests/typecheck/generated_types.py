"""The types of generated programs: written as annotations, matched, and with variables replaced."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Base:
    """`Number`, `String`, `Bool`, or a type variable."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Array:
    item: Type

    def __str__(self) -> str:
        return f"(Array {self.item})"


@dataclass(frozen=True, slots=True)
class Dict:
    item: Type

    def __str__(self) -> str:
        return f"{{ _ : {self.item} }}"


@dataclass(frozen=True, slots=True)
class Function:
    domain: Type
    codomain: Type

    def __str__(self) -> str:
        return f"({self.domain} -> {self.codomain})"


@dataclass(frozen=True, slots=True)
class Record:
    """`tail`: the row variable, if any."""

    fields: tuple[tuple[str, Type], ...]
    tail: str | None = None

    def __str__(self) -> str:
        rows = ", ".join(f"{name} : {type_}" for name, type_ in self.fields)
        return f"{{ {rows} }}" if self.tail is None else f"{{ {rows}; {self.tail} }}"


@dataclass(frozen=True, slots=True)
class Enum:
    """`rows`: tags with the types of their arguments; `tail`: the row variable, if any."""

    rows: tuple[tuple[str, Type | None], ...]
    tail: str | None = None

    def __str__(self) -> str:
        rows = ", ".join(f"'{tag}" if argument is None else f"'{tag} {argument}" for tag, argument in self.rows)
        return f"[| {rows} |]" if self.tail is None else f"[| {rows}; {self.tail} |]"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A polymorphic function: `forall variables. parameters -> result`."""

    variables: tuple[str, ...]
    parameters: tuple[Type, ...]
    result: Type

    def __str__(self) -> str:
        arrows = " -> ".join(str(each) for each in (*self.parameters, self.result))
        return f"forall {' '.join(self.variables)}. {arrows}"


Type = Base | Array | Dict | Function | Record | Enum
# What a variable stands for: a type, or the further fields of a record, or the further tags of an enum.
Replaced = Type | tuple[tuple[str, Type], ...] | tuple[tuple[str, Type | None], ...]
NUMBER, STRING, BOOL = Base("Number"), Base("String"), Base("Bool")


def has_variable(type_: Type) -> bool:
    """Whether a type mentions a type variable."""
    match type_:
        case Base():
            return type_.name.islower()
        case Array() | Dict():
            return has_variable(type_.item)
        case Function():
            return has_variable(type_.domain) or has_variable(type_.codomain)
        case Record():
            return type_.tail is not None or any(has_variable(each) for _, each in type_.fields)
        case Enum():
            return type_.tail is not None or any(each is not None and has_variable(each) for _, each in type_.rows)


def substitute(type_: Type, by: dict[str, Replaced]) -> Type:
    """The type with its variables replaced."""
    match type_:
        case Base():
            return by.get(type_.name, type_)  # type: ignore[return-value] # a type variable stands for a type
        case Array():
            return Array(substitute(type_.item, by))
        case Dict():
            return Dict(substitute(type_.item, by))
        case Function():
            return Function(substitute(type_.domain, by), substitute(type_.codomain, by))
        case Record():
            fields = tuple((name, substitute(each, by)) for name, each in type_.fields)
            return Record(fields + by[type_.tail], None) if type_.tail in by else Record(fields, type_.tail)  # type: ignore[operator,index,arg-type] # a row
        case Enum():
            rows = tuple((tag, None if each is None else substitute(each, by)) for tag, each in type_.rows)
            return Enum(rows + by[type_.tail], None) if type_.tail in by else Enum(rows, type_.tail)  # type: ignore[operator,index,arg-type] # a row


def fits(pattern: Type, type_: Type, variables: tuple[str, ...], found: dict[str, Replaced]) -> bool:
    """Whether a type is an instance of a pattern; `found` becomes what the variables stand for then."""
    match pattern, type_:
        case Base(), _ if pattern.name in variables:
            return found.setdefault(pattern.name, type_) == type_
        case (Array(), Array()) | (Dict(), Dict()):
            return fits(pattern.item, type_.item, variables, found)
        case Function(), Function():
            return fits(pattern.domain, type_.domain, variables, found) and fits(
                pattern.codomain, type_.codomain, variables, found
            )
        case Record(), Record() if pattern.tail in variables and type_.tail is None:
            theirs = dict(type_.fields)
            for name, each in pattern.fields:
                if name not in theirs or not fits(each, theirs.pop(name), variables, found):
                    return False
            return found.setdefault(pattern.tail or "", tuple(theirs.items())) == tuple(theirs.items())
        case Record(), Record() if pattern.tail == type_.tail and len(pattern.fields) == len(type_.fields):
            pairs = zip(pattern.fields, type_.fields, strict=True)
            return all(name == other and fits(a, b, variables, found) for (name, a), (other, b) in pairs)
        case _:
            return pattern == type_
