"""What an editor can fold away: brackets, definitions, branches, strings, comments, regions, and the imports at the beginning.

Brackets come from the tokens, so that they can be folded in texts that cannot be parsed. The last line of a bracket stays in
view if the closing bracket begins it. Of the stretches that begin in one line the longest is given.
"""

from __future__ import annotations

import re

from contractlang.ide.brackets import pairs
from contractlang.ide.lines import begins_line, line_end, line_start
from contractlang.syntax import nodes as n
from contractlang.syntax import tokens as t
from contractlang.syntax.traversal import walk

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.tokens import Tokens
    from contractlang.workspace.workspace import Snapshot

_REGION = re.compile(r"#\s*(end)?region\b", re.IGNORECASE)
_STRINGS = frozenset({t.STR, t.MULTI})


class Fold:
    """What is hidden: from `start`, in the line that stays in view, up to `end`, the end of the last hidden line. `kind`: "region",
    "comment" or "imports"."""

    __slots__ = ("end", "kind", "start")

    def __init__(self, start: int, end: int, kind: str = "region") -> None:
        self.start = start
        self.end = end
        self.kind = kind

    def __repr__(self) -> str:
        return f"Fold({self.start}, {self.end}, {self.kind!r})"


def folding_ranges(snapshot: Snapshot, path: str) -> list[Fold]:
    """The stretches of a file that can be folded, in the order of the text."""
    parsed = snapshot.parsed(path)
    text = snapshot.document(path).text
    folds = [*_imports(text, parsed.tree), *_comments(text, parsed.tokens)]
    folds += _definitions(text, parsed.tree)
    folds += _brackets(text, parsed.tokens)
    longest: dict[int, Fold] = {}
    for fold in folds:
        line = line_start(text, fold.start)
        if line_start(text, fold.end) > line and (line not in longest or longest[line].end < fold.end):
            longest[line] = fold
    return [longest[line] for line in sorted(longest)]


def _up_to(text: str, start: int, closer: int) -> Fold:
    """A fold from an opening delimiter's end to a closing one's start, whose line stays in view if it begins with it."""
    if begins_line(text, closer):
        return Fold(start, max(start, line_start(text, closer) - 1))
    return Fold(start, line_end(text, closer))


def _brackets(text: str, tokens: Tokens) -> list[Fold]:
    found = [_up_to(text, pair.inner_start, pair.inner_end) for pair in pairs(tokens) if pair.kind != t.INTERP]
    for kind, start, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True):
        if kind in _STRINGS and "\n" in text[start:end]:
            closer = text.rfind('"', start, end)
            found.append(_up_to(text, text.find('"', start) + 1, max(start, closer)))
    return found


def _definitions(text: str, tree: n.Expr) -> list[Fold]:
    """Fields, bindings and branches that go over several lines."""
    found: list[Fold] = []
    for node in walk(tree):
        value = node.value if isinstance(node, (n.FieldDecl, n.Binding)) else None
        if isinstance(node, n.Branch):
            value = node.body
        if value is not None and line_start(text, value.end) > line_start(text, node.start):
            fold = Fold(line_end(text, node.start), line_end(text, node.end))
            # A bracket that closes the value stays in view.
            if text[node.end - 1 : node.end] in {"}", "]", ")", '"', "%"} and text[fold.end - 1 : fold.end] != "|":
                last = node.end - 1
                while last > node.start and text[last - 1] in '}])%"' and not begins_line(text, last):
                    last -= 1
                if begins_line(text, last):
                    fold.end = max(fold.start, line_start(text, last) - 1)
            found.append(fold)
    return found


def _comments(text: str, tokens: Tokens) -> list[Fold]:
    """Runs of comments that stand on lines of their own, and regions, which comments begin and end."""
    found: list[Fold] = []
    regions: list[int] = []
    first = last = -1
    for start, end in tokens.comments:
        marker = _REGION.match(text, start)
        if marker is not None:
            if marker[1] is None:
                regions.append(end)
            elif regions:
                found.append(Fold(regions.pop(), end))
        alone = marker is None and begins_line(text, start)
        if alone and first >= 0 and text.count("\n", last, start) == 1:
            last = end
            continue
        if first >= 0:
            found.append(Fold(line_end(text, first), last, "comment"))
        first, last = (start, end) if alone else (-1, -1)
    if first >= 0:
        found.append(Fold(line_end(text, first), last, "comment"))
    return found


def _imports(text: str, tree: n.Expr) -> list[Fold]:
    """The `let`s at the beginning of a program that bind imports."""
    node = tree
    end = -1
    while isinstance(node, n.Let) and all(is_import(binding.value) for binding in node.bindings):
        end = node.bindings[-1].end
        node = node.body
    return [Fold(line_end(text, tree.start), line_end(text, end), "imports")] if end >= 0 else []


def is_import(node: n.Expr) -> bool:
    """Whether an expression is an imported file, or a field of one."""
    while isinstance(node, (n.Access, n.Annotated)):
        node = node.record if isinstance(node, n.Access) else node.expr
    return isinstance(node, n.Import)
