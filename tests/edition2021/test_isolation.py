"""Nothing after the parser knows of the edition: only its registration imports the folder."""

from __future__ import annotations

import re
from pathlib import Path

import contractlang

ROOT = Path(contractlang.__path__[0])
REGISTRATION = {"cli/migrate.py", "engine.py", "formatter/formatting.py", "resolve/program.py", "workspace/analysis.py"}


def test_only_the_registration_imports_the_edition() -> None:
    importers = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if path.parent.name != "edition2021"
        and re.search(r"\bimport.*edition2021|from contractlang\.edition2021", path.read_text("utf-8"))
    }
    assert importers == REGISTRATION


def test_a_modern_run_does_not_load_the_edition() -> None:
    import subprocess
    import sys

    program = (
        "import sys; from contractlang.engine import run_source; run_source('1 + 1'); "
        "sys.exit(any(name.startswith('contractlang.edition2021') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
