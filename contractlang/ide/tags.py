"""Enum tags as they are written."""

from __future__ import annotations

from contractlang.resolve import core


def tag_length(unit: core.Unit, start: int) -> int:
    """How long the tag is that is written at an offset."""
    text = unit.source.text
    end = start + 1
    if text[end : end + 1] == '"':
        return max(text.find('"', end + 1) + 1 - start, 1)
    while end < len(text) and (text[end].isalnum() or text[end] in "_-'"):
        end += 1
    return end - start
