"""What a code action is, and what each of them is asked with."""

from __future__ import annotations

from contractlang.ide.brackets import TokenPlaces, extent
from contractlang.ide.diagnostics import findings
from contractlang.ide.facts import Facts
from contractlang.ide.places import TextEdit
from contractlang.resolve import core
from contractlang.resolve.traversal import walk
from contractlang.syntax.traversal import path_over

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence

    from contractlang.ide.diagnostics import Finding
    from contractlang.syntax import nodes as n
    from contractlang.workspace.workspace import Snapshot

QUICK_FIX = "quickfix"
EXTRACT = "refactor.extract"
INLINE = "refactor.inline"
REWRITE = "refactor.rewrite"
ORGANISE = "refactor.rewrite.organise"


class Action:
    """A change that is offered. `kind` is one of the protocol's, or an extension of one; `fixes` are the findings that it removes;
    `preferred`: it is what one would do without looking at the others."""

    __slots__ = ("edits", "fixes", "kind", "preferred", "title")

    def __init__(
        self,
        title: str,
        kind: str,
        edits: Sequence[TextEdit],
        *,
        fixes: Sequence[Finding] = (),
        preferred: bool = False,
    ) -> None:
        self.title = title
        self.kind = kind
        self.edits = list(edits)
        self.fixes = list(fixes)
        self.preferred = preferred

    def __repr__(self) -> str:
        return f"Action({self.title!r}, {self.kind!r})"


class Request:
    """A stretch of a file, what the file is, and what has been found wrong with it.

    `nodes`: the syntax from the root to the innermost node that covers the stretch. `reported`: findings that were published.
    """

    __slots__ = (
        "_facts",
        "_hints",
        "_uses",
        "end",
        "nodes",
        "path",
        "places",
        "reported",
        "snapshot",
        "start",
        "text",
        "unit",
    )

    def __init__(self, snapshot: Snapshot, path: str, start: int, end: int, reported: Sequence[Finding] = ()) -> None:
        self.snapshot = snapshot
        self.path = path
        self.text = snapshot.document(path).text
        self.start = min(max(start, 0), len(self.text))
        self.end = min(max(end, self.start), len(self.text))
        self.reported = reported
        self.unit = snapshot.unit(path).unit
        self.places = TokenPlaces(snapshot.parsed(path).tokens)
        self.nodes: list[n.Node] = path_over(snapshot.parsed(path).tree, self.start, self.end)
        self._facts: Facts | None = None
        self._hints: list[Finding] | None = None
        self._uses: dict[int, core.Binding] | None = None

    @property
    def tree(self) -> n.Expr:
        return self.snapshot.parsed(self.path).tree

    @property
    def facts(self) -> Facts:
        """What is known of values, for this request."""
        if self._facts is None:
            self._facts = Facts(self.snapshot)
        return self._facts

    @property
    def hints(self) -> list[Finding]:
        """The hints for the file."""
        if self._hints is None:
            self._hints = findings(self.snapshot, self.path, "hints")
        return self._hints

    @property
    def uses(self) -> dict[int, core.Binding]:
        """What each name in the file that is used stands for, by its offset."""
        if self._uses is None:
            self._uses = {}
            if self.unit.root is not None:
                for node in walk(self.unit.root):
                    if isinstance(node, core.Var):
                        self._uses[node.start] = node.binding
        return self._uses

    def edit(self, start: int, end: int, text: str) -> TextEdit:
        """An edit of the file."""
        return TextEdit(self.path, start, end, text)

    def extent(self, node: n.Node) -> tuple[int, int]:
        """An expression with the parentheses around it."""
        return extent(self.places, node.start, node.end)

    def source(self, node: n.Node) -> str:
        """A node as it is written."""
        return self.text[node.start : node.end]
