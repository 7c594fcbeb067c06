"""`e : T | C1 | C2`: the value of `e` through its contracts, the last one outermost."""

from __future__ import annotations

from contractlang.compile.context import BOOL, NUMBER, STRING, VALUE
from contractlang.compile.records import is_strict
from contractlang.compile.simplify import simplify
from contractlang.resolve import core

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from contractlang.compile.functions import FunctionWriter

_FLAT = {"Number": ("NUMBERS", NUMBER), "String": ("STRINGS", STRING), "Bool": ("BOOLS", BOOL)}


class AnnotationCompiler:
    """Writes annotated terms. `name` is the binding and `field` the field that is annotated, for labels."""

    def value(self, writer: FunctionWriter, term: core.Annot, name: str | None = None, field: str | None = None) -> str:
        layers = self._layers(writer, term, name, field)
        if not layers:
            return writer.value(term.value)
        *inner, (type_, label, node) = layers
        if not inner and is_strict(type_) and not isinstance(type_, core.TContract):
            atom = writer.value(term.value)
        else:
            atom = writer.atom(self._wrapped(writer, term.value, inner))
        if isinstance(type_, core.TBase) and type_.name in _FLAT:
            return self._flat(writer, type_, label, atom, term)
        contract = writer.module.types.contract(writer, type_)
        return writer.assign(f"apply_contract({contract}, {label}, {atom})", VALUE, term.value, node)

    @staticmethod
    def _flat(writer: FunctionWriter, type_: core.TBase, label: str, atom: str, term: core.Annot) -> str:
        accepted, fact = _FLAT[type_.name]
        result = writer.temp()
        contract = type_.name.upper()
        writer.line(
            f"{result} = {atom} if type({atom}) in {accepted} else apply_contract({contract}, {label}, {atom})",
            term.value,
            term,
        )
        writer.scope.facts[result] = fact
        return result

    def result(
        self, writer: FunctionWriter, term: core.Annot, name: str | None = None, field: str | None = None
    ) -> None:
        layers = self._layers(writer, term, name, field)
        if not layers:
            writer.result(term.value)
            return
        atom = self.value(writer, term, name, field)
        writer.line(f"return {atom}")

    def lazy(self, writer: FunctionWriter, term: core.Annot, name: str | None = None, field: str | None = None) -> str:
        layers = self._layers(writer, term, name, field)
        if not layers:
            return writer.lazy(term.value)
        inner = writer.child()
        self.result(inner, term, name, field)
        return writer.finish_thunk(inner, writer.unit.fresh("t"))

    def _wrapped(self, writer: FunctionWriter, value: core.Core, layers: list[tuple[core.Type, str, core.Node]]) -> str:
        text = writer.lazy(value)
        for type_, label, _ in layers:
            text = f"[apply_code, {writer.module.types.contract(writer, type_)}, {label}, {writer.short(text)}]"
        return text

    @staticmethod
    def _layers(
        writer: FunctionWriter, term: core.Annot, name: str | None, field: str | None
    ) -> list[tuple[core.Type, str, core.Node]]:
        """The contracts to apply, innermost first, each with its label."""
        module = writer.module
        layers: list[tuple[core.Type, str, core.Node]] = []
        meta = term.meta
        if meta.type is not None:
            type_ = simplify(meta.type.type, module.wildcards)
            if not _is_dyn(type_):
                layers.append((type_, module.label(meta.type, field, name or field, term.value), meta.type))
        layers.extend(
            (contract.type, module.label(contract, field, name or field, term.value), contract)
            for contract in meta.contracts
            if not _is_dyn(contract.type)
        )
        return layers


def _is_dyn(type_: core.Type) -> bool:
    return isinstance(type_, core.TWild) or (isinstance(type_, core.TBase) and type_.name == "Dyn")
