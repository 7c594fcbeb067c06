"""Limits of time and memory: a thread that watches a run and interrupts it by an exception.

The exception is raised in the running thread between two instructions of Python, so it works in any thread and on any platform; one
operation inside C that takes long is interrupted only when it ends.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from _thread import allocate_lock, get_ident, start_new_thread

from contractlang.runtime.errors import LimitReached

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

_INTERVAL = 0.02
_UNITS = 1 << 20
_STEPS = 100
_MOMENT = 0.001
_IMPORTING = 200
"""Frames that are searched for an import: modules are not imported deep inside one another."""
_PATIENCE = 1.0
"""Seconds that a run may take to end once it was interrupted, explanation included."""


class TimeLimitReached(LimitReached):
    def __init__(self) -> None:
        super().__init__("limit-time", "the time limit was reached")


class MemoryLimitReached(LimitReached):
    def __init__(self) -> None:
        super().__init__("limit-memory", "the memory limit was reached")


class Watchdog:
    """Watches the thread that made it. `timeout` in seconds, `memory` in MiB that the process may grow to.

    An interruption may come between any two steps of the watched thread, so also while it starts or stops this. Hence nothing
    here waits for the other thread to say something, and one assignment is enough to end it.
    """

    def __init__(self, timeout: float | None, memory: int | None) -> None:
        self._deadline = None if timeout is None else time.monotonic() + timeout
        self._memory = memory
        self._thread = get_ident()
        self._base: FrameType | None = sys._getframe(1)
        self._stopped = False
        self._interrupted = False
        self._interrupting = allocate_lock()
        self._sleep = allocate_lock()

    def start(self) -> None:
        self._sleep.acquire()
        start_new_thread(self._watch, ())

    def stop(self) -> None:
        """From now on nothing is interrupted; raises `LimitReached` if that happens just now, and has to be called again then."""
        self._stopped = True
        self._base = None
        with self._interrupting:
            pass  # the last one is on its way
        if self._sleep.locked():
            self._sleep.release()  # so that the thread ends now rather than when it wakes up
        if self._interrupted:
            # An interruption that is still on its way would come when nobody expects it any more: let it come here. (It cannot be
            # taken back: the interpreter would look for it at every step from then on, and a traced program hang.)
            for _ in range(_STEPS):
                time.sleep(0)

    def _watch(self) -> None:
        pause = _INTERVAL
        while not self._sleep.acquire(timeout=pause) and not self._stopped:
            if self._deadline is not None and time.monotonic() >= self._deadline:
                pause = self._interrupt(TimeLimitReached)
            elif self._memory is not None and resident_memory() > self._memory * _UNITS:
                pause = self._interrupt(MemoryLimitReached)
            else:
                pause = _INTERVAL

    def _interrupt(self, error: type[LimitReached]) -> float:
        """Interrupt the run if it can be; returns in how many seconds to see what came of it.

        Python drops an exception that arrives in a finalizer or in a callback of the collector. The run ends soon if it came
        through; else it is told again.
        """
        with self._interrupting:
            if not self._stopped:
                if self._imports():
                    return _MOMENT
                self._interrupted = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), ctypes.py_object(error))
        return _PATIENCE

    def _imports(self) -> bool:
        """Whether the run is just importing a Python module: one that is interrupted there may never be whole again."""
        frame = sys._current_frames().get(self._thread)
        for _ in range(_IMPORTING):
            if frame is None or frame is self._base:
                return False
            if frame.f_code.co_filename.startswith("<frozen importlib"):
                return True
            frame = frame.f_back
        return False


class _Statistics:
    """The file in which Linux says how much memory a process uses. It is kept open: it is read often, and a process that has given
    up the file system can still read it."""

    __slots__ = ("_descriptor", "_page", "_process")

    def __init__(self) -> None:
        self._process = 0
        self._descriptor = -1
        self._page = 0

    def resident(self) -> int | None:
        if self._process != os.getpid():  # (a forked process has a file of its own)
            self._open()
        if self._descriptor < 0:
            return None
        try:
            return int(os.pread(self._descriptor, 128, 0).split()[1]) * self._page
        except (OSError, IndexError, ValueError):
            return None

    def _open(self) -> None:
        self._process = os.getpid()
        try:
            self._descriptor = os.open("/proc/self/statm", os.O_RDONLY)  # noqa: TID251 - about this process, not for programs
            self._page = os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError, AttributeError):
            self._descriptor = -1


_STATISTICS = _Statistics()


def resident_memory() -> int:
    """Bytes of memory that this process has in use; where the system does not say, the most it ever had, else 0."""
    resident = _STATISTICS.resident()
    if resident is not None:
        return resident
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
