"""Links from the paths of imports to the files that they name."""

from __future__ import annotations

from bisect import bisect_left

from contractlang.syntax import tokens as t

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.tokens import Tokens
    from contractlang.workspace.workspace import Snapshot


class Link:
    """A stretch of text that leads to a file: `target` is its path in the workspace, `tooltip` what it is read as."""

    __slots__ = ("end", "start", "target", "tooltip")

    def __init__(self, start: int, end: int, target: str, tooltip: str) -> None:
        self.start = start
        self.end = end
        self.target = target
        self.tooltip = tooltip


def document_links(snapshot: Snapshot, path: str) -> list[Link]:
    """The imports of a file that lead somewhere, in the order of the text."""
    unit = snapshot.unit(path).unit
    tokens = snapshot.parsed(path).tokens
    found: list[Link] = []
    for node in unit.imports:
        place = path_place(tokens, node.start, node.end)
        if place is not None:
            target = node.key.split(":", 1)[-1]
            found.append(Link(*place, target, f"Open {target} (read as {node.format})"))
    found.sort(key=lambda link: link.start)
    return found


def path_place(tokens: Tokens, start: int, end: int) -> tuple[int, int] | None:
    """Where the path of an import stands, between its quotes; None if it is not written as a plain string."""
    index = bisect_left(tokens.starts, start)
    while index < len(tokens) and tokens.starts[index] < end:
        if tokens.kinds[index] == t.STR and tokens.ends[index] - tokens.starts[index] >= 2:
            return tokens.starts[index] + 1, tokens.ends[index] - 1
        index += 1
    return None
