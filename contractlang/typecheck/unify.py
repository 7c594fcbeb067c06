"""Unification: making two types equal by assigning their variables, or saying why that is impossible.

The spec is typing.md §5 and §6. `unify(expected, found)` raises `TypeFailure`. Assigning a variable checks that the type
assigned does not contain the variable itself, lowers the levels of the variables in it to its own, and refuses rigid constants
of a higher level.

Types are graphs with much sharing, in which a naive walk may take exponential time. Walks therefore remember what they have
visited, and unification remembers, once a comparison has taken long, which pairs it has already found equal. What still takes
too long ends in `LimitReached`.
"""

from __future__ import annotations

from contractlang.typecheck.failures import LimitReached, TypeFailure
from contractlang.typecheck.instantiate import substitute
from contractlang.typecheck.types import (
    CLOSED,
    DYN_TAIL,
    ArrayOf,
    Arrow,
    Base,
    Bound,
    DictOf,
    EnumOf,
    Erroneous,
    ForallOf,
    Opaque,
    RecordOf,
    Rigid,
    RigidRow,
    Ty,
    Unknown,
    UnknownRow,
    flat_enum,
    flat_record,
    resolved,
    row_end,
)

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable

    from contractlang.resolve import core
    from contractlang.typecheck.types import Place, RowKey, Tail

# Comparisons shorter than this are not worth remembering.
MEMO_AFTER = 100
# How much of a type is copied in the time of a step.
CHARACTERS_PER_STEP = 8


