"""Snapshots: what a person sees, as plain files. `pytest tests/diagnostics --update` writes them anew; read the difference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SNAPSHOTS = Path(__file__).parent / "snapshots"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the snapshots anew")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the snapshot of that name; colours are shown as `\\e[…m`."""

    def check(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        text = text.replace("\x1b", "\\e")
        if request.config.getoption("--update", default=False):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        assert path.is_file(), f"there is no snapshot {name}: run pytest tests/diagnostics --update, and read it"
        assert text == path.read_bytes().decode("utf-8")

    return check
