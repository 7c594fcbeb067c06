"""Operators to Python: with inline fast paths in hot code, calls of the runtime elsewhere.

Every function here writes with a `FunctionWriter`, as its methods do; `condition` is for a boolean that is tested at once,
`arithmetic_lazy` for arithmetic that is computed at once where that cannot fail.
"""

from __future__ import annotations

from fractions import Fraction

from contractlang.compile import calls
from contractlang.compile.atoms import is_constant_name, is_small
from contractlang.compile.context import BOOL, NUMBER, STRING, VALUE
from contractlang.resolve import core
from contractlang.resolve.core import Core
from contractlang.runtime.limits import HARMLESS

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from contractlang.compile.functions import FunctionWriter

_ARITHMETIC = {"+": "add", "-": "subtract", "*": "multiply"}
_COMPARISON = {"<": "less", "<=": "less_equal", ">": "greater", ">=": "greater_equal"}
_GENERAL = {
    "/": "divide",
    "%": "modulo",
    "++": "concatenate",
    "@": "concatenate_arrays",
    "&": "merge",
    "&piecewise": "merge",
}
_RESULT_FACTS = {"/": NUMBER, "%": NUMBER, "++": STRING, "@": VALUE, "&": VALUE, "&piecewise": VALUE}
_BIG = 1 << 62


def operator(writer: FunctionWriter, term: core.Op) -> str:
    op = term.op
    if op in _ARITHMETIC:
        return arithmetic(writer, term)
    if op in _COMPARISON or op in ("==", "!=", "!"):
        return writer.assign(condition(writer, term), BOOL, term, *term.args)
    general = _GENERAL.get(op)
    if general is not None:
        return general_operator(writer, term, general)
    if op == "neg":
        return negation(writer, term)
    if op == "enum/embed":
        return writer.assign(f"embed({writer.value(term.args[0])})", VALUE, term, *term.args)
    lazies = writer.module.lazy_arguments(op)
    if lazies:
        return writer.assign(calls.missing_arguments(writer, term, len(term.args) + lazies), VALUE, term, *term.args)
    args = writer.operands(term.args)
    return writer.assign(f"{writer.module.primitive(op)}({', '.join(args)})", VALUE, term, *term.args)


def general_operator(writer: FunctionWriter, term: core.Op, function: str) -> str:
    a, b = writer.operands(term.args)
    text = f"{function}({a}, {b})"
    if writer.hot:
        if term.op == "++":
            tests = [f"type({x}) is str" for x in (a, b) if writer.scope.fact(x) != STRING and x[0] not in "'\""]
            # With one short operand a string grows no faster than the program runs.
            if a[0] not in "'\"" and b[0] not in "'\"":
                tests.append(f"len({a}) < {HARMLESS}")
            text = f"{a} + {b} if {' and '.join(tests)} else {text}" if tests else f"{a} + {b}"
        elif term.op == "%":
            # (The remainder of a long number takes long.)
            tests = [
                f"type({x}) is int and 0 <= {x} < {1 << 62}" for x in (a,) if not is_constant_name(x) or not x.isdigit()
            ]
            if b.isdigit() and b != "0":
                text = f"{a} % {b} if {' and '.join(tests) or 'True'} else {text}"
            else:
                text = f"{a} % {b} if type({b}) is int and {b} > 0 and {' and '.join(tests) or 'True'} else {text}"
    return writer.assign(text, _RESULT_FACTS[term.op], term, *term.args)


def negation(writer: FunctionWriter, term: core.Op) -> str:
    arg = term.args[0]
    if isinstance(arg, core.Lit) and type(arg.value) in (int, Fraction):
        return writer.module.literal(core.Lit(term.start, term.end, -arg.value))  # type: ignore[operator]  # a number
    a = writer.value(arg)
    return writer.assign(f"negate({a})", NUMBER, term, arg)


def int_tests(writer: FunctionWriter, *atoms: str) -> list[str] | None:
    """Tests that the atoms are `int`s; None if one certainly is not."""
    tests = []
    for atom in atoms:
        if atom.isdigit() or (atom[0] == "-" and atom[1:].isdigit()):
            continue
        if is_constant_name(atom):
            return None
        tests.append(f"type({atom}) is int")
    return list(dict.fromkeys(tests))


def arithmetic(writer: FunctionWriter, term: core.Op) -> str:
    a, b = writer.operands(term.args)
    if is_small(a) and is_small(b):
        x, y = int(a), int(b)
        return str(x + y if term.op == "+" else x - y if term.op == "-" else x * y)
    general = f"{_ARITHMETIC[term.op]}({a}, {b})"
    tests = int_tests(writer, a, b)
    if not writer.hot or not tests:
        return writer.assign(general, NUMBER, term, *term.args)
    guard = " and ".join(tests)
    if term.op == "*":
        guard += "".join(f" and -{_BIG} < {x} < {_BIG}" for x in dict.fromkeys((a, b)) if not is_constant_name(x))
    name = writer.assign(f"{a} {term.op} {b} if {guard} else {general}", NUMBER, term, *term.args)
    for atom in (a, b):
        writer.learn(atom, NUMBER)
    return name


