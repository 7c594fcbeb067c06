"""Core terms to Python statements: the heart of the compiler.

A `FunctionWriter` writes one generated function. Its methods for a term:

- `value(term)` writes statements that compute the term in weak head normal form, and returns a Python name or literal;
- `lazy(term)` returns a Python expression for a value or thunk, to be used once; nothing is evaluated that could fail or diverge;
- `result(term)` writes statements that return the term's value from the function (tail position).

What is particular to operators and applications stands in `operators.py` and `calls.py`; records, lets, types, annotations and
patterns have modules of their own too.

**Cheap eagerness**: `lazy` makes no thunk for literals, variables, functions and arrays; for arithmetic on variables the
generated code looks whether they are numbers already, and makes a thunk only if not. Hot code (function bodies) gets inline
fast paths; code that runs once calls the runtime. `docs/architecture.md` has the reasons and measurements.
"""

from __future__ import annotations

from collections.abc import Callable

from contractlang.compile import calls, operators
from contractlang.compile.atoms import is_constant_name
from contractlang.compile.context import FUNCTION, STRING, VALUE, Key, Known, Scope
from contractlang.compile.writer import Block
from contractlang.resolve import core
from contractlang.resolve.core import Binding, Core, Node
from contractlang.runtime.limits import HARMLESS

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

    from contractlang.compile.module import ModuleCompiler

MAX_ARITY = 6
SHORT = 100
MAX_INDENT = 16
"""Blocks nested deeper than this go on in a function of their own: Python allows 100 levels."""


def _together(params: list[core.Pattern]) -> int:
    """How many parameters one generated function takes: up to the first that takes its argument apart, which must happen before
    the next argument comes."""
    for i, pattern in enumerate(params[:MAX_ARITY]):
        if not isinstance(pattern, (core.PVar, core.PWild)):
            return i + 1
    return min(len(params), MAX_ARITY)


