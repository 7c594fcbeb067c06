"""A readable dump of Core: one node a line, indented, each binding with a number that its uses repeat."""

from __future__ import annotations

from contractlang.resolve import core

Item = tuple[int, object]
DEEPEST_INDENTED = 40


def dump(unit: core.Unit) -> str:
    """The Core of a unit as text."""
    writer = _Dump()
    writer.run(unit.root)
    return "\n".join(writer.lines) + "\n"


def dump_type(type_: core.Type) -> str:
    """A type as text."""
    writer = _Dump()
    writer.run(type_)
    return "\n".join(writer.lines) + "\n"


class _Dump:
    """Works off a stack, so that deep programs can be dumped too. Items are nodes or finished lines."""

    __slots__ = ("lines", "numbers", "stack")

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.numbers: dict[core.Binding, int] = {}
        self.stack: list[Item] = []

    def run(self, root: object) -> None:
        self.stack.append((0, root))
        while self.stack:
            depth, item = self.stack.pop()
            if isinstance(item, str):
                self.lines.append(_indented(depth, item))
                continue
            head, children = self.describe(item)
            self.lines.append(_indented(depth, head))
            self.stack.extend((depth + 1, child) for child in reversed(children))

    def name(self, binding: core.Binding | None) -> str:
        if binding is None:
            return "-"
        if binding.kind == "std":
            return "std"
        return f"{binding.name}#{self.numbers.setdefault(binding, len(self.numbers) + 1)}"

    def describe(self, node: object) -> tuple[str, list[object]]:
        """A node's line and its children."""
        if isinstance(node, tuple):
            return node[0], list(node[1:])
        if isinstance(node, core.Type):
            return self.describe_type(node)
        if isinstance(node, core.Pattern):
            return self.describe_pattern(node)
        if isinstance(node, core.Lit):
            return f"Lit {_constant(node.value)}", []
        if isinstance(node, core.Var):
            return f"Var {self.name(node.binding)}", []
        if isinstance(node, core.Tag):
            return f"Tag '{node.name}", []
        if isinstance(node, core.Variant):
            return f"Variant '{node.name}", [node.arg]
        if isinstance(node, core.Interp):
            return "Interp", [
                _constant(chunk) if isinstance(chunk, str) else (f"indent {chunk[1]}", chunk[0])
                for chunk in node.chunks
            ]
        if isinstance(node, core.Array):
            return "Array", list(node.items)
        if isinstance(node, core.Record):
            return "Record" + (" open" if node.open else ""), [*node.fields, *node.dynamic]
        if isinstance(node, core.Field):
            flags = (" sub" if node.sub else "") + (" included" if node.included else "")
            head = f"Field {_constant(node.name)} {self.name(node.binding)}{flags}"
            return head + _flags(node.meta), [*_contracts(node.meta), *_optional("value", node.value)]
        if isinstance(node, core.DynField):
            parts = [("name", node.name), *_contracts(node.meta), *_optional("value", node.value)]
            return "DynField" + _flags(node.meta), list(parts)
        return self.describe_term(node)

    def describe_term(self, node: object) -> tuple[str, list[object]]:
        if isinstance(node, core.Access):
            return f"Access {_constant(node.name)}", [node.record]
        if isinstance(node, core.DynAccess):
            return "DynAccess", [node.record, ("name", node.name)]
        if isinstance(node, core.App):
            return "App", [node.head, *node.args]
        if isinstance(node, core.Op):
            return f"Op {node.op}" + (f" {node.ident}" if node.ident else ""), list(node.args)
        if isinstance(node, core.AndOr):
            return f"AndOr {node.op}", [node.left, node.right]
        if isinstance(node, core.If):
            return "If", [node.cond, node.then, node.orelse]
        if isinstance(node, core.Let):
            return "Let" + (" rec" if node.rec else ""), [*node.bindings, ("in", node.body)]
        if isinstance(node, core.LetBinding):
            return "Binding", [node.pattern, *_contracts(node.meta), ("value", node.value)]
        if isinstance(node, core.Lam):
            return "Lam", [*node.params, ("body", node.body)]
        if isinstance(node, core.Match):
            return "Match", list(node.branches)
        if isinstance(node, core.Branch):
            return "Branch", [node.pattern, *_optional("if", node.guard), ("body", node.body)]
        if isinstance(node, core.Annot):
            return "Annot", [node.value, *_contracts(node.meta)]
        if isinstance(node, core.Import):
            return f"Import {node.key}", []
        if isinstance(node, core.TypeTerm):
            return "TypeTerm", [node.type]
        if node is None:
            return "(data)", []
        return type(node).__name__, []

    def describe_type(self, node: core.Type) -> tuple[str, list[object]]:
        if isinstance(node, core.TBase):
            return node.name, []
        if isinstance(node, core.TVar):
            return f"TVar {node.var.name}", []
        if isinstance(node, core.TArray):
            return "TArray", [node.item]
        if isinstance(node, core.TArrow):
            return "TArrow", [node.domain, node.codomain]
        if isinstance(node, core.TDict):
            return f"TDict {node.flavour}", [node.item]
        if isinstance(node, core.TRecord):
            rows: list[object] = [(_constant(name), type_) for name, type_, _, _ in node.rows]
            return "TRecord" + _tail(node.tail), rows
        if isinstance(node, core.TEnum):
            tags: list[object] = []
            for name, arg, _, _ in node.rows:
                tags.append(f"'{name}" if arg is None else (f"'{name}", arg))
            return "TEnum" + _tail(node.tail), tags
        if isinstance(node, core.TForall):
            return f"TForall {node.var.name} ({node.var.kind})", [node.body]
        if isinstance(node, core.TContract):
            return "TContract", [node.expr]
        return type(node).__name__, []

    def describe_pattern(self, node: core.Pattern) -> tuple[str, list[object]]:
        if isinstance(node, core.PVar):
            return f"PVar {self.name(node.binding)}", []
        if isinstance(node, core.PConst):
            return f"PConst {_constant(node.value)}", []
        if isinstance(node, core.PTag):
            return f"PTag '{node.name}", [] if node.arg is None else [node.arg]
        if isinstance(node, core.PRec):
            fields: list[object] = []
            for field in node.fields:
                parts = [*_contracts(field.meta), *_optional("default", field.default), field.pattern]
                fields.append((f"field {field.name}", *parts))
            return "PRec" + self.rest(node.open, node.rest), fields
        if isinstance(node, core.PArr):
            return "PArr" + self.rest(node.open, node.rest), list(node.items)
        if isinstance(node, core.POr):
            return "POr", list(node.alts)
        if isinstance(node, core.PAlias):
            return f"PAlias {self.name(node.binding)}", [node.pattern]
        return type(node).__name__, []

    def rest(self, open: bool, rest: core.Binding | None) -> str:
        return f" ..{self.name(rest)}" if rest is not None else " .." if open else ""


def _indented(depth: int, line: str) -> str:
    """A line at its depth, which is a number where indentation would become unreadable (and the dump quadratic)."""
    return "  " * depth + line if depth <= DEEPEST_INDENTED else f"{'  ' * DEEPEST_INDENTED}({depth}) {line}"


def _constant(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return str(value)


def _tail(tail: str | core.TypeVar | None) -> str:
    if tail is None:
        return ""
    return f" ; {tail if isinstance(tail, str) else tail.name}"


def _flags(meta: core.Meta) -> str:
    flags = " optional" if meta.optional else ""
    flags += " not_exported" if meta.not_exported else ""
    flags += f" priority={meta.priority}" if meta.priority is not None else ""
    return flags + (f" doc={_constant(meta.doc)}" if meta.doc is not None else "")


def _contracts(meta: core.Meta) -> list[object]:
    types: list[object] = [] if meta.type is None else [(":", meta.type.type)]
    return types + [("|", contract.type) for contract in meta.contracts]


def _optional(head: str, node: core.Core | None) -> list[object]:
    return [] if node is None else [(head, node)]
