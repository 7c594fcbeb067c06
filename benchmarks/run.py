"""`make bench`: every program on contractlang and its peers, in one run; writes `docs/performance.md`.

    python benchmarks/run.py [--quick]

Each program runs in a process of its own for each engine, five times after a warm-up (fewer if that takes long); the least
time counts, and the most memory that the process had. contractlang runs from its cached code ("warm") and without any cache
("cold", and "compiled": the same from a wheel whose front end is compiled). The Jsonnet implementations are measured where
they are installed (`pip install jsonnet gojsonnet rjsonnet`).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from programs import PROGRAMS, Program, realistic

ENGINES = (
    "contractlang warm",
    "contractlang cold",
    "contractlang compiled",
    "py-nickel",
    "rjsonnet",
    "gojsonnet",
    "jsonnet",
)
DOCUMENT = Path(__file__).parent.parent / "docs" / "performance.md"
PATIENCE = 12
"""Seconds after which a program is not run again."""
WORKER = r"""
import json, resource, sys, time

engine, path, times, patience = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
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
best = 1e9
spent = 0.0
for repetition in range(times + 1):
    start = time.perf_counter()
    run()
    elapsed = time.perf_counter() - start
    spent += elapsed
    if repetition > 0 or elapsed > patience:
        best = min(best, elapsed)
    if spent > patience and best < 1e9:
        break
