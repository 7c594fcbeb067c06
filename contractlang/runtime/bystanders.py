"""Who is not at fault, and how the evaluation came to the failure: the user-visible calls, innermost first.

A verdict names one party. Whoever reads it has to know which of the others to leave alone, so the report says so, each with its
place.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from contractlang.runtime.places import Place
from contractlang.source import Span

MOST_CALLS = 5
_WIDEST = 48


def call_chain(trace: list[Place], guilty: Span | None, function: Span | None, *, by_caller: bool) -> list[Place]:
    """The calls in user code that led to the one at fault, innermost first, without repetition.

    `by_caller`: `guilty` is (an argument of) a call. Arguments are lazy: what was being evaluated when one failed is its use, not
    the way to it; only what stands around the call led there. Otherwise `function` is at fault, and the way to it begins outside.
    """
    start = len(trace)
    if by_caller:
        for i in range(len(trace) - 1, -1, -1):
            place = trace[i]
            if guilty is not None and not place.is_library and _is_call(place) and _within(guilty, place.span):
                start = i
                break
        else:
            return []
    calls: list[Place] = []
    for place in reversed(trace[:start]):
        if place.is_library or not _is_call(place):
            continue
        if function is not None and _within(place.span, function):
            continue
        if guilty is not None and by_caller and _within(guilty, place.span):
            continue
        if all(place.span != known.span for known in calls):
            calls.append(place)
    return calls


def calls_note(calls: list[Place], *, innocent: bool) -> list[str]:
    """The chain as one note, of at most `MOST_CALLS` lines. `innocent`: the first call is that of a function at fault."""
    if not calls:
        return []
    shown = calls if len(calls) <= MOST_CALLS else [*calls[: MOST_CALLS - 2], calls[-1]]
    lines = [f"{place_text(call.span)}: {short_text(call.span)}" for call in shown]
    if innocent:
        lines[0] += " (not at fault)"
    if len(shown) < len(calls):
        lines.insert(len(lines) - 1, f"… {len(calls) - len(shown)} more calls")
    return ["called from " + lines[0] if len(lines) == 1 else "called from\n" + "\n".join(lines)]


def innocent_note(
    name: str | None, contract: Span | None, shown: bool, guilty: Sequence[Span], calls: list[Place]
) -> list[str]:
    """For a caller at fault: the function under `contract`, unless it is `shown` already and alone, and the modules that only
    called the guilty one. `guilty`: what the report points at."""
    others: list[str] = []
    files = {span.source.name for span in (*guilty, contract) if span is not None}
    for call in calls:
        if call.span.source.name not in files:
            files.add(call.span.source.name)
            others.append(f"{os.path.basename(call.span.source.name)} ({place_text(call.span)})")
    if contract is not None and (others or not shown):
        others.insert(0, f"{_function_text(name)} ({place_text(contract)})")
    return [f"not at fault: {', '.join(others)}"] if others else []


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
