"""`contractlang dump`: what each stage of the pipeline made of a program, as text."""

from __future__ import annotations

from contractlang.compile.module import compile_unit
from contractlang.runtime.generated import GENERATED

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from contractlang.compile.simplify import Wildcards
    from contractlang.resolve import core

STAGES = ("tokens", "ast", "core", "types", "python")


def generated_python(unit: core.Unit, wildcards: Wildcards) -> str:
    """The generated module of a unit, each line that can fail with the place that it stands for."""
    assert unit.root is not None
    compiled = compile_unit(GENERATED + unit.key + ">", unit.root, wildcards)
    lines = []
    for number, line in enumerate(compiled.text.splitlines(), 1):
        spans = compiled.spans.get(number)
        if spans is None:
            lines.append(line)
            continue
        row, column = unit.source.lines.position(spans[0])
        lines.append(f"{line}  # {row}:{column}")
    lines += [f"# {number}j = {constant!a}" for number, constant in enumerate(compiled.constants)]
    return "\n".join(lines) + "\n"
