"""Where in the sources a part of the exported value was written, found by walking the program along its path.

Values keep no positions; this costs nothing until an error is reported. The walk follows records, arrays, merges, annotations,
`let`s and imports as far as they are literal, and says how far it came.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contractlang.resolve import core
from contractlang.runtime.generated import GENERATED
from contractlang.runtime.values import enum_tag
from contractlang.source import Source, Span

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from contractlang.resolve.program import Program

Path = Sequence[str | int]
LocateData = Callable[[str, str, Path], tuple[int, int] | None]
"""(format, text, path) → the place of the value in a data file."""
FindKey = Callable[[str, str, int], tuple[int, int] | None]
"""(text, key, start of its value) → the place of the key in a data file."""

_STEPS = 10_000


class Locator:
    """Finds values of one program. `locate_data` does the same in data files, where `find_key` finds their keys; `selected`: the
    place in the program's value of what is exported of it, where paths begin."""

    def __init__(self, program: Program, locate_data: LocateData, find_key: FindKey) -> None:
        self.selected: Path = ()
        self._program = program
        self._locate_data = locate_data
        self._find_key = find_key
        self._fields: dict[core.Record, dict[str, core.Field]] = {}
        self._definitions: dict[Source, _Definitions] = {}
        self._literals: dict[object, list[Span]] | None = None

    @property
    def is_handed_in(self) -> bool:
        """Whether the exported value is not that of the program's text alone."""
        return self._program.prepared

    def definition(self, name: Span, elements: Sequence[int] = ()) -> Span | None:
        """The value of the field whose name stands there; as far as `elements` lead into it, that element."""
        definitions = self._of(name.source)
        node = definitions.values.get(name.start)
        return None if node is None else self._inside(definitions, node, elements)

    def data_field(self, literal: Span, field: str, elements: Sequence[int] = ()) -> Span | None:
        """The same for a field of the record of plain data that begins there."""
        definitions = self._of(literal.source)
        record = definitions.records.get(literal.start)
        for one in record.fields if record is not None else ():
            if one.name == field and one.value is not None:
                return self._inside(definitions, one.value, elements)
        return None

    def data_names(self, literal: Span, field: str) -> list[Span]:
        """Where the record of plain data that begins there names a field."""
        record = self._of(literal.source).records.get(literal.start)
        found = [one for one in record.fields if one.name == field] if record is not None else []
        return [Span(literal.source, *place) for one in found for place in one.occurrences or [(one.start, one.end)]]

    def data_record(self, literal: Span) -> Span | None:
        """The record of plain data that begins there, whole."""
        record = self._of(literal.source).records.get(literal.start)
        return None if record is None else Span(literal.source, record.start, record.end)

    def term(self, span: Span) -> core.Core | None:
        """The term that is written there."""
        return self._of(span.source).terms.get((span.start, span.end))

    def literals(self, value: object) -> list[Span]:
        """Where the program's literals of a value stand that has no identity to tell them apart."""
        if self._literals is None:
            self._literals = {}
            for unit in self._program.units.values():
                if unit.root is not None:
                    for node in self._of(unit.source).terms.values():
                        if isinstance(node, (core.Lit, core.Tag)):
                            key = _literal_key(node.value if isinstance(node, core.Lit) else enum_tag(node.name))
                            self._literals.setdefault(key, []).append(Span(unit.source, node.start, node.end))
        return self._literals.get(_literal_key(value), [])

    def is_literal(self, span: Span, value: object) -> bool:
        """Whether an expression is a literal of a value that has no identity."""
        node = self.term(span)
        if not isinstance(node, (core.Lit, core.Tag)):
            return False
        return _literal_key(node.value if isinstance(node, core.Lit) else enum_tag(node.name)) == _literal_key(value)

    def library_access(self, path: tuple[str, ...]) -> Span | None:
        """The first place where the program reads this member of the standard library."""
        for unit in self._program.units.values():
            if unit.root is not None:
                found = [node for node in self._of(unit.source).terms.values() if _library_path(node) == path]
                if found:
                    first = min(found, key=lambda node: node.start)
                    return Span(unit.source, first.start, first.end)
        return None

    def record(self, begin: Span) -> Span | None:
        """The record literal that begins there."""
        record = self._of(begin.source).records.get(begin.start)
        return None if record is None else Span(begin.source, record.start, record.end)

    def data(self, unit: str, path: Path) -> Span | None:
        """The place of a value in a data file; `unit` is the name of its generated code."""
        found = self._program.units.get(unit.removeprefix(GENERATED).removesuffix(">"))
        place = None if found is None else self._locate_data(found.format, found.source.text, path)
        return None if found is None or place is None else Span(found.source, *place)

    def data_key(self, unit: str, path: Path, key: str) -> Span | None:
        """The key of a record in a data file, or its value where the key cannot be told."""
        value = self.data(unit, (*path, key))
        place = None if value is None else self._find_key(value.source.text, key, value.start)
        return value if value is None or place is None else Span(value.source, *place)

    def _of(self, source: Source) -> _Definitions:
        known = self._definitions.get(source)
        if known is None:
            known = self._definitions[source] = _Definitions()
            for unit in self._program.units.values():
                if unit.source is source and unit.root is not None:
                    known.collect(unit)
        return known

    def _inside(self, definitions: _Definitions, node: core.Core, elements: Sequence[int]) -> Span | None:
        assert definitions.unit is not None
        for length in range(len(elements), 0, -1):
            walk = _Walk(self._program, self._locate_data, self._fields)
            walk.follow(definitions.unit, node, list(elements[:length]))
            if walk.found:
                return walk.found[-1]
        return Span(definitions.unit.source, node.start, node.end)

    def nearest(self, path: Path) -> Span | None:
        """The place of the value at a path, or that of the smallest expression that made it."""
        shorter = list(path)
        while True:
            found = self.find_all(shorter)
            if found or not shorter:
                return found[-1] if found else None
            shorter.pop()

    def find(self, path: Path) -> Span | None:
        """The place of the value at a path of the main units; None if it was not written anywhere as it is."""
        found = self.find_all(path)
        return found[-1] if found else None

    def find_all(self, path: Path) -> list[Span]:
        """The places of all definitions at a path, in the order in which they are merged."""
        return self._walk(path).found

    def lacking(self, path: Path) -> Span | None:
        """The record that ought to have had a field at a path, and has none."""
        lacking = self._walk(path).lacking
        return lacking[0] if lacking else None

    def _walk(self, path: Path) -> _Walk:
        walk = _Walk(self._program, self._locate_data, self._fields)
        for unit in () if self._program.prepared else self._program.mains:
            if unit.root is not None:
                walk.follow(unit, unit.root, [*self.selected, *path])
        return walk


