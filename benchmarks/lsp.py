"""Latency of the language server, over its real pipes: 200 random edits and requests on files of 1,000 and 10,000 lines.

    python benchmarks/lsp.py [--lines N]… [--edits N] [--memory]

For each file: p50, p95 and maximum of completion and hover right after an edit, of the time from an edit to the
syntax diagnostics that it causes and to the type diagnostics, the first analysis, and with `--memory` what the
process has in use after 200 and after 2,000 edits. Exit status 1 when a p95 is above its limit.
"""

from __future__ import annotations

import argparse
import queue
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

# In place of this folder, in which `lsp` is this file.
sys.path[0] = str(Path(__file__).parent.parent / "tests")

from lsp.wire import Wire  # noqa: E402 - found by the line above

# Milliseconds at the 95th percentile, by number of lines.
LIMITS = {
    1_000: {"completion": 50, "hover": 50, "syntax": 100, "types": 300},
    10_000: {"completion": 150, "hover": 150, "syntax": 500, "types": 1_500},
}
GROWTH = 1.3

KEYSTROKE = 0.1  # seconds

HEAD = """\
let Port = std.contract.from_predicate (fun n => std.is_number n && n > 0 && n < 65536) in
let Service = {
  name | String | doc "What it is called.",
  port | Port | default = 8080,
  replicas | Number | default = 2,
  tags | Array String | default = [],
  labels | { _ : String } | default = {},
} in
let double : Number -> Number = fun n => n * 2 in
let label : String -> Number -> String = fun name n => "%{name}-%{std.string.from_number n}" in
{
"""
SERVICE = """\
  # Service {i} listens on its own port.
  service_{i} | Service = {{
    name = "service-{i}",
    port = {port},
    replicas = double {small},
    tags = ["a{i}", "b", std.string.uppercase "c"],
    labels = {{ tier = label "tier" {small}, owner = "team-{small}" }},
  }},
  weight_{i} : Number = double {i} + {small},
  text_{i} : String = label "x" weight_{i},
"""


def program(lines: int) -> str:
    """A configuration of about so many lines."""
    parts = [HEAD]
    count = (lines - HEAD.count("\n") - 1) // SERVICE.count("\n")
    parts += [SERVICE.format(i=i, port=1024 + i, small=i % 7 + 1) for i in range(count)]
    return "".join([*parts, "}\n"])


class Measured:
    """Milliseconds by what was measured: on the clock, and of processor time, which other programs do not disturb."""

    def __init__(self) -> None:
        self.clock: dict[str, list[float]] = {}
        self.processor: dict[str, list[float]] = {}

    def add(self, name: str, watch: Watch, until: float | None = None) -> None:
        """What a watch shows; `until`: the moment that counts instead of now."""
        clock = (time.perf_counter() if until is None else until) - watch.began
        self.clock.setdefault(name, []).append(clock * 1000)
        self.processor.setdefault(name, []).append((watch.wire.processor_time() - watch.computed) * 1000)


def rest(wire: Wire) -> None:
    """Wait until a server has nothing to do."""
    before = -1.0
    while (now := wire.processor_time()) - before > 0.001:
        before = now
        time.sleep(KEYSTROKE)