class Unifier:
    """The state of unification in one unit: the current level, the place being checked, and the steps left."""

    __slots__ = ("at", "contracts_equal", "level", "memo", "memo_steps", "steps")

    def __init__(self, contracts_equal: Callable[[core.Core, core.Core], bool], steps: int) -> None:
        self.level = 0
        self.at: Place | None = None
        self.contracts_equal = contracts_equal
        self.steps = steps
        # The values keep the types alive, and so their identities unique.
        self.memo: dict[tuple[int, int], tuple[Ty, Ty]] = {}
        self.memo_steps = 0

    def fresh(self) -> Unknown:
        return Unknown(self.level)

    def fresh_row(self, kind: str, excluded: frozenset[str] = frozenset()) -> UnknownRow:
        return UnknownRow(kind, self.level, excluded)

    def unify(self, expected: Ty, found: Ty) -> None:
        """Makes the two types equal; raises `TypeFailure`."""
        if expected is found:
            return
        expected = resolved(expected)
        found = resolved(found)
        if expected is found:
            return
        if isinstance(expected, Base) and isinstance(found, Base) and expected.name == found.name:
            return
        self.forget()
        self.unify_within(expected, found)

    def step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise LimitReached

    def open(self, polymorphic: ForallOf, by: Ty | RigidRow | UnknownRow) -> Ty:
        """The body of a polymorphic type with the variable replaced. Counts the copying, by the length of the type as written."""
        self.step()
        if polymorphic.origin is not None:
            self.steps -= (polymorphic.origin[2] - polymorphic.origin[1]) // CHARACTERS_PER_STEP
        return substitute(polymorphic.body, {polymorphic.var: by})

    def unify_within(self, expected: Ty, found: Ty) -> None:
        """The same inside a larger comparison."""
        expected = resolved(expected)
        found = resolved(found)
        if expected is found:
            return
        self.step()
        if isinstance(expected, Unknown):
            self.assign(expected, found, expected, found)
        elif isinstance(found, Unknown):
            self.assign(found, expected, expected, found)
        elif isinstance(expected, Base):
            if not ((isinstance(found, Base) and expected.name == found.name) or isinstance(found, Erroneous)):
                raise TypeFailure("type-mismatch", expected, found)
        elif isinstance(expected, Erroneous) or isinstance(found, Erroneous):
            return
        else:
            if self.remembers(expected, found):
                return
            self._compound(expected, found)
            self.remember(expected, found)

    def remembers(self, expected: Ty, found: Ty) -> bool:
        """Whether two types have been found compatible in the current comparison."""
        self.memo_steps += 1
        return (id(expected), id(found)) in self.memo

    def remember(self, expected: Ty, found: Ty) -> None:
        """Notes that two types have been found compatible, once the comparison has become long."""
        if self.memo_steps > MEMO_AFTER:
            self.memo[id(expected), id(found)] = (expected, found)

    def forget(self) -> None:
        """Begins a new comparison."""
        self.memo_steps = 0
        if self.memo:
            self.memo.clear()

    def _compound(self, expected: Ty, found: Ty) -> None:
        if isinstance(expected, Arrow) and isinstance(found, Arrow):
            self._arrows(expected, found)
        elif isinstance(expected, RecordOf) and isinstance(found, RecordOf):
            self._records(expected, found)
        elif isinstance(expected, EnumOf) and isinstance(found, EnumOf):
            self._enums(expected, found)
        elif isinstance(expected, ArrayOf) and isinstance(found, ArrayOf):
            try:
                self.unify_within(expected.item, found.item)
            except TypeFailure as failure:
                raise failure.inside("item") from None
        elif isinstance(expected, DictOf) and isinstance(found, DictOf):
            try:
                self.unify_within(expected.item, found.item)
            except TypeFailure as failure:
                raise failure.inside("values") from None
        elif isinstance(expected, Opaque) and isinstance(found, Opaque):
            if not self.contracts_equal(expected.expr, found.expr):
                raise TypeFailure("type-mismatch", expected, found)
        elif isinstance(expected, ForallOf) and isinstance(found, ForallOf):
            self._foralls(expected, found)
        else:
            raise TypeFailure("type-mismatch", expected, found)

    def _arrows(self, expected: Arrow, found: Arrow) -> None:
        """Chains of arrows are compared in a loop; the path of a failure has one step for each arrow before it."""
        passed = 0
        left: Ty = expected
        right: Ty = found
        try:
            while isinstance(left, Arrow) and isinstance(right, Arrow):
                try:
                    self.unify_within(left.domain, right.domain)
                except TypeFailure as failure:
                    raise failure.inside("domain") from None
                passed += 1
                left = resolved(left.codomain)
                right = resolved(right.codomain)
            self.unify_within(left, right)
        except TypeFailure as failure:
            for _ in range(passed):
                failure.inside("codomain")
            raise

    def _foralls(self, expected: ForallOf, found: ForallOf) -> None:
        left, right = expected.var, found.var
        if left.kind != right.kind or (left.kind != "type" and left.excluded != right.excluded):
            raise TypeFailure("type-mismatch", expected, found)
        self.level += 1
        try:
            constant = self.rigid(left)
            self.unify_within(self.open(expected, constant), self.open(found, constant))
        except TypeFailure as failure:
            raise failure.inside("forall", left.name) from None
        finally:
            self.level -= 1

    # ---- variables and constants

    def rigid(self, var: core.TypeVar) -> Ty | RigidRow:
        """A constant of the current level for a variable of a `forall`."""
        if var.kind == "type":
            return Rigid(var.name, self.level)
        return RigidRow(var.kind, var.name, self.level)

    def instantiate(self, type_: Ty) -> Ty:
        """Replaces the variables of leading foralls by fresh ones."""
        type_ = resolved(type_)
        while isinstance(type_, ForallOf):
            var = type_.var
            new = self.fresh() if var.kind == "type" else self.fresh_row(var.kind, frozenset(var.excluded))
            type_ = resolved(self.open(type_, new))
        return type_

    def assign(self, variable: Unknown, type_: Ty, expected: Ty, found: Ty) -> None:
        """Assigns a variable; `expected` and `found` are for the message."""
        if isinstance(type_, Unknown):
            type_.level = min(type_.level, variable.level)
        elif not type_.ground:
            self._admit(type_, variable.level, variable, expected, found)
        variable.link = type_
        variable.assigned_at = self.at

    def _admit(self, type_: Ty, level: int, variable: Unknown | UnknownRow, expected: Ty, found: Ty) -> None:
        """Checks that a type may be assigned to a variable of a level: it contains neither the variable nor constants of a higher
        level.

        Marks what turns out to be ground, so that it is never walked again.
        """
        seen: set[int] = set()
        work: list[Ty] = [type_]
        marks: list[Ty] = []
        ground = True
        while work:
            each = resolved(work.pop())
            if each.ground or id(each) in seen:
                continue
            seen.add(id(each))
            self.step()
            if isinstance(each, Unknown):
                if each is variable:
                    raise TypeFailure("infinite-type", expected, found)
                each.level = min(each.level, level)
                ground = False
            elif isinstance(each, Rigid):
                if each.level > level:
                    raise TypeFailure("invalid-generalization", expected, found, each.name)
                ground = False
            elif isinstance(each, (ForallOf, Bound)):
                ground = False
                if isinstance(each, ForallOf):
                    work.append(each.body)
            else:
                marks.append(each)
                ground = self._admit_parts(each, level, variable, work, expected, found) and ground
        if ground:
            for each in marks:
                each.ground = True

    def _admit_parts(
        self, type_: Ty, level: int, variable: Unknown | UnknownRow, work: list[Ty], expected: Ty, found: Ty
    ) -> bool:
        if isinstance(type_, Arrow):
            work.append(type_.codomain)
            work.append(type_.domain)
            return True
        if isinstance(type_, (ArrayOf, DictOf)):
            work.append(type_.item)
            return True
        tail: Tail = CLOSED
        if isinstance(type_, RecordOf):
            type_ = flat_record(type_)
            work.extend(type_.fields.values())
            tail = type_.tail
        elif isinstance(type_, EnumOf):
            type_ = flat_enum(type_)
            work.extend(arg for arg in type_.rows.values() if arg is not None)
            tail = type_.tail
        return self._admit_tail(tail, level, variable, expected, found)

    def _admit_tail(self, tail: Tail, level: int, variable: Unknown | UnknownRow, expected: Ty, found: Ty) -> bool:
        if isinstance(tail, UnknownRow):
            if tail is variable:
                raise TypeFailure("infinite-type", expected, found)
            tail.level = min(tail.level, level)
            return False
        if isinstance(tail, RigidRow):
            if tail.level > level:
                raise TypeFailure("invalid-generalization", expected, found, tail.name)
            return False
        return isinstance(tail, str)

    # ---- rows

    def _records(self, expected: RecordOf, found: RecordOf) -> None:
        expected = flat_record(expected)
        found = flat_record(found)
        self.record_rows(expected, found, self.unify_within)

    def record_rows(
        self, expected: RecordOf, found: RecordOf, field: Callable[[Ty, Ty], None], subsuming: bool = False
    ) -> None:
        """Matches the rows of two flat records, `field` comparing the types of common ones."""
        if len(expected.fields) == len(found.fields) and expected.fields.keys() == found.fields.keys():
            for name, type_ in expected.fields.items():
                other = found.fields[name]
                if type_ is not other:
                    self._match_field(name, type_, other, field)
            self._record_ends(expected, found, NO_ROWS, expected.tail, found.tail, subsuming)
            return
        rest = dict(found.fields)
        tail = found.tail
        missing: dict[str, Ty] = {}
        for name, type_ in expected.fields.items():
            other_type = rest.pop(name, None)
            if other_type is not None:
                self._match_field(name, type_, other_type, field)
                continue
            tail = row_end(tail)
            if not isinstance(tail, UnknownRow):
                if isinstance(tail, RigidRow) and not rest:
                    raise self._violation(tail, RecordOf({name: type_}, expected.tail), expected)
                raise TypeFailure("missing-field-type", expected, found, name)
            self._refuse_excluded(tail, (name,), expected, found)
            missing[name] = type_
        if missing:
            assert isinstance(tail, UnknownRow)
            tail = self._extend_record(tail, missing, expected, found)
        self._record_ends(expected, found, rest, row_end(expected.tail), row_end(tail), subsuming)

    def _match_field(self, name: str, expected: Ty, found: Ty, field: Callable[[Ty, Ty], None]) -> None:
        try:
            field(expected, found)
        except TypeFailure as failure:
            raise failure.inside("field", name) from None

    def _extend_record(self, tail: UnknownRow, missing: dict[str, Ty], expected: Ty, found: Ty) -> Tail:
        # Comparing the common fields may have assigned the tail meanwhile.
        end = row_end(tail)
        assert isinstance(end, UnknownRow)
        rest = UnknownRow("record", end.level, end.excluded | missing.keys())
        link = RecordOf(missing, rest)
        self._admit(link, end.level, end, expected, found)
        end.link = link
        return rest

    def _record_ends(
        self,
        expected: RecordOf,
        found: RecordOf,
        rest: dict[str, Ty],
        expected_tail: Tail,
        found_tail: Tail,
        subsuming: bool,
    ) -> None:
        """What remains when all expected fields are matched: the found fields in `rest`, and the two tails."""
        expected_tail = row_end(expected_tail)
        found_tail = row_end(found_tail)
        if isinstance(expected_tail, UnknownRow):
            if expected_tail is found_tail and not rest:
                return
            self._refuse_excluded(expected_tail, rest, expected, found)
            self.assign_row(expected_tail, RecordOf(rest, found_tail), expected, found)
        elif rest:
            if isinstance(expected_tail, RigidRow):
                raise self._violation(expected_tail, RecordOf(rest, found_tail), expected)
            raise TypeFailure("extra-row", expected, found, next(iter(rest)))
        elif isinstance(found_tail, UnknownRow):
            self.assign_row(found_tail, RecordOf({}, expected_tail), expected, found)
        else:
            self._match_tails(expected_tail, found_tail, expected, found, subsuming)

    def _match_tails(self, expected_tail: Tail, found_tail: Tail, expected: Ty, found: Ty, subsuming: bool) -> None:
        if expected_tail is found_tail or expected_tail == found_tail:
            return
        if isinstance(expected_tail, RigidRow) and isinstance(found_tail, RigidRow):
            raise TypeFailure("type-mismatch", only_tail(expected_tail), only_tail(found_tail))
        if isinstance(expected_tail, RigidRow):
            raise self._violation(expected_tail, only_tail(found_tail, expected_tail.kind), expected)
        if isinstance(found_tail, RigidRow):
            raise self._violation(found_tail, only_tail(expected_tail, found_tail.kind), expected)
        code = "missing-dyn-tail" if expected_tail == DYN_TAIL and not subsuming else "extra-dyn-tail"
        raise TypeFailure(code, expected, found)

    def _enums(self, expected: EnumOf, found: EnumOf) -> None:
        expected = flat_enum(expected)
        found = flat_enum(found)
        rest = dict(found.rows)
        tail = found.tail
        missing: dict[RowKey, Ty | None] = {}
        for key, type_ in expected.rows.items():
            if key in rest:
                other = rest.pop(key)
                if type_ is None or other is None or type_ is other:
                    continue
                try:
                    self.unify_within(type_, other)
                except TypeFailure as failure:
                    raise failure.inside("tag", key[0]) from None
                continue
            tail = row_end(tail)
            if not isinstance(tail, UnknownRow):
                if isinstance(tail, RigidRow) and not rest:
                    raise self._violation(tail, EnumOf({key: type_}, expected.tail), expected)
                raise TypeFailure("missing-row", expected, found, key[0])
            if key[1]:
                self._refuse_excluded(tail, (key[0],), expected, found)
            missing[key] = type_
        if missing:
            assert isinstance(tail, UnknownRow)
            tail = self._extend_enum(tail, missing, expected, found)
        self._enum_ends(expected, found, rest, row_end(expected.tail), row_end(tail))

    def _extend_enum(self, tail: UnknownRow, missing: dict[RowKey, Ty | None], expected: Ty, found: Ty) -> UnknownRow:
        end = row_end(tail)
        assert isinstance(end, UnknownRow)
        rest = UnknownRow("enum", end.level, end.excluded | {name for name, has_argument in missing if has_argument})
        link = EnumOf(missing, rest)
        self._admit(link, end.level, end, expected, found)
        end.link = link
        return rest

    def _enum_ends(
        self,
        expected: EnumOf,
        found: EnumOf,
        rest: dict[RowKey, Ty | None],
        expected_tail: Tail,
        found_tail: Tail,
    ) -> None:
        if isinstance(expected_tail, UnknownRow):
            if expected_tail is found_tail and not rest:
                return
            variants = [name for name, has_argument in rest if has_argument]
            self._refuse_excluded(expected_tail, variants, expected, found)
            self.assign_row(expected_tail, EnumOf(rest, found_tail), expected, found)
        elif rest:
            if isinstance(expected_tail, RigidRow):
                raise self._violation(expected_tail, EnumOf(rest, found_tail), expected)
            raise TypeFailure("extra-row", expected, found, next(iter(rest))[0])
        elif isinstance(found_tail, UnknownRow):
            self.assign_row(found_tail, EnumOf({}, expected_tail), expected, found)
        else:
            self._match_tails(expected_tail, found_tail, expected, found, subsuming=False)

    def assign_row(self, variable: UnknownRow, row: RecordOf | EnumOf, expected: Ty, found: Ty) -> None:
        """Assigns a row variable; the names that it may not contain are passed on to the tail."""
        self._admit(row, variable.level, variable, expected, found)
        tail = row.tail
        if isinstance(tail, UnknownRow):
            names = row.fields.keys() if isinstance(row, RecordOf) else {name for name, full in row.rows if full}
            tail.excluded = tail.excluded | variable.excluded | names
        variable.link = row

    def _refuse_excluded(
        self, variable: UnknownRow, names: dict[str, Ty] | tuple[str, ...] | list[str], expected: Ty, found: Ty
    ) -> None:
        excluded = variable.excluded
        if excluded:
            for name in names:
                if name in excluded:
                    raise TypeFailure("row-conflict", expected, found, name, variable.kind)

    def _violation(self, constant: RigidRow, rows: Ty, expected: Ty) -> TypeFailure:
        """Rows that are not known to be in a polymorphic tail."""
        return TypeFailure("parametricity-violation", expected, rows, constant.name, constant.kind)


NO_ROWS: dict[str, Ty] = {}


def only_tail(tail: Tail, kind: str = "record") -> Ty:
    """A record or enum type that consists of a tail."""
    if isinstance(tail, (RigidRow, UnknownRow)):
        kind = tail.kind
    return RecordOf({}, tail) if kind == "record" else EnumOf({}, tail)
