"""How often the first reported place is the line with the mistake: a mutation experiment on the examples.

    python benchmarks/blame.py [COUNT [SKIP]] [-v]

Each mutant changes one line of one file of an example: a number becomes a string or a string a number, a name or tag is
misspelled, a boolean becomes a string, an argument or a field's value goes missing. Mutants count if both tools reject them;
those that change nothing that anybody checks are no mistakes. SKIP leaves out that many of them first: reports were improved
by looking at the first 200, so only those after them say what the improvement is worth. The place is that of the first error's
first primary mark. For each tool and kind of mutation the table says how often that place is the mutated line, how often the
report marks it at all, and how often it stands at least in the mutated file.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from contractlang import engine
from contractlang.request import Options

EXAMPLES = Path(__file__).parent.parent / "examples"
MAINS = (
    "first/services.ncl",
    "ci-matrix/ci.ncl",
    "ci-matrix/pull-request.ncl",
    "buildbot-nix/master.ncl",
    "buildbot-nix/staging.ncl",
    "buildbot-nix/repository.ncl",
    "process-management/supervisord.ncl",
    "process-management/systemd.ncl",
    "process-management/s6-rc.ncl",
)
SEED = 2024

Place = tuple[str, int]


def misspelt(word: str) -> str:
    """The word with its two middle letters exchanged, or one doubled where that changes nothing."""
    middle = max(len(word) // 2, 1)
    swapped = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :] if middle < len(word) else word
    return swapped if swapped != word else word[:middle] + word[middle - 1 :]


def without_argument(found: re.Match[str]) -> str:
    return found[1]


MUTATIONS = {
    "number to string": (re.compile(r"(?<![\w.\"-])(\d+)(?![\w.\"])"), lambda found: f'"{found[1]}"'),
    "string to number": (re.compile(r'(?<=[=\[,(] )"[^"%\\]*"|(?<=\[)"[^"%\\]*"'), lambda found: "17"),
    "misspelled field": (re.compile(r"(?<![\w.'\"-])([a-z_]{3,})(?= *(?:\||=) )"), lambda found: misspelt(found[1])),
    "misspelled access": (re.compile(r"(?<=[\w)]\.)([a-z_]{3,})"), lambda found: misspelt(found[1])),
    "misspelled name": (
        re.compile(r"(?<![\w.'\"-])([a-z_]{4,})(?=[ ,)])(?! *[|=:])"),
        lambda found: misspelt(found[1]),
    ),
    "misspelled tag": (re.compile(r"'([A-Z]\w{2,})"), lambda found: f"'{misspelt(found[1])}"),
    "boolean to string": (re.compile(r"\b(true|false)\b"), lambda found: f'"{found[1]}"'),
    "missing argument": (re.compile(r"(\bstd\.\w+\.\w+) [a-z_]\w*(?=[ ,)])"), without_argument),
}
KEYWORDS = frozenset(
    [
        "let",
        "rec",
        "in",
        "fun",
        "if",
        "then",
        "else",
        "match",
        "import",
        "forall",
        "default",
        "optional",
        "force",
        "doc",
        "not_exported",
        "include",
        "priority",
    ]
)


class Mutant:
    """One change: the new text of `file`, and where it differs."""

    def __init__(self, kind: str, main: str, file: str, line: int, text: str) -> None:
        self.kind = kind
        self.main = main
        self.file = file
        self.line = line
        self.text = text


def mutants() -> Iterator[Mutant]:
    """Mutants in a random but fixed order, each kind in its turn."""
    chance = random.Random(SEED)
    by_kind: dict[str, list[Mutant]] = defaultdict(list)
    for main in MAINS:
        directory = EXAMPLES / os.path.dirname(main)
        for path in sorted(directory.glob("*.ncl")):
            if str(path.relative_to(EXAMPLES)) in MAINS and path.name != os.path.basename(main):
                continue
            for mutant in _mutants_of(main, path):
                by_kind[mutant.kind].append(mutant)
    for group in by_kind.values():
        chance.shuffle(group)
    while any(by_kind.values()):
        for group in by_kind.values():
            if group:
                yield group.pop()


def _mutants_of(main: str, path: Path) -> Iterator[Mutant]:
    lines = path.read_text("utf-8").split("\n")
    in_text = False
    for number, line in enumerate(lines):
        quotes = len(re.findall(r'm%+"|"%+', line))
        if in_text or quotes:
            in_text = in_text != (quotes % 2 == 1)
            continue
        code = line.split("#", 1)[0]
        for kind, (pattern, change) in MUTATIONS.items():
            for found in pattern.finditer(code):
                if found[0] in KEYWORDS or code[: found.start()].count('"') % 2 == 1:
                    continue
                changed = code[: found.start()] + change(found) + code[found.end() :]
                if changed != code:
                    text = "\n".join([*lines[:number], changed, *lines[number + 1 :]])
                    yield Mutant(kind, main, path.name, number + 1, text)


# ---- the tools: the places that a report marks, the first one first; None if there is no error


def ours(directory: Path, main: str) -> list[Place] | None:
    outcome = engine.export([str(directory / main)], "json", Options(cache="off", timeout=20))
    if not outcome.diagnostics:
        return None
    first = outcome.diagnostics[0]
    labels = sorted(first.labels, key=lambda label: not label.primary)
    places = [
        (os.path.basename(label.span.source.name), label.span.source.lines.position(label.span.start)[0])
        for label in labels
    ]
    return places or [("", 0)]


_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
_HEADER = re.compile(r"┌─ (.+):(\d+):\d+")
_LINE = re.compile(r"^\s*(\d+) │(.*)$")


def theirs(directory: Path, main: str) -> list[Place] | None:
    import nickel

    try:
        nickel.run(f'import "{directory / main}"')
    except nickel.NickelException as error:
        return _places(_ESCAPE.sub("", str(error)))
    return None


def _places(report: str) -> list[Place]:
    """The marked lines of a printed report: those under `^` are primary and come first."""
    primary: list[Place] = []
    secondary: list[Place] = []
    file, number = "", 0
    for line in report.split("\n"):
        header = _HEADER.search(line)
        shown = _LINE.match(line)
        if header:
            file = os.path.basename(header[1])
            secondary.append((file, int(header[2])))
        elif shown:
            number = int(shown[1])
        elif "│" in line and "^" in line and number:
            primary.append((file, number))
        elif "│" in line and "-" in line and number:
            secondary.append((file, number))
    return [*primary, *secondary] or [("", 0)]


# ---- counting


class Score:
    def __init__(self) -> None:
        self.count = 0
        self.first = 0
        self.marked = 0
        self.file = 0

    def add(self, mutant: Mutant, places: list[Place]) -> None:
        at = (mutant.file, mutant.line)
        self.count += 1
        self.first += places[0] == at
        self.marked += at in places
        self.file += places[0][0] == mutant.file

    def row(self) -> str:
        return "".join(f"{100 * number / self.count:9.0f} %" for number in (self.first, self.marked, self.file))


TOOLS = {"contractlang": ours, "py-nickel": theirs}


def main() -> None:
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    wanted, skip = [*numbers, *(200, 0)[len(numbers) :]]
    scores: dict[tuple[str, str], Score] = defaultdict(Score)
    survived = rejected_by_one = done = 0
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        for mutant in mutants():
            if done == wanted:
                break
            example = os.path.dirname(mutant.main)
            directory = root / example
            if not directory.exists():
                shutil.copytree(EXAMPLES / example, directory)
            target = directory / mutant.file
            original = target.read_text("utf-8")
            target.write_text(mutant.text, "utf-8")
            found = {name: tool(directory, os.path.basename(mutant.main)) for name, tool in TOOLS.items()}
            target.write_text(original, "utf-8")
            if None in found.values():
                survived += all(places is None for places in found.values())
                rejected_by_one += any(places is not None for places in found.values())
                continue
            if skip:
                skip -= 1
                continue
            done += 1
            for name, places in found.items():
                assert places is not None
                scores[name, mutant.kind].add(mutant, places)
                scores[name, "all"].add(mutant, places)
            if "-v" in sys.argv and found["contractlang"][:1] != [(mutant.file, mutant.line)]:
                print(f"{mutant.kind}: {mutant.main}: {mutant.file}:{mutant.line}: {found}")
    print(f"{done} mutants rejected by both; {survived} rejected by neither, {rejected_by_one} by one alone\n")
    print(f"{'':40}{'first':>11}{'marked':>11}{'file':>11}")
    for kind in [*MUTATIONS, "all"]:
        for name in TOOLS:
            score = scores[name, kind]
            if score.count:
                print(f"{kind:20} {score.count:4}  {name:13}{score.row()}")


if __name__ == "__main__":
    main()
