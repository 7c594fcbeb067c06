"""Requests that take back earlier ones of the same client: what somebody types makes what they typed a moment ago pointless."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from contractlang_playground.bodies import Order
from contractlang_playground.problems import superseded

REMEMBERED = 20_000
"""Slots of clients whose last request is known."""


class Turns:
    """The newest request of each slot of each client. Belongs to one event loop."""

    def __init__(self) -> None:
        self._newest: OrderedDict[tuple[str, str, str], tuple[int, asyncio.Task[object] | None]] = OrderedDict()

    @contextmanager
    def turn(self, address: str, order: Order) -> Iterator[None]:
        """For as long as this request runs: a newer one cancels the task that is in here, which then raises `Refused`; if there
        has been a newer one already, it is raised at once."""
        if order.client is None:
            yield
            return
        key = (address, order.client, order.slot)
        sequence, earlier = self._newest.get(key, (-1, None))
        if order.sequence < sequence:
            raise superseded()
        task = asyncio.current_task()
        if earlier is not None and earlier is not task:
            earlier.cancel(_REASON)
        self._newest[key] = order.sequence, task
        self._newest.move_to_end(key)
        while len(self._newest) > REMEMBERED:
            self._newest.popitem(last=False)
        try:
            yield
        except asyncio.CancelledError as cancelled:
            if cancelled.args == (_REASON,):
                assert task is not None
                task.uncancel()
                raise superseded() from None
            raise
        finally:
            if self._newest.get(key) == (order.sequence, task):
                self._newest[key] = order.sequence, None


_REASON = "superseded"
