"""The process that evaluates: `python -m contractlang.workspace.workers.child`, which a `Process` starts.

The first message says within which bounds the process lives; then each asks for a job, or takes one back. One thread listens, so
that a job can be taken back while it runs, and so that the process ends when its parent does, whatever it is doing. The main
thread evaluates.
"""

from __future__ import annotations

import _thread
import gc
import os
import queue
import signal
import sys
import threading
from dataclasses import replace
from types import FrameType
from typing import Any, BinaryIO

from contractlang.runtime.watchdog import resident_memory
from contractlang.workspace.workers import framing
from contractlang.workspace.workers.evaluation import evaluate
from contractlang.workspace.workers.job import Answer, Limits, job_from_wire, limits_from_wire, to_wire
from contractlang.workspace.workers.preparation import prepare
from contractlang.workspace.workers.resources import bound_resources
from contractlang.workspace.workers.sandbox.confinement import confine

_MIB = 1 << 20
_STACK = 512 * 1024
"""Bytes of stack of the threads that listen and watch, where the default takes 8 MiB of the address space each."""


class TakenBack(BaseException):
    """Nobody wants the answer any more. No error of an evaluation, so that nothing there catches it."""


class Jobs:
    """What is to be done: filled by the listening thread, emptied by the main thread, which evaluates.

    A job that runs is taken back by a signal that the process sends to itself: Python handles it in the main thread, between two
    instructions, where it is known what runs at that moment. (An exception that is set in another thread may come after the
    job, or go to a thread that is just being started and bears its parent's number until it runs.)
    """

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._running: int | None = None
        self._taken_back: set[int] = set()
        # (Ctrl-C in a terminal comes here too, takes back nothing, and so is left to the parent.)
        signal.signal(signal.SIGINT, self._interrupt)

    def put(self, message: dict[str, Any]) -> None:
        self._queue.put(message)

    def next(self) -> dict[str, Any]:
        return self._queue.get()

    def take_back(self, number: int) -> None:
        """Interrupt a job between two instructions, or have it not begun."""
        self._taken_back.add(number)
        _thread.interrupt_main(signal.SIGINT)

    def begin(self, number: int) -> bool:
        """Whether the job is still wanted; if so, it can be interrupted from now on."""
        self._running = number
        if number in self._taken_back:
            self._running = None
        return self._running is not None

    def end(self) -> None:
        """From now on nothing is interrupted."""
        self._running = None

    def _interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        if self._running in self._taken_back:
            self._running = None
            raise TakenBack


def main() -> None:
    """Serve until the parent closes the pipe."""
    requests, replies = own_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for the parent
    prepare()
    serve(requests, replies)


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Learn the bounds of this process, which is prepared, and answer jobs within them."""
    message = framing.read(requests)
    if message is not None:
        _serve(requests, replies, limits_from_wire(message["limits"]), sandbox=message["sandbox"])


def _serve(requests: BinaryIO, replies: BinaryIO, bounds: Limits, *, sandbox: bool) -> None:
    resident_memory()  # opens what it needs
    jobs = Jobs()
    state: dict[str, str] | None = None
    if sandbox:
        state = confine(bounds)
    else:
        bound_resources(bounds)
    threading.stack_size(_STACK)
    threading.Thread(target=_listen, args=(requests, jobs), daemon=True).start()
    base = resident_memory() // _MIB
    _send(replies, {"ready": os.getpid(), "memory": resident_memory(), "sandbox": state})
    while True:
        message = jobs.next()
        number = message["id"]
        try:
            answer = _answer(jobs, message, base, disk=not sandbox)
        except TakenBack:  # at the last moment
            answer = Answer(status=1)
        _send(replies, {"id": number, "memory": resident_memory(), "answer": to_wire(answer)})
        del answer, message
        gc.collect()


def _answer(jobs: Jobs, message: dict[str, Any], base: int, *, disk: bool) -> Answer:
    answer = Answer(status=1)
    job = job_from_wire(message["job"])
    if not disk:
        job = replace(job, disk=False)
    if jobs.begin(message["id"]):
        try:
            answer = evaluate(job, limits_from_wire(message["limits"]), base)
        except TakenBack:
            pass
        finally:
            jobs.end()
    return answer


def _listen(requests: BinaryIO, jobs: Jobs) -> None:
    while True:
        message = framing.read(requests)
        if message is None:
            os._exit(0)  # the parent is gone: the main thread may never get to know it
        if "cancel" in message:
            jobs.take_back(message["cancel"])
        else:
            jobs.put(message)


def own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, under numbers of our own: what a library prints by accident must not get between the messages."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)  # noqa: TID251 - a place for what is no input, no file of a program
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return requests, replies


def _send(replies: BinaryIO, message: dict[str, Any]) -> None:
    try:
        replies.write(framing.encode(message))
        replies.flush()
    except OSError:
        os._exit(0)  # the parent is gone


if __name__ == "__main__":
    main()
