"""Two ways to run commands: in this process with an engine that does as it is told, and as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import contractlang
from contractlang.cli.main import main
from contractlang.diagnostics.model import Diagnostic


class FakeOutcome:
    def __init__(self, text: str | None = None, diagnostics: list[Diagnostic] | None = None, status: int = 0) -> None:
        self.text = text
        self.diagnostics = diagnostics or []
        self.status = status


class FakeOptions:
    def __init__(self, **settings: Any) -> None:
        self.settings = settings


class FakeEngine(ModuleType):
    """Records calls and returns `outcomes` in turn (the last one again and again); one that is an exception is raised."""

    def __init__(self) -> None:
        super().__init__("contractlang.engine")
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        self.outcomes: list[FakeOutcome | BaseException] = [FakeOutcome("{}\n")]
        self.Options = FakeOptions
        for name in ("export", "evaluate", "check", "typecheck", "query", "dump"):
            setattr(self, name, self._function(name))

    def _function(self, name: str) -> Callable[..., FakeOutcome]:
        def call(*arguments: Any, **keywords: Any) -> FakeOutcome:
            self.calls.append((name, arguments, keywords))
            outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        return call

    @property
    def options(self) -> dict[str, Any]:
        """The settings that the first call got."""
        return next(each.settings for each in self.calls[0][1] if isinstance(each, FakeOptions))


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeEngine:
    """The engine that commands get in this process; the working directory is empty."""
    fake = FakeEngine()
    monkeypatch.setitem(sys.modules, "contractlang.engine", fake)
    monkeypatch.setattr(contractlang, "engine", fake, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NICKEL_IMPORT_PATH", raising=False)
    return fake


class Ran:
    """How a command ended."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err

    def __repr__(self) -> str:
        return f"status {self.status}\n{self.out}\n{self.err}"


@pytest.fixture
def run(engine: FakeEngine, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs a command line in this process, with the fake engine."""

    def call(*command_line: str) -> Ran:
        status = main(command_line)
        captured = capfd.readouterr()
        return Ran(status, captured.out, captured.err)

    return call


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., Ran]:
    """Runs a command line as a process of its own in an empty directory, with the real engine."""

    def call(*command_line: str, stdin: bytes = b"", **environment: str) -> Ran:
        inherited = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
        done = subprocess.run(
            [sys.executable, "-m", "contractlang", *command_line],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**inherited, "COLUMNS": "80", **environment},
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return call
