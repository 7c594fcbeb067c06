"""Importing the parser and parsing loads nothing slow."""

from __future__ import annotations

import subprocess
import sys

SLOW = {
    "lark",
    "rich",
    "dataclasses",
    "enum",
    "typing",
    "json",
    "re",
    "importlib.resources",
    "contractlang.diagnostics.model",
}
PROGRAM = """
import sys
before = set(sys.modules)
import contractlang.syntax.lexer, contractlang.syntax.builder, contractlang.syntax.tables, contractlang.syntax.driver
print(" ".join(sorted(set(sys.modules) - before)))
"""


def test_imports() -> None:
    # `nodes` imports `fractions`, and that `re`; the runtime needs it anyway.
    allowed = {"re", "enum"}
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-c", PROGRAM], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert not (SLOW - allowed) & loaded


ROOT = __file__.rsplit("/tests/", 1)[0]
