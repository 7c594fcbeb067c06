"""What analysis needs of the Python that it runs in: deep recursion, and no collections of cyclic garbage meanwhile.

Trees are many objects that live long; looking through them for cycles again and again would cost more than the analysis. So the
collector rests during a query. Servers, whose process is their own, keep it away between queries too, and let it work when the
client pauses.
"""

from __future__ import annotations

import gc

from contractlang.circumstances import DeepStacks


class Analysing:
    """A context in which queries run; contexts may nest."""

    __slots__ = ("_collecting", "_stacks")

    def __enter__(self) -> None:
        self._stacks = DeepStacks()
        self._stacks.__enter__()
        self._collecting = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        self._stacks.__exit__()
        if self._collecting:
            gc.enable()
