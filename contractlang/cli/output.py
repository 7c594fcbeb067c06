"""Writing OUT: beside it first, then renamed over it, so that it is never half written and a failure leaves it as it was."""

from __future__ import annotations

import os
import stat

from contractlang.cli.streams import CannotWrite
from contractlang.cli.usage import UsageError, shown
from contractlang.loaders.loader import system_reason


def check_output(path: str, files: list[str]) -> None:
    """What can be known to be wrong with OUT before any work is done; raises `UsageError`."""
    if not path:
        raise UsageError("-o needs the name of a file")
    if os.path.isdir(path):
        raise UsageError(f"-o {shown(path)} is a directory: name a file")
    parent = os.path.dirname(path)
    if parent and not os.path.isdir(parent):
        raise UsageError(f"-o {shown(path)}: there is no directory {shown(parent)}")
    for file in files:
        if file != "-" and _same_file(path, file):
            raise UsageError(f"-o {shown(path)} would overwrite the input {shown(file)}")


def write_output(path: str, text: str) -> None:
    """Replace the file by the text in one step; raises `CannotWrite`."""
    content = text.encode("utf-8", "replace")
    try:
        if os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode):
            # A device or pipe is written to, not replaced.
            with open(path, "wb") as file:
                file.write(content)
            return
        _replace(os.path.realpath(path), content)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWrite(path, system_reason(error)) from None


def _replace(target: str, content: bytes) -> None:
    directory, name = os.path.split(target)
    beside = os.path.join(directory, f".{name[:100]}.{os.getpid()}.tmp")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
        if os.path.exists(target):
            os.chmod(beside, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(beside, target)
    except BaseException:
        os.unlink(beside)
        raise


def _same_file(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
