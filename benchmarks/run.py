"""`make bench`: every program on contractlang and its peers, in one run; writes `docs/performance.md`.

    python benchmarks/run.py [--quick]

Each program runs in a process of its own for each engine, five times after a warm-up; the least time counts, and the most memory that
the process had. contractlang runs from its cached code ("warm") and without any cache ("cold"). The Jsonnet implementations are
measured where they are installed (`pip install jsonnet gojsonnet rjsonnet`).
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

from programs import PROGRAMS, Program

ENGINES = ("contractlang warm", "contractlang cold", "py-nickel", "rjsonnet", "gojsonnet", "jsonnet")
DOCUMENT = Path(__file__).parent.parent / "docs" / "performance.md"
WORKER = r'''
import json, os, resource, sys, time

engine, path, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
text = open(path, encoding="utf-8").read()
if engine.startswith("contractlang"):
    from contractlang import engine as ours
    cache = "code" if engine.endswith("warm") else "off"
    def run():
        outcome = ours.export([path], "json", ours.Options(cache=cache))
        assert outcome.text is not None, [d.message for d in outcome.diagnostics]
elif engine == "py-nickel":
    import nickel
    def run():
        nickel.run(text)
elif engine == "rjsonnet":
    import rjsonnet
    def run():
        rjsonnet.evaluate_snippet("x", text, max_stack=100000)
elif engine == "gojsonnet":
    import _gojsonnet
    def run():
        _gojsonnet.evaluate_snippet("x", text, max_stack=100000)
else:
    import _jsonnet
    def run():
        _jsonnet.evaluate_snippet("x", text, max_stack=100000)
run()
best = 1e9
for _ in range(times):
    start = time.perf_counter()
    run()
    best = min(best, time.perf_counter() - start)
print(json.dumps([best * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
'''


def measure(engine: str, path: Path, times: int, cache: Path) -> tuple[float, float] | None:
    """Milliseconds and MiB; None where the engine is missing or fails."""
    environment = {"CONTRACTLANG_CACHE_DIR": str(cache), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", WORKER, engine, str(path), str(times)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    if done.returncode:
        if "ModuleNotFoundError" not in done.stderr:
            print(f"{engine} fails on {path.name}: {done.stderr.strip().splitlines()[-1][:120]}", file=sys.stderr)
        return None
    milliseconds, mebibytes = json.loads(done.stdout)
    return milliseconds, mebibytes


def measure_program(program: Program, size: int, times: int, folder: Path) -> dict[str, tuple[float, float]]:
    """The results of all engines that can run a program."""
    name = "".join(c if c.isalnum() else "-" for c in program.name)
    source = folder / f"{name}-{size}.ncl"
    source.write_text(program.make(size), encoding="utf-8")
    results = {}
    for engine in ENGINES:
        path = source
        if engine in ("rjsonnet", "gojsonnet", "jsonnet"):
            if program.jsonnet is None:
                continue
            path = folder / f"{name}-{size}.jsonnet"
            path.write_text(program.jsonnet.format(n=size), encoding="utf-8")
        found = measure(engine, path, times, folder / "cache")
        if found is not None:
            results[engine] = found
    return results


def geometric_mean(ratios: list[float]) -> float:
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else math.nan


def table(results: dict[str, dict[str, tuple[float, float]]]) -> list[str]:
    lines = ["| program | " + " | ".join(ENGINES) + " | warm / py-nickel | MiB ours / py-nickel |"]
    lines.append("|---" * (len(ENGINES) + 3) + "|")
    for name, found in results.items():
        times = [f"{found[e][0]:.1f}" if e in found else "–" for e in ENGINES]
        ratio = memory = "–"
        if "py-nickel" in found:
            ratio = f"{found['contractlang warm'][0] / found['py-nickel'][0]:.2f}"
            memory = f"{found['contractlang warm'][1]:.0f} / {found['py-nickel'][1]:.0f}"
        lines.append(f"| {name} | {' | '.join(times)} | {ratio} | {memory} |")
    return lines


def ratios(results: dict[str, dict[str, tuple[float, float]]], peer: str) -> list[float]:
    names = {p.name for p in PROGRAMS if p.compute}
    return [
        found["contractlang warm"][0] / found[peer][0] for name, found in results.items() if name in names and peer in found
    ]


def summary(results: dict[str, dict[str, tuple[float, float]]]) -> list[str]:
    against = ratios(results, "py-nickel")
    lines = [
        "| what | goal | measured |",
        "|---|---|---|",
        f"| geometric mean over the compute programs, contractlang / py-nickel | ≤ 0.15 | {geometric_mean(against):.3f} |",
        f"| the worst of them | ≤ 0.6 | {max(against, default=math.nan):.2f} |",
    ]
    for peer, goal in (("rjsonnet", "0.8"), ("gojsonnet", "0.2"), ("jsonnet", "0.05")):
        found = ratios(results, peer)
        if found:
            lines.append(f"| geometric mean against {peer} | ≤ {goal} | {geometric_mean(found):.2f} |")
    plain = results.get("plain data, 20,000 lines", {})
    if "py-nickel" in plain:
        warm, cold = (plain[f"contractlang {how}"][0] / plain["py-nickel"][0] for how in ("warm", "cold"))
        lines.append(f"| 20,000 lines of plain data: warm / py-nickel | ≤ 0.5 | {warm:.2f} |")
        lines.append(f"| the same, cold | ≤ 2 | {cold:.2f} |")
    return lines


def growth(times: int, folder: Path) -> list[str]:
    """Time against size, for the programs over services."""
    lines = ["| program | 1× ms | 10× ms | ratio |", "|---|---|---|---|"]
    for program in PROGRAMS:
        if program.name not in ("deep merge of 500 services", "2,000 service records under contract"):
            continue
        small, large = program.size // 5, program.size * 2
        measured = []
        for size in (small, large):
            path = folder / f"growth-{size}.ncl"
            path.write_text(program.make(size), encoding="utf-8")
            found = measure("contractlang warm", path, times, folder / "cache")
            measured.append(found[0] if found is not None else math.nan)
        lines.append(f"| {program.name} | {measured[0]:.1f} | {measured[1]:.1f} | {measured[1] / measured[0]:.1f} |")
    return lines


def main() -> None:
    times = 2 if "--quick" in sys.argv else 5
    results = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for program in PROGRAMS:
            results[program.name] = measure_program(program, program.size, times, folder)
            print(table({program.name: results[program.name]})[-1], flush=True)
        grown = growth(times, folder)
    text = [
        "# Performance",
        "",
        "Made by `make bench`: milliseconds, the least of five runs in one process after a warm-up, everything included from source text",
        "to JSON text; the most memory that the process had. Machines are noisy: compare within the table.",
        "",
        *table(results),
        "",
        "## Goals",
        "",
        *summary(results),
        "",
        "## Growth",
        "",
        *grown,
        "",
    ]
    print("\n".join(summary(results) + grown))
    DOCUMENT.write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    main()
