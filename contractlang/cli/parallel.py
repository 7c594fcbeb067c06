"""Independent files in several processes, results in the order given.

Processes are started afresh (`spawn`): a forked copy of a process that has threads may hang.
"""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeVar

    Result = TypeVar("Result")


def in_order(
    jobs: int,
    work: Callable[..., Result],
    tasks: Sequence[tuple[object, ...]],
    lost: Callable[[tuple[object, ...]], Result],
) -> Iterator[Result]:
    """`work(*task)` of each task, in up to `jobs` processes; `lost(task)` where its process was killed, as by a system that is
    short of memory. `work` belongs to a module; tasks and results can be pickled."""
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(min(jobs, len(tasks)), context, _leave_interrupts_to_the_parent)
    try:
        futures = [_submitted(executor, work, task) for task in tasks]
        for future, task in zip(futures, tasks, strict=True):
            try:
                result = future.result() if future is not None else lost(task)
            except BrokenProcessPool:
                result = lost(task)
            yield result
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.terminate()
        raise
    executor.shutdown()


def _submitted(
    executor: ProcessPoolExecutor, work: Callable[..., Result], task: tuple[object, ...]
) -> Future[Result] | None:
    try:
        return executor.submit(work, *task)
    except BrokenProcessPool:  # an earlier task ended its process already
        return None


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
