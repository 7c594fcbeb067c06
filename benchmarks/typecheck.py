"""The type checker, measured: time against the size of the program, and against the peer on the same sources.

    python benchmarks/typecheck.py

The peer offers no checking alone, so for both the time is that of a whole run of a program whose value is a number: parsing and
checking are nearly all of it. Beside it, our checker's own share, and that of strict checking. Minima of five runs, in
milliseconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from contractlang.engine import run_source
from contractlang.loaders.memory import MemoryLoader
from contractlang.resolve.program import load_program
from contractlang.source import Source
from contractlang.typecheck.checker import check

# Twelve lines of typed code: polymorphism, records, enums, higher-order functions, library calls.
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
SIZES = (25, 50, 100, 200, 400)


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


def measure(text: str) -> tuple[float, float, float]:
    """Checking, strict checking, and a whole run on contractlang."""
    loaded, problems = load_program([Source("main.ncl", text)], MemoryLoader({}))
    assert not problems, problems
    assert not check(loaded)[1]
    assert not check(loaded, strict=True)[1]
    whole = best(lambda: run_source(text))
    return best(lambda: check(loaded)), best(lambda: check(loaded, strict=True)), whole


def main() -> None:
    try:
        import nickel
    except ImportError:
        nickel = None
    sys.setrecursionlimit(1_000_000)
    print(f"{'lines':>7} {'check':>8} {'strict':>8} {'whole run':>10} {'py-nickel':>10}")
    for size in SIZES:
        text = program(size)
        checked, strict, whole = measure(text)
        peer = f"{best(lambda text=text: nickel.run(text)):10.1f}" if nickel is not None else " " * 10
        print(f"{text.count(chr(10)):>7} {checked:>8.1f} {strict:>8.1f} {whole:>10.1f} {peer}")


if __name__ == "__main__":
    main()