def _library_path(node: core.Core) -> tuple[str, ...] | None:
    """The path below `std` that a chain of accesses spells, if it does."""
    path: list[str] = []
    while isinstance(node, core.Access):
        path.append(node.name)
        node = node.record
    return tuple(reversed(path)) if path and isinstance(node, core.Var) and node.binding.kind == "std" else None


def _literal_key(value: object) -> object:
    return type(value), value


class _Walk:
    def __init__(
        self, program: Program, locate_data: LocateData, fields: dict[core.Record, dict[str, core.Field]]
    ) -> None:
        self._program = program
        self._locate_data = locate_data
        self._fields = fields
        self._bound: dict[core.Binding, tuple[core.Unit, core.Core]] = {}
        self._records: list[tuple[core.Unit, core.Record]] = []
        self._steps = 0
        self.found: list[Span] = []
        self.lacking: list[Span] = []

    def follow(self, unit: core.Unit, node: core.Core, path: list[str | int]) -> None:
        """Follow `path` from a term, and note where it ends."""
        self._steps += 1
        if self._steps > _STEPS:
            return
        match node:
            case core.Let():
                for binding in node.bindings:
                    if isinstance(binding.pattern, core.PVar):
                        self._bound[binding.pattern.binding] = (unit, binding.value)
                self.follow(unit, node.body, path)
            case core.Annot():
                self._annotated(unit, node.value, node.meta, path)
            case core.Var():
                bound = self._value_of(node.binding)
                if bound is not None:
                    self.follow(*bound, path)
                elif not path:
                    self.found.append(Span(unit.source, node.start, node.end))
            case core.Import():
                self._imported(node, path)
            case core.Op() if node.op in ("&", "&piecewise"):
                for side in node.args:
                    self.follow(unit, side, path)
            case core.Access():
                self.follow(unit, node.record, [node.name, *path])
            case _ if not path:
                self.found.append(Span(unit.source, node.start, node.end))
            case core.Record():
                self._field(unit, node, path)
            case core.Array():
                index = path[0]
                if isinstance(index, int) and index < len(node.items):
                    self.follow(unit, node.items[index], path[1:])

    def _annotated(self, unit: core.Unit, value: core.Core, meta: core.Meta, path: list[str | int]) -> None:
        """A term under contracts: what it says itself, else what a record contract gives, such as a default."""
        before = len(self.found)
        self.follow(unit, value, path)
        if len(self.found) == before:
            self._in_contracts(unit, meta, path)

    def _in_contracts(self, unit: core.Unit, meta: core.Meta, path: list[str | int]) -> None:
        for contract in meta.contracts:
            if isinstance(contract.type, core.TContract):
                self.follow(unit, contract.type.expr, path)

    def _field(self, unit: core.Unit, record: core.Record, path: list[str | int]) -> None:
        fields = self._fields.get(record)
        if fields is None:
            fields = self._fields[record] = {field.name: field for field in record.fields}
        self._records.append((unit, record))
        name = path[0]
        field = fields.get(name) if isinstance(name, str) else None
        if field is None:
            if len(path) == 1:
                self.lacking.append(Span(unit.source, record.start, record.end))
            return
        if field.value is not None:
            self._annotated(unit, field.value, field.meta, path[1:])
        elif len(path) > 1:
            self._in_contracts(unit, field.meta, path[1:])

    def _value_of(self, binding: core.Binding) -> tuple[core.Unit, core.Core] | None:
        """What a variable stands for: a `let`, or a field of a record around it."""
        if binding.kind != "field":
            return self._bound.get(binding)
        for unit, record in reversed(self._records):
            field = self._fields[record].get(binding.name)
            if field is not None and field.binding is binding and field.value is not None:
                return unit, field.value
        return None

    def _imported(self, node: core.Import, path: list[str | int]) -> None:
        unit = self._program.units.get(node.key)
        if unit is None:
            return
        if unit.root is not None:
            self.follow(unit, unit.root, path)
            return
        place = self._locate_data(unit.format, unit.source.text, path)
        if place is not None:
            self.found.append(Span(unit.source, *place))


class _Definitions:
    """The values of a unit's fields by where their names begin, its records by where they begin, and its terms by where they
    stand, the outermost of those that stand in one place."""

    def __init__(self) -> None:
        self.unit: core.Unit | None = None
        self.values: dict[int, core.Core] = {}
        self.records: dict[int, core.Record] = {}
        self.terms: dict[tuple[int, int], core.Core] = {}

    def collect(self, unit: core.Unit) -> None:
        self.unit = unit
        stack: list[object] = [unit.root]
        seen: set[int] = set()
        while stack:
            node = stack.pop()
            if isinstance(node, (list, tuple)):
                stack.extend(node)
            elif isinstance(node, (core.Node, core.Meta)) and id(node) not in seen:
                seen.add(id(node))
                if isinstance(node, core.Core):
                    self.terms.setdefault((node.start, node.end), node)
                if isinstance(node, core.Record):
                    self.records.setdefault(node.start, node)
                if isinstance(node, core.Field) and node.value is not None:
                    for start in (node.start, *(start for start, _ in node.occurrences)):
                        self.values.setdefault(start, node.value)
                for kind in type(node).__mro__:
                    stack.extend(
                        getattr(node, slot, None) for slot in getattr(kind, "__slots__", ()) if slot != "decls"
                    )
