"""How a process is reached: pipes in both directions, and an end that can be brought about and awaited.

`Subprocess` is one that this process has started by itself, which works everywhere. Others may know faster ways to have one.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol


class Connection(Protocol):
    """A running process. `returncode`: None while it runs, negative if a signal ended it."""

    @property
    def reader(self) -> asyncio.StreamReader: ...
    @property
    def writer(self) -> asyncio.StreamWriter: ...
    @property
    def pid(self) -> int: ...
    @property
    def returncode(self) -> int | None: ...
    def kill(self) -> None: ...
    async def wait(self) -> None: ...


Connect = Callable[[], Awaitable[Connection]]
"""Starts a process and connects to it. Raises `OSError`."""


class Subprocess:
    """A module of ours, run by the interpreter that runs this."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        self.reader = process.stdout
        self.writer = process.stdin

    @classmethod
    async def start(cls, module: str, *, sandbox: bool, arguments: Sequence[str] = ()) -> Subprocess:
        """Start a process, in a sandbox with nothing of our environment."""
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-m",
                module,
                *arguments,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=environment(sandbox=sandbox),
            )
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.returncode

    def kill(self) -> None:
        if self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                # (`Process.kill` would collect the status of a process that is dead already, behind the event loop's back.)
                os.kill(self._process.pid, signal.SIGKILL)

    async def wait(self) -> None:
        await self._process.wait()


def environment(*, sandbox: bool) -> dict[str, str]:
    """The environment of a process: our own, or in a sandbox nothing but what finds the interpreter's modules."""
    variables = {} if sandbox else dict(os.environ)
    if sandbox and os.name == "nt":
        variables["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")  # without it Python does not start
    # Each further arena of the C library reserves 64 MiB of the address space that a worker is held to.
    variables["MALLOC_ARENA_MAX"] = "2"
    # What this process can import, the other can: it may have been started with paths of its own.
    variables["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    return variables
