"""What the whole suite needs: a deep Python stack for the interpreter, a limit on time, profiles for generated tests."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from types import FrameType

import pytest
from hypothesis import HealthCheck, settings

# A test that runs longer than this has met a loop, which would otherwise stop the whole suite.
SECONDS = 60

UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=UNHURRIED, print_blob=True)
# `CONTRACTLANG_HYPOTHESIS=thorough`: other programs each time, and many more.
settings.register_profile("thorough", settings.get_profile("default"), derandomize=False)
settings.load_profile(os.environ.get("CONTRACTLANG_HYPOTHESIS", "default"))


class TestTookTooLong(BaseException):
    """Raised inside a test by the alarm; not an Exception, so that nothing takes it for a failure of a program."""

    __test__ = False


def on_alarm(signal_number: int, frame: FrameType | None) -> None:
    raise TestTookTooLong(f"still running after {SECONDS} s")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "seconds(limit): how long this test may take")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Ends a test that loops, where the system has an alarm."""
    marker = item.get_closest_marker("seconds")
    limit = marker.args[0] if marker is not None else SECONDS
    if not hasattr(signal, "setitimer"):
        return (yield)
    previous = signal.signal(signal.SIGALRM, on_alarm)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        return (yield)
    except TestTookTooLong:
        pytest.fail(f"{item.name} still ran after {limit} s")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
