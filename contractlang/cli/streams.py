"""Standard input, output and error: the only places where the program reads and prints.

Text goes out as UTF-8 with unchanged line breaks, whatever the locale says, so that a document is the same bytes everywhere.
"""

from __future__ import annotations

import os
import sys

from contractlang.loaders.errors import InvalidUtf8, LoadError, Unreadable
from contractlang.loaders.loader import system_reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


def read_stdin() -> str:
    """All of standard input; raises `LoadError`."""
    name = "<stdin>"
    if sys.stdin is None:
        raise Unreadable(name, "standard input is closed")
    try:
        content = sys.stdin.buffer.read()
    except OSError as error:
        raise Unreadable(name, system_reason(error)) from None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidUtf8(name, content, error.start) from None


class CannotWrite(LoadError):
    """An output that cannot be written; `str()` gives the sentence."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, f"cannot write {path}: {reason}")


def write_stdout(text: str) -> None:
    """Print a document; raises `CannotWrite`, or `BrokenPipeError` when the reader has gone."""
    if sys.stdout is None:
        raise CannotWrite("standard output", "it is closed")
    try:
        _write_all(sys.stdout, text.encode("utf-8", "replace"))
    except BrokenPipeError:
        silence(sys.stdout)
        raise
    except OSError as error:
        silence(sys.stdout)
        raise CannotWrite("standard output", system_reason(error)) from None


def write_stderr(text: str) -> None:
    """Print a report. If nobody listens there is nobody to tell."""
    if sys.stderr is None:
        return
    try:
        _write_all(sys.stderr, text.encode(sys.stderr.encoding or "utf-8", "backslashreplace"))
    except OSError:
        silence(sys.stderr)


def _write_all(stream: TextIO, content: bytes) -> None:
    """Write every byte. An unbuffered stream (`python -u`, PYTHONUNBUFFERED) may take only a part at a time and says so."""
    stream.flush()
    rest = memoryview(content)
    while rest:
        rest = rest[stream.buffer.write(rest) :]
    stream.buffer.flush()


def silence(stream: TextIO) -> None:
    """Send what is still buffered nowhere, so that closing the stream at exit does not fail once more."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


def write_trace(message: str) -> None:
    """Write a message of `std.trace` to standard error, at once, so that it cannot pass for anything else."""
    from contractlang.diagnostics.escape import escape

    sys.stderr.write(f"std.trace: {escape(message)}\n")
    sys.stderr.flush()
