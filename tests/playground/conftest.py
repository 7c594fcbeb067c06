"""One instance for all tests that do not need one of their own."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from typing import Any

import pytest

NEEDED = ("starlette", "uvicorn", "websockets", "pygls")
MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]


def pytest_collection_modifyitems(items: list[Any]) -> None:
    if MISSING:
        for item in items:
            item.add_marker(pytest.mark.skip(reason=f"needs {', '.join(MISSING)}"))


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """An instance that believes what its clients say of their addresses, so that each test can be somebody else."""
    from playground.instances import running

    with running("--trusted-proxy", "127.0.0.1", "--timeout", "3", "--max-memory", "128", "--rate", "1000") as instance:
        yield instance


linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
