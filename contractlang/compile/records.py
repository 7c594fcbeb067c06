"""Record literals: a shape for the module, and an expression that makes a record of it.

Each field's definition becomes a function `d(self, part)` if it refers to siblings, else `d(part)`; both take what they capture
from the environment of the literal, which all its fields share. `runtime/shape.py` explains shapes, sources and raw slots.
"""

from __future__ import annotations

from contractlang.compile.context import RECORD, Key, Scope, Self
from contractlang.resolve import core

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from contractlang.compile.functions import FunctionWriter


class _Literal:
    """What is collected of a literal: its fields' definitions, raw slots, and slots to fill when a record is made."""

    def __init__(self, count: int) -> None:
        self.captures: dict[Key, int] = {}
        self.defs: list[str] = []
        self.codes: list[str] = ["None"] * count
        self.filled: list[tuple[int, str]] = []
        self.constants: dict[int, str] = {}

    def raw(self, code: str = "None") -> int:
        self.codes.append(code)
        return len(self.codes) - 1


class RecordCompiler:
    def record(self, writer: FunctionWriter, term: core.Record) -> str:
        """A record as a value."""
        text = self.record_text(writer, term)
        if text[0] == "k":
            return text
        name = writer.assign(text, RECORD, term)
        if term.dynamic:
            return self._dynamic(writer, term, name)
        return name

    def record_text(self, writer: FunctionWriter, term: core.Record) -> str:
        """An expression that makes the record of the static fields."""
        module = writer.module
        if not term.dynamic:
            data = module.data(term)
            if data is not None:
                return data
        owner = Self({f.binding: f.name for f in term.fields if f.binding is not None})
        for binding in owner.fields:
            writer.unit.owners[binding] = owner
        literal = _Literal(len(term.fields))
        for i, field in enumerate(term.fields):
            self._field(writer, owner, literal, i, field)
        shape = self._shape(writer, term, literal)
        environment = writer.environment(literal.captures)
        if not literal.filled:
            return f"literal({shape}, {environment})"
        if len(literal.codes) <= 16:
            filled = dict(literal.filled)
            slots = [filled.get(i) or literal.constants.get(i, "UNSET") for i in range(len(literal.codes))]
            return f"Record({shape}, {environment}, [{', '.join(slots)}])"
        filling = ", ".join(f"{i}, {atom}" for i, atom in literal.filled)
        return f"literal_with({shape}, {environment}, ({filling}))"

    def _shape(self, writer: FunctionWriter, term: core.Record, literal: _Literal) -> str:
        module = writer.module
        names = module.literal_tuple(tuple(field.name for field in term.fields))
        count = len(term.fields)
        codes = ", ".join(literal.codes)
        template = ", ".join(f"{i}: {c}" for i, c in literal.constants.items() if i >= count)
        return module.define(
            f"shape({names}, ({', '.join(literal.defs)}{',' if literal.defs else ''}), {term.open}, "
            f"({codes}{',' if literal.codes else ''}), {term.start}, {term.end}, {{{template}}})"
        )

    def _field(self, writer: FunctionWriter, owner: Self, literal: _Literal, i: int, field: core.Field) -> None:
        module = writer.module
        meta = field.meta
        pending = [self._pending(writer, owner, literal, field, contract) for contract in meta.contracts]
        constant = "UNSET"
        if field.value is None:
            sources = "()"
        else:
            source, constant = self._definition(writer, owner, literal, i, field, bool(pending))
            sources = f"({source},)"
        required = "None"
        if meta.contracts:
            required = f"({field.start}, {field.end})"
        flags = f"{_priority(module, meta)}, {meta.optional}, {meta.not_exported}"
        doc = module.constant(meta.doc) if meta.doc is not None else "None"
        literal.defs.append(
            f"field_def({sources}, ({', '.join(pending)}{',' if pending else ''}), {flags}, "
            f"{field.start}, {field.end}, {required}, {doc}, {constant})"
        )

    def _definition(
        self, writer: FunctionWriter, owner: Self, literal: _Literal, i: int, field: core.Field, pending: bool
    ) -> tuple[str, str]:
        """The source of a field's value, and the value if it is a constant."""
        module = writer.module
        value = field.value
        assert value is not None
        if field.meta.type is None:
            constant = self._constant(writer, value)
            if constant is not None:
                index = literal.raw() if pending else i
                literal.constants[index] = constant
                return f"(0, None, {index if pending else -1})", constant
            if isinstance(value, core.Var) and value.binding.kind != "std" and value.binding not in owner.fields:
                index = literal.raw() if pending else i
                literal.filled.append((index, writer.short(writer.lazy(value))))
                return f"(0, None, {index if pending else -1})", "UNSET"
        else:
            value = core.Annot(value.start, value.end, value, core.Meta(type=field.meta.type))
        inner = self._inner(writer, owner, literal)
        if isinstance(value, core.Annot) and value.value is field.value:
            module.annotations.result(inner, value, field=field.name)
        else:
            inner.result(value)
        name, recursive = self._finish(writer, inner)
        if recursive:
            return f"(0, {name}, -1)", "UNSET"
        if pending:
            return f"(0, None, {literal.raw(name)})", "UNSET"
        literal.codes[i] = name
        return "(0, None, -1)", "UNSET"

    @staticmethod
    def _constant(writer: FunctionWriter, value: core.Core) -> str | None:
        if isinstance(value, core.Lit):
            return writer.literal(value)
        if isinstance(value, core.Tag):
            return writer.tag(value)
        if isinstance(value, (core.Array, core.Record)):
            return writer.module.data(value)
        return None

    @staticmethod
    def _inner(writer: FunctionWriter, owner: Self, literal: _Literal) -> FunctionWriter:
        scope = Scope(writer.unit, writer.scope, literal.captures)
        scope.locals[owner] = "s"
        return type(writer)(writer.module, scope, writer.hot)

    @staticmethod
    def _finish(writer: FunctionWriter, inner: FunctionWriter) -> tuple[str, bool]:
        """Write the function of a definition; returns its name and whether it refers to siblings."""
        scope = inner.scope
        name = writer.unit.fresh("d")
        prologue = []
        if scope.used:
            prologue.append("e = p.env")
            prologue += [f"{local} = e[{scope.captures[key]}]" for key, local in scope.used.items()]
        header = f"def {name}(s, p):" if scope.touched else f"def {name}(p):"
        writer.module.text.function(header, prologue, scope.block, scope.loops)
        return name, scope.touched

    def _pending(
        self, writer: FunctionWriter, owner: Self, literal: _Literal, field: core.Field, contract: core.Contract
    ) -> str:
        module = writer.module
        value = field.value
        label = module.label(contract, field.name, field.name, value)
        strict = is_strict(contract.type)
        is_variable = isinstance(contract.type, core.TContract) and isinstance(contract.type.expr, core.Var)
        variable = ", True" if is_variable else ""
        inner = self._inner(writer, owner, literal)
        if module.types.is_closed(inner, contract.type):
            text = module.types.contract(inner, contract.type)
            key = module.types.key(contract.type)
            return f"pending({text}, None, -1, {label}, {key!r}, {strict}{variable})"
        text = module.types.contract(inner, contract.type)
        inner.line(f"return {inner.force_name(inner.atom(text), contract)}")
        name, recursive = self._finish(writer, inner)
        if recursive:
            return f"pending(None, {name}, -1, {label}, None, {strict}{variable})"
        return f"pending(None, None, {literal.raw(name)}, {label}, None, {strict}{variable})"

    # ---- computed names

    def _dynamic(self, writer: FunctionWriter, term: core.Record, record: str) -> str:
        """Add the fields with computed names: names from last to first, then the fields in order."""
        names = [""] * len(term.dynamic)
        for i in range(len(term.dynamic) - 1, -1, -1):
            names[i] = writer.atom(writer.value(term.dynamic[i].name))
        owner = next((writer.unit.owners[f.binding] for f in term.fields if f.binding is not None), None)
        if owner is not None:
            base = writer.temp()
            writer.line(f"{base} = {record}")
            writer.scope.locals[owner] = base
        for name, field in zip(names, term.dynamic, strict=True):
            self._add_dynamic(writer, field, record, name)
        if owner is not None:
            del writer.scope.locals[owner]
        return record

    def _add_dynamic(self, writer: FunctionWriter, field: core.DynField, record: str, name: str) -> None:
        module = writer.module
        meta = field.meta
        value = "None"
        if field.value is not None:
            if meta.type is None:
                value = writer.lazy(field.value)
            else:
                annotated = core.Annot(field.value.start, field.value.end, field.value, core.Meta(type=meta.type))
                value = module.annotations.lazy(writer, annotated)
        contracts = [module.types.contract(writer, contract.type) for contract in meta.contracts]
        pending = [
            f"pending(None, None, {i + 1}, {module.label(contract, None, None, field.value)}, None, "
            f"{is_strict(contract.type)})"
            for i, contract in enumerate(meta.contracts)
        ]
        sources = "((0, None, 0),)" if field.value is not None else "()"
        doc = module.constant(meta.doc) if meta.doc is not None else "None"
        definition = module.define(
            f"field_def({sources}, ({', '.join(pending)}{',' if pending else ''}), {_priority(module, meta)}, "
            f"{meta.optional}, {meta.not_exported}, {field.start}, {field.end}, None, {doc}, UNSET)"
        )
        writer.line(
            f"{record} = add_dynamic({record}, {name}, {definition}, [{', '.join([value, *contracts])}])", field
        )


def is_strict(type_: core.Type) -> bool:
    """Whether the contract of a type certainly looks at the class of its value first."""
    if isinstance(type_, core.TForall):
        return is_strict(type_.body)
    if isinstance(type_, core.TContract):
        return isinstance(type_.expr, core.Record)
    if isinstance(type_, core.TBase):
        return type_.name != "Dyn"
    return not isinstance(type_, (core.TWild, core.TVar))


def _priority(module: object, meta: core.Meta) -> str:
    priority = meta.priority
    if priority is None:
        return "0"
    if priority == "default":
        return "DEFAULT"
    if priority == "force":
        return "FORCE"
    return str(module.constant(priority))  # type: ignore[attr-defined]  # a ModuleCompiler; importing it here would be a cycle
