"""Settings of Python that hold for all threads: everyone has what they need, and the host its own at the end."""

from __future__ import annotations

import contextlib
import gc
import sys
import threading

import pytest

import contractlang as cl
from contractlang.circumstances import DeepStacks, RareCollections


def test_the_limit_is_that_of_whoever_needs_most() -> None:
    host = sys.getrecursionlimit()
    first, second = DeepStacks(host + 10), DeepStacks(host + 20)
    first.__enter__()
    second.__enter__()
    assert sys.getrecursionlimit() == host + 20
    first.__exit__()  # those who came first may leave first
    assert sys.getrecursionlimit() == host + 20
    second.__exit__()
    assert sys.getrecursionlimit() == host


def test_a_host_that_needs_more_keeps_it() -> None:
    host = sys.getrecursionlimit()
    with DeepStacks(10):
        assert sys.getrecursionlimit() == host


def test_collections_are_rare_until_the_last_leaves() -> None:
    host = gc.get_threshold()
    first, second = RareCollections(), RareCollections()
    first.__enter__()
    second.__enter__()
    first.__exit__()
    assert gc.get_threshold() != host
    second.__exit__()
    assert gc.get_threshold() == host


DEEP = "let rec down = fun n => if n == 0 then 0 else 1 + down (n - 1) in down 20000"


def test_runs_in_several_threads() -> None:
    host = sys.getrecursionlimit(), gc.get_threshold()
    results: list[object] = []

    def run() -> None:
        results.extend(cl.loads(DEEP) for _ in range(5))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [20_000] * 20
    assert (sys.getrecursionlimit(), gc.get_threshold()) == host


@pytest.mark.parametrize("source", ["1", "1 + true", "{", "let rec f = fun x => 1 + f x in f 1"])
def test_the_host_has_its_settings_back(source: str) -> None:
    host = sys.getrecursionlimit(), gc.get_threshold()
    with contextlib.suppress(cl.ConfigError):
        cl.loads(source, max_depth=2000)
    assert (sys.getrecursionlimit(), gc.get_threshold()) == host
