"""Shapes: everything about a record that its values do not change.

A record literal `{a = e1, b | C = a + 1}` is compiled to one `Shape` and, each time it is evaluated, one `Record` with the
shape, the captured variables (`env`) and a slot for each field. Merging keeps definitions, not values, and ties recursion anew;
so a field of a shape says *where its definition comes from* instead of holding it:

- a merged record has `parts`, the literals it was merged from; a **source** `(part, code, raw)` names one of them. With `code`, the
  definition refers to sibling fields and is evaluated as `code(self, part)` against the merged record `self`: that is the fixpoint.
  Without, it depends on its own literal only: it is evaluated once, in raw slot `raw` of the part, and shared by all merges
  (`raw` −1: the slot of the same index);
- two sources of equal priority are merged when the field is demanded;
- **pending** contracts say likewise where their contract comes from.

The plan of a merge depends on the two shapes alone and is cached, so that merging two records costs one lookup and the allocation
of the slots. Dictionary-like records (imported data, computed names) share one definition for all fields (`uniform`), and their
shapes are found by their names.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from contractlang.runtime.label import Label
from contractlang.runtime.values import UNSET, Lazy, Value

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

Code = Callable[..., Value]
Source = tuple[int, Code | None, int]
DEFAULT = float("-inf")
FORCE = float("inf")
CACHE_LIMIT = 256


class Pending:
    """A contract that waits on a field: a constant `contract`, or `code(self, part)`, or what raw slot `raw` of the part holds.

    Its label is a constant, or (`label` None) stands in slot `label_raw` of the part `label_part`, because the contract came with
    an application: a dictionary contract, or a record contract on an argument or result. `by_field` then says that the label is
    that of the whole record, and `covers` how many parts before it were there when the contract was applied: a value that
    comes in by merging later answers for itself.

    `key`: two pending contracts with equal keys are the same contract (`merging.md`, deduplication); None: never the same.
    `strict`: the contract certainly looks at its value. `variable`: it was written as a variable; two of these in different
    parts are the same contract if they turn out to be.
    """

    __slots__ = (
        "by_field",
        "code",
        "contract",
        "covers",
        "key",
        "label",
        "label_part",
        "label_raw",
        "part",
        "raw",
        "strict",
        "variable",
    )

    def __init__(
        self,
        part: int,
        contract: Any,
        code: Code | None,
        raw: int,
        label: Label | None,
        key: Hashable,
        strict: bool,
        label_part: int = 0,
        label_raw: int = 0,
        by_field: bool = False,
        covers: int = 0,
        variable: bool = False,
    ) -> None:
        self.part = part
        self.contract = contract
        self.code = code
        self.raw = raw
        self.label = label
        self.key = key
        self.strict = strict
        self.label_part = label_part
        self.label_raw = label_raw
        self.by_field = by_field
        self.covers = covers
        self.variable = variable

    def shifted(self, by: int) -> Pending:
        return Pending(
            self.part + by,
            self.contract,
            self.code,
            self.raw,
            self.label,
            self.key,
            self.strict,
            self.label_part + by,
            self.label_raw,
            self.by_field,
            self.covers,
            self.variable,
        )

    def under(self, part: int) -> Pending:
        """The same contract, answerable to the label in slot 0 of `part`, the last part of the record."""
        return Pending(
            self.part,
            self.contract,
            self.code,
            self.raw,
            None,
            self.key,
            self.strict,
            part,
            0,
            by_field=True,
            covers=part,
            variable=self.variable,
        )


class FieldDef:
    """The definition of a field. `priority` is `DEFAULT`, a number or `FORCE`; `places` are (unit, start, end) of the names where
    its value (if it has none: the field) is declared, for messages; `required`: the place that a missing definition is reported
    at (where a contract asks for it)."""

    __slots__ = ("constant", "doc", "not_exported", "optional", "pending", "places", "priority", "required", "sources")

    def __init__(
        self,
        sources: tuple[Source, ...],
        pending: tuple[Pending, ...] = (),
        priority: Any = 0,
        optional: bool = False,
        not_exported: bool = False,
        places: tuple[tuple[str, int, int], ...] = (),
        required: tuple[str, int, int] | None = None,
        doc: str | None = None,
        constant: Lazy = UNSET,
    ) -> None:
        self.sources = sources
        self.pending = pending
        self.priority = priority
        self.optional = optional
        self.not_exported = not_exported
        self.places = places
        self.required = required
        self.doc = doc
        self.constant = constant


PLAIN = FieldDef(((0, None, -1),))
"""The definition shared by all fields of plain data."""


def _passes(definition: FieldDef) -> bool:
    """Whether a constant certainly passes all contracts of its field unchanged."""
    kind = type(definition.constant)
    return all(kind in getattr(pending.contract, "accepts", ()) for pending in definition.pending)


class Shape:
    """See the module. `codes`: for a literal, the code of each raw slot (`code(part)`); `part_count`: parts of its records;
    `hidden`: for removed fields that the others still refer to, the part whose slot 0 holds the record they were removed from;
    `undefined`: indices of the fields that have no value and are not optional, in order; `recursive`: whether any definition refers
    to siblings; `merges`: made by merging, so that all raw slots are spelled out; `place`: (unit, start, end) of the literal."""

    __slots__ = (
        "checked",
        "codes",
        "defs",
        "export_plan",
        "extended",
        "frozen",
        "hidden",
        "index",
        "merged",
        "merges",
        "names",
        "open",
        "part_count",
        "place",
        "ready",
        "recursive",
        "sorted_names",
        "template",
        "undefined",
        "uniform",
    )

    def __init__(
        self,
        names: tuple[str, ...],
        defs: tuple[FieldDef, ...],
        open: bool = False,
        codes: tuple[Code | None, ...] | None = None,
        part_count: int = 1,
        place: tuple[str, int, int] | None = None,
        template: list[Lazy] | None = None,
        uniform: bool = False,
        index: dict[str, int] | None = None,
        undefined: tuple[int, ...] | None = None,
        recursive: bool | None = None,
    ) -> None:
        self.names = names
        self.defs = defs
        self.open = open
        self.codes = codes
        self.part_count = part_count
        self.place = place
        self.uniform = uniform
        self.index: dict[str, int] = {name: i for i, name in enumerate(names)} if index is None else index
        if template is None:
            if uniform:
                template = [UNSET] * len(names)
            else:
                template = [d.constant if d.constant is UNSET or _passes(d) else UNSET for d in defs]
        self.template = template
        if undefined is None:
            undefined = () if uniform else tuple(i for i, d in enumerate(defs) if not d.sources and not d.optional)
        self.undefined = undefined
        if recursive is None:
            recursive = not uniform and any(code is not None for d in defs for _, code, _ in d.sources)
        self.recursive = recursive
        self.merges = False
        self.merged: dict[Any, Any] = {}
        self.checked: dict[Any, Any] = {}
        self.extended: dict[Any, Any] = {}
        self.frozen: Shape | None = None
        self.hidden: dict[str, int] | None = None
        self.sorted_names: tuple[str, ...] | None = None
        self.export_plan: Any = None
        self.ready: list[tuple[int, int, int, frozenset[type]]] | None = None

    def position(self, name: str) -> int | None:
        """The index of a field; for one question about a shape that will not be asked others."""
        return self.index.get(name)

    def visible_names(self) -> tuple[str, ...]:
        """Names of all fields but optional ones without value, ascending by UTF-8 bytes (that is, by code point)."""
        names = self.sorted_names
        if names is None:
            if self.uniform:
                names = tuple(sorted(self.names))
            else:
                names = tuple(
                    sorted(n for n, d in zip(self.names, self.defs, strict=True) if d.sources or not d.optional)
                )
            self.sorted_names = names
        return names


class GrowingShape(Shape):
    """The shape of a plain record that was made by adding fields one by one: many of them, so that each addition must not cost
    as much as there are fields.

    All versions share `order`, the names so far, of which the first `count` are theirs. The newest has the index too, and hands it
    over to the next; what else a shape has is made when it is asked for. `index` None: so is the index.
    """

    __slots__ = ("count", "indexed", "order")

    def __init__(self, order: list[str], index: dict[str, int] | None = None) -> None:
        self.order = order
        self.count = len(order)
        self.open = False
        self.codes = None
        self.part_count = 1
        self.place = None
        self.uniform = True
        self.indexed = index is not None
        if index is not None:
            self.index = index
        self.undefined = ()
        self.recursive = False
        self.merges = False
        self.merged = {}
        self.checked = {}
        self.extended = {}
        self.frozen = None
        self.hidden = None
        self.sorted_names = None
        self.export_plan = None
        self.ready = None

    def __getattr__(self, name: str) -> Any:
        """Called for what has not been set."""
        value: Any
        match name:
            case "names":
                value = tuple(self.order[: self.count])
            case "index":
                value = {each: i for i, each in enumerate(self.names)}
                self.indexed = True
            case "defs":
                value = (PLAIN,) * self.count
            case "template":
                value = [UNSET] * self.count
            case _:
                raise AttributeError(name)
        setattr(self, name, value)
        return value

    def position(self, name: str) -> int | None:
        if self.indexed:
            return self.index.get(name)
        try:
            return self.order.index(name, 0, self.count)
        except ValueError:
            return None

    @property
    def is_newest(self) -> bool:
        return self.count == len(self.order)

    def with_name(self, name: str) -> GrowingShape:
        """The newest shape with one more name: the newest from now on."""
        index = self.index
        del self.index
        self.indexed = False
        index[name] = self.count
        self.order.append(name)
        return GrowingShape(self.order, index)


EMPTY_SHAPE = Shape((), (), uniform=True)

_DATA_SHAPES: dict[tuple[str, ...], Shape] = {(): EMPTY_SHAPE}


def data_shape(names: tuple[str, ...]) -> Shape:
    """The shape of a plain record with these (distinct) names in this order."""
    shape = _DATA_SHAPES.get(names)
    if shape is None:
        shape = Shape(names, (PLAIN,) * len(names), uniform=True)
        if len(names) <= 64:
            if len(_DATA_SHAPES) > 4 * CACHE_LIMIT:
                _DATA_SHAPES.clear()
                _DATA_SHAPES[()] = EMPTY_SHAPE
            _DATA_SHAPES[names] = shape
    return shape


def remember(cache: dict[Any, Any], key: Any, value: Any) -> None:
    """Put into a bounded cache: what does not fit is forgotten, never kept alive without end."""
    if len(cache) >= CACHE_LIMIT:
        cache.clear()
    cache[key] = value


def shift_sources(sources: tuple[Source, ...], by: int, index: int) -> tuple[Source, ...]:
    """Sources seen from a record in which the part numbers have moved by `by`; `index` resolves the raw slot −1."""
    return tuple((part + by, code, index if raw < 0 else raw) for part, code, raw in sources)


def frozen_shape(shape: Shape) -> Shape:
    """The shape of a snapshot: same fields and metadata, no recursion, no pending contracts, values in the slots."""
    if shape.uniform:
        return shape
    found = shape.frozen
    if found is None:
        defs = tuple(
            FieldDef(
                ((0, None, -1),) if d.sources else (),
                (),
                d.priority,
                d.optional,
                d.not_exported,
                d.places,
                d.required,
                d.doc,
            )
            for d in shape.defs
        )
        found = shape.frozen = Shape(shape.names, defs, shape.open, place=shape.place)
    return found


# ---- merging


def merged_shape(a: Shape, b: Shape) -> Shape:
    """The shape of `record of a & record of b` (`merging.md`, sections 2 and 6)."""
    found: Shape | None = a.merged.get(b)
    if found is None:
        found = _merge(a, b)
        remember(a.merged, b, found)
    return found


def _merge(a: Shape, b: Shape) -> Shape:
    merged = _joined(a, b) if a.index.keys().isdisjoint(b.names) else _combined(a, b)
    if a.hidden or b.hidden:
        by = a.part_count
        merged.hidden = {**{n: p + by for n, p in (b.hidden or {}).items()}, **(a.hidden or {})}
    return merged


def _joined(a: Shape, b: Shape) -> Shape:
    """The merge of shapes without a common name. A fold that merges one field in each step makes one of these each time: what is
    known of the left side is taken over as a whole."""
    by, count = a.part_count, len(a.names)
    left = a.defs if a.merges else tuple(_moved(d, 0, i) for i, d in enumerate(a.defs))
    joined = Shape(
        a.names + b.names,
        left + tuple(_moved(d, by, i) for i, d in enumerate(b.defs)),
        a.open or b.open,
        part_count=by + b.part_count,
        place=a.place,
        template=a.template[:count] + b.template[: len(b.names)],
        index={**a.index, **{name: count + i for i, name in enumerate(b.names)}},
        undefined=a.undefined + tuple(count + i for i in b.undefined),
        recursive=a.recursive or b.recursive,
    )
    joined.merges = True
    return joined


def _combined(a: Shape, b: Shape) -> Shape:
    names, defs = [], []
    by = a.part_count
    left_only, right_only, common = _merge_order(a, b)
    for name in left_only:
        i = a.index[name]
        names.append(name)
        defs.append(_moved(a.defs[i], 0, i))
    for name in right_only:
        i = b.index[name]
        names.append(name)
        defs.append(_moved(b.defs[i], by, i))
    for name in common:
        i, j = a.index[name], b.index[name]
        names.append(name)
        defs.append(merged_field(_moved(a.defs[i], 0, i), _moved(b.defs[j], by, j)))
    merged = Shape(tuple(names), tuple(defs), a.open or b.open, part_count=by + b.part_count, place=a.place)
    merged.merges = True
    return merged


def _merge_order(a: Shape, b: Shape) -> tuple[list[str], list[str], list[str]]:
    """Left-only, right-only and common names in the order that the specification fixes (swap-removal included)."""
    if len(a.names) < len(b.names):
        rest, only, common = _swap_remove(a.names, b.names)
        return rest, only, common
    rest, only, common = _swap_remove(b.names, a.names)
    return only, rest, common


def _swap_remove(short: tuple[str, ...], long: tuple[str, ...]) -> tuple[list[str], list[str], list[str]]:
    rest = list(short)
    where = {name: i for i, name in enumerate(rest)}
    only, common = [], []
    for name in long:
        i = where.pop(name, None)
        if i is None:
            only.append(name)
            continue
        common.append(name)
        last = rest.pop()
        if i < len(rest):
            rest[i] = last
            where[last] = i
    return rest, only, common


def _moved(d: FieldDef, by: int, index: int) -> FieldDef:
    return FieldDef(
        shift_sources(d.sources, by, index),
        tuple(p.shifted(by) for p in d.pending) if by else d.pending,
        d.priority,
        d.optional,
        d.not_exported,
        d.places,
        d.required,
        d.doc,
        d.constant,
    )


def merged_field(a: FieldDef, b: FieldDef) -> FieldDef:
    """The definition of a field that both sides have; part numbers are already those of the merged record."""
    constant: Lazy = UNSET
    priority: Any
    if a.sources and b.sources:
        if a.priority == b.priority:
            sources, priority, places = a.sources + b.sources, a.priority, a.places + b.places
        elif a.priority > b.priority:
            sources, priority, constant, places = a.sources, a.priority, a.constant, a.places
        else:
            sources, priority, constant, places = b.sources, b.priority, b.constant, b.places
    elif a.sources:
        sources, priority, constant, places = a.sources, a.priority, a.constant, a.places
    elif b.sources:
        sources, priority, constant, places = b.sources, b.priority, b.constant, b.places
    else:
        sources, priority, places = (), 0, a.places + b.places
    keys = {p.key for p in a.pending if p.key is not None}
    pending = a.pending + tuple(p for p in b.pending if p.key is None or p.key not in keys)
    return FieldDef(
        sources,
        pending,
        priority,
        a.optional and b.optional,
        a.not_exported or b.not_exported,
        places,
        a.required if a.required is not None else b.required,
        a.doc if a.doc is not None else b.doc,
        constant,
    )
