"""What editors ask of a file, measured: tokens, folds, selections, lenses, findings, code actions, formatting.

    python benchmarks/ide.py [LINES]

Milliseconds on this machine: the median and the 95th percentile over random places of a program of 1,000 lines (the examples again
and again), the analysis being at hand already, as it is when an editor asks. The goal is 50 ms for the percentile.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

from contractlang.ide.actions.offer import code_actions
from contractlang.ide.diagnostics import evaluation_job, findings
from contractlang.ide.folding import folding_ranges
from contractlang.ide.formatting import format_document, format_on_type
from contractlang.ide.lenses import code_lenses
from contractlang.ide.links import document_links
from contractlang.ide.selection import selection_ranges
from contractlang.ide.tokens import semantic_tokens
from contractlang.loaders.memory import MemoryLoader
from contractlang.source import Source
from contractlang.syntax.parser import parse
from contractlang.syntax.traversal import walk
from contractlang.workspace.workspace import Workspace
from formatter import program

TIMES = 100
PATH = "/main.ncl"


def measured(name: str, run: Callable[[], object], times: int = TIMES) -> None:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    taken.sort()
    median, high = taken[len(taken) // 2] * 1000, taken[int(len(taken) * 0.95)] * 1000
    print(f"  {name:34} {median:8.1f} ms {high:8.1f} ms")


def main() -> None:
    text = program(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
    workspace = Workspace(MemoryLoader({}))
    workspace.open(PATH, text)
    snapshot = workspace.snapshot()
    chance = random.Random(1)
    tree, _ = parse(Source("main.ncl", text))
    nodes = list(walk(tree))
    print(f"{text.count(chr(10))} lines, {len(nodes)} nodes            median     95th")
    measured("types (once)", lambda: findings(snapshot, PATH, "types"), 1)

    def offset() -> int:
        return chance.randrange(len(text))

    def act(kinds: list[str] | None = None) -> object:
        node = chance.choice(nodes)
        end = node.end if chance.random() < 0.5 else node.start
        return code_actions(snapshot, PATH, node.start, end, only=kinds)

    measured("semantic tokens", lambda: semantic_tokens(snapshot, PATH), 30)
    start = offset()
    measured("semantic tokens of a stretch", lambda: semantic_tokens(snapshot, PATH, start, start + 2000), 30)
    measured("folds", lambda: folding_ranges(snapshot, PATH), 30)
    measured("selection", lambda: selection_ranges(snapshot, PATH, offset()))
    measured("links", lambda: document_links(snapshot, PATH), 30)
    measured("lenses", lambda: code_lenses(snapshot, PATH), 30)
    measured("syntax findings", lambda: findings(snapshot, PATH, "syntax"), 30)
    measured("type findings", lambda: findings(snapshot, PATH, "types"), 30)
    measured("hints", lambda: findings(snapshot, PATH, "hints"), 30)
    measured("job of evaluation", lambda: evaluation_job(snapshot, PATH), 30)
    measured("code actions", act)
    for kind in ("quickfix", "refactor.extract", "refactor.inline", "refactor.rewrite"):
        measured(f"code actions: {kind}", lambda kind=kind: act([kind]))  # type: ignore[misc] # mypy cannot tell
    measured("formatting of what is typed", lambda: format_on_type(snapshot, PATH, offset(), "\n"))
    measured("formatting", lambda: format_document(snapshot, PATH), 5)


if __name__ == "__main__":
    main()
