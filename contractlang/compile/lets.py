"""`let` and `let rec`.

Top-level `let`s of a unit, those that are evaluated once a run, become globals of the generated module, so that functions need not
capture them. Mutually recursive bindings are made in two steps: first the objects, then what they capture.
"""

from __future__ import annotations

from contractlang.compile.context import FUNCTION, Key, Known
from contractlang.resolve import core

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from contractlang.compile.functions import FunctionWriter


class LetCompiler:
    """Writes the bindings of a `let`; the body is up to the caller."""

    def bind(self, writer: FunctionWriter, term: core.Let) -> None:
        for binding in term.bindings:
            writer.module.strictness.note(binding)
            pattern = binding.pattern
            plain = not is_annotated(binding.meta) and not term.rec
            if plain and isinstance(pattern, core.PVar) and isinstance(binding.value, (core.Var, core.Access)):
                writer.module.aliases[pattern.binding] = binding.value
        if term.rec:
            self._bind_recursive(writer, term)
            return
        for binding in term.bindings:
            self._bind_one(writer, binding)

    def _bind_one(self, writer: FunctionWriter, binding: core.LetBinding) -> None:
        pattern = binding.pattern
        if isinstance(pattern, core.PWild):
            return
        if not isinstance(pattern, core.PVar):
            name = writer.atom(self._lazy(writer, binding, None))
            writer.destructure(name, pattern)
            return
        variable = pattern.binding
        value = binding.value
        if isinstance(value, core.Lam) and not is_annotated(binding.meta):
            function, arity, captures = writer.function(value, value.params, value.body)
            name = writer.declare(variable)
            writer.line(f"{name} = Function({function}, {arity}, {writer.environment(captures)})")
            writer.unit.known[variable] = Known(function, arity, name[0] == "g")
            self._learn(writer, name)
            return
        text = self._lazy(writer, binding, variable.name)
        name = writer.declare(variable)
        writer.line(f"{name} = {text}")
        if text.startswith("Function("):
            self._learn(writer, name)

    @staticmethod
    def _learn(writer: FunctionWriter, name: str) -> None:
        if name[0] == "g":
            writer.unit.global_facts[name] = FUNCTION
        else:
            writer.scope.facts[name] = FUNCTION

    @staticmethod
    def _lazy(writer: FunctionWriter, binding: core.LetBinding, name: str | None) -> str:
        if not is_annotated(binding.meta):
            return writer.lazy(binding.value)
        annotated = core.Annot(binding.value.start, binding.value.end, binding.value, binding.meta)
        return writer.module.annotations.lazy(writer, annotated, name=name)

    # ---- let rec

    def _bind_recursive(self, writer: FunctionWriter, term: core.Let) -> None:
        names: dict[int, str] = {}
        destructured: list[tuple[str, core.LetBinding]] = []
        for i, binding in enumerate(term.bindings):
            pattern = binding.pattern
            if isinstance(pattern, core.PVar):
                name = names[i] = writer.declare(pattern.binding)
                if isinstance(binding.value, core.Lam) and not is_annotated(binding.meta):
                    self._learn(writer, name)
            elif not isinstance(pattern, core.PWild):
                for variable in writer.module.patterns.variables(pattern):
                    writer.declare(variable)
        fills: list[str] = []
        for i, binding in enumerate(term.bindings):
            pattern = binding.pattern
            if isinstance(pattern, core.PWild):
                continue
            if i in names:
                self._define(writer, names[i], binding, fills)
                continue
            destructured.append((self._define_pattern(writer, binding, fills), binding))
        for text in fills:
            writer.line(text)
        for name, binding in destructured:
            writer.line(f"force({name})", binding.pattern)

    def _define(self, writer: FunctionWriter, name: str, binding: core.LetBinding, fills: list[str]) -> None:
        pattern = binding.pattern
        assert isinstance(pattern, core.PVar)
        variable = pattern.binding
        value = binding.value
        if isinstance(value, core.Lam) and not is_annotated(binding.meta):
            function, arity, captures = writer.function(value, value.params, value.body, variable)
            writer.unit.known[variable] = Known(function, arity, name[0] == "g")
            writer.line(f"{name} = Function({function}, {arity}, None)")
            if captures:
                fills.append(f"{name}.env = {writer.environment(captures)}")
            return
        inner = writer.child()
        if is_annotated(binding.meta):
            annotated = core.Annot(value.start, value.end, value, binding.meta)
            inner.module.annotations.result(inner, annotated, name=variable.name)
        else:
            inner.result(value)
        self._thunk(writer, name, inner, fills)

    def _thunk(self, writer: FunctionWriter, name: str, inner: FunctionWriter, fills: list[str]) -> None:
        code = writer.unit.fresh("t")
        writer.finish_thunk(inner, code)
        captures: dict[Key, int] = inner.scope.captures
        writer.line(f"{name} = [{code}]")
        if captures:
            fills.append(f"{name} += {writer.environment(captures)}")

    def _define_pattern(self, writer: FunctionWriter, binding: core.LetBinding, fills: list[str]) -> str:
        """A thunk of the matched variables' tuple, and a projection of it for each variable."""
        inner = writer.child()
        parameter = inner.atom(self._lazy(inner, binding, None))
        variables = writer.module.patterns.variables(binding.pattern)
        matched = inner.module.patterns.matched(inner, parameter, binding.pattern, variables)
        inner.line(f"if {matched} is None: raise destructuring_failed({parameter})", binding.pattern)
        inner.line(f"return {matched}")
        name = writer.temp()
        self._thunk(writer, name, inner, fills)
        for i, variable in enumerate(variables):
            writer.line(f"{writer.need(variable)} = [project_code, {name}, {i}]")
        return name


def is_annotated(meta: core.Meta) -> bool:
    return meta.type is not None or bool(meta.contracts)
