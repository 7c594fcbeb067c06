"""A program loads of the library what it mentions, seen by the files that a fresh process opens."""

from __future__ import annotations

import subprocess
import sys

PROBE = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from contractlang.engine import Options, run_source
outcome = run_source(sys.argv[1], options=Options(cache="off"))
assert outcome.status == 0, outcome.diagnostics
names = [name.replace("\\\\", "/").rpartition("/")[2] for name in opened if name.endswith(".ncl")]
print(" ".join(sorted(set(names))))
"""


def opened_by(program: str) -> list[str]:
    """The files of the library that evaluating a program opens."""
    done = subprocess.run([sys.executable, "-c", PROBE, program], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_a_program_without_the_library_reads_none_of_it() -> None:
    assert opened_by("1") == []
    assert opened_by("{ a | Number = 1, f = fun std => std.array.map }.a") == []


def test_a_program_reads_the_module_that_it_uses() -> None:
    assert opened_by("std.array.length [1, 2]") == ["array.ncl"]
    assert opened_by("std.enum.is_enum_tag 'A") == ["enum.ncl"]
    assert opened_by("std.is_number 1") == ["std.ncl"]


def test_a_contract_of_another_module_is_read_when_it_is_needed() -> None:
    assert opened_by("std.array.replicate 2 0") == ["array.ncl", "number.ncl"]
