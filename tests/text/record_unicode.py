"""Records the Unicode tables of `contractlang/text/` from the reference: run by hand when that moves to another Unicode.

    python tests/text/record_unicode.py properties   # rewrites unicode_properties.tsv, the names being those that stand there
    python tests/text/record_unicode.py folding      # prints the table of case_folding.py

Either takes some minutes.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

Ranges = list[tuple[int, int]]

TABLE = Path(__file__).parents[2] / "contractlang" / "text" / "unicode_properties.tsv"
BLOCK = 256
BATCH = 20
LARGEST_BASIS = 12


def evaluate(program: str) -> Any:
    return json.loads(import_module("nickel").run(program))


def literal(codes: list[int]) -> str:
    return (
        '"'
        + "".join(f"\\u{{{code:x}}}" if code < 0xA0 or 0x2000 <= code < 0x2070 else chr(code) for code in codes)
        + '"'
    )


def blocks() -> list[list[int]]:
    scalars = (range(first, first + BLOCK) for first in range(0, 0x110000, BLOCK))
    return [list(block) for block in scalars if not 0xD800 <= block[0] <= 0xDFFF]


def record(names: list[str]) -> list[int]:
    """The members of each property, as bits."""
    all_blocks = blocks()
    tests = ", ".join(
        f'std.array.map (let all = %string/is_match% "^\\\\p{{{name}}}*$", none = %string/is_match% "^\\\\P{{{name}}}*$" in '
        "fun s => if all s then 1 else if none s then 0 else 2) blocks"
        for name in names
    )
    verdicts = evaluate(f"let blocks = [{', '.join(literal(block) for block in all_blocks)}] in [{tests}]")
    mixed = [(i, j) for i, row in enumerate(verdicts) for j, verdict in enumerate(row) if verdict == 2]
    characters = ", ".join(
        f'"{j}" = [{", ".join(literal([code]) for code in all_blocks[j])}]' for j in sorted({j for _, j in mixed})
    )
    tests = ", ".join(f'std.array.map (%string/is_match% "\\\\p{{{names[i]}}}") m."{j}"' for i, j in mixed)
    details = dict(zip(mixed, evaluate(f"let m = {{{characters}}} in [{tests}]"), strict=True))
    result = []
    for i, row in enumerate(verdicts):
        bits = 0
        for j, verdict in enumerate(row):
            members = details.get((i, j)) or [bool(verdict)] * len(all_blocks[j])
            for code, member in zip(all_blocks[j], members, strict=True):
                bits |= member << code
        result.append(bits)
    return result


def count(bits: int) -> int:
    """How many ranges a set takes."""
    return (bits & ~(bits << 1)).bit_count()


def ranges(bits: int) -> str:
    found = []
    code = 0
    while bits:
        skipped = (bits & -bits).bit_length() - 1
        bits >>= skipped
        code += skipped
        size = (~bits & -~bits).bit_length() - 1
        found.append(f"{code:X}" if size == 1 else f"{code:X}-{code + size - 1:X}")
        bits >>= size
        code += size
    return " ".join(found)


def best_basis(bits: int, known: dict[str, int]) -> tuple[list[str], int]:
    """Names of known properties whose union is so near that the rest takes few ranges, and the rest."""
    basis: list[str] = []
    total = 0
    while bits != total and len(basis) < LARGEST_BASIS:
        costs = [(count((total | other) ^ bits), name) for name, other in known.items() if name not in basis]
        cost, name = min(costs, default=(count(bits), ""), key=lambda item: item[0])
        if cost >= count(total ^ bits) - 1:
            break
        basis.append(name)
        total |= known[name]
    return basis, total ^ bits


def rewrite_properties() -> None:
    lines = [line.split("\t")[0].split(" ") for line in TABLE.read_text("ascii").splitlines()]
    known: dict[str, int] = {}
    rows = []
    for i in range(0, len(lines), BATCH):
        batch = lines[i : i + BATCH]
        for names, bits in zip(batch, record([names[0] for names in batch]), strict=True):
            basis, rest = best_basis(bits, known)
            known[names[0]] = bits
            rows.append("\t".join([" ".join(names), " ".join(basis), ranges(rest)]))
    TABLE.write_text("\n".join(rows) + "\n", "ascii")


def print_folding() -> None:
    cased = [
        code for bits in record(["changeswhencasemapped"]) for code in range(bits.bit_length()) if bits >> code & 1
    ]
    cased = sorted({*cased, *(code for code in range(0x20000) if chr(code).casefold() != chr(code))})
    texts = ", ".join(literal([code]) for code in cased)
    same: dict[int, int] = {}
    for i in range(0, len(cased), 150):
        tests = ", ".join(
            f'std.array.filter (%string/is_match% "^(?i:\\\\x{{{code:x}}})$") t' for code in cased[i : i + 150]
        )
        for orbit in evaluate(f"let t = [{texts}] in [{tests}]"):
            codes = sorted(map(ord, orbit))
            same.update((code, codes[0]) for code in codes[1:])
    items = []
    while same:
        first = min(same)
        shift = same[first] - first
        runs = []
        for step in (1, 2):
            last = first
            while same.get(last + step) == last + step + shift:
                last += step
            runs.append(((last - first) // step, step, last))
        _, step, last = max(runs, key=lambda run: run[0])
        for code in range(first, last + 1, step):
            del same[code]
        span = f"{first:X}" if first == last else f"{first:X}-{last:X}"
        items.append(f"{span}{'/2' if step == 2 and first != last else ''}:{first + shift:X}")
    print(" ".join(items))


if __name__ == "__main__":
    {"properties": rewrite_properties, "folding": print_folding}[sys.argv[1]]()
