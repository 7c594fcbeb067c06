"""The types of patterns (typing.md §8).

A match of enum tags accepts exactly those it lists, unless some branch takes anything at that place. So the tails of enum types
made by patterns stay open until all branches are known; then those at a *path* (through fields, elements and arguments) where
no branch has a variable or wildcard are closed.
"""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.typecheck.convert import has_wildcard
from contractlang.typecheck.types import (
    BOOL,
    CLOSED,
    DYN,
    ERRONEOUS,
    NUMBER,
    STRING,
    ArrayOf,
    EnumOf,
    RecordOf,
    Ty,
    UnknownRow,
    flat_enum,
    row_end,
)

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.typecheck.state import State
    from contractlang.typecheck.types import Tail

    Path = tuple[str | int, ...]


class PatternTypes:
    """What the patterns of a match (or one other pattern) amount to."""

    __slots__ = ("alternatives", "bound", "enums", "state", "tails", "taken")

    def __init__(self, state: State) -> None:
        self.state = state
        self.tails: list[tuple[Path, UnknownRow]] = []
        # The paths at which some pattern takes anything.
        self.taken: set[Path] = set()
        self.bound: dict[core.Binding, Ty] = {}
        self.alternatives = 0
        # The enum types by path: all tags at one place belong to one type, which grows tag by tag.
        self.enums: dict[Path, EnumOf] = {}

    def type(self, pattern: core.Pattern, path: Path = ()) -> Ty:
        """The type of what a pattern matches; its variables enter the environment."""
        state = self.state
        if isinstance(pattern, core.PVar):
            self.taken.add(path)
            fresh = state.unifier.fresh()
            self.bind(pattern, pattern.binding, fresh)
            return fresh
        if isinstance(pattern, core.PWild):
            self.taken.add(path)
            return state.unifier.fresh()
        if isinstance(pattern, core.PConst):
            return constant_type(pattern.value)
        if isinstance(pattern, core.PTag):
            return self.tag(pattern, path)
        if isinstance(pattern, core.PRec):
            return self.record(pattern, path)
        if isinstance(pattern, core.PArr):
            item: Ty = state.unifier.fresh()
            for number, each in enumerate(pattern.items):
                type_ = self.type(each, (*path, number))
                if not state.expect(each, item, type_):
                    item = ERRONEOUS
            whole = ArrayOf(item)
            if pattern.rest is not None:
                self.bind(pattern, pattern.rest, whole)
            return whole
        if isinstance(pattern, core.PAlias):
            type_ = self.type(pattern.pattern, path)
            self.bind(pattern, pattern.binding, type_)
            return type_
        if isinstance(pattern, core.POr):
            return self.alternative_types(pattern, path)
        return ERRONEOUS

    def tag(self, pattern: core.PTag, path: Path) -> Ty:
        state = self.state
        enum = self.enums.get(path)
        if enum is None:
            tail = state.unifier.fresh_row("enum")
            self.tails.append((path, tail))
            enum = self.enums[path] = EnumOf({}, tail)
        key = (pattern.name, pattern.arg is not None)
        arg = None if pattern.arg is None else self.type(pattern.arg, (*path, "'" + pattern.name))
        known = enum.rows.get(key)
        if known is not None and arg is not None:
            state.expect(pattern, known, arg)
        elif isinstance(enum.tail, UnknownRow) and enum.tail.link is None:
            enum.rows[key] = arg
        elif key not in flat_enum(enum).rows:
            # It has been unified with another type meanwhile.
            state.expect(pattern, enum, EnumOf({key: arg}, state.unifier.fresh_row("enum")))
        return enum

    def bind(self, pattern: core.Pattern, binding: core.Binding, type_: Ty) -> None:
        previous = self.bound.get(binding)
        if previous is not None and self.alternatives:
            self.state.expect(pattern, previous, type_)
            return
        self.bound[binding] = type_
        self.state.env[binding] = type_

    def alternative_types(self, pattern: core.POr, path: Path) -> Ty:
        self.state.meet(pattern)
        self.alternatives += 1
        type_ = self.type(pattern.alts[0], path)
        for each in pattern.alts[1:]:
            if not self.state.expect(each, type_, self.type(each, path)):
                type_ = ERRONEOUS
        self.alternatives -= 1
        return type_

    def record(self, pattern: core.PRec, path: Path) -> Ty:
        state = self.state
        fields: dict[str, Ty] = {}
        for field in pattern.fields:
            type_ = self.type(field.pattern, (*path, "." + field.name))
            annotation = field.meta.type
            if annotation is not None:
                state.expect(annotation, state.type(annotation.type), type_)
            fields[field.name] = type_
        tail: Tail = CLOSED
        if pattern.open:
            tail = state.unifier.fresh_row("record", frozenset(fields))
        if pattern.rest is not None:
            self.bind(pattern, pattern.rest, RecordOf({}, tail))
        return RecordOf(fields, tail)

    def close(self) -> None:
        """Closes the enum types at the places where nothing takes the other tags."""
        for path, tail in self.tails:
            end = row_end(tail)
            if path not in self.taken and isinstance(end, UnknownRow):
                end.link = EnumOf({}, CLOSED)


