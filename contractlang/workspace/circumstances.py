"""What analysis needs of the Python that it runs in: deep recursion, and no collections of cyclic garbage meanwhile.

Trees are many objects that live long; looking through them for cycles again and again would cost more than the analysis. So the
collector rests during a query. Servers, whose process is their own, keep it away between queries too, and let it work when the
client pauses.
"""

from __future__ import annotations

import gc
import sys

# Programs nest as deep as memory allows; recursion from Python to Python takes no C stack.
DEEPEST = 1_000_000


class Analysing:
    """A context in which queries run; contexts may nest."""

    __slots__ = ("_collecting", "_depth")

    def __enter__(self) -> None:
        self._depth = sys.getrecursionlimit()
        self._collecting = gc.isenabled()
        gc.disable()
        if self._depth < DEEPEST:
            sys.setrecursionlimit(DEEPEST)

    def __exit__(self, *_: object) -> None:
        if self._depth < DEEPEST:
            sys.setrecursionlimit(self._depth)
        if self._collecting:
            gc.enable()
