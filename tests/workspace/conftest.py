from __future__ import annotations

import pytest

from contractlang.resolve import records
from contractlang.typecheck import walk


@pytest.fixture
def everything_counts_as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done for large records alone is done for small ones too."""
    monkeypatch.setattr(records, "SMALLEST_LARGE", 2)
    monkeypatch.setattr(walk, "SMALLEST_RECORD", 2)
