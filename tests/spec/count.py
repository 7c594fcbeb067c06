"""Counts the programs of the corpus: by section, and by module and member of the library.

python tests/spec/count.py            # prints the tables
python tests/spec/count.py --write    # puts that of the library into docs/reference/stdlib-coverage.md
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from spec.programs import ROOT, Program, load

LIBRARY_PAGE = ROOT.parents[1] / "docs" / "reference" / "stdlib-coverage.md"
HEADER = """<!-- made by `python tests/spec/count.py --write` -->
# How the standard library is tested against the reference

Every member of the library has at least three programs in `tests/spec`, one of them with a bad argument, of which the tests
compare the result here with that of the reference, py-nickel 1.18: the exported document, or the kind of the error and whom it
blames. These are the programs that are about a member; many more use it. Deviations are programs on which the two are known to
differ, each explained in [Compatibility](../compatibility.md).

"""


def sections(programs: list[Program]) -> str:
    """A table of the documents of the specification and their sections."""
    counts: Counter[tuple[str, ...]] = Counter()
    ending_in_errors: Counter[tuple[str, ...]] = Counter()
    for program in programs:
        document, section, _ = program.path.relative_to(ROOT).parts
        for place in ((document,), (document, section)):
            counts[place] += 1
            ending_in_errors[place] += program.error is not None
    lines = ["| document, section | programs | of them errors |", "|---|---|---|"]
    for place in sorted(counts):
        name = f"**{place[0]}**" if len(place) == 1 else f"{place[0]}, {place[1]}"
        lines.append(f"| {name} | {counts[place]} | {ending_in_errors[place]} |")
    lines.append(f"| **all** | {len(programs)} | {sum(program.error is not None for program in programs)} |")
    return "\n".join(lines) + "\n"


def library(programs: list[Program]) -> str:
    """Tables of the modules of the library and their members."""
    agreeing: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    deviating: Counter[str] = Counter()
    for program in programs:
        if program.title.startswith("std."):
            for member in program.title.split(", "):
                kind = (
                    deviating if program.deviation is not None else refused if program.error is not None else agreeing
                )
                kind[member] += 1
    modules: dict[str, list[str]] = {}
    for member in (ROOT / "members.txt").read_text("utf-8").split():
        modules.setdefault(member.rpartition(".")[0], []).append(member)

    def row(name: str, members: list[str]) -> list[str]:
        values, errors, others = (sum(each[member] for member in members) for each in (agreeing, refused, deviating))
        return [name, str(values + errors), str(values), str(errors), str(others)]

    columns = ["programs that agree", "with a value", "with an error", "deviations"]
    lines = [table_line(["module", "members", *columns, "fewest for a member"]), "|---" * 7 + "|"]
    for module, members in modules.items():
        name, *cells = row(f"`{module}`", members)
        fewest = min(agreeing[member] + refused[member] + deviating[member] for member in members)
        lines.append(table_line([name, str(len(members)), *cells, str(fewest)]))
    everything = [member for members in modules.values() for member in members]
    name, *cells = row("**all**", everything)
    lines.append(table_line([name, str(len(everything)), *cells, ""]))
    for module, members in modules.items():
        lines += ["", f"## {module}", "", table_line(["member", *columns]), "|---" * 5 + "|"]
        lines += [table_line(row(f"`{member}`", [member])) for member in members]
    return "\n".join(lines) + "\n"


def table_line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def library_page() -> str:
    """The text of the page on the library."""
    return HEADER + library(load())


def main() -> None:
    if "--write" in sys.argv:
        LIBRARY_PAGE.write_text(library_page(), "utf-8")
        return
    programs = load()
    print(sections(programs))
    print(library(programs))


if __name__ == "__main__":
    main()
