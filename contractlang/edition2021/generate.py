"""Makes `_tables.bin` out of `grammar.lark`: `python -m contractlang.edition2021.generate`. Only developers run this."""

from __future__ import annotations

import os

from contractlang.edition2021.tokens import NAMES
from contractlang.syntax.generate import write

if __name__ == "__main__":
    write(os.path.dirname(os.path.abspath(__file__)), NAMES)