class FunctionWriter:
    """Writes one function of the generated module."""

    def __init__(self, module: ModuleCompiler, scope: Scope, hot: bool) -> None:
        self.module = module
        self.unit = scope.unit
        self.scope = scope
        self.hot = hot and "inline" in module.optimise

    # ---- small tools

    @property
    def block(self) -> Block:
        return self.scope.block

    def temp(self) -> str:
        return self.unit.fresh("x")

    def line(self, text: str, node: Node | None = None, *operands: Node) -> None:
        self.scope.block.line(text, node, *operands)

    def local(self, binding: Binding) -> str:
        """Declare a variable of this function."""
        name = self.unit.fresh("v")
        self.scope.locals[binding] = name
        return name

    def declare(self, binding: Binding) -> str:
        """Declare a variable of a `let`: a global of the unit where the `let` is evaluated once a run."""
        if self.scope.outer is None and self.block.indent == 1:
            name = self.unit.fresh("g")
            self.unit.globals[binding] = name
            return name
        return self.local(binding)

    def child(self, hot: bool | None = None) -> FunctionWriter:
        """The writer of a function inside this one."""
        return FunctionWriter(self.module, Scope(self.unit, self.scope), self.hot if hot is None else hot)

    def assign(self, text: str, fact: str | None, node: Node, *operands: Node) -> str:
        name = self.temp()
        self.line(f"{name} = {text}", node, *operands)
        if fact is not None:
            self.scope.facts[name] = fact
        return name

    def force_name(self, name: str, node: Node) -> str:
        """The value of what a Python name holds."""
        if is_constant_name(name) and name[0] != "g":
            return name
        if self.scope.fact(name) is not None:
            return name
        if name[0] == "g":
            forced = self.scope.facts.get("=" + name)
            if forced is not None:
                return forced
            new = self.temp()
            self.line(f"{new} = {name}")
            self.scope.facts["=" + name] = new
            name = new
        self.line(f"if type({name}) is list: {name} = {name}[1] if {name}[0] is None else force({name})", node)
        self.scope.facts[name] = VALUE
        return name

    def branch(self) -> tuple[dict[str, str], int]:
        """Enter a conditional block: what is learnt inside does not hold after it."""
        state = dict(self.scope.facts), self.block.indent
        self.block.indent += 1
        return state

    def leave(self, state: tuple[dict[str, str], int]) -> None:
        self.scope.facts, self.block.indent = state

    # ---- dispatch

    def value(self, term: Core) -> str:
        if self.block.indent > MAX_INDENT and type(term) not in _SHALLOW:
            return self.assign(f"run({self.thunk(term)})", VALUE, term)
        return _VALUE[type(term)](self, term)

    def result(self, term: Core) -> None:
        method = _RESULT.get(type(term))
        if method is not None:
            if self.block.indent > MAX_INDENT:
                self.line(f"return run({self.thunk(term)})", term)
            else:
                method(self, term)
            return
        atom = self.value(term)
        self.line(f"return {atom}")

    def lazy(self, term: Core) -> str:
        method = _LAZY.get(type(term))
        if method is None:
            return self.thunk(term)
        return method(self, term)

    def atom(self, text: str) -> str:
        """A name for an expression that is used more than once."""
        if text[0] in "vxsgk" and text[1:].isdigit():
            return text
        name = self.temp()
        self.line(f"{name} = {text}")
        return name

    def named(self, atom: str) -> str:
        """A name for an atom that may be a literal."""
        if not is_constant_name(atom) or atom[0] in "gk":
            return atom
        name = self.temp()
        self.line(f"{name} = {atom}")
        return name

    def short(self, text: str) -> str:
        """An expression to put inside another one: long ones get a name, so that deep terms do not make deep Python."""
        return text if len(text) <= SHORT else self.atom(text)

    # ---- thunks and functions

    def thunk(self, term: Core) -> str:
        """A thunk for a term, as a Python expression."""
        writer = self.child(hot=self.hot)
        writer.result(term)
        name = self.unit.fresh("t")
        return self.finish_thunk(writer, name)

    def finish_thunk(self, writer: FunctionWriter, name: str) -> str:
        scope = writer.scope
        captures = list(scope.captures)
        prologue = []
        if captures:
            names = ", ".join(scope.used[key] for key in captures)
            prologue.append(f"_, {names} = t")
        self.module.text.function(f"def {name}(t):", prologue, scope.block, scope.loops)
        if not captures:
            return f"[{name}]"
        return f"[{name}, {', '.join(self.need(key) for key in captures)}]"

    def need(self, key: Key) -> str:
        name = self.scope.find(key)
        assert name is not None, key
        return name

    def environment(self, captures: dict[Key, int]) -> str:
        """The tuple of captured variables, as a Python expression."""
        if not captures:
            return "None"
        return f"({', '.join(self.need(key) for key in captures)},)"

    def function(
        self, node: Core, params: list[core.Pattern], body: Core, binding: Binding | None = None
    ) -> tuple[str, int, dict[Key, int]]:
        """Write a generated function; returns its name, arity and captures. `binding`: the name it is known by inside itself."""
        count = _together(params)
        if len(params) > count:
            first, rest = params[:count], params[count:]
            body = core.Lam(node.start, node.end, rest, body)
            params = first
        name = self.unit.fresh("f")
        writer = self.child(hot=True)
        scope = writer.scope
        header = []
        destructured: list[tuple[str, core.Pattern]] = []
        for pattern in params:
            parameter = self.unit.fresh("v")
            header.append(parameter)
            if isinstance(pattern, core.PVar):
                scope.locals[pattern.binding] = parameter
            elif not isinstance(pattern, core.PWild):
                destructured.append((parameter, pattern))
        known = Known(name, len(params), closed=binding in self.unit.globals)
        previous = None
        if binding is not None:
            if not destructured:
                scope.current = (known, header)
            previous = self.unit.known.get(binding)
            self.unit.known[binding] = known
        for parameter, pattern in destructured:
            writer.destructure(parameter, pattern)
        writer.result(body)
        if binding is not None and previous is not None:
            self.unit.known[binding] = previous
        prologue = []
        if scope.captures:
            prologue.append(f"{', '.join(scope.used[key] for key in scope.captures)}, = e")
        text = f"def {name}(e, {', '.join(header)}):"
        self.module.text.function(text, prologue, scope.block, scope.loops, (node.start, node.end))
        return name, len(params), scope.captures

    def lambda_(self, term: core.Lam) -> str:
        name, arity, captures = self.function(term, term.params, term.body)
        return f"Function({name}, {arity}, {self.environment(captures)})"

    def match_function(self, term: core.Match) -> str:
        name = self.unit.fresh("f")
        writer = self.child(hot=True)
        parameter = self.unit.fresh("v")
        writer.match_result(term, parameter)
        scope = writer.scope
        prologue = []
        if scope.captures:
            prologue.append(f"{', '.join(scope.used[key] for key in scope.captures)}, = e")
        text = f"def {name}(e, {parameter}):"
        self.module.text.function(text, prologue, scope.block, scope.loops, (term.start, term.end))
        return f"Function({name}, 1, {self.environment(scope.captures)})"

    # ---- literals

    def literal(self, term: core.Lit) -> str:
        return self.module.literal(term)

    def tag(self, term: core.Tag) -> str:
        return self.module.tag(term.name)

    def variant(self, term: core.Variant) -> str:
        return f"Variant({self.module.tag(term.name)}, {self.short(self.lazy(term.arg))})"

    def variant_value(self, term: core.Variant) -> str:
        return self.assign(self.variant(term), VALUE, term)

    def array(self, term: core.Array) -> str:
        data = self.module.data(term)
        if data is not None:
            return data
        text = f"Array([{', '.join([self.short(self.lazy(item)) for item in term.items])}])"
        return self.made(text, term) if self.module.origins else text

    @staticmethod
    def made(text: str, term: Core) -> str:
        """An expression of which the value is to know where it was made."""
        return f"made({text}, {term.start}, {term.end})"

    def array_value(self, term: core.Array) -> str:
        text = self.array(term)
        return text if text[0] == "k" else self.assign(text, VALUE, term)

    def interpolation(self, term: core.Interp) -> str:
        parts: list[str] = []
        for chunk in term.chunks:
            if isinstance(chunk, str):
                parts.append(self.module.constant(chunk))
                continue
            expr, indent = chunk
            atom = self.value(expr)
            fact = self.scope.fact(atom)
            if fact != STRING and atom[0] not in "'\"":
                text = f"{atom} if type({atom}) is str else text_of({atom})" if self.hot else f"text_of({atom})"
                atom = self.assign(text, STRING, term, expr)
            if indent:
                spaces = " " * indent
                atom = self.assign(f"{atom}.replace('\\n', {'chr(10) + ' + repr(spaces)})", STRING, term)
            parts.append(atom)
        if len(parts) == 1:
            return parts[0]
        unknown = [part for part in parts if part[0] not in "'\""]
        if len(unknown) > 1:
            # With one string of any length a text grows no faster than the program runs.
            length = " + ".join(f"len({part})" for part in unknown)
            if len(unknown) > 10:
                length = f"sum(map(len, ({', '.join(unknown)})))"
            self.line(f"if {length} > {HARMLESS}: check_string({length})", term)
        text = f"''.join([{', '.join(parts)}])" if len(parts) > 40 else " + ".join(parts)
        return self.assign(self.made(text, term) if self.module.origins else text, STRING, term)

    # ---- variables

    def sibling(self, binding: Binding) -> tuple[str, str] | None:
        """For a field of an enclosing record: the Python name of the record, and the field's name as a literal."""
        owner = self.unit.owners.get(binding)
        if owner is None:
            return None
        return self.need(owner), self.module.constant(owner.fields[binding])

    def variable(self, term: core.Var) -> str:
        if term.binding.kind == "std":
            return self.force_name(self.module.library(()), term)
        found = self.sibling(term.binding)
        if found is not None:
            return self.assign(f"sibling({found[0]}, {found[1]})", VALUE, term)
        return self.force_name(self.need(term.binding), term)

    def variable_lazy(self, term: core.Var) -> str:
        if term.binding.kind == "std":
            return self.module.library(())
        found = self.sibling(term.binding)
        if found is not None:
            return f"lazy_sibling({found[0]}, {found[1]})"
        return self.need(term.binding)

    # ---- access

    def library_path(self, term: Core) -> tuple[str, ...] | None:
        """The path below `std` that a chain of accesses spells, if it does."""
        path: list[str] = []
        while isinstance(term, core.Access):
            path.append(term.name)
            term = term.record
        if isinstance(term, core.Var) and term.binding.kind == "std":
            return tuple(reversed(path))
        return None

    def access(self, term: core.Access) -> str:
        path = self.library_path(term)
        if path is not None and self.module.is_library_member(path):
            return self.force_name(self.module.library(path), term)
        record = self.value(term.record)
        name = self.module.constant(term.name)
        place = core.Node(term.name_start, term.name_end)
        return self.assign(f"access({record}, {name})", VALUE, term, term.record, place)

    def access_lazy(self, term: core.Access) -> str:
        path = self.library_path(term)
        if path is not None and self.module.is_library_member(path):
            return self.module.library(path)
        return self.thunk(term)

    def dynamic_access(self, term: core.DynAccess) -> str:
        name = self.value(term.name)
        record = self.value(term.record)
        return self.assign(f"computed_access({record}, {name})", VALUE, term, term.record, term.name)

    def operands(self, terms: list[Core]) -> list[str]:
        """The values of operands, left to right. Later ones may force a variable that an earlier name stands for: harmless."""
        return [self.value(term) for term in terms]

    def learn(self, atom: str, fact: str) -> None:
        if not is_constant_name(atom):
            self.scope.facts[atom] = fact

    # ---- conditionals, let

    def if_(self, term: core.If) -> str:
        condition = operators.condition(self, term.cond)
        name = self.temp()
        self.line(f"if {condition}:", term)
        state = self.branch()
        self.line(f"{name} = {self.value(term.then)}")
        self.leave(state)
        self.line("else:")
        state = self.branch()
        self.line(f"{name} = {self.value(term.orelse)}")
        self.leave(state)
        self.scope.facts[name] = VALUE
        return name

    def if_result(self, term: Core) -> None:
        while isinstance(term, core.If):
            condition = operators.condition(self, term.cond)
            self.line(f"if {condition}:", term)
            state = self.branch()
            self.result(term.then)
            self.leave(state)
            term = term.orelse
        self.result(term)

    def let(self, term: core.Let) -> str:
        self.module.lets.bind(self, term)
        return self.value(term.body)

    def let_result(self, term: Core) -> None:
        while isinstance(term, core.Let):
            self.module.lets.bind(self, term)
            term = term.body
        self.result(term)

    # ---- the rest is in modules of its own

    def record(self, term: core.Record) -> str:
        return self.module.records.record(self, term)

    def record_lazy(self, term: core.Record) -> str:
        if term.dynamic:
            return self.thunk(term)
        return self.module.records.record_text(self, term)

    def annotation(self, term: core.Annot) -> str:
        return self.module.annotations.value(self, term)

    def annotation_result(self, term: core.Annot) -> None:
        self.module.annotations.result(self, term)

    def type_term(self, term: core.TypeTerm) -> str:
        text = self.module.types.contract(self, term.type)
        return text if is_constant_name(text) and text[0] != "g" else self.force_name(self.atom(text), term)

    def type_term_lazy(self, term: core.TypeTerm) -> str:
        return self.module.types.contract(self, term.type)

    def import_(self, term: core.Import) -> str:
        return self.force_name(self.module.import_(term), term)

    def import_lazy(self, term: core.Import) -> str:
        return self.module.import_(term)

    def match_result(self, term: core.Match, parameter: str) -> None:
        self.module.patterns.match(self, term, parameter)

    def destructure(self, parameter: str, pattern: core.Pattern) -> None:
        self.module.patterns.destructure(self, parameter, pattern)

    def function_value(self, term: core.Lam | core.Match) -> str:
        text = self.function_lazy(term)
        return self.assign(text, FUNCTION, term)

    def function_lazy(self, term: core.Lam | core.Match) -> str:
        return self.lambda_(term) if isinstance(term, core.Lam) else self.match_function(term)


