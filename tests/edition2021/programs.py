"""The corpus of the 2021 edition: files of programs, each with what it must come to in its header, as in `tests/spec`.

Lines that start with `// ---` separate programs and give their titles; `// key: value` lines after them are the header: `expect`
(the exported JSON in one line), `error` (the code), `blames`, `mentions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
HEADER = re.compile(r"// (expect|error|blames|mentions): (.*)")


@dataclass(slots=True)
class Program:
    """One program with its expectations."""

    name: str
    source: str
    expect: str | None = None
    error: str | None = None
    blames: str | None = None
    mentions: list[str] = field(default_factory=list)


def load() -> list[Program]:
    """Every program of the corpus."""
    return [program for path in sorted(CORPUS.glob("*.ncl")) for program in _parse(path)]


def _parse(path: Path) -> list[Program]:
    programs: list[Program] = []
    for part in re.split(r"^// --- ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, *lines = part.split("\n")
        program = Program(f"{path.stem}: {title}", "")
        while lines and (header := HEADER.fullmatch(lines[0])):
            if header[1] == "mentions":
                program.mentions.append(header[2])
            else:
                setattr(program, header[1], header[2])
            del lines[0]
        program.source = "\n".join(lines).strip("\n")
        programs.append(program)
    return programs
