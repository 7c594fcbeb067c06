"""The one thread that owns the workspace: edits and requests in the order in which they came, analysis in the
background after them.

The event loop reads messages all the time, also while a query runs here, so that it can take back what is no longer
wanted: a running job is asked to stop (`Job.unwanted`, which queries look at between their stages), a waiting one is
dropped. No locks guard the workspace since nobody else touches it.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# Requests and edits share one rank: a request sees the edits that came before it, and none that came after.
_IN_ORDER = 0
_BACKGROUND = 1


class Job:
    """A piece of work. `edit`: it changes the workspace. `passing`: its answer is of no use once there was another edit."""

    __slots__ = ("edit", "edits_before", "future", "name", "passing", "revoked", "work")

    def __init__(
        self, name: str, work: Callable[[], Any], future: asyncio.Future[Any], *, edit: bool, passing: bool
    ) -> None:
        self.name = name
        self.work = work
        self.future = future
        self.edit = edit
        self.passing = passing
        self.revoked = False
        self.edits_before = 0


class Superseded(Exception):
    """An edit made the answer to a request useless before it was found."""


class Analyst:
    """Runs jobs. Its methods are for the event loop's thread, except `unwanted`, which is for the jobs."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._jobs: list[tuple[int, int, Job]] = []
        self._numbers = itertools.count()
        self._wake = threading.Condition()
        self._running: Job | None = None
        self._edits = 0
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="analyst", daemon=True)
        self._thread.start()

    def submit(
        self, name: str, work: Callable[[], Any], *, background: bool = False, edit: bool = False, passing: bool = False
    ) -> asyncio.Future[Any]:
        """Have `work` done; cancelling the future takes it back.

        The future ends with `Superseded` when the job is `passing` and an edit came before its end, with whatever
        `work` raises otherwise.
        """
        future = self._loop.create_future()
        job = Job(name, work, future, edit=edit, passing=passing)
        future.add_done_callback(lambda done: self._revoke(job) if done.cancelled() else None)
        with self._wake:
            if edit:
                self._edits += 1
            job.edits_before = self._edits
            heapq.heappush(self._jobs, (_BACKGROUND if background else _IN_ORDER, next(self._numbers), job))
            self._wake.notify()
        return future

    def post(self, name: str, work: Callable[[], Any], *, background: bool = False, passing: bool = False) -> None:
        """Have `work` done some time; nobody waits for it."""
        future = self.submit(name, work, background=background, passing=passing)
        future.add_done_callback(lambda done: None if done.cancelled() else done.exception())

    def unwanted(self) -> bool:
        """Whether the job that is running should stop: it was taken back, or an edit has come since that makes it useless."""
        job = self._running
        return job is not None and (job.revoked or self._stopped or (job.passing and job.edits_before != self._edits))

    def stop(self) -> None:
        """Take no more jobs, and drop those that wait."""
        with self._wake:
            self._stopped = True
            for _, _, job in self._jobs:
                job.revoked = True
            self._wake.notify()

    def _revoke(self, job: Job) -> None:
        job.revoked = True

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._jobs and not self._stopped:
                    self._wake.wait()
                if self._stopped:
                    return
                _, _, job = heapq.heappop(self._jobs)
            self._do(job)

    def _do(self, job: Job) -> None:
        if job.revoked:
            return
        result: Any = None
        failure: BaseException | None = None
        if job.passing and job.edits_before != self._edits:
            failure = Superseded(job.name)
        else:
            self._running = job
            try:
                result = job.work()
            except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to whoever waits for the answer
                failure = error
            finally:
                self._running = None
        if failure is not None and job.passing and job.edits_before != self._edits:
            failure = Superseded(job.name)
        try:
            self._loop.call_soon_threadsafe(_settle, job.future, result, failure)
        except RuntimeError:  # the loop has been closed meanwhile: nobody waits any more
            self.stop()


def _settle(future: asyncio.Future[Any], result: object, failure: BaseException | None) -> None:
    if future.done():
        return
    if failure is None:
        future.set_result(result)
    elif isinstance(failure, (StopIteration, asyncio.CancelledError)):  # a future cannot hold them as exceptions
        future.set_exception(RuntimeError(f"{type(failure).__name__} from a query"))
    else:
        future.set_exception(failure)
