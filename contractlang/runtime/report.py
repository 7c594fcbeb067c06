"""An error being worded: what is known of where it happened."""

from __future__ import annotations

from types import TracebackType

from contractlang.diagnostics.model import Label as Mark
from contractlang.resolve import core
from contractlang.runtime import errors
from contractlang.runtime.birth import birth, only_literal
from contractlang.runtime.blame import (
    written_elsewhere,
)
from contractlang.runtime.contracts.extra_fields import extra_fields
from contractlang.runtime.label import ARRAY
from contractlang.runtime.label import Label as BlameLabel
from contractlang.runtime.locate import Locator
from contractlang.runtime.origins import Step
from contractlang.runtime.places import (
    Place,
    Places,
    evaluated_field,
    exported_path,
    field_under,
)
from contractlang.runtime.values import EnumTag, Lazy, Record
from contractlang.source import Span

_MOST_EXTRA = 5


class Report:
    """An error being worded: where it happened, innermost place in user code first. `locator` finds values by their path."""

    def __init__(
        self, error: errors.EvaluationError, places: Places, traceback: TracebackType | None, locator: Locator | None
    ) -> None:
        self.error = error
        self.places = places
        self.locator = locator
        self.traceback = traceback
        trace = places.trace(traceback)
        self.trace = trace
        self.here: Place | None = trace[-1] if trace else None
        user = [place for place in trace if not place.is_library]
        self.user: Place | None = user[-1] if user else None
        self.path = exported_path(traceback)

    @property
    def place(self) -> Place | None:
        """Where to point: in user code if any of it is involved."""
        return self.user or self.here

    def written(self, path: list[str | int] | None = None) -> Span | None:
        """Where the value that was being forced for output was written."""
        path = self.path if path is None else path
        return self.locator.find(path) if self.locator is not None and path else None

    def nearest(self) -> Span | None:
        """The smallest expression at or around that place."""
        return self.locator.nearest(self.path) if self.locator is not None and self.path else None

    def checked(self, label: BlameLabel) -> Span | None:
        """The value of the field whose contract is broken, where it was defined; the element of it, where that is known."""
        found = field_under(self.traceback, label.annotation)
        if found is None or self.locator is None:
            return None
        record, index, elements = found
        if ARRAY not in label.path:
            elements = []
        definition = record.shape.defs[index]
        for place in reversed(definition.places):
            name = self.places.span(*place)
            value = None if name is None else self.locator.definition(name, elements)
            if value is not None:
                return value
        parts = record.parts or (record,)
        for number, _, _ in reversed(definition.sources):
            literal = data_literal(parts[number], self.places)
            if literal is not None:
                value = self.locator.data_field(literal, record.shape.names[index], elements)
                if value is not None:
                    return value
            value = self.data_place(parts[number], record.shape.names[index], *elements)
            if value is not None:
                return value
        return None

    def defined(self) -> Span | None:
        """The value of the field that was being checked, where it was defined; None if it was none."""
        found = evaluated_field(self.traceback)
        if found is None or self.locator is None:
            return None
        record, index = found
        for place in record.shape.defs[index].places:
            name = self.places.span(*place)
            value = None if name is None else self.locator.definition(name)
            if value is not None:
                return value
        return self.locator.find(self.path)

    def extra_fields(self) -> list[Span]:
        """The names of the fields that a record has too many, where that is what failed: those whose places are known."""
        extra = extra_fields(self.error)
        record = getattr(self.error, "value", None)
        if type(record) is list and record[0] is None:
            record = record[1]
        if extra is None or not isinstance(record, Record):
            return []
        found = [span for name in extra.names for span in self._names(record, name)]
        return list(dict.fromkeys(found))[:_MOST_EXTRA]

    def _names(self, record: Record, name: str) -> list[Span]:
        """Where user code or a data file names a field of a record."""
        index = record.shape.index.get(name)
        if index is None:
            return []
        definition = record.shape.defs[index]
        declared = [self.places.span(*place) for place in definition.places if not self.places.is_library(place[0])]
        found = [span for span in declared if span is not None]
        parts = record.parts or (record,)
        for number, _, _ in definition.sources:
            found += self._data_names(parts[number], name)
        return found

    def _data_names(self, part: Record, name: str) -> list[Span]:
        """The same for a record of plain data, or one from a data file."""
        if self.locator is None:
            return []
        literal = data_literal(part, self.places)
        if literal is not None:
            return [] if self.places.is_library_source(literal.source) else self.locator.data_names(literal, name)
        key = None
        born = self._data_origin(part)
        if born is not None:
            key = self.locator.data_key(*born, name)
        return [] if key is None else [key]

    def data_place(self, part: Record, *inside: Step) -> Span | None:
        """Where a record from a data file was written; what is `inside` of it."""
        born = self._data_origin(part)
        return None if born is None or self.locator is None else self.locator.data(born[0], (*born[1], *inside))

    def _data_origin(self, part: Record) -> tuple[str, tuple[Step, ...]] | None:
        """The unit of the data file that a record was read from, and the path to it."""
        born = None if self.places.origins is None else self.places.origins.find(part)
        return born if born is not None and len(born) == 2 else None

    def written_elsewhere(self, value: Lazy, marks: list[Mark]) -> list[Mark]:
        """A mark where a value was written, unless the marks show that already."""
        if type(value) is list and value[0] is None:
            value = value[1]
        born = birth(value, self.places) or self._handed_on(value)
        if born is None and not isinstance(value, bool):  # those are likely to be computed
            born = only_literal(value, self.places)
        return written_elsewhere(born, marks)

    def _handed_on(self, value: Lazy) -> Span | None:
        """The literal of a value that is an operand of an evaluation in progress, the innermost with such an operand: for values
        without an identity."""
        if self.locator is None or not (value is None or isinstance(value, (bool, int, str, EnumTag))):
            return None
        for place in reversed(self.trace):
            for operand in [] if place.is_library else place.operands:
                if self.locator.is_literal(operand, value):
                    return operand
        return None

    def is_parameter(self, span: Span) -> bool:
        """Whether an expression is a parameter: what it stands for differs from call to call."""
        term = None if self.locator is None else self.locator.term(span)
        return isinstance(term, core.Var) and term.binding.kind in ("param", "pattern")

    @property
    def direct(self) -> bool:
        """Whether user code itself failed, rather than a library function that it called."""
        return self.here is not None and self.here is self.user

    def marks(self, message: str, operand: int | None = None) -> list[Mark]:
        place = self.place
        if place is None:
            return []
        span = place.span
        if operand is not None and self.direct and operand < len(place.operands):
            span = place.operands[operand]
        return [Mark(span, message)]


def data_literal(part: Record, places: Places) -> Span | None:
    """Where the literal begins that a record of plain data was made of: such have no definitions of their own, but know that."""
    origin = part.env
    if part.shape.uniform and isinstance(origin, tuple) and len(origin) == 2 and isinstance(origin[0], str):
        return places.span(origin[0], origin[1], origin[1])
    return None
