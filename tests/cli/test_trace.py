"""`std.trace` speaks on standard error, and only there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_traces_go_to_standard_error_each_time(tmp_path: Path) -> None:
    (tmp_path / "a.ncl").write_text('{ a = std.trace "here \\u{1b}[31m" 1 }', encoding="utf-8")
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "contractlang", "export", "a.ncl"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == '{\n  "a": 1\n}\n'
        assert done.stderr.startswith("std.trace: here ")
        assert "\x1b" not in done.stderr