def condition(writer: FunctionWriter, term: Core) -> str:
    """A Python expression that is True or False, to be used at once."""
    if isinstance(term, core.Op):
        op = term.op
        if op in _COMPARISON:
            a, b = writer.operands(term.args)
            general = f"{_COMPARISON[op]}({a}, {b})"
            tests = int_tests(writer, a, b)
            if not writer.hot or not tests:
                return writer.assign(general, BOOL, term, *term.args)
            # The line of the test must be this one: a wrong operand is reported here.
            name = writer.assign(f"{a} {op} {b} if {' and '.join(tests)} else {general}", BOOL, term, *term.args)
            for atom in (a, b):
                writer.learn(atom, NUMBER)
            return name
        if op == "==":
            return equality(writer, term)
        if op == "!=":
            return f"not {equality(writer, term)}"
        if op == "!":
            arg = writer.value(term.args[0])
            if writer.scope.fact(arg) == BOOL:
                return f"not {arg}"
            return writer.assign(f"negation({arg})", BOOL, term, *term.args)
    if isinstance(term, core.Lit) and type(term.value) is bool:
        return repr(term.value)
    atom = writer.named(writer.value(term))
    if writer.scope.fact(atom) != BOOL:
        writer.line(f"if {atom} is not True and {atom} is not False: raise bad_condition({atom})", term)
        writer.learn(atom, BOOL)
    return atom


def equality(writer: FunctionWriter, term: core.Op) -> str:
    a, b = writer.operands(term.args)
    general = f"equal({a}, {b})"
    if writer.hot:
        constant, other = (a, b) if is_constant_name(a) else (b, a)
        node = term.args[0] if constant is a else term.args[1]
        if isinstance(node, core.Lit) and not is_constant_name(other):
            kind = type(node.value)
            if kind is int or kind is str:
                return writer.assign(
                    f"{other} == {constant} if type({other}) is {kind.__name__} else {general}",
                    BOOL,
                    term,
                    *term.args,
                )
        if isinstance(node, core.Tag):
            return writer.assign(f"{other} is {constant} or {general}", BOOL, term, *term.args)
        if not is_constant_name(a) and not is_constant_name(b):
            return writer.assign(
                f"{a} == {b} if type({a}) is int and type({b}) is int else {general}", BOOL, term, *term.args
            )
    return writer.assign(general, BOOL, term, *term.args)


def arithmetic_lazy(writer: FunctionWriter, term: core.Op) -> str:
    """Arithmetic on variables that may be numbers already: at once if they are, else in a thunk."""
    if not writer.hot or term.op not in _ARITHMETIC or "eager" not in writer.module.optimise:
        return writer.thunk(term)
    names: list[str] = []
    text = arithmetic_text(writer, term, names)
    if text is None or not names:
        return writer.thunk(term)
    tests = [f"type({name}) is int" for name in dict.fromkeys(names)]
    if "*" in text:
        tests += [f"-{_BIG} < {name} < {_BIG}" for name in dict.fromkeys(names)]
    return writer.atom(f"{text} if {' and '.join(tests)} else {writer.thunk(term)}")


def arithmetic_text(writer: FunctionWriter, term: Core, names: list[str]) -> str | None:
    """A sum or product of small literals and local variables as a Python expression; None if it is anything else."""
    if isinstance(term, core.Lit):
        if type(term.value) is int and abs(term.value) < _BIG:
            return str(term.value) if term.value >= 0 else f"({term.value})"
        return None
    if isinstance(term, core.Var):
        if term.binding.kind == "std" or term.binding in writer.unit.owners:
            return None
        name = writer.need(term.binding)
        if name[0] == "g" or len(names) >= 6:
            return None
        names.append(name)
        return name
    if isinstance(term, core.Op) and term.op in _ARITHMETIC:
        left = arithmetic_text(writer, term.args[0], names) if len(names) < 6 else None
        right = arithmetic_text(writer, term.args[1], names) if left is not None else None
        return None if right is None else f"({left} {term.op} {right})"
    return None


def and_or(writer: FunctionWriter, term: core.AndOr) -> str:
    name = and_or_left(writer, term)
    state = writer.branch()
    atom = writer.value(term.right)
    writer.line(f"{name} = {atom}")
    writer.leave(state)
    writer.scope.facts[name] = VALUE
    return name


def and_or_left(writer: FunctionWriter, term: core.AndOr) -> str:
    left = writer.value(term.left)
    name = writer.temp()
    writer.line(f"{name} = {left}")
    if writer.scope.fact(left) != BOOL:
        operator = writer.module.constant(f"({term.op})")
        writer.line(
            f"if {name} is not True and {name} is not False: raise bad_operand({operator}, {name})", term, term.left
        )
    writer.line(f"if {name}:" if term.op == "&&" else f"if not {name}:")
    return name


def and_or_result(writer: FunctionWriter, term: core.AndOr) -> None:
    name = and_or_left(writer, term)
    state = writer.branch()
    writer.result(term.right)
    writer.leave(state)
    writer.line(f"return {name}")
