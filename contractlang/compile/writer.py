"""Buffers for generated Python: lines with their indentation and the spans that they stand for.

Generated code is flat: every function is at the top level of its module, and what a function of the program captures comes in
through an environment tuple or a thunk. Deeply nested programs therefore never meet Python's limits on nesting.

Each line may carry spans: the place of the operation that it performs, then those of its operands. They make up the line table with
which an error's traceback is turned into places in the source.
"""

from __future__ import annotations

from contractlang.resolve.core import Node

Spans = tuple[int, ...]
"""start, end of the operation; then start, end of each operand."""


class Block:
    """Lines of one function body, `(indentation, text, spans)`."""

    __slots__ = ("indent", "lines")

    def __init__(self, indent: int = 1) -> None:
        self.indent = indent
        self.lines: list[tuple[int, str, Spans | None]] = []

    def line(self, text: str, node: Node | None = None, *operands: Node) -> None:
        spans: Spans | None = None
        if node is not None:
            spans = (node.start, node.end)
            for operand in operands:
                spans += (operand.start, operand.end)
        self.lines.append((self.indent, text, spans))


class ModuleText:
    """The text of a generated module and its line table, put together function by function."""

    __slots__ = ("_parts", "lines", "spans")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.lines = 0
        self.spans: dict[int, Spans] = {}

    def add(self, indent: int, text: str, spans: Spans | None = None) -> None:
        self.lines += 1
        self._parts.append(" " * indent + text)
        if spans is not None:
            self.spans[self.lines] = spans

    def function(self, header: str, prologue: list[str], block: Block, loop: bool, spans: Spans | None = None) -> None:
        """Add a function. `loop` wraps the body in `while True:`, for tail calls of itself; `spans`: the function literal."""
        self.add(0, header, spans)
        for text in prologue:
            self.add(1, text)
        extra = 0
        if loop:
            self.add(1, "while True:")
            extra = 1
        for indent, text, operation in block.lines:
            self.add(indent + extra, text, operation)

    def text(self) -> str:
        self._parts.append("")
        return "\n".join(self._parts)
