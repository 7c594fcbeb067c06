"""Who is not at fault, and how the evaluation came to the failure: the user-visible calls, innermost first.

A verdict names one party. Whoever reads it has to know which of the others to leave alone, so the report says so, each with its
place.
"""

from __future__ import annotations

import os

from contractlang.runtime.label import Annotation
from contractlang.runtime.places import Place, Places
from contractlang.source import Span

MOST_CALLS = 5
_WIDEST = 48


def call_chain(trace: list[Place], guilty: Span | None) -> list[Place]:
    """The calls in user code under evaluation, innermost first, without the one at fault and without repetition."""
    calls: list[Place] = []
    for place in reversed(trace):
        if place.is_library or not _is_call(place):
            continue
        if guilty is not None and _within(guilty, place.span):
            continue
        if all(place.span != known.span for known in calls):
            calls.append(place)
    return calls


def calls_note(calls: list[Place]) -> list[str]:
    """The chain as one note, of at most `MOST_CALLS` lines."""
    if not calls:
        return []
    shown = calls if len(calls) <= MOST_CALLS else [*calls[: MOST_CALLS - 2], calls[-1]]
    lines = [f"{place_text(call.span)}: {short_text(call.span)}" for call in shown]
    if len(shown) < len(calls):
        lines.insert(len(lines) - 1, f"… {len(calls) - len(shown)} more calls")
    return ["called from\n" + "\n".join(lines)]


def innocent_note(
    party: str, name: str | None, annotation: Annotation, places: Places, guilty: Span | None, calls: list[Place]
) -> list[str]:
    """The parties that are not at fault: the function that a caller misused, the caller of a function that lied, and the modules
    that only called the guilty one."""
    said: list[str] = []
    written = places.span(annotation.unit, annotation.start, annotation.end)
    is_library = places.is_library(annotation.unit)
    if party == "caller" and written is not None and not is_library:
        said.append(f"{_function_text(name)} ({place_text(written)})")
    elif party == "function" and calls:
        said.append(f"the caller ({place_text(calls[0].span)})")
    if guilty is not None:
        files = {guilty.source.name}
        if written is not None and said and party == "caller":
            files.add(written.source.name)
        for call in calls if party == "caller" else calls[1:]:
            if call.span.source.name not in files:
                files.add(call.span.source.name)
                said.append(f"{os.path.basename(call.span.source.name)} ({place_text(call.span)})")
    return [f"not at fault: {', '.join(said)}"] if said else []


def _function_text(name: str | None) -> str:
    return f"`{name}`" if name is not None else "the function"


def place_text(span: Span) -> str:
    line, column = span.source.lines.position(span.start)
    return f"{span.source.name}:{line}:{column}"


def short_text(span: Span) -> str:
    """The text of a span on one line, cut."""
    text = " ".join(span.text[: 4 * _WIDEST].split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _is_call(place: Place) -> bool:
    """Whether an operation is a call `f x …` or `x |> f`, rather than arithmetic or an access."""
    if len(place.operands) < 2:
        return False
    first, second = place.operands[0], place.operands[1]
    if first.start > second.start:
        return "|>" in place.span.source.text[second.end : first.start]
    return not place.span.source.text[first.end : second.start].strip(" \t\r\n()")


def _within(inner: Span, outer: Span) -> bool:
    return inner.source is outer.source and outer.start <= inner.start and inner.end <= outer.end