class Watch:
    """Runs from when it is made."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.computed = wire.processor_time()
        self.began = time.perf_counter()


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


class Document:
    """One open document, edited by line and column; everything in it is ASCII."""

    def __init__(self, wire: Wire, uri: str, text: str, *, rests: bool) -> None:
        self.wire = wire
        self.uri = uri
        self.lines = text.split("\n")
        self.version = 1
        self.rests = rests

    def replace(self, line: int, old: str, new: str) -> int:
        """Replace the first `old` in a line; returns the column after what stands there now."""
        column = self.lines[line].index(old)
        text = self.lines[line]
        self.lines[line] = text[:column] + new + text[column + len(old) :]
        self.version += 1
        start, end = {"line": line, "character": column}, {"line": line, "character": column + len(old)}
        self.wire.change(self.uri, self.version, [{"range": {"start": start, "end": end}, "text": new}])
        return column + len(new)

    def ask(self, method: str, line: int, column: int) -> Any:  # noqa: ANN401 - JSON
        position = {"line": line, "character": column}
        return self.wire.ask(method, {"textDocument": {"uri": self.uri}, "position": position})

    def find(self, chance: random.Random, wanted: str) -> int:
        """A line that contains something, by chance."""
        start = chance.randrange(len(self.lines))
        for step in range(len(self.lines)):
            line = (start + step) % len(self.lines)
            if wanted in self.lines[line]:
                return line
        raise LookupError(wanted)

    def wait_for(self, codes: str, *, there: bool = True) -> float:
        """The moment at which a publication has (or has no) diagnostics whose code begins so."""
        while True:
            moment, params = self.wire.published.get(timeout=60)
            if params["uri"] != self.uri or params.get("version") != self.version:
                continue
            if any(str(each.get("code", "")).startswith(codes) for each in params["diagnostics"]) == there:
                return moment


def replay(document: Document, edits: int, chance: random.Random, measured: Measured) -> None:
    """Edits of every kind in turn, each followed by what an editor asks then. Between them passes what passes between the
    keystrokes of somebody who types fast."""
    wire = document.wire
    for number in range(edits):
        time.sleep(KEYSTROKE)
        if document.rests:
            rest(wire)
        match number % 4:
            case 0:  # somebody types the member of a record
                line = document.find(chance, "double ")
                watch = Watch(wire)
                column = document.replace(line, "double ", "std.number.min ")
                found = document.ask("textDocument/completion", line, column - len("min "))
                measured.add("completion", watch)
                assert found["items"]
                document.replace(line, "std.number.min ", "double ")
            case 1:  # and looks at what he wrote
                line = document.find(chance, "port = ")
                watch = Watch(wire)
                document.replace(line, "port = ", "port = 1")
                assert document.ask("textDocument/hover", line, document.lines[line].index("port") + 1)
                measured.add("hover", watch)
                document.replace(line, "port = 1", "port = ")
            case 2:  # a bracket is missing for a moment
                line = document.find(chance, "tags = [")
                watch = Watch(wire)
                document.replace(line, "],", ",")
                measured.add("syntax", watch, document.wait_for(SYNTAX))
                document.replace(line, '"c",', '"c"],')
            case _:  # a type is wrong
                line = document.find(chance, ": Number = double")
                watch = Watch(wire)
                document.replace(line, "double", '"a" ++ double')
                measured.add("types", watch, document.wait_for(TYPES))
                document.replace(line, '"a" ++ double', "double")
                document.wait_for(TYPES, there=False)


SYNTAX = ("unexpected", "syntax", "missing", "unmatched", "unclosed")
TYPES = ("type", "mismatch")


def measure(lines: int, edits: int, *, memory: bool, rests: bool) -> bool:
    chance = random.Random(7)
    measured = Measured()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "main.ncl")
        text = program(lines)
        path.write_text(text, encoding="utf-8")
        wire = Wire(Path(folder).as_uri(), settings={"evaluation": {"enabled": False}})
        started = time.perf_counter() - wire.began
        document = Document(wire, path.as_uri(), text, rests=rests)
        # With a mistake, whose diagnostic shows when the first analysis is done.
        watch = Watch(wire)
        wire.open(document.uri, text.replace("double 0 +", '"a" ++ double 0 +'))
        first = Measured()
        first.add("analysis", watch, document.wait_for(TYPES))
        document.lines[document.lines.index("  weight_0 : Number = double 0 + 1,")] += " "
        wire.change(document.uri, 2, [{"text": "\n".join(document.lines)}])
        document.version = 2
        document.wait_for(TYPES, there=False)
        replay(document, edits, chance, measured)
        print(f"\n{len(document.lines):,} lines: server ready after {started * 1000:.0f} ms,", end=" ")
        print(f"first analysis after {first.clock['analysis'][0]:.0f} ms")
        print(f"  {'':12} {'p50':>8} {'p95':>8} {'max':>8}   limit   processor: p50, p95  (ms)")
        good = True
        for name, times in measured.clock.items():
            limit = LIMITS.get(lines, {}).get(name, 1e9)
            good = good and p95(times) <= limit
            computed = measured.processor[name]
            print(
                f"  {name:12} {statistics.median(times):8.1f} {p95(times):8.1f} {max(times):8.1f} {limit:7} "
                f"{statistics.median(computed):18.1f} {p95(computed):6.1f}{'' if p95(times) <= limit else '  ABOVE'}"
            )
        ratio = first.processor["analysis"][0] / statistics.median(measured.processor["types"])
        print(f"  an edit inside one field, up to its type diagnostics, costs 1/{ratio:.1f} of the first analysis")
        if memory:
            good = remember(document, chance, edits) and good
        assert wire.close() == 0
        assert not wire.errors, wire.errors
    return good


def remember(document: Document, chance: random.Random, done: int) -> bool:
    """What the process has in use after 200 and after 2,000 edits."""
    used = {}
    for total in (200, 2_000):
        while done < total:
            replay(document, 4, chance, Measured())
            done += 4
        time.sleep(4)  # the server tidies up when the client pauses
        used[total] = document.wire.memory()
    growth = used[2_000] / used[200]
    print(
        f"  memory: {used[200] // 1024} MiB after 200 edits, {used[2_000] // 1024} MiB after 2,000: {growth:.2f} times"
    )
    return growth <= GROWTH


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, action="append", help="how long the file is (default: 1,000 and 10,000)")
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--memory", action="store_true", help="measure what the process has in use")
    parser.add_argument("--rest", action="store_true", help="wait before each step until the server has nothing to do")
    arguments = parser.parse_args()
    try:
        results = [
            measure(lines, arguments.edits, memory=arguments.memory, rests=arguments.rest)
            for lines in arguments.lines or LIMITS
        ]
    except queue.Empty:
        print("the server did not answer in time", file=sys.stderr)
        return 1
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
