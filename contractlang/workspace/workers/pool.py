"""A pool of worker processes: jobs are answered in the order in which they come, by processes that are ready beforehand.

`size` jobs run at the same time. There are more processes than that, so that a job that is taken back, or a process that has to be
replaced, does not keep the next one waiting. A process is never waited for: one that does not answer within its limits
is killed, and another takes its place.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass

from contractlang.workspace.workers.connection import Connect, Subprocess
from contractlang.workspace.workers.job import Answer, Job, Limits, failure
from contractlang.workspace.workers.process import Died, Process

_log = logging.getLogger(__name__)

CHILD = "contractlang.workspace.workers.child"
SETTLE = 0.3
"""Seconds that a process gets to put down a job that was taken back, before it is killed."""
MOST_JOBS = 2000
"""A process is replaced after so many jobs: what accumulates in a process for whatever reason has an end."""
MOST_GROWTH = 48 * 1024 * 1024
"""… or when it kept so many bytes more than it began with."""
MOST_FAILURES = 3
"""Starts in a row that may fail before jobs are answered with that."""


@dataclass(slots=True)
class Counts:
    """What happened so far."""

    answered: int = 0
    limited: int = 0
    taken_back: int = 0
    killed: int = 0
    crashed: int = 0
    recycled: int = 0
    started: int = 0


class Pool:
    """`size`: how many jobs run at once; `spares`: how many processes more stand ready; `connect`: how a process is had that does
    as `child.py` does; `patience`: seconds of the processor after which a job has to give way to all that the machine has to do
    besides. Belongs to one event loop."""

    def __init__(
        self,
        size: int,
        *,
        limits: Limits | None = None,
        sandbox: bool = False,
        spares: int = 1,
        connect: Connect | None = None,
        patience: float | None = None,
    ) -> None:
        self.size = size
        self.limits = limits or Limits()
        self.counts = Counts()
        self.running = 0
        self._sandbox = sandbox
        self._patience = patience
        self._connect = connect or (lambda: Subprocess.start(CHILD, sandbox=sandbox))
        self._capacity = size + spares
        self._idle: list[Process] = []
        self._all: set[Process] = set()
        self._waiting: deque[asyncio.Future[Process]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._starting = 0
        self._failures = 0
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many jobs wait for a process."""
        return sum(not future.done() for future in self._waiting)

    @property
    def sandbox(self) -> dict[str, str] | None:
        """What the processes gave up: measures, and "on" or why not; None if there are none, or they are in no sandbox."""
        return next((process.sandbox for process in self._all), None)

    @property
    def pids(self) -> list[int]:
        """The processes that there are."""
        return sorted(process.pid for process in self._all)

    def start(self) -> None:
        """Have the processes started now rather than with the first job."""
        while not self._closed and len(self._all) + self._starting < self._capacity:
            self._starting += 1
            self._do(self._start_one())

    async def run(self, job: Job) -> Answer:
        """The answer to a job. Cancelling the awaiting task stops the evaluation."""
        try:
            process = await self._take()
        except Died as error:
            return failure("internal", f"no process evaluates: {error}", status=70)
        limits = self.limits
        future = process.ask(job, limits)
        if self._patience is not None:
            self._be_patient(process, future, self._patience, process.processor_time())
        try:
            async with asyncio.timeout(limits.timeout + limits.grace):
                answer = await asyncio.shield(future)
        except asyncio.CancelledError:
            self.counts.taken_back += 1
            self.running -= 1
            self._do(self._settle(process, future))
            raise
        except TimeoutError:
            self.counts.killed += 1
            answer = failure("limit-time", f"evaluation took more than {limits.timeout:g} seconds", status=3)
            answer.seconds = limits.timeout + limits.grace
            self._replace(process)
        except Died as error:
            self.counts.crashed += 1
            note = "it may have taken more memory than the system had to give"
            answer = failure("internal", f"the process that evaluated is gone: {error}", status=70, notes=[note])
            self._replace(process)
        else:
            self._back(process)
        self.running -= 1
        self.counts.answered += 1
        self.counts.limited += answer.limit is not None
        self._serve()
        return answer

    async def close(self) -> None:
        """End all processes; jobs that wait are cancelled."""
        self._closed = True
        for future in self._waiting:
            future.cancel()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(process.kill() for process in self._all))
        self._all.clear()
        self._idle.clear()

    # ---- processes

    async def _take(self) -> Process:
        """A process that has nothing to do, which counts as running from now on."""
        if self._closed:
            raise Died("the pool is closed")
        self.start()
        future: asyncio.Future[Process] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        self._serve()
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and future.exception() is None:
                self.running -= 1
                self._back(future.result())
                self._serve()
            raise

    def _serve(self) -> None:
        """Give idle processes to those who wait."""
        while self._waiting and self._idle and self.running < self.size:
            future = self._waiting.popleft()
            if future.done():
                continue
            process = self._idle.pop()
            if not process.alive:
                self._waiting.appendleft(future)
                self._replace(process)
                continue
            self.running += 1
            future.set_result(process)

    def _back(self, process: Process) -> None:
        """A process that has finished a job: it waits for the next, unless it is old, large or slow."""
        if process.jobs >= MOST_JOBS or process.memory - process.base > MOST_GROWTH or process.demoted:
            self.counts.recycled += 1
            self._replace(process)
        else:
            self._idle.append(process)

    def _replace(self, process: Process) -> None:
        self._do(self._bury(process))

    async def _bury(self, process: Process) -> None:
        await process.kill()
        self._all.discard(process)
        self.start()

    def _be_patient(
        self, process: Process, future: asyncio.Future[Answer], patience: float, before: float | None
    ) -> None:
        """Demote a process once its job has used so much of the processor (where that is not known: after so much time)."""

        def look() -> None:
            if future.done():
                return
            now = process.processor_time()
            if before is None or now is None or now - before >= patience:
                process.demote()
            else:
                self._be_patient(process, future, patience, before)

        asyncio.get_running_loop().call_later(patience, look)

    async def _settle(self, process: Process, future: asyncio.Future[Answer]) -> None:
        """Have a process put down its job, or kill it."""
        self._serve()
        process.interrupt()
        try:
            async with asyncio.timeout(SETTLE):
                await asyncio.shield(future)
        except TimeoutError:
            self.counts.killed += 1
            await self._bury(process)
        except Died:
            await self._bury(process)
        else:
            self._back(process)
        self._serve()

    async def _start_one(self) -> None:
        try:
            while (process := await self._started()) is None:
                if self._failures >= MOST_FAILURES and not self._waiting:
                    return  # the next job tries again
                await asyncio.sleep(min(0.1 * 2**self._failures, 10.0))
        finally:
            self._starting -= 1
        self._all.add(process)
        self._idle.append(process)
        self._serve()

    async def _started(self) -> Process | None:
        try:
            process = await Process.start(self._connect, sandbox=self._sandbox, limits=self.limits)
        except (Died, OSError, TimeoutError) as error:
            self._failures += 1
            _log.error("a worker does not start: %s", _reason(error))
            if self._failures >= MOST_FAILURES and not self._all:
                self._refuse(error)
            return None
        self._failures = 0
        self.counts.started += 1
        return process

    def _refuse(self, error: Exception) -> None:
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_exception(Died(f"workers do not start ({_reason(error)})"))

    def _do(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
