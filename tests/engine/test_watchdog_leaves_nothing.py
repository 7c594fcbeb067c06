"""A run that had limits leaves the interpreter as it was: traced programs go on, and nothing is interrupted later."""

from __future__ import annotations

import subprocess
import sys

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