_VALUE: dict[type, Callable[[FunctionWriter, Any], str]] = {
    core.Lit: FunctionWriter.literal,
    core.Tag: FunctionWriter.tag,
    core.Variant: FunctionWriter.variant_value,
    core.Interp: FunctionWriter.interpolation,
    core.Var: FunctionWriter.variable,
    core.Array: FunctionWriter.array_value,
    core.Record: FunctionWriter.record,
    core.Access: FunctionWriter.access,
    core.DynAccess: FunctionWriter.dynamic_access,
    core.App: calls.application,
    core.Op: operators.operator,
    core.AndOr: operators.and_or,
    core.If: FunctionWriter.if_,
    core.Let: FunctionWriter.let,
    core.Lam: FunctionWriter.function_value,
    core.Match: FunctionWriter.function_value,
    core.Annot: FunctionWriter.annotation,
    core.Import: FunctionWriter.import_,
    core.TypeTerm: FunctionWriter.type_term,
}
_SHALLOW = frozenset((core.Lit, core.Tag, core.Var, core.Lam, core.Match, core.Import, core.Array, core.Variant))
_RESULT: dict[type, Callable[[FunctionWriter, Any], None]] = {
    core.App: calls.application_result,
    core.AndOr: operators.and_or_result,
    core.If: FunctionWriter.if_result,
    core.Let: FunctionWriter.let_result,
    core.Annot: FunctionWriter.annotation_result,
}
_LAZY: dict[type, Callable[[FunctionWriter, Any], str]] = {
    core.Lit: FunctionWriter.literal,
    core.Tag: FunctionWriter.tag,
    core.Variant: FunctionWriter.variant,
    core.Var: FunctionWriter.variable_lazy,
    core.Array: FunctionWriter.array,
    core.Record: FunctionWriter.record_lazy,
    core.Access: FunctionWriter.access_lazy,
    core.Lam: FunctionWriter.function_lazy,
    core.Match: FunctionWriter.function_lazy,
    core.Op: operators.arithmetic_lazy,
    core.TypeTerm: FunctionWriter.type_term_lazy,
    core.Import: FunctionWriter.import_lazy,
}
