"""Who comes next, and who has to wait: fair queueing between addresses, and between the clients of one; and rates.

Evaluations are short for nearly everybody, so a place in the queue costs a millisecond or two. What has to be prevented is that
a few who send endless loops hold all places: each address gets a share of the places at most, and those that have used much time
lately leave some places to the others.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from contractlang_playground.problems import busy

Clock = Callable[[], float]

HEAVY = 1.5
"""Seconds of use that make an address a heavy one."""
HALF_LIFE = 20.0
"""Seconds after which half of a use is forgotten."""
REMEMBERED = 10_000
"""Addresses that are known at a time."""


class Bucket:
    """A token bucket: `rate` a second, `burst` at once."""

    __slots__ = ("_clock", "_level", "_rate", "_when", "burst")

    def __init__(self, rate: float, burst: float, clock: Clock = time.monotonic) -> None:
        self._rate = rate
        self.burst = burst
        self._level = burst
        self._clock = clock
        self._when = clock()

    def take(self) -> float:
        """Take one; returns 0, or in how many seconds there will be one."""
        now = self._clock()
        self._level = min(self.burst, self._level + (now - self._when) * self._rate)
        self._when = now
        if self._level >= 1:
            self._level -= 1
            return 0.0
        return (1 - self._level) / self._rate


class Rates:
    """A bucket for each address, as many as are remembered."""

    def __init__(self, rate: float, burst: float, clock: Clock = time.monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, address: str) -> float:
        bucket = self._buckets.get(address)
        if bucket is None:
            bucket = self._buckets[address] = Bucket(self._rate, self._burst, self._clock)
            if len(self._buckets) > REMEMBERED:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(address)
        return bucket.take()


@dataclass(slots=True)
class _Address:
    """What one address has running and waiting, by its clients, in the order of their turns."""

    running: int = 0
    clients: OrderedDict[str, deque[asyncio.Future[float]]] = field(default_factory=OrderedDict)
    used: float = 0.0
    when: float = 0.0
    started: float = 0.0
    """The sum of the times at which what runs has begun."""
    turn: int = 0
    """When it last had its turn; the larger, the later."""

    @property
    def waiting(self) -> int:
        return sum(len(queue) for queue in self.clients.values())


class FairQueue:
    """Places for `size` at once. Belongs to one event loop."""

    def __init__(
        self, size: int, *, each: int, reserve: int, waiting: int, waiting_each: int, clock: Clock = time.monotonic
    ) -> None:
        self._size = size
        self._each = each
        self._light = max(0, min(reserve, size - 1))
        self._most = waiting
        self._most_each = waiting_each
        self._clock = clock
        self._addresses: OrderedDict[str, _Address] = OrderedDict()
        # Those that have something running or waiting.
        self._active: OrderedDict[str, _Address] = OrderedDict()
        self._turn = 0
        self.running = 0
        self.waiting = 0

    @asynccontextmanager
    async def place(self, address: str, client: str) -> AsyncIterator[None]:
        """A place, as soon as it is the turn of this client. Raises `Refused` if too many wait."""
        known = self._known(address)
        if self.waiting >= self._most or known.waiting >= self._most_each:
            raise busy()
        future: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        known.clients.setdefault(client, deque()).append(future)
        self._active.setdefault(address, known)
        self.waiting += 1
        self._serve()
        try:
            await future
        except asyncio.CancelledError:
            if future.cancelled():
                self._withdraw(known, client, future)
            else:
                self._leave(known, future.result())
            self._rest(address, known)
            raise
        try:
            yield
        finally:
            self._leave(known, future.result())
            self._rest(address, known)

    def _known(self, address: str) -> _Address:
        known = self._addresses.get(address)
        if known is None:
            # One that was forgotten while it had something running or waiting is still the same.
            known = self._active.get(address) or _Address(when=self._clock())
            self._addresses[address] = known
        self._addresses.move_to_end(address)
        while len(self._addresses) > REMEMBERED:
            self._addresses.popitem(last=False)  # (what it has running or waiting goes on)
        return known

    def _withdraw(self, known: _Address, client: str, future: asyncio.Future[float]) -> None:
        queue = known.clients.get(client)
        if queue is None or future not in queue:
            return  # its turn came between the cancellation and now, and was passed on
        queue.remove(future)
        if not queue:
            del known.clients[client]
        self.waiting -= 1

    def _rest(self, address: str, known: _Address) -> None:
        if not known.running and not known.clients:
            self._active.pop(address, None)

    def _used(self, known: _Address) -> float:
        """Seconds of use, what runs at the moment included."""
        now = self._clock()
        finished = known.used * 0.5 ** ((now - known.when) / HALF_LIFE)
        return float(finished + known.running * now - known.started)

    def _leave(self, known: _Address, began: float) -> None:
        now = self._clock()
        known.used = known.used * 0.5 ** ((now - known.when) / HALF_LIFE) + now - began
        known.when = now
        known.started -= began
        known.running -= 1
        self.running -= 1
        self._serve()

    def _serve(self) -> None:
        """Give free places to those whose turn it is: the addresses in turn, each one's clients in turn."""
        heavy = sum(known.running for known in self._active.values() if self._used(known) > HEAVY)
        while self.running < self._size:
            name = self._next(heavy)
            if name is None:
                return
            known = self._active[name]
            client, queue = next(iter(known.clients.items()))
            future = queue.popleft()
            if not queue:
                del known.clients[client]
            self.waiting -= 1
            if future.cancelled():
                continue  # whoever waited has not got to know it yet
            if queue:
                known.clients.move_to_end(client)
            self._turn += 1
            known.turn = self._turn
            now = self._clock()
            known.started += now
            known.running += 1
            self.running += 1
            heavy += self._used(known) > HEAVY
            future.set_result(now)

    def _next(self, heavy: int) -> str | None:
        """The address that has the least running, and of those the one that had its turn least recently."""
        full = heavy >= self._size - self._light
        found: tuple[int, int, str] | None = None
        for name, known in self._active.items():
            if not known.clients or known.running >= self._each:
                continue
            if full and self._used(known) > HEAVY:
                continue
            rank = known.running, known.turn, name
            if found is None or rank < found:
                found = rank
        return None if found is None else found[2]
