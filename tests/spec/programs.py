"""The corpus: files of small programs, each with what it must come to in its header.

A file holds one subject of a section of the specification, as `<document>/<section>/<subject>.ncl`. Lines that start with
`# ---` separate programs (a title may follow; library programs are titled with the member that they are about, so that they
can be counted). Comment lines at the start of a program that have the form `# key: value` are its header:

    expect      the exported JSON, in one line, numbers as the export writes them
    error       the code of the first error, in place of `expect`
    blames      for broken contracts: the guilty party, `value`, `function` or `caller`, then the field's name if it has one;
                without a name any will do, for a variable's name may be given where the reference has none
    mentions    a text that the report contains; may be repeated
    deviation   why the reference comes to something else: it is then expected not to agree
    format      the format exported to, if not JSON; `expect` is the text as a JSON string then
    source      the program as a JSON string, where an editor would spoil it: carriage returns, odd spaces; no text follows

A program may import files of the folder `imported` beside its file.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent
SEPARATOR = re.compile(r"^# ---(?: (.*))?$")
HEADER = re.compile(r"^# (expect|error|blames|mentions|deviation|format|source): (.*)$")


@dataclass(slots=True)
class Program:
    """One program of the corpus with its expectations; `line` is the first line of its text in `path`."""

    path: Path
    line: int
    title: str = ""
    source: str = ""
    expect: str | None = None
    error: str | None = None
    blames: str | None = None
    mentions: list[str] = field(default_factory=list)
    deviation: str | None = None
    format: str = "json"

    @property
    def name(self) -> str:
        """The place in the corpus, as tests are named."""
        return f"{self.path.relative_to(ROOT).with_suffix('')}:{self.line}"

    @property
    def import_paths(self) -> list[str]:
        return [str(self.path.parent / "imported")]


class MalformedCorpus(Exception):
    """A file of the corpus that breaks the rules above."""


def parse(path: Path, text: str) -> list[Program]:
    """The programs of a file. What stands before the first separator is a comment on the file."""
    programs: list[Program] = []
    lines = text.split("\n")
    starts = [index for index, line in enumerate(lines) if SEPARATOR.match(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        separator = SEPARATOR.match(lines[start])
        assert separator is not None
        program = Program(path, start + 2, separator[1] or "")
        source = None
        body = start + 1
        while body < end and (header := HEADER.match(lines[body])):
            key, value = header.groups()
            if key == "source":
                source = json.loads(value)
            elif key == "mentions":
                program.mentions.append(value)
            elif key == "format" or getattr(program, key) is None:
                setattr(program, key, value)
            else:
                raise MalformedCorpus(f"{path}:{body + 1}: `{key}` is given twice")
            body += 1
        program.source = "\n".join(lines[body:end]).strip("\n") if source is None else source
        if source is not None and "".join(lines[body:end]).strip():
            raise MalformedCorpus(f"{path}:{body + 1}: a program with `source` has no other text")
        programs.append(program)
    return programs


def files() -> list[Path]:
    """Every file of the corpus."""
    return sorted(path for path in ROOT.rglob("*.ncl") if "imported" not in path.parts)


def load() -> list[Program]:
    """Every program of the corpus."""
    return [program for path in files() for program in parse(path, path.read_text("utf-8"))]
