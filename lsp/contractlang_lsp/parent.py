"""Ends the server when the process that started it is gone, however it ended.

Mostly the end of standard input tells. It does not when another process inherited its other end, so we look ourselves.
"""

from __future__ import annotations

import os
import sys
import threading
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

INTERVAL = 2.0


def watch_parent(process: int, gone: Callable[[], None], interval: float = INTERVAL) -> None:
    """Call `gone`, from another thread, when the process with that number no longer runs. Looks every `interval` seconds."""

    def watch() -> None:
        while is_running(process):
            time.sleep(interval)
        gone()

    threading.Thread(target=watch, name="parent", daemon=True).start()


def is_running(process: int) -> bool:
    """Whether there is a process with that number."""
    if sys.platform == "win32":
        return _is_running_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OverflowError, ValueError):
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def _is_running_on_windows(process: int) -> bool:
    import ctypes

    synchronize, timed_out = 0x0010_0000, 0x0000_0102
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]  # known on Windows alone
    handle = kernel.OpenProcess(synchronize, False, process)
    if not handle:
        return False
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == timed_out)
    finally:
        kernel.CloseHandle(handle)