def parameter_type(state: State, pattern: core.Pattern) -> Ty:
    """The type of a pattern of a function or `let`, in a typed block: enum types are closed at once."""
    if isinstance(pattern, core.PVar):
        fresh = state.unifier.fresh()
        state.env[pattern.binding] = fresh
        return fresh
    types = PatternTypes(state)
    type_ = types.type(pattern)
    types.taken = set()
    types.close()
    state.look_later(pattern)
    return type_


def constant_type(value: object) -> Ty:
    """The type of a literal."""
    if value is None:
        return DYN
    if isinstance(value, bool):
        return BOOL
    return STRING if isinstance(value, str) else NUMBER


# ---- untyped code


def bound_names(node: core.Let) -> set[core.Binding]:
    """The names that a `let` binds."""
    found: set[core.Binding] = set()
    work = [binding.pattern for binding in node.bindings]
    while work:
        each = work.pop()
        if isinstance(each, core.PVar):
            found.add(each.binding)
        elif isinstance(each, core.PAlias):
            found.add(each.binding)
            work.append(each.pattern)
        elif isinstance(each, (core.PRec, core.PArr)):
            if each.rest is not None:
                found.add(each.rest)
            work += each.items if isinstance(each, core.PArr) else [field.pattern for field in each.fields]
        elif isinstance(each, core.PTag) and each.arg is not None:
            work.append(each.arg)
        elif isinstance(each, core.POr):
            work += each.alts
    return found


def bind_untyped(state: State, pattern: core.Pattern, whole: Ty = DYN) -> None:
    """Enters a pattern's variables in walk mode: `whole` is the type of the whole value, which a variable or alias for it gets;
    inner ones are `Dyn` unless annotated."""
    env = state.env
    if isinstance(pattern, core.PVar):
        env[pattern.binding] = whole
    elif isinstance(pattern, core.PAlias):
        env[pattern.binding] = whole
        bind_untyped(state, pattern.pattern)
    elif isinstance(pattern, core.PTag):
        if pattern.arg is not None:
            bind_untyped(state, pattern.arg)
    elif isinstance(pattern, core.PRec):
        for field in pattern.fields:
            annotation = field.meta.type
            type_: Ty = DYN
            if annotation is not None and not has_wildcard(annotation.type):
                type_ = state.type(annotation.type)
            bind_untyped(state, field.pattern, type_)
        if pattern.rest is not None:
            env[pattern.rest] = DYN
    elif isinstance(pattern, core.PArr):
        for item in pattern.items:
            bind_untyped(state, item)
        if pattern.rest is not None:
            env[pattern.rest] = DYN
    elif isinstance(pattern, core.POr):
        state.meet(pattern)
        for alternative in pattern.alts:
            bind_untyped(state, alternative)


def walk_pattern(state: State, pattern: core.Pattern) -> None:
    """Walks the annotations and defaults inside a pattern."""
    work = [pattern]
    while work:
        each = work.pop()
        if isinstance(each, core.PRec):
            for field in each.fields:
                walk_annotations(state, field.meta)
                if field.default is not None:
                    state.walk(field.default)
                work.append(field.pattern)
        elif isinstance(each, core.PTag):
            if each.arg is not None:
                work.append(each.arg)
        elif isinstance(each, core.PArr):
            work.extend(each.items)
        elif isinstance(each, core.POr):
            work.extend(each.alts)
        elif isinstance(each, core.PAlias):
            work.append(each.pattern)


def walk_annotations(state: State, meta: core.Meta) -> None:
    """Walks the contract expressions inside annotations."""
    if meta.type is not None:
        walk_type(state, meta.type.type)
    for contract in meta.contracts:
        walk_type(state, contract.type)


def walk_type(state: State, type_: core.Type) -> None:
    """Walks the contract expressions inside a type."""
    from contractlang.typecheck.convert import components

    work = [type_]
    while work:
        each = work.pop()
        if isinstance(each, core.TContract):
            state.walk(each.expr)
        else:
            work.extend(reversed(components(each)))