print(json.dumps([best * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""

NOTES = """\
## What the numbers leave out

- **Contracted calls in a loop** are summed: `go (i - 1) (sum + apply increment i)`. Written as
  `go (i - 1) (apply increment acc)`, the program builds a chain of 200,000 suspended calls, for nothing says that `apply` needs
  its argument. contractlang ends that with `limit-depth` at the default `--max-depth`, and so does the variant with `std.seq`,
  which is no loop for us; py-nickel evaluates the first in 5.3 s with 2.7 GB.
- **Cold** programs pay for the front end. Compiled by mypyc are the lexer and the loop of the parser, which took a third of the
  time on plain data. What walks the tree is not: it calls itself, and compiled calls take the C stack, which a program that is
  nested deeply would exhaust; and to compile the functions that make the nodes gained nothing. Plain data is taken from the syntax
  tree as it is, without a second tree.
- **10 MB of JSON**: most time goes to applying the field contracts of each record when the value is forced, and to writing it;
  reading is an eighth of it.
- **Whole processes without a cache** spend 10 ms in Python's own start and 16 ms in importing the evaluator.
  In a checkout of the sources, as here, 2 ms more go to looking whether these have changed.
"""

Found = dict[str, tuple[float, float]]
"""Milliseconds and MiB by engine."""


def environment(folder: Path, site: Path | None = None) -> dict[str, str]:
    found = {"CONTRACTLANG_CACHE_DIR": str(folder / "cache"), "PATH": os.environ.get("PATH", "/usr/bin:/bin")}
    if site is not None:
        found["PYTHONPATH"] = str(site)
    return found


def build_compiled(folder: Path) -> bool:
    """Put the contents of a wheel with a compiled front end into `folder/site`; False where there is no compiler."""
    wheels = folder / "wheels"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    root = str(DOCUMENT.parent.parent)
    built = subprocess.run(
        [*pip, "wheel", "--no-deps", "--wheel-dir", str(wheels), root],
        env={**os.environ, "CONTRACTLANG_COMPILED": "1"},
        check=False,
    )
    if built.returncode:
        return False
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(folder / "site"), *map(str, wheels.iterdir())], check=True
    )
    return True


def measure(engine: str, path: Path, times: int) -> tuple[float, float] | None:
    """Milliseconds and MiB; None where the engine is missing or fails."""
    done = subprocess.run(
        [sys.executable, "-c", WORKER, engine, str(path), str(times), str(PATIENCE)],
        capture_output=True,
        text=True,
        env=environment(path.parent, path.parent / "site" if engine.endswith("compiled") else None),
        cwd=path.parent,
        check=False,
    )
    if done.returncode:
        if "ModuleNotFoundError" not in done.stderr:
            last = (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1]
            print(f"{engine} fails on {path.name}: {last[:120]}", file=sys.stderr)
        return None
    milliseconds, mebibytes = json.loads(done.stdout)
    return milliseconds, mebibytes


def written(program: Program, size: int, folder: Path) -> Path:
    """The file of a program, with what it imports beside it."""
    name = "".join(c if c.isalnum() else "-" for c in program.name)
    source = folder / f"{name}-{size}.ncl"
    source.write_text(program.make(size), encoding="utf-8")
    if program.data is not None:
        (folder / program.data[0]).write_text(program.data[1](size), encoding="utf-8")
    return source


def measure_program(program: Program, times: int, folder: Path) -> Found:
    """The results of all engines that can run a program."""
    source = written(program, program.size, folder)
    results = {}
    for engine in ENGINES:
        path = source
        if engine.endswith("compiled") and not (folder / "site").exists():
            continue
        if engine in ("rjsonnet", "gojsonnet", "jsonnet"):
            if program.jsonnet is None:
                continue
            path = source.with_suffix(".jsonnet")
            path.write_text(program.jsonnet.format(n=program.size), encoding="utf-8")
        found = measure(engine, path, times)
        if found is not None:
            results[engine] = found
    return results


def geometric_mean(ratios: list[float]) -> float:
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else math.nan


def ratio(found: Found, ours: str, peer: str, what: int = 0) -> float:
    """Our time (or memory: 1) to a peer's; not a number where one of them is missing."""
    return found[ours][what] / found[peer][what] if ours in found and peer in found else math.nan


def table(results: dict[str, Found]) -> list[str]:
    lines = ["| program | " + " | ".join(ENGINES) + " | warm / py-nickel | MiB ours / py-nickel |"]
    lines.append("|---" * (len(ENGINES) + 3) + "|")
    for name, found in results.items():
        times = [f"{found[e][0]:,.1f}" if e in found else "–" for e in ENGINES]
        quotient = ratio(found, "contractlang warm", "py-nickel")
        memory = [f"{found[e][1]:.0f}" if e in found else "–" for e in ("contractlang warm", "py-nickel")]
        lines.append(f"| {name} | {' | '.join(times)} | {shown(quotient)} | {' / '.join(memory)} |")
    return lines


def shown(number: float) -> str:
    if math.isnan(number):
        return "–"
    return f"{number:.3f}" if number < 0.1 else f"{number:.2f}"


def against(results: dict[str, Found], peer: str, leave_out: str | None = None) -> list[float]:
    """The ratios of all compute programs that a peer can run."""
    names = {program.name for program in PROGRAMS if program.compute}
    found = [ratio(results[name], "contractlang warm", peer) for name in results if name in names and name != leave_out]
    return [one for one in found if not math.isnan(one)]


def goals(results: dict[str, Found], processes: dict[str, float], growths: dict[str, float]) -> list[str]:
    """What issue and measurement say about each goal."""
    nickel = against(results, "py-nickel")
    rows: list[tuple[str, float, float]] = [
        ("geometric mean over the compute programs, contractlang / py-nickel", 0.15, geometric_mean(nickel)),
        ("the same without the sort", 0.15, geometric_mean(against(results, "py-nickel", "sort of 20,000 numbers"))),
        ("the worst of them", 0.6, max(nickel, default=math.nan)),
    ]
    rows += [
        (
            f"geometric mean over the shared programs, contractlang / {peer}",
            goal,
            geometric_mean(against(results, peer)),
        )
        for peer, goal in (("rjsonnet", 0.8), ("gojsonnet", 0.2), ("jsonnet", 0.05))
    ]
    for name, warm, cold, compiled in (
        ("a realistic program, 600 lines", 0.7, 2.0, 2.0),
        ("plain data, 20,000 lines", 0.5, 2.0, 1.0),
    ):
        found = results.get(name, {})
        rows.append((f"{name}: warm / py-nickel", warm, ratio(found, "contractlang warm", "py-nickel")))
        rows.append((f"{name}: cold / py-nickel", cold, ratio(found, "contractlang cold", "py-nickel")))
        row = f"{name}: cold, compiled front end / py-nickel"
        rows.append((row, compiled, ratio(found, "contractlang compiled", "py-nickel")))
    small, large = processes["py-nickel, 1"], processes["py-nickel, realistic"]
    rows += [
        ("whole process, trivial file, second run / py-nickel", 2.0, processes["trivial, second run"] / small),
        ("whole process, trivial file, no cache / py-nickel", 2.0, processes["trivial, no cache"] / small),
        ("whole process, realistic program, second run / py-nickel", 1.2, processes["realistic, second run"] / large),
    ]
    rows += [(f"growth, time at 10× / time at 1×: {name}", 11, number) for name, number in growths.items()]
    services = results.get("2,000 service records under contract", {})
    rows.append(("peak memory, 2,000 records / py-nickel", 1.5, ratio(services, "contractlang warm", "py-nickel", 1)))
    data = results.get("10 MB of JSON, imported and checked", {})
    rows.append(("10 MB of JSON, warm / py-nickel", 0.5, ratio(data, "contractlang warm", "py-nickel")))
    lines = ["| what | goal | measured | |", "|---|---|---|---|"]
    for what, goal, measured in rows:
        verdict = "" if math.isnan(measured) else "met" if measured <= goal else "**missed**"
        lines.append(f"| {what} | ≤ {goal:g} | {shown(measured)} | {verdict} |")
    return lines


# ---- time against size


def growth(times: int, folder: Path) -> tuple[list[str], dict[str, float]]:
    """Time against size for the programs over services: a table, and the ratio of the largest to a tenth of it."""
    lines: list[str] = []
    found: dict[str, float] = {}
    for program in PROGRAMS:
        if program.name not in ("deep merge of 500 services", "2,000 service records under contract"):
            continue
        sizes = [program.size * factor // 5 for factor in (1, 2, 4, 7, 10)]
        paths = [written(program, size, folder) for size in sizes]
        measured = [math.inf] * len(sizes)
        for _ in range(3):  # sizes take turns, so that a busy moment does not fall upon one of them
            for i, path in enumerate(paths):
                result = measure("contractlang warm", path, times)
                measured[i] = min(measured[i], result[0] if result is not None else math.nan)
        found[program.name] = measured[-1] / measured[0]
        lines += [
            f"| {program.name}: size | {' | '.join(map(str, sizes))} |",
            "|---" * (len(sizes) + 1) + "|",
            f"| milliseconds | {' | '.join(f'{one:.1f}' for one in measured)} |",
            "",
            *plot(program.name, sizes, measured),
            "",
        ]
    return lines, found


def plot(title: str, sizes: list[int], measured: list[float]) -> list[str]:
    top = math.ceil(max(measured) * 1.1)
    return [
        "```mermaid",
        "xychart-beta",
        f'    title "{title}"',
        f'    x-axis "size" {sizes[0]} --> {sizes[-1]}',
        f'    y-axis "milliseconds" 0 --> {top}',
        f"    line [{', '.join(f'{one:.1f}' for one in measured)}]",
        "```",
    ]


def memory_of_calls(folder: Path) -> list[str]:
    """The most memory of a loop of contracted calls, against their number."""
    program = next(one for one in PROGRAMS if one.name.startswith("higher-order contracts"))
    lines = ["| contracted calls | MiB |", "|---|---|"]
    for size in (2_000, 20_000, 200_000):
        found = measure("contractlang warm", written(program, size, folder), 1)
        lines.append(f"| {size:,} | {found[1]:.1f} |" if found is not None else f"| {size:,} | – |")
    return lines


# ---- whole processes


def process_times(times: int, folder: Path) -> dict[str, float]:
    """Milliseconds of whole processes, the least of several that take turns."""
    trivial, program, copy = folder / "trivial.ncl", folder / "realistic.ncl", folder / "copy.ncl"
    trivial.write_text("1", encoding="utf-8")
    program.write_text(realistic(49), encoding="utf-8")
    copy.write_text(realistic(49), encoding="utf-8")
    script = str(Path(sys.executable).parent / "contractlang")
    read = "import nickel; nickel.run(open({!r}, encoding='utf-8').read())"
    commands = {
        "trivial, no cache": [script, "export", str(trivial), "--no-cache"],
        "trivial, second run": [script, "export", str(trivial)],
        "py-nickel, 1": [sys.executable, "-c", "import nickel; nickel.run('1')"],
        "realistic, no cache": [script, "export", str(program), "--no-cache"],
        "realistic, cached code": [script, "export", str(copy), "--cache", "code"],
        "realistic, second run": [script, "export", str(program)],
        "py-nickel, realistic": [sys.executable, "-c", read.format(str(program))],
        "python -c pass": [sys.executable, "-c", "pass"],
    }
    many = []
    for number in range(24):
        many.append(folder / f"of-many-{number}.ncl")
        many[-1].write_text(realistic(49), encoding="utf-8")
    for jobs in (1, os.cpu_count() or 1):
        command = [script, "check", "--no-cache", "--jobs", str(jobs), *map(str, many)]
        commands[f"24 realistic programs, check --jobs {jobs}"] = command
    best = dict.fromkeys(commands, math.inf)
    for repetition in range(times * 3 + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, env=environment(folder), check=True)
            if repetition > 0:
                best[name] = min(best[name], (time.perf_counter() - start) * 1000)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Runs every program on contractlang and its peers; writes docs/performance.md."
    )
    parser.add_argument("--quick", action="store_true", help="two runs instead of five")
    times = 2 if parser.parse_args().quick else 5
    results = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build_compiled(folder)
        processes = process_times(times, folder)
        print(processes, flush=True)
        for program in PROGRAMS:
            results[program.name] = measure_program(program, times, folder)
            print(table({program.name: results[program.name]})[-1], flush=True)
        grown, growths = growth(times, folder)
        calls = memory_of_calls(folder)
    reached = goals(results, processes, growths)
    text = [
        "# Performance",
        "",
        f"Made by `make bench` with CPython {platform.python_version()}, {os.cpu_count()} cores: milliseconds, the least of",
        f"{times} runs in one process after a warm-up (fewer where a run takes seconds), everything included from source text",
        "to JSON text, and the most memory that the process had. Warm is from cached code, cold without any cache,",
        "compiled the same from a wheel whose lexer and parser are compiled (CONTRACTLANG_COMPILED=1). Machines are noisy: compare",
        "within a table. The sort takes py-nickel time that grows with the square of the size, and so weighs",
        "heavily in the mean: it is given without it, too. Other pages have [type checking](performance-typecheck.md),",
        "[the standard library](performance-stdlib.md) and [the playground](performance-playground.md).",
        "",
        "## Goals",
        "",
        *reached,
        "",
        "## Programs",
        "",
        *table(results),
        "",
        "## Whole processes",
        "",
        "| command | milliseconds |",
        "|---|---|",
        *(f"| {name} | {measured:.1f} |" for name, measured in processes.items()),
        "",
        "## Time against size",
        "",
        *grown,
        "## Memory of contracted calls",
        "",
        *calls,
        "",
        NOTES.rstrip(),
        "",
    ]
    print("\n".join(reached))
    DOCUMENT.write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    main()
