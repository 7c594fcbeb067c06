from __future__ import annotations

from contractlang.syntax import nodes as n
from contractlang.syntax import tokens as t
from contractlang.syntax.driver import Machine


def recover(machine: Machine) -> bool:
    index = machine.index
    tokens = machine.tokens
    code = "unexpected-eof" if tokens.kinds[index] == t.END else "unexpected-token"
    machine.building.report(code, tokens.starts[index], tokens.ends[index])
    machine.result = n.Hole(0, tokens.ends[-1])
    return False
