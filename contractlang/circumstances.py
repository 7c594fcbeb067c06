"""What deep programs need of the Python that they run in, for as long as someone runs one.

Python has one recursion limit and one setting of its collector of cyclic garbage for all threads. So the limit is that of whoever
needs most, the host's included, and the host has its own settings back when the last has finished, in whatever order they do.
Recursion from Python to Python takes no C stack: programs nest as deep as memory allows.
"""

from __future__ import annotations

import gc
import sys
from _thread import allocate_lock

DEEPEST = 1_000_000
"""Nested Python calls for those who name no limit."""

# Much is made that lives long: collections are rare while programs run, and look at old objects more rarely still.
_RARE = (50, 1000)
_YOUNG = 200_000

_LOCK = allocate_lock()
_host: list[int] = []  # the host's recursion limit, while others need another one
_depths: list[int] = []
_thresholds: list[tuple[int, int, int]] = []  # what each found that made collections rare: the first found the host's


class DeepStacks:
    """A context in which calls may nest so deep. Contexts nest, and may overlap in several threads."""

    __slots__ = ("_depth",)

    def __init__(self, depth: int = DEEPEST) -> None:
        self._depth = depth

    def __enter__(self) -> None:
        with _LOCK:
            if not _depths:
                _host.append(sys.getrecursionlimit())
            _depths.append(self._depth)
            sys.setrecursionlimit(max(*_depths, *_host))

    def __exit__(self, *_: object) -> None:
        with _LOCK:
            _depths.remove(self._depth)
            sys.setrecursionlimit(max(*_depths, *_host) if _depths else _host.pop())


class RareCollections:
    """A context in which cyclic garbage is looked for rarely. Contexts nest, and may overlap in several threads.

    `alive`: so many more objects than usual are made to stay; there is no use in looking through them.
    """

    __slots__ = ("_young",)

    def __init__(self, alive: int = 0) -> None:
        self._young = _YOUNG + alive

    def __enter__(self) -> None:
        with _LOCK:
            _thresholds.append(gc.get_threshold())
            gc.set_threshold(max(self._young, gc.get_threshold()[0]), *_RARE)

    def __exit__(self, *_: object) -> None:
        with _LOCK:
            gc.set_threshold(*_thresholds.pop())
