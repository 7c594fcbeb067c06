"""A run that had limits leaves the interpreter as it was: traced programs go on, and nothing is interrupted later."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

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
