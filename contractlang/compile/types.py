"""Types to the runtime contracts that check them.

A type that refers to no variable of a function is a constant of the module, made once; others are made where they are evaluated.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from contractlang.compile.context import Scope
from contractlang.resolve import core

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from contractlang.compile.functions import FunctionWriter
    from contractlang.compile.module import ModuleCompiler

_ALIASES = 12
"""How many variables in a row are followed to find out whether two contracts are the same."""
_BASE = {"Dyn": "DYN", "Number": "NUMBER", "String": "STRING", "Bool": "BOOL"}


class TypeCompiler:
    def __init__(self, module: ModuleCompiler) -> None:
        self._module = module
        self._variables: dict[core.TypeVar, str] = {}

    def contract(self, writer: FunctionWriter, type_: core.Type) -> str:
        """A Python expression for the contract of a type (or a thunk of it)."""
        if isinstance(type_, core.TBase):
            return _BASE[type_.name]
        if isinstance(type_, core.TWild):
            return "DYN"
        if self.is_closed(writer, type_):
            return self._constant(type_)
        return self._build(writer, type_, positive=True)

    def is_closed(self, writer: FunctionWriter, node: core.Node) -> bool:
        """Whether a type refers to no variable of a function or field."""
        return not any(self._is_local(writer.scope, binding) for binding in bindings_in(node))

    def _is_local(self, scope: Scope, binding: core.Binding) -> bool:
        if binding.kind == "std":
            return False
        owner = scope.unit.owners.get(binding)
        return scope.is_local(binding) or (owner is not None and scope.is_local(owner))

    def _constant(self, type_: core.Type) -> str:
        found = self._module.contracts.get(type_)
        if found is None:
            from contractlang.compile.functions import FunctionWriter

            writer = FunctionWriter(self._module, Scope(self._module.unit, None), hot=False)
            text = self._build(writer, type_, positive=True)
            if writer.scope.block.lines:
                code = self._module.unit.fresh("t")
                writer.line(f"return whnf({text})", type_)
                writer.finish_thunk(writer, code)
                text = f"[{code}]"
            found = self._module.define(text)
            if text[0] == "[":
                # A thunk: the name must not pass for a value.
                found = self._module.global_name(found)
            self._module.contracts[type_] = found
        return found

    def _build(self, writer: FunctionWriter, t: core.Type, positive: bool) -> str:
        match t:
            case core.TBase():
                return _BASE[t.name]
            case core.TArray():
                key = self.key(t.item)
                extra = "" if key is None else f", {key!r}"
                return f"ArrayContract({self._build(writer, t.item, positive)}{extra})"
            case core.TArrow():
                domain = self._build(writer, t.domain, not positive)
                return f"ArrowContract({domain}, {self._build(writer, t.codomain, positive)})"
            case core.TDict():
                return f"DictionaryContract({self._build(writer, t.item, positive)}, {t.flavour == '|'})"
            case core.TEnum():
                return self._enum(writer, t, positive)
            case core.TRecord():
                return self._record(writer, t, positive)
            case core.TForall():
                body = self._build(writer, t.body, positive)
                if t.var.kind == "enum":
                    return body
                return f"ForallContract({self._variable(t.var)}, {positive}, {body})"
            case core.TVar():
                return f"VariableContract({self._variable(t.var)})"
            case core.TContract():
                return self._expression(writer, t.expr)
            case _:
                return "DYN"

    def _expression(self, writer: FunctionWriter, term: core.Core) -> str:
        """A contract expression. A constant of the module is made before the unit's variables exist, hence a thunk there."""
        if writer.scope.outer is None and writer.scope is not self._module.main and writer.library_path(term) is None:
            return writer.thunk(term)
        return writer.lazy(term)

    def _enum(self, writer: FunctionWriter, t: core.TEnum, positive: bool) -> str:
        tags = self._module.literal_tuple(tuple(name for name, argument, _, _ in t.rows if argument is None))
        variants = ", ".join(
            f"{self._module.constant(name)}: {self._build(writer, argument, positive)}"
            for name, argument, _, _ in reversed(t.rows)  # of two rows for one tag the first counts
            if argument is not None
        )
        return f"EnumContract(frozenset({tags}), {{{variants}}}, {t.tail is not None})"

    def _record(self, writer: FunctionWriter, t: core.TRecord, positive: bool) -> str:
        fields = ", ".join(
            f"{self._module.constant(name)}: {self._build(writer, type_, positive)}" for name, type_, _, _ in t.rows
        )
        tail, excluded = "None", "frozenset()"
        if t.tail == "Dyn":
            tail = "'Dyn'"
        elif isinstance(t.tail, core.TypeVar):
            tail = "'Dyn'" if t.tail.kind == "absence" else self._variable(t.tail)
            excluded = f"frozenset({self._module.literal_tuple(tuple(sorted(t.tail.excluded)))})"
        return f"RecordTypeContract({{{fields}}}, {tail}, {excluded})"

    def _variable(self, variable: core.TypeVar) -> str:
        name = self._variables.get(variable)
        if name is None:
            name = self._variables[variable] = self._module.define("object()")
        return name

    def key(self, type_: core.Type) -> Hashable:
        """A key that equal closed contracts share, for deduplication in merges; None if only identity would do."""
        match type_:
            case core.TBase():
                return type_.name
            case core.TArray():
                item = self.key(type_.item)
                return None if item is None else ("Array", item)
            case core.TContract():
                return self._expression_key(type_.expr)
            case _:
                return None

    def _expression_key(self, term: core.Core, depth: int = 0) -> Hashable:
        match term:
            case core.Var():
                if term.binding.kind == "std":
                    return ("std",)
                value = self._module.aliases.get(term.binding)
                if value is not None and depth < _ALIASES:
                    return self._expression_key(value, depth + 1)
                name = self._module.unit.globals.get(term.binding)
                return None if name is None else (self._module.name, name)
            case core.Access():
                inner = self._expression_key(term.record, depth)
                return None if inner is None else (inner, term.name)
            case core.Lit() if type(term.value) in (str, bool, type(None)):
                return ("literal", term.value)
            case core.Tag():
                return ("tag", term.name)
            case core.App():
                keys = [self._expression_key(part, depth) for part in (term.head, *term.args)]
                return None if None in keys else ("apply", *keys)
            case core.Array():
                keys = [self._expression_key(item, depth) for item in term.items]
                return None if None in keys else ("array", *keys)
            case core.Record() if self._module.plain_data.is_plain(term):
                fields = [(f.name, self._expression_key(f.value, depth)) for f in term.fields if f.value is not None]
                return None if any(key is None for _, key in fields) else ("record", *fields)
            case core.TypeTerm():
                return self.key(term.type)
            case _:
                return None


def bindings_in(node: core.Node) -> Iterator[core.Binding]:
    """The bindings of all variables that occur below a node."""
    stack: list[object] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, core.Var):
            yield item.binding
        elif isinstance(item, (core.Node, core.Meta)):
            stack.extend(getattr(item, name) for name in _slots(type(item)))
        elif isinstance(item, (list, tuple)):
            stack.extend(item)


_SLOTS: dict[type, tuple[str, ...]] = {}


def _slots(kind: type) -> tuple[str, ...]:
    found = _SLOTS.get(kind)
    if found is None:
        skipped = {"start", "end", "decls", "occurrences"}
        found = tuple(name for cls in kind.__mro__ for name in getattr(cls, "__slots__", ()) if name not in skipped)
        _SLOTS[kind] = found
    return found
