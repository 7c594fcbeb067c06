"""What checking remembers of a program for the next time, so that only what an edit concerns is checked anew.

The parts that can be remembered are the fields of large records and the definitions in untyped code. What checking one of them
gives depends on its Core and on what it asked for: the types of names from outside, and the expressions that they are defined as.
Core is compared by identity, for resolution keeps what was not edited; types are compared by what they are, and only those without
variables count. If all that is as it was, so is what was learnt about the part. A part with anything wrong in it, or with
anything left to be inferred in its annotations, is always checked anew.

While a part is checked, what is learnt about it goes into layers of its own, above the tables of the program, and stays there: the
names inside of a part are of no concern to what is outside.
"""

from __future__ import annotations

from contractlang.typecheck.types import (
    ArrayOf,
    Arrow,
    Base,
    Bound,
    DictOf,
    EnumOf,
    ForallOf,
    Opaque,
    RecordOf,
    Rigid,
    RigidRow,
    Text,
    Ty,
    Unknown,
    UnknownRow,
)

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from contractlang.resolve import core
    from contractlang.source import Source
    from contractlang.typecheck.state import State
    from contractlang.typecheck.table import TypeTable
    from contractlang.typecheck.types import Tail

# Fields of records with fewer of them are not parts of their own.
SMALLEST_RECORD = 16


class Layer(dict["core.Binding", "Any"]):
    """A table by binding above another one, which remembers what was asked of the one below."""

    __slots__ = ("asked", "below")

    def __init__(self, below: dict[core.Binding, Any]) -> None:
        self.below = below
        self.asked: dict[core.Binding, Any] = {}

    def get(self, binding: core.Binding, default: Any = None) -> Any:  # noqa: ANN401 - as `dict`
        """The entry of a binding."""
        found = dict.get(self, binding)
        if found is None:
            found = self.asked[binding] = self.below.get(binding)
        return default if found is None else found


class Part:
    """What was learnt about a part, `types` and `bindings`, as in the type table; what it `asked` for, the types of names, and the
    expressions of those that were `followed`. `inner`: the parts inside of it."""

    __slots__ = ("asked", "bindings", "followed", "inner", "node", "steps", "types")

    def __init__(
        self, node: core.Node, env: Layer, definitions: Layer, types: dict[core.Node, Ty], steps: int, inner: list[Part]
    ) -> None:
        self.node = node
        self.bindings: dict[core.Binding, Ty] = env
        self.asked: dict[core.Binding, Ty | None] = env.asked
        self.followed: dict[core.Binding, core.Core | None] = definitions.asked
        self.types = types
        self.steps = steps
        self.inner = inner
        env.below = {}


class TypeMemory:
    """What is remembered of one program. `lasting`: whether what is being checked now can be remembered."""

    __slots__ = ("_closed", "_inner", "_known", "_now", "_same", "_texts", "lasting")

    def __init__(self) -> None:
        # By the identity of the node: what was known before this run, and what is known now.
        self._known: dict[int, Part] = {}
        self._now: dict[int, Part] = {}
        self._texts: dict[str, Text] = {}
        # The parts met inside of the one that is being checked.
        self._inner: list[Part] = []
        # Types that were compared in this run, by identity, and those that were looked through for variables.
        self._same: dict[tuple[int, int], tuple[Ty, Ty, bool]] = {}
        self._closed: dict[int, tuple[Ty, bool]] = {}
        self.lasting = True

    def begin(self, table: TypeTable) -> None:
        """A program is going to be checked; `table` learns of what is remembered."""
        self._known = self._now
        self._now = table.parts = {}

    def end(self) -> None:
        """The program has been checked."""
        self._known = {}
        self._same.clear()
        self._closed.clear()
        self._inner = []

    def text(self, key: str, source: Source) -> Text:
        """What stands for the source of a unit in types, from now on this one."""
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = Text(source)
        text.source = source
        return text

    def check(self, state: State, node: core.Node, walk: Callable[[State, Any], None]) -> None:
        """Checks a part by `walk`, unless what is known of it holds."""
        unifier = state.unifier
        if unifier.level or state.applications:
            walk(state, node)
            return
        known = self._known.get(id(node))
        if known is None or known.node is not node or known.steps > unifier.steps or not self._holds(state, known):
            self._learn(state, node, walk)
            return
        unifier.steps -= known.steps
        self._now[id(node)] = known
        self._inner.append(known)
        if known.inner:
            self._keep(known.inner)

    def _holds(self, state: State, part: Part) -> bool:
        asked = part.asked
        if asked:
            look_up = state.env.get
            for binding, type_ in asked.items():
                now = look_up(binding)
                if now is not type_:
                    if type_ is None or now is None or not self._are_same(type_, now):
                        return False
                    asked[binding] = now
        if part.followed:
            look_up_definition = state.equality.definitions.get
            return all(look_up_definition(binding) is definition for binding, definition in part.followed.items())
        return True

    def _keep(self, parts: list[Part]) -> None:
        work = list(parts)
        while work:
            part = work.pop()
            self._now[id(part.node)] = part
            work += part.inner

    def _learn(self, state: State, node: core.Node, walk: Callable[[State, Any], None]) -> None:
        table, equality = state.table, state.equality
        outer = state.env, equality.definitions, table.types, self._inner, self.lasting
        env = state.env = Layer(state.env)
        definitions = equality.definitions = Layer(equality.definitions)
        types = table.types = {}
        inner = self._inner = []
        self.lasting = True
        steps = state.unifier.steps
        before = _told(state)
        remembered = False
        try:
            walk(state, node)
            remembered = self.lasting and _told(state) == before and all(map(self._is_closed, env.asked.values()))
        finally:
            lasting = self.lasting
            state.env, equality.definitions, table.types, self._inner, self.lasting = outer
            if not remembered:
                state.env.update(env)
                equality.definitions.update(definitions)
                table.types.update(types)
                self._inner += inner
        if remembered:
            part = Part(node, env, definitions, types, steps - state.unifier.steps, inner)
            self._now[id(node)] = part
            self._inner.append(part)
        elif not lasting:
            self.lasting = False

    # ---- types

    def _is_closed(self, type_: Ty | None) -> bool:
        """Whether there are no variables in a type."""
        if type_ is None or type_.ground:
            return True
        known = self._closed.get(id(type_))
        if known is None:
            known = self._closed[id(type_)] = type_, _closed(type_)
        return known[1]

    def _are_same(self, one: Ty, other: Ty) -> bool:
        """Whether two types are the same, wherever they were written."""
        if type(one) is Base:
            return type(other) is Base and one.name == other.name
        key = id(one), id(other)
        known = self._same.get(key)
        if known is None:
            known = self._same[key] = one, other, _same(one, other)
        return known[2]


