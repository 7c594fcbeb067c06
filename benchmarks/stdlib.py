"""The hot functions of the standard library against the reference, in one run, at 1,000 and 100,000 elements.

    python benchmarks/stdlib.py [--seconds N] [PART-OF-A-NAME …]
    python benchmarks/stdlib.py --write    # all of them, into docs/performance-stdlib.md

Each program runs in a process of its own, for the reference does not survive all of them; what takes longer than N seconds
(10, by the clock) is given up. Times are processor time, the best of three, without starting the process, and include parsing and
exporting.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

DOCUMENT = Path(__file__).parent.parent / "docs" / "performance-stdlib.md"
HEADER = """# Performance of the standard library

Made by `python benchmarks/stdlib.py --write` with CPython {python}, {cores} cores: each program in a process of its own,
milliseconds of processor time, the best of three runs from source text to JSON text without starting the process, and without
any cache. The machine was doing other work at the time: compare within a row. `> {seconds:.0f} s`: not done when that much time had
passed by the clock; `crash`: the process died.

"""
SIZES = (1_000, 100_000)
SECONDS = 10.0
NUMBERS = "(std.array.range 0 {n})"
MIXED = "(std.array.generate (fun i => (i * 7919) % 1000003) {n})"
TEXTS = '(std.array.map (fun i => "item-%{{i}}") (std.array.range 0 {n}))'
RECORD = '(std.record.from_array (std.array.map (fun i => {{ field = "f%{{i}}", value = i }}) (std.array.range 0 {n})))'


def fold_over_fields(start: str, step: str) -> str:
    """A program that changes a record in every step, which says `{name}` for the name of a field."""
    return f"std.array.fold_left (fun r i => {step}) {start} {NUMBERS} |> std.record.length".replace("{name}", NAME)


NAME = '"f%{{i}}"'
PROGRAMS = {
    "array.fold_left": f"std.array.fold_left (fun a x => a + x) 0 {NUMBERS}",
    "array.fold_right": f"std.array.fold_right (fun x a => x + a) 0 {NUMBERS}",
    "array.map": f"std.array.map (fun x => x * 2) {NUMBERS} |> std.array.fold_left (+) 0",
    "array.filter": f"std.array.filter (fun x => x % 3 == 0) {NUMBERS} |> std.array.length",
    "array.sort, numbers": f"std.array.sort std.number.compare {MIXED} |> std.array.first",
    "array.sort, by a field": (
        "std.array.sort (fun a b => std.number.compare a.k b.k)"
        f" (std.array.map (fun x => {{{{ k = x }}}}) {MIXED}) |> std.array.length"
    ),
    "array, appending": f"std.array.fold_left (fun a x => a @ [x]) [] {NUMBERS} |> std.array.length",
    "array.at": "let xs = std.array.range 0 {n} in std.array.fold_left (fun a i => a + std.array.at i xs) 0 xs",
    "array.all": f"std.array.all (fun x => x >= 0) {NUMBERS}",
    "array.elem": f"std.array.elem (-1) {NUMBERS}",
    "array.group": f"std.array.group (fun x => std.string.from_number (x % 10)) {NUMBERS} |> std.record.length",
    "array.flat_map": f"std.array.flat_map (fun x => [x, x]) {NUMBERS} |> std.array.length",
    "array.zip_with": f"std.array.zip_with (fun a b => a + b) {NUMBERS} {NUMBERS} |> std.array.fold_left (+) 0",
    "array.reverse": f"std.array.reverse {NUMBERS} |> std.array.first",
    "record.from_array": f"{RECORD} |> std.record.length",
    "record.map": f"std.record.map (fun k v => v + 1) {RECORD} |> std.record.values |> std.array.fold_left (+) 0",
    "record.filter": f"std.record.filter (fun k v => v % 2 == 0) {RECORD} |> std.record.length",
    "record.to_array": f"std.record.to_array {RECORD} |> std.array.length",
    "record.insert, in a fold": fold_over_fields("{{}}", "std.record.insert {name} i r"),
    "record.update, in a fold": fold_over_fields(RECORD, "std.record.update {name} 0 r"),
    "record.remove, in a fold": fold_over_fields(RECORD, "std.record.remove {name} r"),
    "record, merging in a fold": fold_over_fields("{{}}", "r & {{ {name} = i }}"),
    "record.merge_all": (
        f'std.record.merge_all (std.array.map (fun i => {{{{ "f%{{{{i}}}}" = i }}}}) {NUMBERS}) |> std.record.length'
    ),
    "string.join, split": f'std.string.join "," {TEXTS} |> std.string.split "," |> std.array.length',
    "string.is_match": f'std.array.filter (std.string.is_match "7$") {TEXTS} |> std.array.length',
    "string.replace": f'std.string.replace "item" "part" (std.string.join "," {TEXTS}) |> std.string.length',
    "string.from_number": f"std.array.map std.string.from_number {NUMBERS} |> std.array.all std.is_string",
    "string.to_number": f"std.array.map std.string.from_number {NUMBERS} |> std.array.map std.string.to_number"
    " |> std.array.fold_left (+) 0",
    "number.Nat": f"({NUMBERS} | Array std.number.Nat) |> std.array.fold_left (+) 0",
    "hash": f"std.array.map (std.hash 'Sha256) {TEXTS} |> std.array.all std.is_string",
    "serialize 'Json": f"std.string.length (std.serialize 'Json {RECORD})",
}


def measure(which: str, program: str) -> float:
    """The best of three runs, in milliseconds; runs in the child process."""
    if which == "reference":
        import nickel

        run = nickel.run
    else:
        from contractlang.engine import Options, run_source

        def run(text: str) -> str:
            outcome = run_source(text, options=Options(cache="off"))
            assert outcome.text is not None, outcome.diagnostics[0].message
            return outcome.text

    run("1")
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        run(program)
        best = min(best, time.process_time() - begin)
        if best > SECONDS / 10:  # what takes long varies little
            break
    return best * 1000


def ask(which: str, program: str, seconds: float) -> float | str:
    """The time that a child measures, or what became of it."""
    command = [sys.executable, __file__, "--child", which, program]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return f"> {seconds:.0f} s"
    return float(done.stdout) if done.returncode == 0 else "crash"


def shown(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:,.1f}"


def rows(wanted: list[str], seconds: float) -> Iterator[str]:
    yield "| function | elements | contractlang, ms | py-nickel, ms | times faster |"
    yield "|---|---|---|---|---|"
    for name, program in PROGRAMS.items():
        if wanted and not any(part in name for part in wanted):
            continue
        for size in SIZES:
            text = program.format(n=size)
            ours, reference = ask("ours", text, seconds), ask("reference", text, seconds)
            both = not isinstance(ours, str) and not isinstance(reference, str)
            ratio = f"{reference / ours:.1f}" if both else ""
            yield f"| {name} | {size:,} | {shown(ours)} | {shown(reference)} | {ratio} |"


def main(arguments: list[str]) -> None:
    seconds = SECONDS
    if arguments[:1] == ["--seconds"]:
        seconds = float(arguments[1])
        arguments = arguments[2:]
    write = arguments[:1] == ["--write"]
    lines = []
    for row in rows([] if write else arguments, seconds):
        print(row, flush=True)
        lines.append(row)
    if write:
        header = HEADER.format(python=platform.python_version(), cores=os.cpu_count(), seconds=seconds)
        DOCUMENT.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(measure(sys.argv[2], sys.argv[3]))
    else:
        main(sys.argv[1:])
