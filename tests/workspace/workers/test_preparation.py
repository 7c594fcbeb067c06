"""A prepared worker has imported all that any part of the engine may ever import: in its sandbox it could not any more."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import contractlang

ENGINE = Path(contractlang.__file__).parent
ABOVE = ("cli", "ide", "workspace")
"""Parts that a worker has no need of."""
BUILD = ("generate.py",)


def imported_anywhere() -> set[str]:
    found = set()
    for path in ENGINE.rglob("*.py"):
        parts = path.relative_to(ENGINE).parts
        if parts[0] in ABOVE or path.name in BUILD or path.name == "__main__.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
    return found


def test_everything_that_is_imported_late_is_there() -> None:
    script = (
        "import json, sys\n"
        "from contractlang.workspace.workers.preparation import prepare\n"
        "prepare()\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(json.loads(ran.stdout))
    missing = {name for name in imported_anywhere() if name not in loaded}
    # Platforms differ in what they have, and rich is for terminals.
    assert {name for name in missing if name.partition(".")[0] != "rich"} <= {
        "importlib.resources",
        "nt",
        "resource",
        "winreg",
    }
