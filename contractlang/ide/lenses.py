"""Code lenses: what can be done with a program, above the text that it concerns."""

from __future__ import annotations

from contractlang.ide.commands import EVALUATE, EXPORT, RUN_EXAMPLE
from contractlang.ide.examples import examples
from contractlang.ide.field_paths import outermost_fields
from contractlang.ide.jobs import data_contracts
from contractlang.syntax import nodes as n
from contractlang.workspace.workspace import format_of

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.workspace.workspace import Snapshot

# A record with more fields is data, and a lens above each of them a nuisance.
MOST_FIELDS = 100


class Lens:
    """Something to click on, above the line of `start`: a command with its arguments, path first."""

    __slots__ = ("arguments", "command", "end", "start", "title")

    def __init__(self, start: int, end: int, title: str, command: str, arguments: list[object]) -> None:
        self.start = start
        self.end = end
        self.title = title
        self.command = command
        self.arguments = arguments

    def __repr__(self) -> str:
        return f"Lens({self.start}, {self.end}, {self.title!r}, {self.arguments!r})"


def code_lenses(snapshot: Snapshot, path: str) -> list[Lens]:
    """The lenses of a file, in the order of the text: for the file, for each of its outermost fields, for examples.

    A file that cannot be read has none, nor has one whose value is a function, which cannot be exported, for the whole.
    """
    key = snapshot.loader.key(path)
    parsed = snapshot.parsed(key)
    if parsed.problems:
        return []
    if format_of(key) != "Nickel":
        contracts = data_contracts(snapshot, key)
        return [Lens(0, 0, "Export as JSON", EXPORT, [key, None, "json"])] if contracts else []
    found: list[Lens] = []
    if not isinstance(_value(parsed.tree), (n.Fun, n.Match, n.Hole)):
        found.append(Lens(0, 0, "Evaluate", EVALUATE, [key, None]))
        found += [Lens(0, 0, f"Export as {each.upper()}", EXPORT, [key, None, each]) for each in ("json", "yaml")]
    fields = list(outermost_fields(parsed.tree))
    for decl in fields if len(fields) <= MOST_FIELDS else []:
        if all(part.name is not None for part in decl.path):
            name = decl.path[0]
            found.append(Lens(name.start, decl.path[-1].end, "Evaluate", EVALUATE, [key, decl.path[-1].start]))
    for example in examples(snapshot.document(key).text, parsed.tree):
        found.append(Lens(example.start, example.end, "Run example", RUN_EXAMPLE, [key, example.start]))
    found.sort(key=lambda lens: lens.start)
    return found


def _value(tree: n.Expr) -> n.Expr:
    """The expression whose value a program has."""
    while isinstance(tree, (n.Let, n.Annotated)):
        tree = tree.body if isinstance(tree, n.Let) else tree.expr
    return tree
