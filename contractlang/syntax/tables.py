"""The parser's tables, as made by `generate.py` and read from `_tables.bin`.

The format is our own because it must not depend on the version of Python (marshal does) and has to load in well under a
millisecond: little-endian numbers of four bytes, taken over with one cast.
"""

from __future__ import annotations

import sys

MAGIC = b"contractlang tables 1\n"
FILE_NAME = "_tables.bin"
DIGEST_SIZE = 32

# The entry that ends the parse.
ACCEPT = 10**8


class Tables:
    """`table[state + symbol]` is 0 (error), `ACCEPT`, the next state, or −(production + 1); a state is the offset of its row.

    For each production: how many symbols it has, the symbol it makes, and the name of the function that builds it. `digest` says
    which grammar the tables were made of.
    """

    __slots__ = ("actions", "digest", "left_sides", "lengths", "table", "width")

    def __init__(self, content: bytes) -> None:
        if not content.startswith(MAGIC):
            raise ValueError(f"{FILE_NAME} is not the parser's tables; run python -m contractlang.syntax.generate")
        at = len(MAGIC)
        self.digest = content[at : at + DIGEST_SIZE]
        at += DIGEST_SIZE
        width, states, productions, names = _numbers(content[at : at + 16])
        at += 16
        end = len(content) - names
        numbers = _numbers(content[at:end])
        size = width * states
        self.width = width
        self.table = numbers[:size]
        self.lengths = numbers[size : size + productions]
        self.left_sides = numbers[size + productions :]
        self.actions = content[end:].decode().split("\n")


def _numbers(content: bytes) -> list[int]:
    if sys.byteorder == "little":
        return memoryview(content).cast("i").tolist()
    return [int.from_bytes(content[at : at + 4], "little", signed=True) for at in range(0, len(content), 4)]


def load(beside: str = __file__) -> Tables:
    """Reads the tables that lie beside a module, this one or another of the package, in a folder or a zip file alike."""
    importer = __spec__.loader
    folder = beside[: max(beside.rfind("/"), beside.rfind("\\")) + 1]
    content = importer.get_data(folder + FILE_NAME)  # type: ignore[union-attr]  # whoever imports packages can do that
    return Tables(content)
