"""What a worker is asked, and what it answers: plain data on both sides of the pipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

KINDS = ("check", "export", "eval", "query")


@dataclass(slots=True, frozen=True)
class Limits:
    """What one job may cost.

    `timeout` is in seconds, `memory` in MiB beyond what an idle worker has, `depth` in nested evaluations, `output` in characters
    of the answer's text, `errors` in reported ones; `number_bits`, `string_length`, `array_length` and `output_nodes` bound what
    the program makes (None: as the command line does). A worker keeps to them by itself; one that does not is killed `grace`
    seconds later.
    """

    timeout: float = 10.0
    memory: int = 512
    depth: int = 200_000
    output: int = 16 * 1024 * 1024
    errors: int = 200
    grace: float = 2.0
    number_bits: int | None = None
    string_length: int | None = None
    array_length: int | None = None
    output_nodes: int | None = None


@dataclass(slots=True, frozen=True)
class Job:
    """One evaluation.

    `kind`: "check" (evaluate everything, give no text), "export" (as `format`: json, yaml, yaml-documents, toml or text), "eval"
    (the value in the language's own syntax) or "query" (what is known of `field`). `main` is the file, a program or data. `files`
    hold texts by path; with `disk` they win over the disk, without they are all there is. `directory` is what relative paths are
    relative to: by default the working directory with `disk`, else "/". `contracts` are files whose contracts are applied to
    the whole.
    """

    kind: str
    main: str
    files: Mapping[str, str] = field(default_factory=dict)
    disk: bool = False
    format: str = "json"
    field: str | None = None
    contracts: Sequence[str] = ()
    import_paths: Sequence[str] = ()
    import_root: str | None = None
    edition: str | None = None
    directory: str | None = None


@dataclass(slots=True)
class Answer:
    """What came of a job.

    `text`: None unless all is well. `diagnostics` have the shape of `--error-format json`; `file` is the path of the file, absolute
    where the disk was used. `hidden`: how many more errors there were. `status` is the exit status that the command line would
    have: 0 all is well, 1 the program is at fault, 3 a limit was reached, 70 we are at fault. `limit`: the code of the limit that
    ended it. `seconds`: how long it took. `traces`: what `std.trace` said.
    """

    text: str | None = None
    diagnostics: list[dict[str, Any]] = field(default_factory=list)
    hidden: int = 0
    status: int = 0
    limit: str | None = None
    seconds: float = 0.0
    traces: list[str] = field(default_factory=list)


def to_wire(data: Job | Limits | Answer) -> dict[str, Any]:
    """As JSON has it."""
    return asdict(data)


def job_from_wire(data: dict[str, Any]) -> Job:
    return Job(**data)


def limits_from_wire(data: dict[str, Any]) -> Limits:
    return Limits(**data)


def answer_from_wire(data: dict[str, Any]) -> Answer:
    return Answer(**{item.name: data[item.name] for item in fields(Answer) if item.name in data})


def failure(code: str, message: str, *, status: int, notes: Sequence[str] = ()) -> Answer:
    """An answer that says why there is none, without a place in any text."""
    diagnostic = {
        "code": code,
        "severity": "error",
        "message": message,
        "labels": [],
        "notes": list(notes),
        "help": [],
    }
    return Answer(diagnostics=[diagnostic], status=status, limit=code if code.startswith("limit-") else None)
