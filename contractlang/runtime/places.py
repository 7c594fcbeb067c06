"""From tracebacks to places in sources.

Generated code carries no spans; its line table does. When an error is reported, the frames of its traceback that are generated code
are looked up here: the innermost one is where the failing operation stands, the others are the pending evaluations around it.
"""

from __future__ import annotations

from types import CodeType, TracebackType
from typing import TYPE_CHECKING

from contractlang.runtime.generated import GENERATED
from contractlang.runtime.label import Label
from contractlang.runtime.values import Record
from contractlang.source import Source, Span

if TYPE_CHECKING:
    from contractlang.runtime.locate import Locator

Spans = tuple[int, ...]


class GeneratedUnit:
    """What is needed to place the lines of a generated module: its source, its line table, whether it is the library's."""

    __slots__ = ("is_library", "source", "spans")

    def __init__(self, source: Source, spans: dict[int, Spans], is_library: bool) -> None:
        self.source = source
        self.spans = spans
        self.is_library = is_library


class Place:
    """An operation in a source: its span, and those of its operands."""

    __slots__ = ("is_library", "operands", "span")

    def __init__(self, unit: GeneratedUnit, spans: Spans) -> None:
        source = unit.source
        self.span = Span(source, spans[0], spans[1])
        self.operands = [Span(source, spans[i], spans[i + 1]) for i in range(2, len(spans), 2)]
        self.is_library = unit.is_library


class Places:
    """The generated units of a run, by the file names of their code objects. `locator` finds values; it is made once, when the
    first error is reported."""

    __slots__ = ("locator", "units")

    def __init__(self) -> None:
        self.units: dict[str, GeneratedUnit] = {}
        self.locator: Locator | None = None

    def span(self, unit: str, start: int, end: int) -> Span | None:
        found = self.units.get(unit)
        return None if found is None or start < 0 else Span(found.source, start, end)

    def is_library(self, unit: str) -> bool:
        found = self.units.get(unit)
        return found is not None and found.is_library

    def at_line(self, code: CodeType, line: int | None) -> Place | None:
        unit = self.units.get(code.co_filename)
        if unit is None or line is None:
            return None
        # A line without an entry continues the operation before it.
        for number in range(line, code.co_firstlineno, -1):
            spans = unit.spans.get(number)
            if spans is not None:
                return Place(unit, spans)
        return None

    def at_instruction(self, code: CodeType, instruction: int) -> Place | None:
        for start, end, line in code.co_lines():
            if start <= instruction < end:
                return self.at_line(code, line)
        return None

    def trace(self, traceback: TracebackType | None) -> list[Place]:
        """The operations under evaluation, outermost first."""
        found: list[Place] = []
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if code.co_filename in self.units:
                place = self.at_line(code, traceback.tb_lineno)
                if place is not None:
                    found.append(place)
            traceback = traceback.tb_next
        return found


def exported_path(traceback: TracebackType | None) -> list[str | int]:
    """The place in the value that was being forced for output: read off the frames of deep forcing."""
    path: list[str | int] = []
    while traceback is not None:
        frame = traceback.tb_frame
        code = frame.f_code
        if code.co_filename.endswith("deep.py"):
            if code.co_name == "_force_fields":
                record, i = frame.f_locals.get("record"), frame.f_locals.get("i")
                if record is not None and isinstance(i, int):
                    path.append(record.shape.names[i])
            elif code.co_name == "deep_force" and type(frame.f_locals.get("i")) is int:
                path.append(frame.f_locals["i"])
        traceback = traceback.tb_next
    return path


def evaluated_field(traceback: TracebackType | None) -> tuple[Record, int] | None:
    """The record and index of the field whose definition was being evaluated, innermost; None if it was none.

    Only where no generated code ran inside it: then the failure is in combining or checking the field itself.
    """
    found: tuple[Record, int] | None = None
    while traceback is not None:
        frame = traceback.tb_frame
        code = frame.f_code
        if code.co_name == "field" and code.co_filename.endswith("record.py"):
            record, index = frame.f_locals.get("record"), frame.f_locals.get("index")
            if isinstance(record, Record) and isinstance(index, int):
                found = record, index
        elif code.co_filename.startswith(GENERATED):
            found = None
        traceback = traceback.tb_next
    return found


_JUDGES = frozenset(("check_custom", "check_predicate", "check_validator"))
_LAZY_PARTS = {"force": "thunk", "field": "record", "raw_slot": "part", "element": "array"}


def contract_at_fault(traceback: TracebackType | None) -> Label | None:
    """The label of the custom contract whose own code failed; None where there is none, or where what failed was the evaluation of
    the value that it was judging."""
    label: Label | None = None
    value: object = None
    while traceback is not None:
        frame = traceback.tb_frame
        name = frame.f_code.co_name
        if name in _JUDGES and frame.f_code.co_filename.endswith("custom.py"):
            label, value = frame.f_locals.get("label"), frame.f_locals.get("value")
        elif label is not None and name in _LAZY_PARTS and not frame.f_code.co_filename.startswith(GENERATED):
            part = frame.f_locals.get(_LAZY_PARTS[name])
            given = value[1] if isinstance(value, list) and value[0] is None else value
            if part is value or part is given:
                label = None
        traceback = traceback.tb_next
    return label