def _told(state: State) -> tuple[int, ...]:
    """How much has been noted that has to be noted again, at its new place."""
    return (
        len(state.problems),
        len(state.met),
        len(state.patterns),
        len(state.inferred),
        len(state.converter.wildcards),
    )


def _parts(type_: Ty) -> list[Ty]:
    """The types directly inside a type."""
    if isinstance(type_, (ArrayOf, DictOf)):
        return [type_.item]
    if isinstance(type_, Arrow):
        return [type_.domain, type_.codomain]
    if isinstance(type_, RecordOf):
        return list(type_.fields.values())
    if isinstance(type_, EnumOf):
        return [each for each in type_.rows.values() if each is not None]
    return [type_.body] if isinstance(type_, ForallOf) else []


def _closed(type_: Ty) -> bool:
    seen: set[int] = set()
    work = [type_]
    while work:
        each = work.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, (Unknown, Rigid)):
            return False
        if isinstance(each, (RecordOf, EnumOf)) and isinstance(each.tail, (UnknownRow, RigidRow)):
            return False
        work += _parts(each)
    return True


def _same(one: Ty, other: Ty) -> bool:
    """Whether two types without variables are the same."""
    seen: set[tuple[int, int]] = set()
    work = [(one, other)]
    while work:
        left, right = work.pop()
        if left is right or (id(left), id(right)) in seen:
            continue
        seen.add((id(left), id(right)))
        if type(left) is not type(right) or not _same_head(left, right):
            return False
        work += zip(_parts(left), _parts(right), strict=True)
    return True


def _same_head(left: Ty, right: Ty) -> bool:
    """Whether two types are the same but for the types inside of them. The order of rows counts: it is that of reports."""
    if isinstance(left, Base) and isinstance(right, Base):
        return left.name == right.name
    if isinstance(left, DictOf) and isinstance(right, DictOf):
        return left.flavour == right.flavour
    if isinstance(left, RecordOf) and isinstance(right, RecordOf):
        return _same_tail(left.tail, right.tail) and list(left.fields) == list(right.fields)
    if isinstance(left, EnumOf) and isinstance(right, EnumOf):
        return _same_tail(left.tail, right.tail) and _row_names(left.rows) == _row_names(right.rows)
    if isinstance(left, ForallOf) and isinstance(right, ForallOf):
        return left.var is right.var
    if isinstance(left, Bound) and isinstance(right, Bound):
        return left.var is right.var
    if isinstance(left, Opaque) and isinstance(right, Opaque):
        return left.expr is right.expr
    return isinstance(left, (ArrayOf, Arrow))


def _same_tail(left: Tail, right: Tail) -> bool:
    return left is right or left == right


def _row_names(rows: Mapping[tuple[str, bool], Ty | None]) -> list[tuple[tuple[str, bool], bool]]:
    return [(key, type_ is None) for key, type_ in rows.items()]
