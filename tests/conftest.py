"""What the whole suite needs: a deep Python stack for the interpreter, a limit on time, profiles for generated tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from language import TookTooLong, limited

# A test that runs longer than this has met a loop, which would otherwise stop the whole suite.
SECONDS = 60

UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=UNHURRIED, print_blob=True)
# `CONTRACTLANG_HYPOTHESIS=thorough`: other programs each time, and many more.
settings.register_profile("thorough", settings.get_profile("default"), derandomize=False)
settings.load_profile(os.environ.get("CONTRACTLANG_HYPOTHESIS", "default"))


@pytest.fixture(scope="session", autouse=True)
def cache_directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test, and no process that a test starts, touches the cache of whoever runs the suite."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTRACTLANG_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "seconds(limit): how long this test may take")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Ends a test that loops, where the system has an alarm."""
    marker = item.get_closest_marker("seconds")
    limit = marker.args[0] if marker is not None else SECONDS
    try:
        with limited(limit):
            return (yield)
    except TookTooLong as slow:
        pytest.fail(f"{item.name}: {slow}")
