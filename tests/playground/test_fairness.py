"""Turns, rates and shares, with a clock of the test's own."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest

pytest.importorskip("starlette")

from contractlang_playground.bodies import Order
from contractlang_playground.fairness import HALF_LIFE, HEAVY, Bucket, FairQueue, Rates
from contractlang_playground.problems import Refused
from contractlang_playground.superseding import Turns


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def queue(size: int, clock: Clock | None = None, **options: int) -> FairQueue:
    chosen: dict[str, Any] = {"each": size, "reserve": 0, "waiting": 100, "waiting_each": 100, **options}
    return FairQueue(size, clock=clock or Clock(), **chosen)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


class Work:
    """A piece of work in a queue, which goes on until it is told to end."""

    def __init__(self, turns: FairQueue, address: str, client: str, log: list[str]) -> None:
        self.end = asyncio.Event()
        self.name = f"{address}{client}"
        self._log = log
        self.task = asyncio.create_task(self._run(turns, address, client))

    async def _run(self, turns: FairQueue, address: str, client: str) -> None:
        async with turns.place(address, client):
            self._log.append(self.name)
            await self.end.wait()


def order_of(turns: FairQueue, asked: list[tuple[str, str]]) -> list[str]:
    """In which order those who ask get their places, each of which they give back at once."""

    async def run() -> list[str]:
        log: list[str] = []
        work = [Work(turns, address, client, log) for address, client in asked]
        await settle()
        while len(log) < len(asked):
            for one in work:
                if one.name in log:
                    one.end.set()
            await settle()
        for one in work:
            one.end.set()
        await asyncio.gather(*(one.task for one in work))
        return log

    return asyncio.run(run())


def test_addresses_take_turns() -> None:
    assert order_of(queue(1), [("a", "1"), ("a", "2"), ("a", "3"), ("b", "1"), ("c", "1")]) == [
        "a1",
        "b1",
        "c1",
        "a2",
        "a3",
    ]


def test_clients_of_one_address_take_turns() -> None:
    asked = [("a", "1"), ("a", "1"), ("a", "1"), ("a", "1"), ("a", "2")]
    assert order_of(queue(1), asked).index("a2") <= 2


def test_an_address_has_a_share_at_most() -> None:
    async def run() -> list[str]:
        log: list[str] = []
        turns = queue(4, each=2)
        work = [Work(turns, "a", str(i), log) for i in range(4)] + [Work(turns, "b", "0", log)]
        await settle()
        found = list(log)
        for one in work:
            one.end.set()
        await asyncio.gather(*(one.task for one in work))
        return found

    assert asyncio.run(run()) == ["a0", "a1", "b0"]


def test_places_go_past_those_that_were_cancelled_at_the_same_moment() -> None:
    async def run() -> tuple[list[str], int, int]:
        log: list[str] = []
        turns = queue(2, each=2)
        work = [Work(turns, "a", client, log) for client in ("0", "1", "2", "2", "3")] + [Work(turns, "b", "0", log)]
        await settle()
        for one in work[:4]:
            one.task.cancel()
        await asyncio.gather(*(one.task for one in work[:4]), return_exceptions=True)
        for one in work[4:]:
            one.end.set()
        async with asyncio.timeout(5):
            await asyncio.gather(*(one.task for one in work[4:]))
        return log, turns.running, turns.waiting

    log, running, waiting = asyncio.run(run())
    assert sorted(log) == ["a0", "a1", "a3", "b0"]
    assert (running, waiting) == (0, 0)


def test_an_address_that_is_forgotten_while_it_has_work_keeps_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contractlang_playground.fairness.REMEMBERED", 1)

    async def run() -> list[str]:
        log: list[str] = []
        turns = queue(1)
        work = [Work(turns, address, client, log) for address, client in (("a", "0"), ("b", "0"), ("a", "1"))]
        await settle()
        for one in work:
            one.end.set()
        async with asyncio.timeout(5):
            await asyncio.gather(*(one.task for one in work))
        return log

    assert sorted(asyncio.run(run())) == ["a0", "a1", "b0"]


def test_heavy_addresses_leave_places_to_the_others() -> None:
    clock = Clock()

    async def use(turns: FairQueue, address: str) -> None:
        async with turns.place(address, ""):
            clock.now += HEAVY * 2

    async def run() -> tuple[list[str], list[str]]:
        log: list[str] = []
        turns = queue(4, clock, reserve=2)
        for name in "abc":
            await use(turns, name)
        work = [Work(turns, name, "", log) for name in "abc"]
        await settle()
        before = list(log)
        light = Work(turns, "z", "", log)
        await settle()
        after = list(log)
        for one in (*work, light):
            one.end.set()
        await asyncio.gather(*(one.task for one in (*work, light)))
        return before, after

    assert asyncio.run(run()) == (["a", "b"], ["a", "b", "z"])


def test_use_is_forgotten() -> None:
    clock = Clock()

    async def run() -> list[str]:
        log: list[str] = []
        turns = queue(2, clock, reserve=1)
        for name in "ab":
            async with turns.place(name, ""):
                clock.now += HEAVY * 2
        clock.now += HALF_LIFE * 3
        work = [Work(turns, name, "", log) for name in "ab"]
        await settle()
        found = list(log)
        for one in work:
            one.end.set()
        await asyncio.gather(*(one.task for one in work))
        return found

    assert asyncio.run(run()) == ["a", "b"]


def test_who_leaves_the_queue_is_forgotten() -> None:
    async def run() -> tuple[int, int, list[str]]:
        log: list[str] = []
        turns = queue(1)
        first, second, third = (Work(turns, name, "", log) for name in "abc")
        await settle()
        second.task.cancel()
        with suppress(asyncio.CancelledError):
            await second.task
        waiting = turns.waiting
        first.end.set()
        third.end.set()
        await asyncio.gather(first.task, third.task)
        return waiting, turns.running, log

    assert asyncio.run(run()) == (1, 0, ["a", "c"])


def test_who_leaves_at_the_moment_of_their_turn_gives_the_place_on() -> None:
    async def run() -> tuple[int, list[str]]:
        log: list[str] = []
        turns = queue(1)
        first, second, third = (Work(turns, name, "", log) for name in "abc")
        await settle()
        first.end.set()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        second.task.cancel()
        with suppress(asyncio.CancelledError):
            await second.task
        third.end.set()
        await asyncio.gather(first.task, third.task)
        return turns.running, log

    running, log = asyncio.run(run())
    assert running == 0
    assert log[-1] == "c"


@pytest.mark.parametrize("limits", [{"waiting": 2}, {"waiting_each": 2}])
def test_too_many_who_wait_are_sent_away(limits: dict[str, int]) -> None:
    async def run() -> str:
        log: list[str] = []
        turns = queue(1, **limits)
        work = [Work(turns, "a", str(i), log) for i in range(4)]
        await settle()
        with pytest.raises(Refused) as refused:
            await work[3].task
        for one in work[:3]:
            one.end.set()
        await asyncio.gather(*(one.task for one in work[:3]))
        return refused.value.code

    assert asyncio.run(run()) == "busy"


def test_buckets_refill() -> None:
    clock = Clock()
    bucket = Bucket(2, 3, clock)
    assert [bucket.take() for _ in range(4)] == [0, 0, 0, 0.5]
    clock.now += 0.5
    assert bucket.take() == 0
    clock.now += 100
    assert [bucket.take() for _ in range(4)] == [0, 0, 0, 0.5]


def test_rates_are_apart() -> None:
    rates = Rates(1, 1, Clock())
    assert (rates.take("a"), rates.take("b"), rates.take("a")) == (0, 0, 1)


def test_a_cancellation_from_outside_is_none_of_the_turns() -> None:
    async def run() -> None:
        turns = Turns()

        async def work() -> None:
            with turns.turn("a", Order("c", "s", 1)):
                await asyncio.Event().wait()

        task = asyncio.create_task(work())
        await settle()
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(run())
