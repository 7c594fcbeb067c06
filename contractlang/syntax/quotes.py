"""Reading on after a string that somebody has begun and not closed.

To the lexer such a string ends where the next one begins, and from there on everything is the other way round: programs are read as
strings and strings as programs, up to the end of the text. So where a text ends inside of a string, the first string that goes over
the end of its line is taken for the one that lacks its quote, if reading on after that line makes sense of the rest.
"""

from __future__ import annotations

from contractlang.syntax import tokens as t
from contractlang.syntax.lexer import lex
from contractlang.syntax.pieces import Change
from contractlang.syntax.problem import Problem
from contractlang.syntax.relexing import depth_before, moved_problem
from contractlang.syntax.tokens import Tokens

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

# How many strings are tried. Those over several lines are rare, so the first one is nearly always it.
MOST_TRIED: Final = 3


def closed(tokens: Tokens, text: str) -> Tokens:
    """The tokens of a text, with a string closed at the end of its line if that is what the text lacks."""
    if _complete(tokens):
        return tokens
    tried: set[int] = set()
    for first, index in _candidates(tokens, text):
        if first in tried:
            continue
        tried.add(first)
        line_end = text.find("\n", tokens.starts[index])
        depth = depth_before(tokens, first)
        if depth is not None and line_end >= 0:
            rest = lex(text[line_end:], depth=depth)
            if _complete(rest):
                return _joined(tokens, first, index, rest, line_end, text)
        if len(tried) == MOST_TRIED:
            break
    return tokens


def _complete(tokens: Tokens) -> bool:
    """Whether all strings end."""
    return tokens.unclosed < 0 and tokens.kinds.count(t.OPEN) == tokens.kinds.count(t.CLOSE)


def _candidates(tokens: Tokens, text: str) -> Iterator[tuple[int, int]]:
    """Strings that may lack their end: the token that each begins with, and the one of its tokens to be cut at its line's end."""
    opened: list[int] = []
    standard_end = -1  # the end of the line on which the outermost open string begins, if that is a standard one
    for index, kind in enumerate(tokens.kinds):
        start = tokens.starts[index]
        goes_on = text.find("\n", start, tokens.ends[index]) >= 0
        if not opened:
            if (kind == t.STR and goes_on) or (kind == t.MULTI and start == tokens.unclosed):
                yield index, index
        elif kind == t.CLOSE:
            if start == tokens.ends[index]:  # nothing closes it
                yield opened[0], opened[0]
        elif -1 < standard_end < start:
            yield opened[0], opened[0]
        elif kind == t.TEXT and len(opened) == 1 and goes_on and standard_end >= 0:
            yield opened[0], index
        if kind == t.OPEN:
            if not opened:
                standard_end = text.find("\n", start) if text[start] == '"' else -1
            opened.append(index)
        elif kind == t.CLOSE and opened:
            opened.pop()
    if opened:
        yield opened[0], opened[0]


def _joined(tokens: Tokens, first: int, index: int, rest: Tokens, line_end: int, text: str) -> Tokens:
    """The tokens before one that ends with its line, and those after that line. `first`: the one that the string begins with."""
    opening = tokens.starts[first], text.index('"', tokens.starts[first]) + 1
    start = tokens.starts[index]
    result = Tokens()
    values: list[object]
    if first < index:
        kinds, values, starts, ends = [t.TEXT, t.CLOSE], [text[start:line_end], None], [start, line_end], [line_end] * 2
    else:
        kind = t.STR if text[start] == '"' else t.MULTI
        kinds, values, starts, ends = [kind], [text[opening[1] : line_end]], [start], [line_end]
    result.kinds = [*tokens.kinds[:index], *kinds, *rest.kinds]
    result.values = [*tokens.values[:index], *values, *rest.values]
    result.starts = [*tokens.starts[:index], *starts, *(offset + line_end for offset in rest.starts)]
    result.ends = [*tokens.ends[:index], *ends, *(offset + line_end for offset in rest.ends)]
    result.comments = [comment for comment in tokens.comments if comment[0] < start]
    result.comments += [(one + line_end, other + line_end) for one, other in rest.comments]
    result.problems = [problem for problem in tokens.problems if problem.start < start]
    result.problems.append(Problem("unclosed-string", line_end, line_end, other=opening))
    result.problems += [moved_problem(problem, line_end) for problem in rest.problems]
    return result


def difference(old: Tokens, new: Tokens, moved: int) -> Change:
    """What has become of the tokens of a text that is now longer by `moved`."""
    before = min(_same_start(old.kinds, new.kinds), _same_start(old.values, new.values))
    before = min(before, _same_start(old.starts, new.starts), _same_start(old.ends, new.ends))
    size = min(len(old.kinds), len(new.kinds)) - before
    behind = 0
    low, high = 0, size
    while low < high:
        middle = (low + high + 1) // 2
        if _same_end(old, new, low, middle, moved):
            low = behind = middle
        else:
            high = middle - 1
    return Change(before, len(new.kinds) - behind, len(old.kinds) - behind, moved)


def _same_start(one: list[int] | list[object], other: list[int] | list[object]) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _same_end(old: Tokens, new: Tokens, near: int, far: int, moved: int) -> bool:
    """Whether the tokens from the one `far` from the end up to the one `near` to it are the same, but for having moved."""
    ours, theirs = (
        slice(len(old.kinds) - far, len(old.kinds) - near),
        slice(len(new.kinds) - far, len(new.kinds) - near),
    )
    return (
        old.kinds[ours] == new.kinds[theirs]
        and old.values[ours] == new.values[theirs]
        and [offset + moved for offset in old.starts[ours]] == new.starts[theirs]
        and [offset + moved for offset in old.ends[ours]] == new.ends[theirs]
    )
