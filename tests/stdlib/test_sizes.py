"""Large arrays, records and strings: everything here takes time close to linear, and none of Python's own stack."""

from __future__ import annotations

import json
from typing import Any

import pytest

from language import run

SIZE = 100_000
NUMBERS = f"(std.array.range 0 {SIZE})"
SUM = SIZE * (SIZE - 1) // 2
MIXED = f"(std.array.generate (fun i => (i * 7919) % {SIZE + 3}) {SIZE})"
NAMES = "(std.array.range 0 10000)"
FIELDS = '(std.array.range 0 10000 |> std.array.map (fun i => { field = "f%{i}", value = i }) |> std.record.from_array)'

LOOP = """
let rec sum = fun xs n => if xs == [] then n else sum (std.array.drop_first xs) (n + std.array.first xs) in
sum (std.array.range 0 20000) 0
"""

PATTERNS = """
let rec sum = fun xs n => xs |> match { [] => n, [x, ..rest] => sum rest (n + x) } in
sum (std.array.range 0 20000) 0
"""

PROGRAMS: list[tuple[str, Any]] = [
    (f"std.array.fold_left (fun a x => a + x) 0 {NUMBERS}", SUM),
    (f"std.array.fold_right (fun x a => x + a) 0 {NUMBERS}", SUM),
    (f"std.array.reduce_right (fun x a => x + a) {NUMBERS}", SUM),
    (f"std.array.try_fold_left (fun a x => 'Ok (a + x)) 0 {NUMBERS} == 'Ok {SUM}", True),
    (f"std.array.fold_left (fun a x => a @ [x]) [] {NUMBERS} == {NUMBERS}", True),
    (f"std.array.fold_left (fun a x => std.array.append x a) [] {NUMBERS} |> std.array.length", SIZE),
    (f"std.array.fold_left (fun a x => a @ [x, x]) [] {NUMBERS} |> std.array.length", 2 * SIZE),
    (f"let s = std.array.sort std.number.compare {MIXED} in [std.array.length s, std.array.first s]", [SIZE, 0]),
    (f"std.array.sort (fun a b => std.number.compare b a) {NUMBERS} == std.array.reverse {NUMBERS}", True),
    (f"std.array.map (fun x => x + 1) {NUMBERS} |> std.array.last", SIZE),
    (f"std.array.filter (fun x => x % 2 == 0) {NUMBERS} |> std.array.length", SIZE // 2),
    (f"std.array.dedup ({NUMBERS} @ {NUMBERS}) |> std.array.length", SIZE),
    (f"std.array.flatten (std.array.map (fun x => [x, x]) {NUMBERS}) |> std.array.length", 2 * SIZE),
    (f"std.array.elem {SIZE - 1} {NUMBERS}", True),
    (f"std.array.group (fun x => std.string.from_number (x % 10)) {NUMBERS} |> std.record.length", 10),
    (f"std.array.chunk (fun x => std.number.floor (x / 10)) {NUMBERS} |> std.array.length", SIZE // 10),
    (
        f'std.string.join "," (std.array.map std.string.from_number {NUMBERS}) |> std.string.split "," |> std.array.length',
        SIZE,
    ),
    (
        LOOP,
        20000 * 19999 // 2,
    ),
    (PATTERNS, 20000 * 19999 // 2),
    (f"{FIELDS} |> std.record.length", 10000),
    (f"{FIELDS} |> std.record.map (fun k v => v + 1) |> std.record.values |> std.array.fold_left (+) 0", 50005000),
    (f"{FIELDS} |> std.record.filter (fun k v => v % 2 == 0) |> std.record.length", 5000),
    (f"{FIELDS} |> std.record.to_array |> std.record.from_array |> std.record.length", 10000),
    (
        f'{FIELDS} |> std.record.insert "new" 1 |> std.record.remove "f7" |> std.record.update "f8" 0 |> std.record.length',
        10000,
    ),
    (
        'std.record.merge_all (std.array.map (fun i => { "f%{i}" = i }) (std.array.range 0 10000)) |> std.record.length',
        10000,
    ),
    (f'std.array.fold_left (fun r i => std.record.insert "f%{{i}}" i r) {{}} {NAMES} |> std.record.length', 10000),
    (
        f'std.array.fold_left (fun r i => std.record.update "f%{{i}}" i r) {{}} ({NAMES} @ {NAMES}) |> std.record.length',
        10000,
    ),
    (f'std.array.fold_left (fun r i => std.record.remove "f%{{i}}" r) {FIELDS} {NAMES} |> std.record.length', 0),
    (f'std.array.fold_left (fun r i => r & {{ "f%{{i}}" = i }}) {{}} {NAMES} |> std.record.length', 10000),
    ('std.string.length (std.string.join "" (std.array.replicate 100000 "ab"))', 200000),
    (
        'std.string.replace "a" "b" (std.string.join "" (std.array.replicate 100000 "ab")) |> std.string.contains "a"',
        False,
    ),
]


@pytest.mark.parametrize(("program", "expected"), PROGRAMS, ids=[program for program, _ in PROGRAMS])
def test_large(program: str, expected: Any) -> None:
    result = run(program)
    assert result.text is not None, result.outcome()
    assert json.loads(result.text) == expected


@pytest.mark.parametrize(
    "program",
    ["std.array.generate (fun i => i) 4294967295", "std.array.replicate 4000000000 0", "std.array.range 0 1000000000"],
)
def test_arrays_beyond_all_measure_are_refused(program: str) -> None:
    assert run(f"std.array.length ({program})").code == "limit-array-size"


def test_size_of_an_array_that_the_language_does_not_allow() -> None:
    expected = "array/generate expects its first argument to be an integer smaller than 4294967295, got 4294967296"
    assert run("std.array.replicate 4294967296 0").message == expected
