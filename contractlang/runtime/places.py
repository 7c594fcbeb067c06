"""From tracebacks to places in sources.

Generated code carries no spans; its line table does. When an error is reported, the frames of its traceback that are generated code
are looked up here: the innermost one is where the failing operation stands, the others are the pending evaluations around it.
"""

from __future__ import annotations

from types import CodeType, FrameType, TracebackType

from contractlang.runtime.generated import GENERATED
from contractlang.runtime.label import Annotation, Label
from contractlang.runtime.values import Array, Function, Lazy, Record, Variant
from contractlang.source import Source, Span

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from contractlang.runtime.locate import Locator
    from contractlang.runtime.origins import Origins

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
    first error is reported. `origins`: where values were born, in a run that is made to tell."""

    __slots__ = ("locator", "origins", "units")

    def __init__(self) -> None:
        self.units: dict[str, GeneratedUnit] = {}
        self.locator: Locator | None = None
        self.origins: Origins | None = None

    def span(self, unit: str, start: int, end: int) -> Span | None:
        found = self.units.get(unit)
        return None if found is None or start < 0 else Span(found.source, start, end)

    def is_library(self, unit: str) -> bool:
        found = self.units.get(unit)
        return found is not None and found.is_library

    def is_library_source(self, source: Source) -> bool:
        return any(unit.is_library for unit in self.units.values() if unit.source is source)

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

    def function(self, function: Function) -> Span | None:
        """The literal of a function of the program; of a wrapper, that of the function inside."""
        inner = written_function(function, self)
        if inner is None:
            return None
        code = inner.code.__code__
        unit = self.units[code.co_filename]
        spans = unit.spans.get(code.co_firstlineno)
        return None if spans is None else Span(unit.source, spans[0], spans[1])

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


def library_path(traceback: TracebackType | None) -> tuple[str, ...] | None:
    """The path of the member of the standard library that was being looked up when the evaluation failed."""
    path: object = None
    while traceback is not None:
        frame = traceback.tb_frame
        if frame.f_code.co_name == "_library_code":
            path = frame.f_locals.get("path")
        elif frame.f_code.co_filename.startswith(GENERATED):
            path = None
        traceback = traceback.tb_next
    return path if isinstance(path, tuple) else None


def evaluated_field(traceback: TracebackType | None) -> tuple[Record, int] | None:
    """The record and index of the field whose definition was being evaluated, innermost; None if it was none.

    Only where no generated code ran inside it: then the failure is in combining or checking the field itself.
    """
    found: tuple[Record, int] | None = None
    while traceback is not None:
        frame = traceback.tb_frame
        code = frame.f_code
        # A contract that looks at a field has its definitions combined while the contract's own code runs.
        if code.co_name in _COMBINING and code.co_filename.endswith("record.py"):
            record, index = frame.f_locals.get("record"), frame.f_locals.get("index")
            if isinstance(record, Record) and isinstance(index, int):
                found = record, index
        elif code.co_filename.startswith(GENERATED):
            found = None
        traceback = traceback.tb_next
    return found


_COMBINING = frozenset(("field", "_combined"))


def field_under(traceback: TracebackType | None, annotation: Annotation) -> tuple[Record, int, list[int]] | None:
    """The field that has the contract of `annotation` pending, if it is being evaluated: the record, its index, and the indices of
    the elements inside it that were being evaluated in turn."""
    found: tuple[Record, int, list[int]] | None = None
    while traceback is not None:
        frame = traceback.tb_frame
        code = frame.f_code
        if code.co_name == "field" and code.co_filename.endswith("record.py"):
            record, index = frame.f_locals.get("record"), frame.f_locals.get("index")
            if isinstance(record, Record) and isinstance(index, int):
                labels = [pending.label for pending in record.shape.defs[index].pending]
                if any(label is not None and label.annotation is annotation for label in labels):
                    found = record, index, []
        elif found is not None and code.co_name == "element" and code.co_filename.endswith("thunk.py"):
            inner = frame.f_locals.get("index")
            # Arrays under contracts stand on others: the same index comes several times.
            if isinstance(inner, int) and found[2][-1:] != [inner]:
                found[2].append(inner)
        traceback = traceback.tb_next
    return found


def promising_function(traceback: TracebackType | None, label: Label, places: Places) -> Span | None:
    """The literal of the function under the contract of `label`, if it is being called: merging may have put another one in the
    place of the one that the contract is written at."""
    found: Span | None = None
    while traceback is not None:
        frame = traceback.tb_frame
        if frame.f_code.co_name.startswith("call_") and frame.f_code.co_filename.endswith("arrow.py"):
            promise = frame.f_locals.get("result_label")
            function = frame.f_locals.get("function")
            if isinstance(promise, Label) and promise.annotation is label.annotation and isinstance(function, Function):
                found = places.function(function)
        traceback = traceback.tb_next
    return found


_JUDGES = frozenset(("check_custom", "check_predicate", "check_validator"))


def contract_at_fault(traceback: TracebackType | None, places: Places, call: Place | None = None) -> Label | None:
    """The label of the custom contract whose own code failed; None where there is none, or where what failed was the evaluation of
    something that it came across.

    Its own is what happened inside the text of its function, and what functions that it calls did before any field, element or
    raw value, or the value that it judges, was evaluated. Where a contract was broken by a call, `call` is the call: it is the
    contract's own if it stands in the text of its function.
    """
    label: Label | None = None
    region: tuple[str, int, int] | None = None
    judged: Lazy = None
    own = False
    while traceback is not None:
        frame = traceback.tb_frame
        code = frame.f_code
        if code.co_name in _JUDGES and code.co_filename.endswith("custom.py"):
            label = frame.f_locals.get("label")
            judged = frame.f_locals.get("value")
            region = _region(frame.f_locals.get("contract"), places)
            own = call is None or _stands_in(call, region, places)
        elif call is not None:
            pass
        elif code.co_filename in places.units:
            place = places.at_line(code, traceback.tb_lineno)
            if place is not None and region is not None and code.co_filename == region[0]:
                own = own or (region[1] <= place.span.start and place.span.end <= region[2])
        elif code.co_name in _SLOTS or (own and _forces_part(frame, judged)):
            own = False
        traceback = traceback.tb_next
    return label if own else None


def _forces_part(frame: FrameType, value: Lazy) -> bool:
    """Whether a frame forces a value, or what it has in it where no field or element is asked for."""
    if frame.f_code.co_name != "force" or not frame.f_code.co_filename.endswith("thunk.py"):
        return False
    thunk = frame.f_locals.get("thunk")
    seen: set[int] = set()
    waiting = [value]
    while waiting and len(seen) < _LOOKED_AT:
        part = waiting.pop()
        if part is thunk:
            return True
        if type(part) is list and part[0] is None:
            part = part[1]
        if id(part) not in seen:
            seen.add(id(part))
            waiting += _parts(part)
    return False


_LOOKED_AT = 1000
"""At most so many parts of a value are looked at."""


def _parts(value: Lazy) -> list[Lazy]:
    if type(value) is Variant:
        return [value.arg]
    if type(value) is Array:
        return value.items[:_LOOKED_AT]
    return value.slots[:_LOOKED_AT] if isinstance(value, Record) else []


def _stands_in(call: Place, region: tuple[str, int, int] | None, places: Places) -> bool:
    if region is None or places.units[region[0]].source is not call.span.source:
        return False
    return region[1] <= call.span.start and call.span.end <= region[2]


_SLOTS = frozenset(("field", "element", "raw_slot"))


def written_function(function: object, places: Places) -> Function | None:
    """The function of the program in a wrapper that checks its contract, or in a partial application of it."""
    while isinstance(function, Function) and function.code.__code__.co_filename not in places.units:
        # The function comes first in the environment of both.
        function = function.env[0] if isinstance(function.env, tuple) and function.env else None
    return function if isinstance(function, Function) else None


def _region(contract: object, places: Places) -> tuple[str, int, int] | None:
    """The stretch of source that the function of a custom contract was compiled from."""
    function = written_function(getattr(contract, "function", None), places)
    if function is None:
        return None
    code = function.code.__code__
    lines = [line for _, _, line in code.co_lines() if line is not None]
    found = [place.span for place in (places.at_line(code, line) for line in lines) if place is not None]
    if not found:
        return None
    return code.co_filename, min(span.start for span in found), max(span.end for span in found)
