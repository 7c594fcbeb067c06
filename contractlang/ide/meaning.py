"""Whether edits leave the meaning of names alone: every use of a name refers to the declaration that it referred to before."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

from contractlang.ide.places import TextEdit
from contractlang.resolve import core
from contractlang.resolve.context import ImportAnswer
from contractlang.resolve.program import parse_source
from contractlang.resolve.resolver import resolve_unit
from contractlang.resolve.traversal import walk
from contractlang.source import Source
from contractlang.workspace.circumstances import Analysing

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contractlang.syntax import nodes as ast

    # Where names are used (and what they refer to), declared as fields, and bound; by offset.
    Uses = dict[int, int]


def difference(source: Source, text: str, edits: Sequence[TextEdit], moved: Mapping[int, TextEdit] = {}) -> int | None:
    """The offset, in the old text, of a name that refers to something else in the new one, or where names clash; None if the
    program is as it was. `text` is that of the source after the edits. `moved`: variables, by where they were bound, that an edit
    `… = name` binds now."""
    shifted = _Shift(edits)
    before = _meaning(source)
    after_source = Source(source.name, text, source.path)
    after_source.language = source.language
    after = _meaning(after_source)
    if before is None or after is None:
        # What cannot be read cannot be compared; it was so before, or the edit broke it.
        return None if before is None else min(edit.start for edit in edits)
    uses, declared = before
    new_uses, new_declared = after
    for use, declaration in uses.items():
        if declaration in moved:
            edit = moved[declaration]
            wanted = shifted.start(edit.start) + edit.text.rfind(" = ") + 3
        else:
            wanted = shifted.start(declaration) if declaration >= 0 else declaration
        if new_uses.get(shifted.start(use), -2) != wanted:
            return use
    missing = [offset for offset in declared if shifted.start(offset) not in new_declared]
    if missing or len(declared) != len(new_declared):
        return missing[0] if missing else edits[0].start
    return None


class _Shift:
    """Where offsets of the old text are in the new one."""

    __slots__ = ("moved", "starts")

    def __init__(self, edits: Sequence[TextEdit]) -> None:
        ordered = sorted(edits)
        self.starts = [edit.start for edit in ordered]
        # By how much the first, the first two, … edits move what comes after them.
        self.moved = [0, *accumulate(len(edit.text) - (edit.end - edit.start) for edit in ordered)]

    def start(self, offset: int) -> int:
        return offset + self.moved[bisect_left(self.starts, offset)]


def _meaning(source: Source) -> tuple[Uses, set[int]] | None:
    """The uses of names (−1: of `std`, −2: of nothing), and the offsets of fields; None for a text with mistakes of form."""
    tree, problems = parse_source(source)
    if problems:
        return None
    with Analysing():
        root = resolve_unit(source.name, source, tree, _no_imports).unit.root
    if root is None:
        return None
    uses: Uses = {}
    declared: set[int] = set()
    for node in walk(root):
        if isinstance(node, core.Var):
            uses[node.start] = -1 if node.binding.kind == "std" else node.binding.start
        elif isinstance(node, core.Hole):
            uses[node.start] = -2
        elif isinstance(node, core.Field):
            declared.add(node.start)
    return uses, declared


def _no_imports(source: Source, node: ast.Import | ast.ImportPackage) -> ImportAnswer:
    return ImportAnswer(None, "Nickel", [])
