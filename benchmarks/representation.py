"""The representation of values, measured: four programs on contractlang and on the peer, in one run.

    python benchmarks/representation.py

Prints a table of minima in milliseconds, everything included (parsing, compiling, evaluating, exporting), after one warm-up.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from contractlang.engine import run_source

PROGRAMS = {
    "fib 23": "let rec fib = fun n => if n < 2 then n else fib (n - 1) + fib (n - 2) in fib 23",
    "a loop that adds 100,000 numbers": (
        "let rec go = fun sum i => if i == 100000 then sum else go (sum + i) (i + 1) in go 0 0"
    ),
    "fold_left over 100,000 numbers": ("std.array.fold_left (fun sum x => sum + x) 0 (std.array.range 0 100000)"),
    "200,000 calls through Number -> Number": (
        "let f | Number -> Number = fun x => x + 1 in "
        "let rec go = fun i acc => if i == 0 then acc else go (i - 1) (f acc) in go 200000 0"
    ),
    "20,000 records made, merged and read": (
        "let make = fun i => { a | default = i, b = a + 1, c = { d = b, e = 'x' } } in "
        "let rec go = fun i acc => if i == 0 then acc else go (i - 1) (acc + (make i & { a = 5 }).c.d) in go 20000 0"
    ).replace("'x'", '"x"'),
}


def best(run: Callable[[str], object], program: str, times: int = 5) -> float:
    """The least time of several runs in milliseconds, after a warm-up."""
    run(program)
    measured = []
    for _ in range(times):
        start = time.perf_counter()
        run(program)
        measured.append(time.perf_counter() - start)
    return min(measured) * 1000


def ours(program: str) -> None:
    outcome = run_source(program)
    if outcome.text is None:
        raise SystemExit(f"the program failed: {outcome.diagnostics}")


def main() -> None:
    try:
        import nickel
    except ImportError:
        raise SystemExit("install py-nickel to compare with: pip install -e '.[dev]'") from None
    print("| program | contractlang | py-nickel | ratio |")
    print("|---|---|---|---|")
    for name, program in PROGRAMS.items():
        mine, theirs = best(ours, program), best(nickel.run, program)
        print(f"| {name} | {mine:.1f} | {theirs:.1f} | {mine / theirs:.2f} |")


if __name__ == "__main__":
    main()
