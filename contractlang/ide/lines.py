"""The lines of a text: where they begin and end, what they are indented by, whether anything else stands on them."""

from __future__ import annotations


def line_start(text: str, offset: int) -> int:
    """Where the line of an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Where the line of an offset ends, before its line break."""
    end = text.find("\n", offset)
    if end < 0:
        return len(text)
    return end - 1 if end > offset and text[end - 1] == "\r" else end


def next_line(text: str, offset: int) -> int:
    """Where the line after that of an offset begins; the end of the text if there is none."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def line_break(text: str) -> str:
    """How the text ends its lines."""
    end = text.find("\n")
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"


def indentation(text: str, offset: int) -> str:
    """The blanks that the line of an offset begins with."""
    start = line_start(text, offset)
    end = start
    while end < len(text) and text[end] in " \t":
        end += 1
    return text[start:end]


def begins_line(text: str, offset: int) -> bool:
    """Whether nothing but blanks stands before an offset on its line."""
    return not text[line_start(text, offset) : offset].strip()


def ends_line(text: str, offset: int) -> bool:
    """Whether nothing but blanks stands after an offset on its line."""
    end = text.find("\n", offset)
    return not text[offset : len(text) if end < 0 else end].strip()
