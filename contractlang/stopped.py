"""Where a run stood when a limit stopped it outside of the program's own code: in the parser, the resolver, the type checker, the
compiler, or in forcing what is written.

Read off the frames of the traceback, so that a run that reaches no limit pays nothing for it: the innermost frame that has a
syntax node in its hands tells the place, the next that has a source tells the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

from contractlang.diagnostics.model import Diagnostic, Label
from contractlang.resolve import core
from contractlang.source import Source, Span
from contractlang.syntax import nodes

if TYPE_CHECKING:
    from contractlang.resolve.program import Program

_LOOKED_AT = 200
"""Innermost frames that are searched for a node: beyond, a place would say little."""
_Node = (nodes.Node, core.Node)


def stopped(code: str, message: str, traceback: TracebackType | None, sources: Sequence[Source]) -> Diagnostic:
    """The diagnostic for a limit that was reached before the program ran: it has a place if one can be told."""
    place = _place(traceback, sources)
    return Diagnostic(code, message, [] if place is None else [Label(place, "here")])


def point_at_program(diagnostic: Diagnostic, program: Program) -> Diagnostic:
    """The diagnostic, with the whole program as its place if it has none: that was being evaluated."""
    if not diagnostic.labels and program.mains:
        unit = program.mains[0]
        if unit.root is not None:
            span = Span(unit.source, unit.root.start, unit.root.end)
            diagnostic.labels.append(Label(span, "while this was evaluated"))
    return diagnostic


def _place(traceback: TracebackType | None, sources: Sequence[Source]) -> Span | None:
    node: tuple[int, int] | None = None
    for number, frame in enumerate(_from_within(traceback)):
        found = frame.f_locals.values()
        if node is None and number < _LOOKED_AT:
            node = next((place for value in found if (place := _of_node(value)) is not None), None)
        source = next((source for value in found for source in _sources(value)), None)
        if source is not None:
            start, end = node or (0, 0)
            return Span(source, start, end)
    return Span(sources[0], *(node or (0, 0))) if sources else None


def _of_node(value: object) -> tuple[int, int] | None:
    """Where a node stands; None for other values, and for a node that was just being made."""
    if not isinstance(value, _Node):
        return None
    start, end = getattr(value, "start", None), getattr(value, "end", None)
    return None if start is None or end is None else (start, end)


def _sources(value: object) -> Iterator[Source]:
    """The source that a local variable of a stage is or holds."""
    if isinstance(value, Source):
        yield value
    else:
        held = getattr(value, "source", None)
        if isinstance(held, Source):
            yield held


def _from_within(traceback: TracebackType | None) -> Iterator[FrameType]:
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    frame = None if traceback is None else traceback.tb_frame
    while frame is not None:
        yield frame
        frame = frame.f_back
