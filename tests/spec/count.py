"""Counts the programs of the corpus: by section, and by member of the library.

python tests/spec/count.py
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from spec.programs import ROOT, load


def main() -> None:
    programs = load()
    sections: Counter[tuple[str, ...]] = Counter()
    ending_in_errors: Counter[tuple[str, ...]] = Counter()
    members: Counter[str] = Counter()
    for program in programs:
        document, section, _ = program.path.relative_to(ROOT).parts
        for place in ((document,), (document, section)):
            sections[place] += 1
            ending_in_errors[place] += program.error is not None
        if program.title.startswith("std."):
            members.update(program.title.split(", "))
    print("| document, section | programs | of them errors |\n|---|---|---|")
    for place in sorted(sections):
        name = f"**{place[0]}**" if len(place) == 1 else f"{place[0]}, {place[1]}"
        print(f"| {name} | {sections[place]} | {ending_in_errors[place]} |")
    print(f"| **all** | {len(programs)} | {sum(program.error is not None for program in programs)} |\n")

    modules: dict[str, list[int]] = {}
    for member in (ROOT / "members.txt").read_text("utf-8").split():
        modules.setdefault(member.rpartition(".")[0], []).append(members[member])
    print("| module | members | programs about them | fewest for a member |\n|---|---|---|---|")
    for module, counts in modules.items():
        print(f"| `{module}` | {len(counts)} | {sum(counts)} | {min(counts)} |")


if __name__ == "__main__":
    main()
