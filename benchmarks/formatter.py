"""The formatter, measured: a real program of 1,000 lines, its stages, and how time grows with size and depth.

    python benchmarks/formatter.py

Absolute numbers are milliseconds on this machine, minima of five runs, from source text to checked result: what comes out is read
again and compared, which is part of the time. Ratios compare with parsing the same text alone. The goal is 300 ms for 1,000 lines.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from contractlang.formatter.document_of import document_of
from contractlang.formatter.formatting import format_text
from contractlang.formatter.layout import lay_out
from contractlang.source import Source
from contractlang.syntax.lexer import lex
from contractlang.syntax.parser import build_tree, parse

EXAMPLES = Path(__file__).parents[1] / "examples"


def program(lines: int) -> str:
    """The examples again and again, as fields of a record, up to so many lines."""
    sources = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*/*.ncl")) if "2021" not in path.parent.name]
    fields: list[str] = []
    size = 2
    while size < lines:
        text = sources[len(fields) % len(sources)]
        fields.append(f"part{len(fields)} = ({text}\n),\n\n")
        size += fields[-1].count("\n")
    return "{\n" + "".join(fields) + "}\n"


def best(run: Callable[[], object], times: int = 5) -> float:
    """The least time of several runs, in milliseconds."""
    measured = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        measured.append(time.perf_counter() - start)
    return min(measured) * 1000


def formatted(text: str) -> str:
    result, problems = format_text(Source("main.ncl", text))
    assert result is not None, problems
    return result


def stages(text: str) -> None:
    tokens = lex(text)
    tree, building = build_tree(tokens, text)
    document = document_of(text, tokens, tree, building)
    print(f"  parsing                {best(lambda: parse(Source('', text))):8.1f} ms")
    print(f"  document               {best(lambda: document_of(text, tokens, tree, building)):8.1f} ms")
    print(f"  layout                 {best(lambda: lay_out(document)):8.1f} ms")


def growth() -> None:
    print(
        "\nhow much longer the tenfold takes (1,000 → 10,000 levels or operands; 10 is linear, absolute time of the larger)"
    )
    shapes: dict[str, Callable[[int], str]] = {
        "arrays in arrays": lambda count: "[1, " * count + "1" + ", 2]" * count,
        "records in records": lambda count: "{ a = " * count + "1" + " }" * count,
        "functions in calls": lambda count: "f (fun x => " * count + "1" + ")" * count,
        "parentheses": lambda count: "(" * count + "1" + ")" * count,
        "a chain of operators": lambda count: " + ".join(["x"] * count),
        "a chain of lets": lambda count: "let x = 1 in " * count + "x",
        "else if": lambda count: "if a then b else " * count + "x",
        "comments": lambda count: "# c\n" * count + "1",
    }
    for name, shape in shapes.items():
        small, large = shape(1000), shape(10_000)
        smaller, larger = best(lambda text=small: formatted(text), 3), best(lambda text=large: formatted(text), 3)
        print(f"  {name:22} {larger / smaller:8.1f} ×   {larger:8.0f} ms")


def main() -> None:
    for lines in (1000, 10_000):
        text = program(lines)
        count = text.count("\n")
        whole, parsing = best(lambda text=text: formatted(text)), best(lambda text=text: parse(Source("", text)))
        result = formatted(text)
        again = best(lambda result=result: formatted(result))
        print(f"{count:,} lines, {len(text):,} characters: {whole:.1f} ms (absolute), {whole / parsing:.1f} × parsing")
        print(f"  formatted once more    {again:8.1f} ms")
        stages(text)
    growth()


if __name__ == "__main__":
    main()
