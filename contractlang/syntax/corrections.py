"""Edits that remove a syntax error: what recovery got over it with, and what single characters were meant for.

What recovery does is a guess. Each edit is therefore tried: only those are given after which there are fewer mistakes, and none
that was not there before.
"""

from __future__ import annotations

from collections import Counter

from contractlang.syntax.lexer import lex
from contractlang.syntax.literal_text import string_text
from contractlang.syntax.parser import build_tree
from contractlang.syntax.problem import Edit, Problem, Unexpected
from contractlang.syntax.tokens import LPAREN, RPAREN

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator

_CHARACTERS = {
    "“": '"',
    "”": '"',
    "„": '"',
    "\xa0": " ",
    "\ufeff": "",
    "\f": " ",
    "…": "..",
    "–": "-",
    "—": "-",
    "−": "-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "→": "->",
}
# Signs that other languages have.
_FOREIGN = (("//", "#"), ("&&", "|"), ("...", ".."))


def corrections(text: str, start: int, end: int) -> list[tuple[Problem, Edit]]:
    """The mistakes of syntax that touch a stretch of a text, as far as there is an edit that removes them and makes no other."""
    before = _problems(text)
    found: dict[Edit, Problem] = {}
    for problem in before:
        if problem.start <= end and start <= problem.end:
            for edit in _candidates(text, problem):
                if edit not in found and improves(text, edit, before):
                    found[edit] = problem
                    break
    return [(problem, edit) for edit, problem in found.items()]


def improves(text: str, edit: Edit, before: list[Problem]) -> bool:
    """Whether an edit leaves fewer of a text's problems, and none that it did not have."""
    after = _problems(text[: edit.start] + edit.text + text[edit.end :])
    known = Counter(problem.code for problem in before)
    return len(after) < len(before) and not Counter(problem.code for problem in after) - known


def _problems(text: str) -> list[Problem]:
    tokens = lex(text)
    _, building = build_tree(tokens, text)
    return [*tokens.problems, *building.problems]


def _candidates(text: str, problem: Problem) -> Iterator[Edit]:
    """What the author may have meant, the likeliest first."""
    start, end = problem.start, problem.end
    first = text[start : start + 1]
    if first in {"“", "„", "”"} and end - start > 1:
        yield Edit(start, end, string_text(text[start + 1 : end - 1]), "use straight quotes")
    if first in _CHARACTERS:
        new = _CHARACTERS[first]
        yield Edit(start, start + 1, new, f"write `{new}`" if new.strip() else f"remove U+{ord(first):04X}")
    for wrong, right in _FOREIGN:
        at = text.find(wrong, max(start - len(wrong) + 1, 0), start + len(wrong))
        if at >= 0:
            yield Edit(at, at + len(wrong), right, f"write `{right}` instead of `{wrong}`")
    if isinstance(problem.detail, Unexpected) and problem.detail.edit is not None:
        yield problem.detail.edit
    if problem.code == "unmatched-brace":
        yield Edit(start, end, "", "remove `}`")
    elif problem.code in {"invalid-escape", "stray-backslash"}:
        yield Edit(start, start, "\\", "write `\\\\`: a backslash as such")
    elif problem.code == "needless-pattern-parentheses":
        opener = _opener(text, start)
        if opener >= 0:
            yield Edit(opener, end, text[opener + 1 : start], "remove the parentheses")
    elif problem.code == "unclosed-string":
        line = text.find("\n", start)
        stop = len(text) if line < 0 else line
        while stop > start and text[stop - 1] in " \t\r,":
            stop -= 1
        yield Edit(stop, stop, '"', 'add the closing `"`')
    if first and first in ",;)":
        yield Edit(start, start + 1, "", f"remove `{first}`")


def _opener(text: str, closer: int) -> int:
    """Where the parenthesis is opened that is closed at an offset; −1 if it is not."""
    tokens = lex(text)
    open_: list[int] = []
    for kind, start in zip(tokens.kinds, tokens.starts, strict=True):
        if start == closer:
            return open_[-1] if open_ else -1
        if kind == LPAREN:
            open_.append(start)
        elif kind == RPAREN and open_:
            open_.pop()
    return -1
