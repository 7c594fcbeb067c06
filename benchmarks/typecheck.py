"""The type checker, measured: time against the size of the program, against the peer on the same sources, and where types explode.

    python benchmarks/typecheck.py            # prints tables
    python benchmarks/typecheck.py --write    # puts them into docs/performance-typecheck.md

The peer offers no checking alone. So its part of a run is estimated by a twin of the program that has no types to check: the
difference between whole runs of both, on either implementation. Minima of five runs, in milliseconds.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from contractlang.engine import Options, run_source
from contractlang.loaders.memory import MemoryLoader
from contractlang.resolve.program import load_program
from contractlang.source import Source
from contractlang.typecheck.checker import check

DOCUMENT = Path(__file__).parent.parent / "docs" / "performance-typecheck.md"
# Eleven lines of typed code: polymorphism, records, enums, higher-order functions, library calls.
UNIT = """
  f{n} : forall a. {{ name : String, port : Number }} -> Array a -> (a -> Number) -> Number
    = fun server xs g =>
      let total = std.array.fold_left (fun sum x => sum + g x) 0 xs in
      let label = server.name ++ "-" ++ std.string.from_number server.port in
      if std.string.length label > {n} && total < server.port then
        total * 2 + {n}
      else
        [1, 2, {n}] |> std.array.map (fun x => x + total) |> std.array.fold_left (+) 0,
  r{n} : {{ a : Number, b : {{ c : String, d : [| 'X, 'Y Number |] }} }}
    = {{ a = {n}, b = {{ c = "v%{{std.string.from_number {n}}}", d = if {n} > 3 then 'X else 'Y {n} }} }},
"""
# In the twin nothing is typed; what remains is as long.
ANNOTATION = re.compile(r"^(  \w+) : .*$", re.MULTILINE)
SIZES = (25, 50, 100, 200, 455)


def nested_foralls(depth: int) -> str:
    type_ = "Number"
    for number in range(depth):
        type_ = f"forall a{number}. ({type_}) -> a{number}"
    return type_


DOUBLED = "".join(f"let {{v}}{n + 1} = {{{{ l = {{v}}{n}, r = {{v}}{n} }}}} in " for n in range(40))
EXPLODING = {
    "40 nested `let`s, each of which doubles a type": "(let x0 = fun y => y in " + DOUBLED.format(v="x") + "[x40]) : _",
    "two such types compared": (
        f"(let x0 = 1 in {DOUBLED.format(v='x')} let y0 = 1 in {DOUBLED.format(v='y')} [x40, y40]) : _"
    ),
    "two such types that do not fit": (
        f"(let x0 = 1 in {DOUBLED.format(v='x')} let y0 = 's' in {DOUBLED.format(v='y')} [x40, y40]) : _"
    ),
    "doubled by a polymorphic function, 40 deep": (
        "(let d : forall a. a -> { l : a, r : a } = fun x => { l = x, r = x } in "
        f"let f = fun x => {'d (' * 40} x {')' * 40} in [f, f]) : _"
    ),
    "a type of 2,000 nested `forall`s, compared with itself": (
        f"let f : {nested_foralls(2_000)} = %blame% (1 | Dyn) in (f : {nested_foralls(2_000)})"
    ),
}


def program(units: int) -> str:
    return "({" + "".join(UNIT.format(n=n) for n in range(units)) + "}).r1.a"


def best(run: Callable[[], object], times: int = 5) -> float:
    """The least time of several runs, in milliseconds."""
    measured = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        measured.append(time.perf_counter() - start)
    return min(measured) * 1000


def ours(text: str) -> Callable[[], object]:
    return lambda: run_source(text, options=Options(cache="off"))


def process(folder: str, text: str, *arguments: str) -> float:
    """The time of `contractlang typecheck`, the start of the process included."""
    path = Path(folder) / "program.ncl"
    path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "contractlang", "typecheck", *arguments, str(path)]
    return best(lambda: subprocess.run(command, check=True, capture_output=True))


def sizes() -> list[str]:
    try:
        from nickel import run as peer
    except ImportError:
        peer = None
    columns = ["lines", "check", "strict check", "µs a line", "`typecheck`, whole process", "`--strict-types`"]
    columns += ["run", "run, untyped", "py-nickel, run", "py-nickel, untyped"]
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            text = program(size)
            twin = ANNOTATION.sub(r"\1", text)
            loaded, problems = load_program([Source("main.ncl", text)], MemoryLoader({}))
            assert not problems, problems
            assert not check(loaded)[1]
            assert not check(loaded, strict=True)[1]
            checked = best(lambda loaded=loaded: check(loaded))
            cells = [
                checked,
                best(lambda loaded=loaded: check(loaded, strict=True)),
                checked * 1000 / text.count("\n"),
                process(folder, text),
                process(folder, text, "--strict-types"),
                best(ours(text)),
                best(ours(twin)),
            ]
            if peer is not None:
                cells += [best(lambda text=each: peer(text)) for each in (text, twin)]
            shown = [f"{cell:,.1f}" for cell in cells] + ["–"] * (9 - len(cells))
            lines.append(f"| {text.count(chr(10)):,} | " + " | ".join(shown) + " |")
            print(lines[-1], flush=True)
    return lines


def exploding() -> list[str]:
    lines = ["| program | milliseconds | result |", "|---|---|---|"]
    for name, text in EXPLODING.items():
        loaded, problems = load_program([Source("main.ncl", text)], MemoryLoader({}))
        assert not problems, problems
        found = check(loaded)[1]
        result = f"`{found[0].code}`" if found else "accepted"
        lines.append(f"| {name} | {best(lambda loaded=loaded: check(loaded), 2):,.1f} | {result} |")
        print(lines[-1], flush=True)
    return lines


def document() -> str:
    """The tables with what is to be said of them."""
    return "\n".join(
        [
            "# Performance of type checking",
            "",
            f"Made by `python benchmarks/typecheck.py --write` with CPython {platform.python_version()}, {os.cpu_count()} cores:",
            "milliseconds, the least of five runs. The programs are typed functions with polymorphism, records, enums and library",
            "calls; `check` is the checker alone, after parsing and resolving. The peer checks only as a part of running: its cost",
            "is about the difference between the run of a program and that of its twin without types.",
            "",
            "## Time against size",
            "",
            *sizes(),
            "",
            "## Types that double",
            "",
            "Shared parts of types are shared in memory, and pairs that were compared are remembered; what still takes too many",
            "steps ends in `limit-type-steps`.",
            "",
            *exploding(),
            "",
        ]
    )


def main() -> None:
    sys.setrecursionlimit(1_000_000)
    text = document()
    if "--write" in sys.argv:
        DOCUMENT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
