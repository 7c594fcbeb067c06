"""`python -m contractlang`: the command line."""

from __future__ import annotations

from contractlang.cli.main import run

if __name__ == "__main__":
    run()
