"""A cache of one test's own, in an empty working directory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contractlang import engine, run
from contractlang.cache.store import Store

Write = Callable[[str, str], Path]


class Evaluated(Exception):
    """Something was evaluated that should have come from the cache."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("CONTRACTLANG_CACHE_DIR", str(tmp_path / "cache"))
    return work


@pytest.fixture
def store(folder: Path) -> Store:
    return Store()


@pytest.fixture
def write(folder: Path) -> Write:
    def write(name: str, text: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


class Export:
    """Exports, and tells whether that took an evaluation."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.evaluations = 0
        self._run = run.run
        monkeypatch.setattr(run, "run", self._counted)

    def _counted(self, *arguments: Any, **keywords: Any) -> engine.Outcome:
        self.evaluations += 1
        return self._run(*arguments, **keywords)

    def __call__(
        self, *files: str, format: str = "json", request: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str | None, bool]:
        """The document, and whether something was evaluated."""
        before = self.evaluations
        outcome = engine.export(files or ["main.ncl"], format, engine.Options(**options), **(request or {}))
        return outcome.text, self.evaluations > before


@pytest.fixture
def export(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Export:
    return Export(monkeypatch)
