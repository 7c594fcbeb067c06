"""The reference implementation as an oracle: runs a program on it and puts its reports into our terms.

The reference reports in prose, so errors are classified by headline, and where several kinds share a headline by a note.
"""

from __future__ import annotations

import atexit
import importlib.util
import json
import os
import re
import select
import subprocess
import sys
import threading
from pathlib import Path

from language import Result

ANSI = re.compile(r"\x1b\[[0-9;]*m")

# The reference's way to say that something happened which is no report of an error.
CRASH = "crash"
TIMEOUT = "timeout"
UNCLASSIFIED = "unclassified"

# Headline → code; the first that matches counts. What shares a headline is told apart below.
HEADLINES: list[tuple[str, str]] = [
    # parsing
    (r"unexpected end of file when parsing ", "unexpected-eof"),
    (r"unexpected token$", "unexpected-token"),
    (r"superfluous unexpected token$", "extra-token"),
    (r"unmatched closing brace '}'$", "unmatched-brace"),
    (r"invalid escape sequence$", "invalid-escape"),
    (r"invalid ascii escape code$", "invalid-ascii-escape"),
    (r"invalid unicode escape code$", "invalid-unicode-escape"),
    (r"string closing delimiter has too many `%`$", "string-delimiter"),
    (r"the type variable `.*` is used in conflicting ways$", "type-variable-kind"),
    (r"invalid record literal$", "invalid-record-type"),
    (r"statically typed field without a definition$", "typed-field-without-value"),
    (r"invalid contract expression$", "invalid-contract"),
    (r"duplicated binding `.*` in record pattern$", "duplicate-pattern-binding"),
    (r"duplicated binding `.*` in let block$", "duplicate-let-binding"),
    (r"multiple declarations for included field `", "duplicate-include"),
    (r"unknown import format tag$", "invalid-import-format"),
    (r"string interpolation is forbidden within a query$", "interpolation-in-path"),
    (r"interpreter compiled without required features$", "disabled-feature"),
    # imports
    (r"import of .* failed: ", "import-failed"),
    (r"unknown package ", "missing-dependency"),
    (r"tried to import from a package, but no package manifest found$", "no-package-manifest"),
    # types
    (r"unbound identifier `", "unbound-identifier"),
    (r"incompatible types$", "type-mismatch"),
    (r"type error: missing field `", "missing-field-type"),
    (r"type error: missing row `", "missing-row"),
    (r"type error: extra row `", "extra-row"),
    (r"type error: missing dynamic tail `; Dyn`$", "missing-dyn-tail"),
    (r"type error: extra dynamic tail `; Dyn`$", "extra-dyn-tail"),
    (r"incompatible record rows declaration$", "record-row-mismatch"),
    (r"incompatible enum rows declaration$", "enum-row-mismatch"),
    (r"multiple (record|enum) row declarations$", "row-conflict"),
    (r"function types mismatch$", "arrow-mismatch"),
    (r"values of type `.*` are not guaranteed to be compatible with polymorphic", "parametricity-violation"),
    (r"invalid polymorphic generalization$", "invalid-generalization"),
    (r"types containing user-defined contracts cannot be converted into contracts$", "contract-in-type-term"),
    (r"or-pattern variable mismatch$", "or-pattern-variables"),
    (r"unbound type variable ", "unbound-type-variable"),
    # evaluation
    (r"contract broken by ", "contract-broken"),
    (r"missing definition for `", "missing-definition"),
    (r"missing field `", "missing-field"),
    (r"dynamic type error$", "dynamic-type-error"),
    (r"not a function$", "not-a-function"),
    (r"not enough arguments$", "not-enough-arguments"),
    (r"non mergeable terms$", "non-mergeable"),
    (r"infinite recursion$", "infinite-recursion"),
    (r"cannot compare values for equality$", "cannot-compare"),
    (r"unmatched pattern$", "unmatched-pattern"),
    (r"destructuring failed$", "destructuring-failed"),
    (r"(json|yaml|toml) parse error: ", "deserialization"),
    (r"tried to query field of a non-record$", "query-non-record"),
    # export
    (r"non serializable term$", "non-serializable"),
    (r"(toml|yaml-documents) format doesn't support null values$", "null-unsupported"),
    (r"raw export expects a String value, but got ", "not-a-string"),
    (r"The number .* is too large \(in absolute value\) to be serialized\.$", "number-out-of-range"),
    (r"yaml-documents export expects an array$", "expected-array"),
    (r"serialization failed$", "serialization-failed"),
    # evaluation errors that are only a message
    (r"division by zero( \(%\))?$", "evaluation-other"),
    (r"record/insert(_with_opts)?: tried to extend a record with the field ", "evaluation-other"),
    (r"(substring|to_string|array/at|array/slice|number/from_string): ", "evaluation-other"),
    (r"(substring|array/at|array/slice|array/generate):? expects? ", "evaluation-other"),
    (r"substring: expected ", "evaluation-other"),
    (r"invalid arithmetic operation: ", "evaluation-other"),
    (r"regex parse error:", "evaluation-other"),
    (r"Compiled regex exceeds size limit of ", "evaluation-other"),
    (r"internal error: ", "internal"),
]
PATTERNS = [(re.compile(pattern), code) for pattern, code in HEADLINES]

BLAME = re.compile(r"contract broken by (?:the|a) (value|function|caller)(?: of)?(?: `(.*)`)?$", re.DOTALL)
PLACE = re.compile(r"┌─ python:(\d+):(\d+)")


def available() -> bool:
    """Whether the reference is installed."""
    return importlib.util.find_spec("nickel") is not None


def classify(report: str) -> Result:
    """Our description of a report of the reference."""
    plain = ANSI.sub("", report)
    lines = plain.split("\n")
    headline = lines[0].removeprefix("error: ")
    continued = []
    for line in lines[1:]:
        if line.lstrip().startswith(("┌─", "=")) or not line.startswith("       "):
            break
        continued.append(line.strip())
    code = next((code for pattern, code in PATTERNS if pattern.match(headline)), UNCLASSIFIED)
    party, name = None, None
    if code == "contract-broken":
        blamed = BLAME.match(headline)
        if blamed is not None:
            party, name = blamed.groups()
        if any(line.startswith(": cannot ") for line in continued):
            code = "sealed-tail-access"
    elif code == "type-mismatch" and "= Expected a dictionary type" in plain:
        code = "inhomogeneous-record"
    elif code == "unmatched-pattern" and "This match expression isn't exhaustive" in plain:
        code = "unmatched-enum-pattern"
    elif code == "deserialization" and "imported here" in plain:
        code = "data-parse"
    place = PLACE.search(plain)
    return Result(
        code=code,
        message="\n".join([headline, *continued]),
        party=party,
        name=name,
        report=plain,
        place=(int(place[1]), int(place[2])) if place is not None else None,
    )


class Worker:
    """The process that runs the reference, started when needed and again when it died."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.runs = 0

    def start(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            program = [sys.executable, str(Path(__file__).with_name("worker.py"))]
            self.process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self.runs = 0
        return self.process

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            self.process.stdin.close()
            self.process.stdout.close()
            self.process = None

    def ask(self, source: str, import_paths: list[str], seconds: float) -> Result:
        process = self.start()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([source, import_paths]).encode() + b"\n")
        process.stdin.flush()
        answer = b""
        # Answers may be longer than what a pipe holds, so they are collected until the line's end.
        while not answer.endswith(b"\n"):
            ready, _, _ = select.select([process.stdout], [], [], seconds)
            if not ready:
                self.stop()
                return Result(code=TIMEOUT, message=f"no answer within {seconds} seconds")
            part = os.read(process.stdout.fileno(), 1 << 16)
            if not part:
                self.stop()
                return Result(code=CRASH, message="the process died")
            answer += part
        self.runs += 1
        if self.runs >= 2000:  # its memory grows with every run
            self.stop()
        said = json.loads(answer)
        if "panic" in said:
            self.stop()
            return Result(code=CRASH, message=said["panic"])
        if "error" in said:
            return classify(said["error"])
        return Result(text=said["text"])


# Every thread has a process of its own.
WORKERS = threading.local()


def run_oracle(source: str, import_paths: list[str] | None = None, *, seconds: float = 10.0) -> Result:
    """Run a program on the reference. Codes beside ours: "crash", "timeout", "unclassified"."""
    if not hasattr(WORKERS, "mine"):
        WORKERS.mine = Worker()
        atexit.register(WORKERS.mine.stop)
    worker: Worker = WORKERS.mine
    return worker.ask(source, import_paths or [], seconds)
