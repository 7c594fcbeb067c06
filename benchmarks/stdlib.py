"""The hot functions of the standard library against the reference, in one run, at 1,000 and 100,000 elements.

    python benchmarks/stdlib.py [--seconds N] [PART-OF-A-NAME …]

Each program runs in a process of its own, for the reference does not survive all of them; what takes longer than N seconds
(10) is given up. Times are the best of three, without starting the process, and include parsing and exporting.
"""

from __future__ import annotations

import subprocess
import sys
import time

SIZES = (1_000, 100_000)
SECONDS = 10.0
NUMBERS = "(std.array.range 0 {n})"
MIXED = "(std.array.generate (fun i => (i * 7919) % 1000003) {n})"
TEXTS = '(std.array.map (fun i => "item-%{{i}}") (std.array.range 0 {n}))'
RECORD = '(std.record.from_array (std.array.map (fun i => {{ field = "f%{{i}}", value = i }}) (std.array.range 0 {n})))'

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
        begin = time.perf_counter()
        run(program)
        best = min(best, time.perf_counter() - begin)
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


def main(arguments: list[str]) -> None:
    seconds = SECONDS
    if arguments[:1] == ["--seconds"]:
        seconds = float(arguments[1])
        arguments = arguments[2:]
    print("| function | elements | contractlang, ms | reference, ms | times faster |")
    print("|---|---|---|---|---|")
    for name, program in PROGRAMS.items():
        if arguments and not any(part in name for part in arguments):
            continue
        for size in SIZES:
            text = program.format(n=size)
            ours, reference = ask("ours", text, seconds), ask("reference", text, seconds)
            both = not isinstance(ours, str) and not isinstance(reference, str)
            ratio = f"{reference / ours:.1f}" if both else ""
            print(f"| {name} | {size:,} | {shown(ours)} | {shown(reference)} | {ratio} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(measure(sys.argv[2], sys.argv[3]))
    else:
        main(sys.argv[1:])
