"""Writes the reference's answers into the headers of programs that have no expectation yet.

    python tests/differential/record.py FILE…

Read what it wrote before you keep it: where the specification says otherwise, the specification is right.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from differential.oracle import run_oracle
from language import Result, parse_json
from spec.programs import Program, parse

# Errors whose report must name something: the first backquoted text of the headline.
NAMING = {
    "duplicate-include",
    "duplicate-let-binding",
    "duplicate-pattern-binding",
    "extra-row",
    "missing-definition",
    "missing-field",
    "missing-field-type",
    "missing-row",
    "unbound-identifier",
}


def reference_source(program: Program) -> str:
    """The program as the reference runs it: it exports JSON alone, other formats go through its library."""
    tags = {"yaml": "Yaml", "yaml-documents": "YamlDocuments", "toml": "Toml"}
    if program.format in tags:
        return f"std.serialize '{tags[program.format]} (\n{program.source}\n)"
    return program.source


def run_reference(program: Program) -> Result:
    """The reference's answer, in the terms in which the header states the expectation."""
    result = run_oracle(reference_source(program), program.import_paths)
    if program.format != "json" and result.text is not None:
        result.text = json.loads(result.text)
    return result


def header_of(result: Result, format: str = "json") -> list[str]:
    """The header lines that describe a result."""
    if result.text is not None:
        shown = compact(parse_json(result.text)) if format == "json" else json.dumps(result.text, ensure_ascii=False)
        return [f"# expect: {shown}"]
    lines = [f"# error: {result.code}"]
    if result.blamed is not None:
        lines.append(f"# blames: {result.blamed}")
    if (named := mention(result)) is not None:
        lines.append(f"# mentions: {named}")
    return lines


def mention(result: Result) -> str | None:
    """What any report of this error must contain: the name it is about, or the message where the message is the error."""
    headline = result.message.partition("\n")[0]
    if result.code in NAMING and (named := re.search(r"`[^`]*`", headline)):
        return named[0]
    if headline.startswith("regex parse error:") or result.code in {"deserialization", "data-parse"}:
        return headline.partition(":")[0]
    return headline if result.code == "evaluation-other" else None


def compact(data: object) -> str:
    """JSON in one line, numbers as they were written."""
    match data:
        case dict():
            return "{" + ", ".join(f"{compact(name)}: {compact(value)}" for name, value in data.items()) + "}"
        case list():
            return "[" + ", ".join(compact(item) for item in data) + "]"
        case str() if type(data) is not str:
            return str(data)
        case _:
            return json.dumps(data, ensure_ascii=False)


def record(path: Path) -> None:
    text = path.read_text("utf-8")
    lines = text.split("\n")
    for program in reversed(parse(path, text)):
        if program.expect is None and program.error is None:
            result = run_reference(program)
            header = header_of(result, program.format)
            lines[program.line - 1 : program.line - 1] = header
            detail = "" if result.text is not None else " | " + result.message.replace("\n", " | ")
            print(f"{path.name}:{program.line} {program.source!r}\n    {'; '.join(header)}{detail}")
    path.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        record(Path(name).resolve())
