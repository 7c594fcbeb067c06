"""One worker process, seen from its parent: started, asked, interrupted, killed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from typing import Any

from contractlang.workspace.workers import framing
from contractlang.workspace.workers.connection import Connect, Connection
from contractlang.workspace.workers.job import Answer, Job, Limits, answer_from_wire, to_wire

START_TIMEOUT = 60.0
"""Seconds in which a process must get ready, on a machine that has much else to do."""


LEAST_PREFERRED = 15
"""The niceness of a process that is demoted."""
LAST_WORDS = 0.5
"""Seconds that a process gets to end by itself once it has closed its pipe."""


class Died(Exception):
    """The process ended without an answer; the message says how."""


class Process:
    """A process that is ready for jobs, one at a time. `jobs`: how many there were; `memory`: bytes it had in use after the last,
    `base` before the first. `sandbox`: what it gave up, None if nothing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._answers: dict[int, asyncio.Future[Answer]] = {}
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._listening = asyncio.create_task(self._listen())
        self.memory = 0
        self.base = 0
        self.jobs = 0
        self.demoted = False
        self.sandbox: dict[str, str] | None = None

    @classmethod
    async def start(cls, connect: Connect, *, sandbox: bool, limits: Limits) -> Process:
        """Start a process and wait until it is ready. Raises `Died`, `OSError` or `TimeoutError`."""
        process = cls(await connect())
        try:
            process._write({"sandbox": sandbox, "limits": to_wire(limits)})
            async with asyncio.timeout(START_TIMEOUT):
                await process._ready
        except BaseException:
            await process.kill()
            raise
        return process

    @property
    def pid(self) -> int:
        return self._connection.pid

    @property
    def alive(self) -> bool:
        return self._connection.returncode is None and not self._listening.done()

    def processor_time(self) -> float | None:
        """Seconds of the processor that this process has used so far, where the system says so."""
        try:
            with open(f"/proc/{self.pid}/stat", encoding="ascii", errors="replace") as file:
                numbers = file.read().rpartition(")")[2].split()
            return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
        except (OSError, ValueError, IndexError, AttributeError):
            return None

    def demote(self) -> None:
        """Have the system prefer all other processes from now on, where it knows how to; there is no way back."""
        self.demoted = True
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, LEAST_PREFERRED)

    def ask(self, job: Job, limits: Limits) -> asyncio.Future[Answer]:
        """The answer to come; `Died` if none does."""
        self.jobs += 1
        number = self.jobs
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        if not self.alive:
            future.set_exception(Died(self._how()))
            return future
        self._answers[number] = future
        self._write({"id": number, "job": to_wire(job), "limits": to_wire(limits)})
        return future

    def interrupt(self) -> None:
        """Take back the last job; its answer comes, and says nothing."""
        self._write({"cancel": self.jobs})

    def _write(self, message: dict[str, Any]) -> None:
        # A pipe that is closed already is noticed where the answer is awaited.
        with contextlib.suppress(ConnectionError, RuntimeError):
            self._connection.writer.write(framing.encode(message))

    async def _listen(self) -> None:
        try:
            while (message := await framing.receive(self._connection.reader)) is not None:
                if "ready" in message:
                    self.base = self.memory = message["memory"]
                    self.sandbox = message["sandbox"]
                    self._ready.set_result(None)
                    continue
                self.memory = message["memory"]
                future = self._answers.pop(message["id"], None)
                if future is not None and not future.done():
                    future.set_result(answer_from_wire(message["answer"]))
        finally:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_WORDS):
                    await self._connection.wait()
            self._connection.kill()
            await self._connection.wait()
            self._connection.writer.close()
            self._bury()

    def _bury(self) -> None:
        waited_for: list[asyncio.Future[Any]] = [*self._answers.values(), self._ready]
        for future in waited_for:
            if not future.done():
                future.set_exception(Died(self._how()))
                future.exception()  # (nobody may be waiting any more)
        self._answers.clear()

    def _how(self) -> str:
        code = self._connection.returncode
        if code is None or code >= 0:
            return f"it ended with status {code}"
        return f"it was ended by signal {-code}"

    async def kill(self) -> None:
        """End the process, and wait until it is gone."""
        self._connection.kill()
        with contextlib.suppress(Exception):
            await asyncio.shield(self._listening)
