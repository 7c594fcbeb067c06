"""What a child has before it gives up the file system: everything that any part of it may ever import."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import contractlang

CORE = Path(contractlang.__file__).parent
LSP = Path(__file__).parents[2] / "lsp" / "contractlang_lsp"
ROOTS = [CORE / "workspace", CORE / "ide", CORE / "formatter", LSP]
NOT_IN_CHILDREN = {
    "importlib.resources",
    "nt",
    "resource",
    "winreg",
}


def imported() -> set[str]:
    found = set()
    for root in ROOTS:
        for path in root.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    found.update(alias.name for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module:
                    found.add(node.module)
    return found


def test_everything_that_is_imported_late_is_there() -> None:
    script = (
        "import json, sys, threading\n"
        "from contractlang_playground.children import prepare\n"
        "prepare()\n"
        "print(json.dumps([sorted(sys.modules), threading.active_count()]))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded, threads = json.loads(ran.stdout)
    assert {name for name in imported() if name not in loaded} <= NOT_IN_CHILDREN
    assert threads == 1  # what is forked must have no more
    assert ran.stderr == ""
