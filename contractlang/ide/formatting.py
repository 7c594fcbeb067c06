"""Formatting for editors: the canonical text as small edits, of a whole file or of a stretch, and the indentation of what is typed.

A file with syntax errors is left alone. Edits of a stretch are given only if the file is the same program after them.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from contractlang.formatter.formatting import format_text
from contractlang.ide.brackets import pairs
from contractlang.ide.cursor import CLOSERS, OPENERS, enclosing, in_comment
from contractlang.ide.lines import begins_line, indentation, line_end, line_start
from contractlang.ide.places import TextEdit, apply_edits
from contractlang.syntax import tokens as t
from contractlang.syntax.equality import equal_trees
from contractlang.syntax.lexer import lex
from contractlang.syntax.parser import build_tree
from contractlang.workspace.workspace import format_of

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.tokens import Tokens
    from contractlang.workspace.workspace import Snapshot

ON_TYPE = ("\n", "}", "]", ")")
"""The characters after which an editor should ask for formatting."""

STEP = "  "
_STRINGS = frozenset({t.STR, t.MULTI, t.TEXT})
# What a line may end with whose continuation is indented.
_CONTINUED = frozenset({t.EQUALS, t.DARROW, t.THEN, t.ELSE, t.COLON, t.ARROW, t.BAR})
# Beyond so many changed lines, finding the smallest edits costs more than it is worth.
MOST_COMPARED = 3000
# How many further edits on each side a stretch may need.
MOST_EXTENSIONS = 4


def format_document(snapshot: Snapshot, path: str) -> list[TextEdit]:
    """The edits that give a file its canonical layout; none if it has it, or cannot be read."""
    if format_of(path) != "Nickel" or snapshot.parsed(path).problems:
        return []
    source = snapshot.document(path).source
    formatted, _ = format_text(source)
    return [] if formatted is None else smallest_edits(path, source.text, formatted)


def format_range(snapshot: Snapshot, path: str, start: int, end: int) -> list[TextEdit]:
    """Those of a file's edits that concern the lines of a stretch."""
    text = snapshot.document(path).text
    first, last = line_start(text, start), line_end(text, max(start, end))
    if end > start and begins_line(text, end) and line_start(text, end) == end:
        # Selecting whole lines ends at the beginning of the one after them.
        last = end - 1
    edits = format_document(snapshot, path)
    indices = [index for index, edit in enumerate(edits) if edit.start <= last and first <= edit.end]
    if not indices:
        return []
    low, high = indices[0], indices[-1] + 1
    for _ in range(MOST_EXTENSIONS):
        if _same_program(text, apply_edits(text, edits[low:high])):
            return edits[low:high]
        # What was moved from one edit to another takes both.
        low, high = max(low - 1, 0), min(high + 1, len(edits))
    return []


def format_on_type(snapshot: Snapshot, path: str, offset: int, typed: str) -> list[TextEdit]:
    """The indentation of the line that a line break has begun, or of the closing bracket that has been typed before an offset."""
    text = snapshot.document(path).text
    tokens = snapshot.parsed(path).tokens
    if len(tokens) < 2 or tokens.unclosed >= 0 or _is_inside(tokens, offset):
        return []
    if typed == "\n":
        wanted = _indentation(text, tokens, offset)
    elif typed in ON_TYPE:
        pair = next((pair for pair in pairs(tokens) if pair.end == offset), None)
        if pair is None or pair.kind == t.OPEN or not begins_line(text, pair.inner_end):
            return []
        wanted = indentation(text, pair.start)
    else:
        return []
    start = line_start(text, offset)
    present = indentation(text, offset)
    if typed == "\n":
        # Blanks before the cursor and after it.
        present = text[start : max(offset, start + len(present))]
    if present.strip() or present == wanted:
        return []
    return [TextEdit(path, start, start + len(present), wanted)]


def _is_inside(tokens: Tokens, offset: int) -> bool:
    """Whether an offset is within a string or comment, whose blanks belong to it."""
    if in_comment(tokens, offset):
        return True
    return any(
        kind in _STRINGS and start < offset < end
        for kind, start, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True)
    )


def _indentation(text: str, tokens: Tokens, offset: int) -> str:
    """What a line at an offset should be indented by: one step more than the line of the bracket that it is in."""
    index = next((at for at, start in enumerate(tokens.starts) if start >= offset), len(tokens) - 1)
    opener = enclosing(tokens, index)
    closes = tokens.kinds[index] in CLOSERS and line_start(text, tokens.starts[index]) == line_start(text, offset)
    before = tokens.kinds[index - 1] if index else t.END
    if opener >= 0 and tokens.kinds[opener] != t.OPEN:
        base = indentation(text, tokens.starts[opener])
        if closes:
            return base
        base += STEP
    else:
        base = ""
    if before in _CONTINUED:
        return indentation(text, tokens.ends[index - 1]) + STEP
    if before not in OPENERS and before not in {t.COMMA, t.IN} and index and not closes:
        # In the middle of something: as the line before.
        return indentation(text, tokens.ends[index - 1])
    return base


def smallest_edits(path: str, old: str, new: str) -> list[TextEdit]:
    """Edits that make one text of another, line by line, each without what both begin or end with."""
    if old == new:
        return []
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    found: list[TextEdit] = []
    for kind, first, last, new_first, new_last in _changes(before, after):
        if kind != "equal":
            removed, added = old[starts[first] : starts[last]], "".join(after[new_first:new_last])
            found.append(_trimmed(path, starts[first], removed, added))
            continue
        # Alike but for their blanks.
        found += [
            _trimmed(path, starts[first + at], before[first + at], after[new_first + at])
            for at in range(last - first)
            if before[first + at] != after[new_first + at]
        ]
    return found


def _changes(before: list[str], after: list[str]) -> list[tuple[str, int, int, int, int]]:
    """What becomes of the lines of a text, those that differ in blanks taken for equal."""
    if len(before) > MOST_COMPARED:
        return [("replace", 0, len(before), 0, len(after))]
    old, new = (["".join(line.split()) for line in lines] for lines in (before, after))
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def _trimmed(path: str, start: int, removed: str, added: str) -> TextEdit:
    """An edit without what both texts begin or end with. A CR LF is not cut in two."""
    shortest = min(len(removed), len(added))
    head = 0
    while head < shortest and removed[head] == added[head]:
        head += 1
    if head and removed[head - 1] == "\r":
        head -= 1
    tail = 0
    while tail < shortest - head and removed[-1 - tail] == added[-1 - tail]:
        tail += 1
    if tail and removed[len(removed) - tail] == "\n" and removed[: len(removed) - tail].endswith("\r"):
        tail -= 1
    return TextEdit(path, start + head, start + len(removed) - tail, added[head : len(added) - tail])


def _same_program(old: str, new: str) -> bool:
    """Whether two texts have equal trees and the same comments."""
    tokens, new_tokens = lex(old, internal=True), lex(new, internal=True)
    tree, _ = build_tree(tokens, old)
    new_tree, building = build_tree(new_tokens, new)
    if building.problems or new_tokens.problems or not equal_trees(tree, new_tree):
        return False
    comments = [old[start:end].rstrip() for start, end in tokens.comments]
    return comments == [new[start:end].rstrip() for start, end in new_tokens.comments]
