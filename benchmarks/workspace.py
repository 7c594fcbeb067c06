"""How long the workspace takes to answer after an edit: `python benchmarks/workspace.py [LINES…]`.

A program of contracts, functions and nested records is edited at random places as somebody would type: names, numbers, whole
fields, halves of them. After each edit the syntax, the unit and the types are asked for, as an editor would.
Milliseconds of processor time, which is what counts where nothing else runs.
"""

from __future__ import annotations

import gc
import random
import resource
import statistics
import sys
import time

from contractlang.loaders.memory import MemoryLoader
from contractlang.workspace import Edit, Workspace

EDITS = 200


def program(lines: int, seed: int = 1) -> str:
    """A program of about as many lines."""
    chance = random.Random(seed)
    out = [
        "let Port = std.contract.from_predicate (fun port => std.is_number port && port > 0 && port < 65536) in",
        "let Service = {",
        "  name | String,",
        "  port | Port | default = 8080,",
        "  replicas | Number | default = 1,",
        "  tags | Array String | default = [],",
        "} in",
        "let scale : Number -> Number -> Number = fun factor n => factor * n + 1 in",
        "let label : String -> Number -> String = fun prefix n =>",
        "  if n > 10 then",
        '    "%{prefix}-many-%{std.to_string n}"',
        "  else",
        '    "%{prefix}-%{std.to_string n}"',
        "in",
        "{",
    ]
    number = 0
    while len(out) < lines - 1:
        number += 1
        kind = chance.randrange(4)
        if kind == 0:
            out += [
                f"  # The service number {number}.",
                f"  service_{number} | Service = {{",
                f'    name = "service-{number}",',
                f"    port = {1024 + number},",
                f"    replicas = scale 2 {number},",
                f'    tags = ["a{number}", "b", label "c" {number}],',
                "  },",
            ]
        elif kind == 1:
            out += [
                f"  count_{number} : Number = std.array.length [1, 2, {number}] + {number},",
                f'  title_{number} : String = label "n" count_{number},',
            ]
        elif kind == 2:
            out += [
                f"  group_{number} = {{",
                "    limits = {",
                f"      cpu = {number}, memory = scale 3 {number},",
                "      nested = {",
                f'        path = "/var/lib/%{{std.to_string {number}}}",',
                "        enabled = true,",
                "        mode = 'Fast,",
                "      },",
                "    },",
                f"    apply = fun x => if x == limits.cpu then limits.memory else x + {number},",
                "  },",
            ]
        else:
            out += [
                f"  twice_{number} : Number -> Number =",
                "    let rec double = fun n => n + n in",
                "    fun n =>",
                f"      let offset = {number} in",
                "      double n + offset,",
            ]
    out.append("}")
    return "\n".join(out) + "\n"


def edits(text: str, chance: random.Random) -> tuple[Edit, Edit]:
    """Something that somebody might type, and how it is undone."""
    at = chance.randrange(len(text))
    kind = chance.randrange(6)
    if kind == 0:  # a character within a word or number
        return Edit(at, at, "x"), Edit(at, at + 1, "")
    if kind == 1:  # a new field, whole
        at = text.find("\n", at) + 1
        return Edit(at, at, "  extra = 1,\n"), Edit(at, at + 13, "")
    if kind == 2:  # an access, half typed
        found = text.find(" = ", at) + 3
        return Edit(found, found, "std.array. "), Edit(found, found + 11, "")
    if kind == 3:  # a comma goes
        found = max(text.find(",\n", at), 0)
        return Edit(found, found + 1, ""), Edit(found, found, text[found])
    if kind == 4:  # a new line
        at = text.find("\n", at) + 1
        return Edit(at, at, "\n"), Edit(at, at + 1, "")
    return Edit(at, at + 3, ""), Edit(at, at, text[at : at + 3])  # some characters go


def percentile(times: list[float], part: float) -> float:
    return sorted(times)[min(int(len(times) * part), len(times) - 1)] * 1000


def measure(lines: int) -> None:
    text = program(lines)
    chance = random.Random(2)
    workspace = Workspace(MemoryLoader())
    workspace.open("main.ncl", text)
    first = []
    for ask in QUERIES.values():
        start = time.process_time()
        ask(workspace)
        first.append(time.process_time() - start)
    gc.collect()
    gc.freeze()
    found: dict[str, list[float]] = {name: [] for name in QUERIES}
    for _ in range(EDITS // 2):
        for edit in edits(text, chance):
            start = time.process_time()
            workspace.change("main.ncl", [edit])
            for name, ask in QUERIES.items():
                ask(workspace)
                end = time.process_time()
                found[name].append(end - start)
                start = end
    assert workspace.snapshot().document("main.ncl").text == text
    print(f"{len(text.splitlines())} lines, {len(text)} characters; {EDITS} edits")
    print(f"  {'':10}  first     p50     p95     max   of the first (mean)")
    for (name, times), once in zip(found.items(), first, strict=True):
        mean = statistics.mean(times)
        print(
            f"  {name:10} {once * 1000:6.1f}  {percentile(times, 0.5):6.1f}  {percentile(times, 0.95):6.1f}"
            f"  {percentile(times, 1):6.1f}   {mean / once:.3f}"
        )


QUERIES = {
    "syntax": lambda workspace: workspace.snapshot().diagnostics("main.ncl", "syntax"),
    "unit": lambda workspace: workspace.snapshot().unit("main.ncl"),
    "types": lambda workspace: workspace.snapshot().diagnostics("main.ncl", "types"),
}


def main() -> None:
    gc.set_threshold(100_000, 50, 1000)  # as the language server does
    for lines in [int(each) for each in sys.argv[1:]] or [1_000, 10_000]:
        measure(lines)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
