"""How a faulty regular expression is reported: the pattern with a mark under the faulty part, then the reason.

Source: stdlib.md appendix B.
"""

from __future__ import annotations

from contractlang.text.errors import TextError

_DIVIDER = "~" * 79


def pattern_error(pattern: str, reason: str, *spans: tuple[int, int]) -> TextError:
    """The error with marks under `spans`, pairs of offsets."""
    if "\n" not in pattern:
        marks = _marks(sorted(spans))
        return TextError(f"regex parse error:\n    {pattern}\n    {marks}\nerror: {reason}")
    notes = []
    marked: dict[int, list[tuple[int, int]]] = {}
    for start, end in sorted(spans):
        (first, begin), (last, finish) = _position(pattern, start), _position(pattern, end)
        if first == last:
            marked.setdefault(first, []).append((begin, finish))
        else:
            notes.append(f"on line {first + 1} (column {begin + 1}) through line {last + 1} (column {finish})")
    # A final line break begins no line that is shown, yet it counts for the width of the numbers.
    width = len(str(pattern.count("\n") + 1))
    lines = []
    for number, line in enumerate(pattern.replace("\r\n", "\n").removesuffix("\n").split("\n")):
        lines.append(f"{number + 1:>{width}}: {line}")
        if number in marked:
            lines.append(" " * (width + 2) + _marks(marked[number]))
    return TextError("\n".join(["regex parse error:", _DIVIDER, *lines, _DIVIDER, *notes, f"error: {reason}"]))


def _marks(spans: list[tuple[int, int]]) -> str:
    text = ""
    for start, end in spans:
        text = text.ljust(start) + "^" * max(1, end - start)
    return text


def _position(pattern: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, from 0."""
    return pattern.count("\n", 0, offset), offset - (pattern.rfind("\n", 0, offset) + 1)
