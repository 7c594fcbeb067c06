"""Applications to Python: calls of known functions, of library functions that the compiler knows, of primitives, and of anything
else; tail calls of a function by itself become loops.

Every function here writes with a `FunctionWriter`, as its methods do.
"""

from __future__ import annotations

from contractlang.compile import operators
from contractlang.compile.context import VALUE, Known
from contractlang.compile.intrinsics import INTRINSICS
from contractlang.resolve import core
from contractlang.resolve.core import Core

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from contractlang.compile.functions import FunctionWriter


def application(writer: FunctionWriter, term: core.App) -> str:
    known = intrinsic(writer, term)
    if known is not None:
        return writer.assign(known[0], known[1], term, term.head, *term.args)
    return writer.assign(call(writer, term), VALUE, term, term.head, *term.args)


def intrinsic(writer: FunctionWriter, term: core.App) -> tuple[str, str] | None:
    """A call of a function of the library that the compiler knows, and the class of its result; None for any other call."""
    if not writer.hot or len(term.args) != 1 or "library" not in writer.module.optimise:
        return None
    path = writer.library_path(term.head)
    known = None if path is None else INTRINSICS.get(path)
    if path is None or known is None:
        return None
    argument = writer.named(writer.value(term.args[0]))
    general = f"apply1(whnf({writer.module.library(path)}), {argument})"
    return known[0].format(x=argument, call=general), known[1]


def application_result(writer: FunctionWriter, term: core.App) -> None:
    current = writer.scope.current
    head = term.head
    if current is not None and isinstance(head, core.Var) and len(term.args) == current[0].arity:
        known = writer.unit.known.get(head.binding)
        if known is current[0] and "loop" in writer.module.optimise:
            loop_back(writer, term, current[1])
            return
    library = intrinsic(writer, term)
    if library is not None:
        writer.line(f"return {library[0]}", term, head, *term.args)
        return
    writer.line(f"return {call(writer, term)}", term, head, *term.args)


def loop_back(writer: FunctionWriter, term: core.App, params: list[str]) -> None:
    """A tail call of the function itself: assign the parameters and go round."""
    assert isinstance(term.head, core.Var)
    forced: frozenset[int] = frozenset()
    if "strict" in writer.module.optimise:
        forced = writer.module.strictness.forced_parameters(term.head.binding)
    args = [writer.value(arg) if i in forced else writer.lazy(arg) for i, arg in enumerate(term.args)]
    changed = [(p, a) for p, a in zip(params, args, strict=True) if p != a]
    if changed:
        writer.line(f"{', '.join(p for p, _ in changed)} = {', '.join(a for _, a in changed)}", term)
    writer.line("continue", term)
    writer.scope.loops = True


def call(writer: FunctionWriter, term: core.App) -> str:
    """A call as a Python expression, to be written on a line of its own."""
    head = term.head
    if isinstance(head, core.Op):
        return primitive_call(writer, head, term.args)
    if isinstance(head, core.Var):
        known = writer.unit.known.get(head.binding) if "known" in writer.module.optimise else None
        if known is not None and len(term.args) >= known.arity:
            first = [writer.lazy(arg) for arg in term.args[: known.arity]]
            text = f"{known.name}({known_env(writer, known, head)}, {', '.join(first)})"
            rest = term.args[known.arity :]
            if not rest:
                return text
            function = writer.assign(text, VALUE, term, head, *term.args)
            return apply(writer, function, [writer.lazy(arg) for arg in rest])
    function = writer.named(writer.value(head))
    return apply(writer, function, [writer.lazy(arg) for arg in term.args])


def known_env(writer: FunctionWriter, known: Known, head: core.Var) -> str:
    if known.closed:
        return "None"
    if writer.scope.current is not None and writer.scope.current[0] is known:
        return "e"
    return f"{writer.need(head.binding)}.env"


def apply(writer: FunctionWriter, function: str, args: list[str]) -> str:
    count = len(args)
    joined = ", ".join(args)
    if count > 3:
        return f"apply_many({function}, ({joined},))"
    if writer.hot and all(len(arg) < 30 for arg in args):
        return (
            f"{function}.code({function}.env, {joined}) if type({function}) is Function and {function}.arity == {count} "
            f"else apply{count}({function}, {joined})"
        )
    return f"apply{count}({function}, {joined})"


def primitive_call(writer: FunctionWriter, op: core.Op, args: list[Core]) -> str:
    """A primitive with strict arguments in the `Op` and further ones applied to it."""
    lazies = writer.module.lazy_arguments(op.op)
    if len(args) < lazies:
        return missing_arguments(writer, op, len(op.args) + lazies)
    if not lazies:
        function = writer.named(operators.operator(writer, op))
        return apply(writer, function, [writer.lazy(arg) for arg in args])
    strict = writer.operands(op.args)
    given = [*strict, *(writer.lazy(arg) for arg in args[:lazies])]
    text = f"{writer.module.primitive(op.op)}({', '.join(given)})"
    rest = args[lazies:]
    if not rest:
        return text
    function = writer.assign(text, VALUE, op, *op.args, *args)
    return apply(writer, function, [writer.lazy(arg) for arg in rest])


def missing_arguments(writer: FunctionWriter, op: core.Op, count: int) -> str:
    strict = writer.operands(op.args)
    name = writer.module.constant(op.op)
    return f"not_enough_arguments({name}, {count}, {writer.module.primitive(op.op)}, [{', '.join(strict)}])"
