"""Formatting as edits, for editors: they replace as few lines as possible, so that cursors and marks stay where they are."""

from __future__ import annotations

from contractlang.formatter.formatting import format_text

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.diagnostics.model import Diagnostic
    from contractlang.source import Source


class Edit:
    """Replaces the text from offset `start` up to `end` (code points, exclusive) by `text`."""

    __slots__ = ("end", "start", "text")

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edit) and (self.start, self.end, self.text) == (other.start, other.end, other.text)

    def __hash__(self) -> int:
        return hash((self.start, self.end, self.text))

    def __repr__(self) -> str:
        return f"Edit({self.start}, {self.end}, {self.text!r})"


def apply(text: str, edits: list[Edit]) -> str:
    """A text after edits of it, which are in order and do not overlap."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def format_edits(source: Source) -> tuple[list[Edit], list[Diagnostic]]:
    """The edits that format a program, in order, and what is wrong with it (then there are none)."""
    formatted, problems = format_text(source)
    return ([] if formatted is None else line_edits(source.text, formatted)), problems


def format_range(source: Source, start: int, end: int) -> tuple[list[Edit], list[Diagnostic]]:
    """Those of the edits that format a program which change a line between two offsets; a program with mistakes has none."""
    edits, problems = format_edits(source)
    line_start = source.text.rfind("\n", 0, start) + 1
    line_end = source.text.find("\n", max(end - 1, start))
    line_end = len(source.text) if line_end < 0 else line_end + 1
    return [edit for edit in edits if _touches(edit, line_start, line_end)], problems


def _touches(edit: Edit, start: int, end: int) -> bool:
    """Whether an edit changes or inserts something in the lines from `start` up to `end`."""
    return start <= edit.start < end or edit.start < start < edit.end


def line_edits(old: str, new: str) -> list[Edit]:
    """Edits of whole lines that make one text of another."""
    if old == new:
        return []
    # Imported here because commands and servers that format nothing have no use for it.
    from difflib import SequenceMatcher

    old_lines, new_lines = lines_of(old), lines_of(new)
    # Lines in common at both ends cost the matcher nothing then.
    before = 0
    least = min(len(old_lines), len(new_lines))
    while before < least and old_lines[before] == new_lines[before]:
        before += 1
    after = 0
    while after < least - before and old_lines[-1 - after] == new_lines[-1 - after]:
        after += 1
    starts = [0]
    for line in old_lines:
        starts.append(starts[-1] + len(line))
    old_middle = old_lines[before : len(old_lines) - after]
    new_middle = new_lines[before : len(new_lines) - after]
    edits: list[Edit] = []
    for tag, i, j, k, m in SequenceMatcher(None, old_middle, new_middle, autojunk=False).get_opcodes():
        if tag != "equal":
            edits.append(Edit(starts[before + i], starts[before + j], "".join(new_middle[k:m])))
    return edits


def lines_of(text: str) -> list[str]:
    """The lines of a text with their line breaks, LF or CR LF; no other character ends a line."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines
