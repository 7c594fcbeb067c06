"""Runs a program on contractlang, and says what came of it in the terms that the reference is described in too."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType


@dataclass(slots=True)
class Result:
    """What a program came to: a document (`text`), or an error's code and who is blamed.

    `message` is the headline; `report` everything that the report says, for tests that look for a name in it.
    `place` is the line and column (from 1) of the first primary label, where known.
    """

    text: str | None = None
    code: str | None = None
    message: str = ""
    party: str | None = None
    name: str | None = None
    report: str = ""
    place: tuple[int, int] | None = None

    @property
    def blamed(self) -> str | None:
        """The blamed party as the headers of tests/spec write it: `caller f`, `value`, …"""
        if self.party is None:
            return None
        return f"{self.party} {self.name}" if self.name is not None else self.party

    def outcome(self) -> str:
        """The whole in one line, for messages of failing tests."""
        if self.text is not None:
            return self.text
        return f"! {self.code}: {self.message}"


class Number(str):
    """A number of a JSON document as it is written: `1` and `1.0` are different answers."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Number) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(("number", str(self)))

    def __repr__(self) -> str:
        return str(self)


def parse_json(text: str) -> object:
    """The data of a JSON text, numbers being kept as written."""
    return json.loads(text, parse_int=Number, parse_float=Number)


def layout(data: object, indent: str = "") -> str:
    """The one text that an export of this data has (serialization.md, section 4)."""
    inner = indent + "  "
    match data:
        case Number():
            return str(data)
        case dict():
            names = sorted(data, key=lambda name: name.encode("utf-8", "surrogatepass"))
            items = [f"{inner}{quoted(name)}: {layout(data[name], inner)}" for name in names]
            return "{\n" + ",\n".join(items) + f"\n{indent}}}" if items else "{}"
        case list():
            items = [inner + layout(item, inner) for item in data]
            return "[\n" + ",\n".join(items) + f"\n{indent}]" if items else "[]"
        case str():
            return quoted(data)
        case _:
            return json.dumps(data)


def quoted(text: str) -> str:
    """A JSON string as the language writes it: only what must be escaped is."""
    return json.dumps(text, ensure_ascii=False)


class TookTooLong(BaseException):
    """Raised by the alarm. Not an Exception, so that nothing takes it for a failure of a program."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises TookTooLong when the body runs longer, where the system has an alarm. An outer limit ends when an inner one begins."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def on_alarm(_number: int, _frame: FrameType | None) -> None:
        raise TookTooLong(f"still running after {seconds} s")

    previous = signal.signal(signal.SIGALRM, on_alarm)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def engine_exists() -> bool:
    """Whether there is an engine to test."""
    try:
        import contractlang.engine  # noqa: F401 - only whether it can be imported
    except ModuleNotFoundError as missing:
        if missing.name != "contractlang.engine":
            raise
        return False
    return True


def run(source: str, *, name: str = "test.ncl", import_paths: list[str] | None = None, format: str = "json") -> Result:
    """Run a program to its exported text or its first error."""
    from contractlang.engine import run_source

    outcome = run_source(source, name=name, import_paths=import_paths or [], format=format)
    errors = [diagnostic for diagnostic in outcome.diagnostics if diagnostic.severity == "error"]
    if not errors:
        assert outcome.text is not None, f"no error is reported and no text made (status {outcome.status})"
        return Result(text=outcome.text)
    first = errors[0]
    blame = first.blame
    said = [first.message, *(label.message for label in first.labels), *first.notes, *first.help]
    return Result(
        code=first.code,
        message=first.message,
        party=blame.party if blame is not None else None,
        name=blame.name if blame is not None else None,
        report="\n".join(said),
    )
