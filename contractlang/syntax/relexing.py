"""The tokens of a text of which some stretch has changed, made of those that it had before.

Only the lines that were touched are read again, or some more, up to a place where the tokens are certainly the same as before:
the beginning of a line outside of all strings. No token looks beyond the end of its line, but for strings.
"""

from __future__ import annotations

from bisect import bisect_left

from contractlang.syntax import tokens as t
from contractlang.syntax.lexer import lex
from contractlang.syntax.problem import Problem
from contractlang.syntax.tokens import Tokens

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.pieces import Change

# How many lines are read again at first; each time that is not enough, four times as many.
FIRST_LINES = 1


def relex(old: Tokens, old_text: str, text: str) -> tuple[Tokens, Change]:
    """The tokens of `text`, and what has become of those of `old_text`. The old ones stay as they are."""
    from contractlang.syntax.pieces import Change

    moved = len(text) - len(old_text)
    start = common_start(old_text, text)
    same = common_end(old_text, text, start)
    first = _restart(old, text, start)
    begin = _begin(old, text, first, start)
    depth = depth_before(old, first)
    if depth is None or -1 < old.unclosed < begin:
        first = begin = depth = 0
    lines = FIRST_LINES
    end = len(text) - same
    while True:
        end = _line_end(text, end, lines) if old.unclosed < 0 else len(text)
        lines *= 4
        last = len(old.kinds) - 1 if end == len(text) else bisect_left(old.starts, end - moved)
        if end < len(text) and not _between(old, last, end - moved):
            continue
        read = lex(text[begin:end], depth=depth)
        if end == len(text) or _joins(old, last, end - moved, read, depth):
            break
    tokens = _spliced(old, first, last, read, begin, end, moved)
    before, after, old_after = first, first + len(read.kinds) - 1, last
    while before < min(after, old_after) and _same(tokens, before, old, before, 0):
        before += 1
    while after > before and old_after > before and _same(tokens, after - 1, old, old_after - 1, moved):
        after -= 1
        old_after -= 1
    return tokens, Change(before, after, old_after, moved)


def common_start(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginnings."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_end(one: str, other: str, start: int) -> int:
    """How many characters two texts have in common at their ends, not counting the first `start`."""
    low, high = 0, min(len(one), len(other)) - start
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _restart(old: Tokens, text: str, start: int) -> int:
    """The index of the token to begin with: the first on its line, or a string that begins before it."""
    line = text.rfind("\n", 0, start) + 1
    index = bisect_left(old.starts, line)
    if index and old.ends[index - 1] > line:
        index -= 1
    kinds = bytes(old.kinds[:index])
    depth = kinds.count(t.OPEN) - kinds.count(t.CLOSE)
    while depth > 0:
        index -= 1
        depth -= (kinds[index] == t.OPEN) - (kinds[index] == t.CLOSE)
    return index


def _begin(old: Tokens, text: str, index: int, start: int) -> int:
    """The offset to begin at: the token, or the beginning of its line where nothing precedes it there."""
    line = text.rfind("\n", 0, start) + 1
    return min(line, old.starts[index])


def depth_before(old: Tokens, index: int) -> int | None:
    """How many braces are open before a token outside of strings; None if that cannot be told."""
    kinds = bytes(old.kinds[:index])
    if kinds.count(t.OPEN) != kinds.count(t.CLOSE) or kinds.count(t.INTERP) != kinds.count(t.ENDI):
        return None
    return kinds.count(t.LBRACE) - kinds.count(t.RBRACE)


def _line_end(text: str, offset: int, lines: int) -> int:
    for _ in range(lines):
        offset = text.find("\n", offset) + 1
        if offset == 0:
            return len(text)
    return offset


def _between(old: Tokens, index: int, offset: int) -> bool:
    """Whether an offset lies between tokens: those at `index` and before."""
    return index == 0 or old.ends[index - 1] <= offset


def _joins(old: Tokens, index: int, offset: int, read: Tokens, depth: int) -> bool:
    """Whether the old tokens from `index` on follow what was read as they followed what was there before."""
    if read.unclosed >= 0:
        return False
    new_depth = depth_before(read, len(read.kinds))
    old_depth = depth_before(old, index)
    if new_depth is None or old_depth is None:
        return False
    new_depth += depth
    if new_depth == old_depth:
        return True
    # With more braces open, those that closed something still do.
    return new_depth > old_depth and not any(
        problem.code == "unmatched-brace" and problem.start >= offset for problem in old.problems
    )


def _spliced(old: Tokens, first: int, last: int, read: Tokens, begin: int, end: int, moved: int) -> Tokens:
    """The old tokens before `first`, those read from `begin` up to `end`, and the old ones from `last` on."""
    tokens = Tokens()
    tokens.kinds = old.kinds[:first] + read.kinds[:-1] + old.kinds[last:]
    tokens.values = old.values[:first] + read.values[:-1] + old.values[last:]
    tokens.starts = _joined(old.starts, first, last, read.starts, begin, moved)
    tokens.ends = _joined(old.ends, first, last, read.ends, begin, moved)
    low = bisect_left(old.comments, (begin, 0))
    high = bisect_left(old.comments, (end - moved, 0))
    tokens.comments = [
        *old.comments[:low],
        *((one + begin, other + begin) for one, other in read.comments),
        *((one + moved, other + moved) for one, other in old.comments[high:]),
    ]
    tokens.problems = [problem for problem in old.problems if problem.start < begin]
    tokens.problems += [moved_problem(problem, begin) for problem in read.problems]
    if end < tokens.ends[-1]:
        tokens.problems += [moved_problem(problem, moved) for problem in old.problems if problem.start >= end - moved]
    tokens.unclosed = read.unclosed if read.unclosed < 0 else read.unclosed + begin
    return tokens


def _joined(old: list[int], first: int, last: int, read: list[int], begin: int, moved: int) -> list[int]:
    behind = old[last:] if moved == 0 else [offset + moved for offset in old[last:]]
    return old[:first] + [offset + begin for offset in read[:-1]] + behind


def moved_problem(problem: Problem, by: int) -> Problem:
    """The same mistake elsewhere."""
    other = None if problem.other is None else (problem.other[0] + by, problem.other[1] + by)
    return Problem(problem.code, problem.start + by, problem.end + by, problem.detail, other)


def _same(tokens: Tokens, index: int, old: Tokens, old_index: int, moved: int) -> bool:
    return (
        tokens.kinds[index] == old.kinds[old_index]
        and tokens.values[index] == old.values[old_index]
        and tokens.starts[index] == old.starts[old_index] + moved
        and tokens.ends[index] == old.ends[old_index] + moved
    )
