"""The examples in documentation: programs in fenced blocks, as in the library's own.

A block is fenced by three backticks and `nickel` or `ncl`. Programs in it may be followed by what they come to, `# => …`, and are
then separated by blank lines; without any result the block is one program.
"""

from __future__ import annotations

import re

from contractlang.syntax import nodes as n
from contractlang.syntax.traversal import walk

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = re.compile(r"^[ \t]*```(?:nickel|ncl)[ \t]*\r?\n(.*?)^[ \t]*```[ \t]*\r?$", re.MULTILINE | re.DOTALL)
_RESULT = "# =>"


class Example:
    """A program of a documentation: where it stands in the file (`start` is at its first line), its text, and what it is said to
    come to (None: nothing is said)."""

    __slots__ = ("end", "expected", "program", "start")

    def __init__(self, start: int, end: int, program: str, expected: str | None) -> None:
        self.start = start
        self.end = end
        self.program = program
        self.expected = expected


def examples(text: str, tree: n.Expr) -> Iterator[Example]:
    """The examples of a file, in the order of the text."""
    for node in walk(tree):
        if isinstance(node, n.Annot) and node.kind == "doc" and isinstance(node.value, str) and "```" in node.value:
            # What is written, rather than what it stands for: the places are wanted too.
            for block in _BLOCK.finditer(text, node.start, node.end):
                yield from _programs(block[1], block.start(1))


def _programs(block: str, offset: int) -> Iterator[Example]:
    lines = block.splitlines(keepends=True)
    results = any(line.lstrip().startswith(_RESULT) for line in lines)
    at = offset
    program: list[str] = []
    start = at
    for line in [*lines, "\n"]:
        blank = not line.strip()
        if program and ((blank and results) or at >= offset + len(block)):
            yield _example(start, program)
            program = []
        elif program or not blank:
            if not program:
                start = at
            program.append(line)
        at += len(line)


def _example(start: int, lines: list[str]) -> Example:
    end = start + sum(map(len, lines)) - len(lines[-1]) + len(lines[-1].rstrip())
    expected = None
    if lines[-1].lstrip().startswith(_RESULT):
        expected = lines[-1].lstrip().removeprefix(_RESULT).strip()
        lines = lines[:-1]
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return Example(start, end, "".join(line[margin:] if line.strip() else line for line in lines), expected)
