"""A run that had limits leaves the interpreter as it was: traced programs go on, and nothing is interrupted later."""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
from pathlib import Path

import pytest

from contractlang.engine import Options, run_source
from contractlang.runtime.errors import LimitReached
from contractlang.runtime.watchdog import Watchdog

PROGRAM = """
import sys
from contractlang.engine import Options, run_source

for source in ("1", "let rec loop = fun x => loop x in loop 1"):
    run_source(source, options=Options(timeout=0.2, cache="off"))
seen = []
sys.settrace(lambda frame, event, argument: seen.append(event))


def traced():
    def inner():
        return seen

    return inner


traced()
sys.settrace(None)
print(len(seen) > 0)
"""


def test_a_traced_program_goes_on_after_a_run_with_a_time_limit() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "True\n", done.stderr


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interruption_that_got_lost_is_repeated() -> None:
    """Python drops an exception in a finalizer: a run that was in one goes on, and must be interrupted again."""

    def busy(seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            pass

    def watched() -> None:
        watch = Watchdog(0.05, None)
        watch.start()
        try:
            item = Finalized()
            del item
            busy(10)
        finally:
            watch.stop()

    class Finalized:
        def __del__(self) -> None:
            busy(0.3)

    with pytest.raises(LimitReached):
        watched()


SLOW = """
import time
end = time.monotonic() + 0.3
while time.monotonic() < end:
    pass
whole = True
"""


def test_an_import_is_not_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slow_to_import.py").write_text(SLOW)
    monkeypatch.syspath_prepend(tmp_path)
    imported = []

    def watched() -> None:
        watch = Watchdog(0.05, None)
        watch.start()
        try:
            imported.append(importlib.import_module("slow_to_import"))
            time.sleep(0.01)
            end = time.monotonic() + 10
            while time.monotonic() < end:
                pass
        finally:
            watch.stop()

    with pytest.raises(LimitReached):
        watched()
    assert imported[0].whole


def test_runs_that_end_at_any_moment_end() -> None:
    """Interruptions come also while a watchdog is started or stopped: no run may hang, and none be interrupted later."""
    for step in range(400):
        outcome = run_source("1 + 1", options=Options(timeout=0.0001 * (step % 40), cache="off"))
        assert outcome.text == "2\n" or [d.code for d in outcome.diagnostics] == ["limit-time"]
