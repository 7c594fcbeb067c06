"""Growing and shrinking selections: the word under the cursor, the expression around it, the brackets around that."""

from __future__ import annotations

from contractlang.ide.brackets import pairs
from contractlang.ide.cursor import in_comment, touched
from contractlang.ide.lines import begins_line
from contractlang.syntax import tokens as t
from contractlang.syntax.traversal import path_over

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.tokens import Tokens
    from contractlang.workspace.workspace import Snapshot

_QUOTED = frozenset({t.STR, t.MULTI})


def selection_ranges(snapshot: Snapshot, path: str, offset: int) -> list[tuple[int, int]]:
    """The stretches around an offset that make sense as selections, the innermost first, each within the next; the last is the
    whole file."""
    text = snapshot.document(path).text
    parsed = snapshot.parsed(path)
    tokens = parsed.tokens
    found = {(0, len(text))}
    found |= {(node.start, node.end) for node in path_over(parsed.tree, offset, offset)}
    found |= _comment(text, tokens, offset) if in_comment(tokens, offset) else _token(text, tokens, offset)
    for pair in pairs(tokens):
        if pair.inner_start <= offset <= pair.inner_end:
            inner = text[pair.inner_start : pair.inner_end]
            start = pair.inner_start + len(inner) - len(inner.lstrip())
            stop = start + len(inner.strip())
            found.add((start, stop) if start <= offset <= stop else (pair.inner_start, pair.inner_end))
        if pair.start <= offset <= pair.end:
            found.add((pair.start, pair.end))
    return _nested(found, offset)


def _nested(found: set[tuple[int, int]], offset: int) -> list[tuple[int, int]]:
    """The stretches that hold an offset, each within the next; those that overlap with smaller ones are left out."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda each: (each[1] - each[0], each[0] != offset)):
        if start <= offset <= end and start < end and (not result or (start <= result[-1][0] and result[-1][1] <= end)):
            result.append((start, end))
    return result or sorted(found)[:1]


def _token(text: str, tokens: Tokens, offset: int) -> set[tuple[int, int]]:
    """The token that an offset touches; of a string, also what is between its quotes, and the word there."""
    index = touched(tokens, offset)
    if index < 0 or tokens.kinds[index] in {t.END, t.ERROR}:
        return set()
    start, end = tokens.starts[index], tokens.ends[index]
    found = {(start, end)}
    if tokens.kinds[index] in _QUOTED:
        first, last = text.find('"', start) + 1, text.rfind('"', start, end)
        if first <= offset <= last:
            found |= {(first, last), _word(text, offset, first, last)}
    elif tokens.kinds[index] == t.TEXT:
        found.add(_word(text, offset, start, end))
    return found


def _comment(text: str, tokens: Tokens, offset: int) -> set[tuple[int, int]]:
    """The word of a comment, the comment, and the comments in the lines around it."""
    at = next(index for index, (start, end) in enumerate(tokens.comments) if start < offset <= end)
    start, end = tokens.comments[at]
    found = {(start, end), _word(text, offset, start + 1, end)}
    first = last = at
    comments = tokens.comments
    while first > 0 and begins_line(text, comments[first][0]) and _follows(text, comments[first - 1], comments[first]):
        first -= 1
    while last + 1 < len(comments) and _follows(text, comments[last], comments[last + 1]):
        last += 1
    if first < last and begins_line(text, comments[first][0]):
        found.add((comments[first][0], comments[last][1]))
    return found


def _follows(text: str, comment: tuple[int, int], other: tuple[int, int]) -> bool:
    between = text[comment[1] : other[0]]
    return not between.strip() and between.count("\n") == 1 and begins_line(text, comment[0])


def _word(text: str, offset: int, first: int, last: int) -> tuple[int, int]:
    """The run of letters and digits at an offset, within bounds."""
    start = end = offset
    while start > first and (text[start - 1].isalnum() or text[start - 1] in "_-"):
        start -= 1
    while end < last and (text[end].isalnum() or text[end] in "_-"):
        end += 1
    return start, end
