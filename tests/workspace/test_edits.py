"""What a workspace answers after many edits is what a fresh one answers."""

from __future__ import annotations

import random

import pytest

from contractlang.diagnostics.model import Diagnostic
from contractlang.loaders.memory import MemoryLoader
from contractlang.resolve import core
from contractlang.resolve.traversal import walk
from contractlang.workspace import Edit, Snapshot, Workspace
from resolve.shapes import describe
from syntax.storms import edit
from syntax.test_pieces import PROGRAM

FILES = {
    "main.ncl": PROGRAM.replace(
        "  last = 1,", '  last : Number = (import "lib.ncl").f plain_1,\n  data = import "d.json",'
    ),
    "lib.ncl": "{\n  f : Number -> Number = fun x => x + 1,\n  g | String = f 2,\n}\n",
    "d.json": '{"a": [1, 2]}',
}


def plain(problems: list[Diagnostic]) -> list[object]:
    found: list[object] = []
    for each in problems:
        labels = [(label.span.source.name, label.span.start, label.span.end, label.message) for label in each.labels]
        found.append((each.code, each.message, each.notes, each.help, labels))
    return found


def types(snapshot: Snapshot, path: str) -> list[object]:
    """The types of all names and expressions of a file."""
    table = snapshot.types(path)[0]
    nodes = [] if (root := snapshot.unit(path).unit.root) is None else list(walk(root))
    found: list[object] = [(type(node).__name__, node.start, table.type_text(node)) for node in nodes]
    found += [
        (node.name, node.start, table.binding_text(node.binding))
        for node in nodes
        if isinstance(node, core.Field) and node.binding is not None
    ]
    found += sorted((node.start, node.end, type_.start, type_.end) for node, type_ in table.wildcards.items())
    return found


def answers(snapshot: Snapshot) -> list[object]:
    found: list[object] = [snapshot.files()]
    for path in FILES:
        found += [path, snapshot.importers(path)]
        found += [plain(snapshot.diagnostics(path, stage)) for stage in ("syntax", "types")]
        analysed = snapshot.unit(path)
        assert isinstance(analysed.unit.std, core.Binding) or path == "d.json"
        found.append(describe(analysed.unit.root, {}))
        found.append(types(snapshot, path))
        index = analysed.index
        size = len(snapshot.document(path).text)
        for offset in (0, size // 3, size // 2, size - 1):
            found.append([(type(node).__name__, node.start, node.end) for node in index.node_at(offset)])
            binding = index.binding_at(offset)
            found.append(None if binding is None else (binding.name, index.references(binding)))
            found.append(sorted((name, each.start) for name, each in index.visible(offset).items()))
        found.append([(place.path, place.start, place.end) for place in index.fields()])
    return found


@pytest.mark.parametrize("seed", range(6))
def test_answers_after_random_edits_are_those_of_a_fresh_workspace(seed: int) -> None:
    edit_randomly(seed)


@pytest.mark.parametrize("seed", range(6, 12))
@pytest.mark.usefixtures("everything_counts_as_large")
def test_the_same_where_everything_counts_as_large(seed: int) -> None:
    edit_randomly(seed)


def edit_randomly(seed: int) -> None:
    chance = random.Random(seed)
    loader = MemoryLoader(FILES)
    workspace = Workspace(loader, folders=["/"])
    for path, text in FILES.items():
        workspace.open(path, text)
    for step in range(25):
        path = chance.choice(("main.ncl", "main.ncl", "lib.ncl", "d.json"))
        text = workspace.snapshot().document(path).text
        if chance.random() < 0.2:
            workspace.open(path, FILES[path])
        else:
            edits = []
            for _ in range(chance.randrange(1, 3)):
                start, end, new = edit(text, chance)
                edits.append(Edit(start, end, new))
                text = text[:start] + new + text[end:]
            workspace.change(path, edits)
        snapshot = workspace.snapshot()
        fresh = Workspace(loader, folders=["/"])
        for each in FILES:
            fresh.open(each, snapshot.document(each).text)
        assert answers(snapshot) == answers(fresh.snapshot()), (seed, step)


@pytest.mark.parametrize(
    "text", ["{" * 3000, "[" * 3000 + "]" * 2999, "let x = " * 2000, "fun x => " * 3000, "a." * 3000, "{a=" * 3000]
)
def test_deep_nesting_is_no_exception(text: str) -> None:
    workspace = Workspace(MemoryLoader())
    workspace.open("a.ncl", text)
    for change in (Edit(10, 11, ""), Edit(10, 10, "{ "), Edit(len(text), len(text), " x")):
        workspace.change("a.ncl", [change])
        snapshot = workspace.snapshot()
        snapshot.types("a.ncl")
        index = snapshot.unit("a.ncl").index
        index.visible(len(text) // 2)
        index.fields()
