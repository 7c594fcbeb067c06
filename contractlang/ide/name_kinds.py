"""What the names of a file are, for colouring: a table from the offset of each name to its kind and modifiers.

A name has one kind wherever it is written: that of its declaration. `let`s are variables, but functions if their value is one,
types if anything is put under them as a contract (or their value is a type), namespaces if they bind a file. Fields are properties,
methods if their value is a function, types likewise. Members of the library are what the library says they are; fields of values
that are not known are properties, or methods where they are called.
"""

from __future__ import annotations

from functools import cache

from contractlang.ide.library import MODULES, library_root, library_unit
from contractlang.resolve import core
from contractlang.resolve.traversal import bound_by, walk
from contractlang.syntax import nodes as n
from contractlang.syntax.traversal import walk as walk_syntax

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable

    # By the start of a name: its end, its kind, its modifiers.
    NameKinds = dict[int, tuple[int, str, tuple[str, ...]]]

LIBRARY: tuple[str, ...] = ("defaultLibrary",)


def name_kinds(unit: core.Unit, tree: n.Expr) -> NameKinds:
    """The kinds of all names of a file. Offsets of names that have none are missing."""
    naming = _Naming(unit)
    if unit.root is not None:
        naming.resolved(unit.root)
    naming.written(tree)
    return naming.found


class _Naming:
    __slots__ = ("bindings", "called", "contracts", "deprecated", "fields", "found", "records", "types")

    def __init__(self, unit: core.Unit) -> None:
        self.found: NameKinds = {}
        # What names stand for, where that says more than their sort of binding.
        self.bindings: dict[core.Binding, str] = {}
        self.deprecated: set[core.Binding] = set()
        # The records that names are bound to, and the fields of each.
        self.records: dict[core.Binding, core.Record] = {}
        self.fields: dict[int, str] = {}
        # Accesses that are called, and those that something is put under.
        self.called: set[core.Node] = set()
        self.contracts: set[core.Node] = set()
        self.types: set[core.Binding] = set()

    def resolved(self, root: core.Core) -> None:
        """What resolution knows: names and what they are bound to."""
        nodes = list(walk(root))
        for node in nodes:
            if isinstance(node, core.TContract):
                head: core.Core = node.expr
                while isinstance(head, core.App):
                    head = head.head
                if isinstance(head, core.Var):
                    self.types.add(head.binding)
                else:
                    self.contracts.add(head)
            elif isinstance(node, core.App):
                self.called.add(node.head)
            elif isinstance(node, core.LetBinding) and isinstance(node.pattern, core.PVar):
                self.bound(node.pattern.binding, node.value, node.meta, "function")
            elif isinstance(node, core.Field) and node.binding is not None:
                if node.value is not None:
                    self.bound(node.binding, node.value, node.meta, "method")
                if _is_deprecated(node.meta):
                    self.deprecated.add(node.binding)
        for binding in self.types:
            self.bindings[binding] = "type"
        declare: dict[type[core.Node], Callable[[core.Node], None]] = {
            core.Var: self._variable,
            core.Access: self._access,
            core.Field: self._field,
            core.Lam: self._bindings_of,
            core.LetBinding: self._bindings_of,
            core.Branch: self._bindings_of,
            core.TVar: self._type_variable,
        }
        for node in nodes:
            handler = declare.get(type(node))
            if handler is not None:
                handler(node)

    def bound(self, binding: core.Binding, value: core.Core, meta: core.Meta, function: str) -> None:
        """Notes what a name is bound to."""
        kind = value_kind(value, meta, function)
        if kind is not None:
            self.bindings[binding] = kind
        while isinstance(value, (core.Annot, core.Let)):
            value = value.value if isinstance(value, core.Annot) else value.body
        if isinstance(value, core.Record):
            self.records[binding] = value

    def kind(self, binding: core.Binding) -> str:
        """What a name is."""
        found = self.bindings.get(binding)
        if found is not None:
            return found
        return {"field": "property", "param": "parameter", "std": "namespace"}.get(binding.kind, "variable")

    def modifiers(self, binding: core.Binding) -> tuple[str, ...]:
        if binding.kind == "std":
            return LIBRARY
        return ("deprecated",) if binding in self.deprecated else ()

    def _variable(self, node: core.Node) -> None:
        assert isinstance(node, core.Var)
        binding = node.binding
        # Notation may stand for a name that is not written there.
        if node.end - node.start == len(binding.name):
            self.found.setdefault(node.start, (node.end, self.kind(binding), self.modifiers(binding)))

    def _bindings_of(self, node: core.Node) -> None:
        if isinstance(node, core.Lam):
            for param in node.params:
                for binding in bound_by(param):
                    self.bindings.setdefault(binding, "parameter")
                    self._declared(binding, ("declaration",))
        elif isinstance(node, (core.LetBinding, core.Branch)):
            modifiers = ("declaration", "definition") if isinstance(node, core.LetBinding) else ("declaration",)
            for binding in bound_by(node.pattern):
                self._declared(binding, modifiers)

    def _declared(self, binding: core.Binding, modifiers: tuple[str, ...]) -> None:
        self.found[binding.start] = (binding.end, self.kind(binding), modifiers)

    def _field(self, node: core.Node) -> None:
        assert isinstance(node, core.Field)
        if node.included or not node.decls:
            kind = "property"
        elif node.binding is not None:
            kind = self.kind(node.binding)
        else:
            kind = (None if node.value is None else value_kind(node.value, node.meta, "method")) or "property"
        self.fields[node.start] = kind
        extra = ("deprecated",) if _is_deprecated(node.meta) else ()
        for (start, end), decl in zip(node.occurrences, node.decls, strict=False):
            defined = isinstance(decl, n.Include) or decl.value is not None
            self.found[start] = (end, kind, ("declaration", *(("definition",) if defined else ()), *extra))

    def _access(self, node: core.Node) -> None:
        assert isinstance(node, core.Access)
        member = library_path(node)
        if member is not None:
            kind, modifiers = library_kind(member), LIBRARY
        else:
            kind, modifiers = self._member(node)
        self.found.setdefault(node.name_start, (node.name_end, kind, modifiers))

    def _member(self, node: core.Access) -> tuple[str, tuple[str, ...]]:
        """The kind of a field of a value: as declared, if the record is at hand."""
        record = self._record(node.record)
        field = None
        if record is not None:
            field = next((field for field in record.fields if field.name == node.name), None)
        if field is not None:
            modifiers = ("deprecated",) if _is_deprecated(field.meta) else ()
            if field.binding is not None:
                return self.kind(field.binding), modifiers
            return (field.value and value_kind(field.value, field.meta, "method")) or "property", modifiers
        if node in self.contracts:
            return "type", ()
        return "method" if node in self.called else "property", ()

    def _record(self, node: core.Core) -> core.Record | None:
        """The literal that a term is, through names and fields of this file."""
        names: list[str] = []
        while isinstance(node, core.Access):
            names.append(node.name)
            node = node.record
        record = self.records.get(node.binding) if isinstance(node, core.Var) else None
        while names and record is not None:
            name = names.pop()
            field = next((field for field in record.fields if field.name == name), None)
            value = None if field is None else field.value
            record = value if isinstance(value, core.Record) else None
        return record

    def _type_variable(self, node: core.Node) -> None:
        self.found.setdefault(node.start, (node.end, "typeParameter", ()))

    # ---- what only the syntax tells

    def written(self, tree: n.Expr) -> None:
        """What the tree knows: names that resolution has no use for, and all names of what could not be resolved."""
        found = self.found
        for node in walk_syntax(tree):
            if isinstance(node, n.Var):
                found.setdefault(node.start, (node.end, "variable", ()))
            elif isinstance(node, n.FieldName):
                if node.expr is None:
                    found.setdefault(node.start, (node.end, "property", ()))
            elif isinstance(node, n.FieldDecl):
                self._path(node)
            elif isinstance(node, n.Forall):
                for name in node.names:
                    found[name.start] = (name.end, "typeParameter", ("declaration",))
            elif isinstance(node, n.RecordTail):
                if node.name != "Dyn":
                    found[node.start] = (node.end, "typeParameter", ())
            elif isinstance(node, n.PField):
                if node.pattern is not None:
                    found[node.start] = (node.start + len(node.name), "property", ())
            elif isinstance(node, (n.PVar, n.PAlias)):
                found.setdefault(node.start, (node.start + len(node.name), "variable", ("declaration",)))
            elif isinstance(node, n.ImportPackage):
                found[node.end - len(node.name)] = (node.end, "namespace", ())

    def _path(self, node: n.FieldDecl) -> None:
        """The parts of a path, the last of which is what is defined."""
        for part in node.path:
            if part.expr is None and part.start not in self.found:
                last = part is node.path[-1]
                modifiers = ("declaration", "definition") if last and node.value is not None else ("declaration",)
                self.found[part.start] = (part.end, "property", modifiers)


def value_kind(value: core.Core, meta: core.Meta, function: str) -> str | None:
    """What a name is that has this value: a type, a namespace, or `function`; None if it is nothing special."""
    annotations = [meta.type, *meta.contracts] if meta.type is not None else meta.contracts
    for annotation in annotations:
        type_: core.Type = annotation.type
        while isinstance(type_, core.TForall):
            type_ = type_.body
        if isinstance(type_, core.TArrow):
            return function
    while True:
        if isinstance(value, core.Annot):
            kind = value_kind(core.Hole(0, 0), value.meta, function)
            if kind is not None:
                return kind
            value = value.value
        elif isinstance(value, core.Let):
            value = value.body
        elif isinstance(value, core.Access):
            member = library_path(value)
            kind = None if member is None else library_kind(member)
            return function if kind == "function" else kind if kind in {"type", "namespace"} else None
        else:
            break
    if isinstance(value, (core.Lam, core.Match)):
        return function
    if isinstance(value, core.TypeTerm):
        return "type"
    return "namespace" if isinstance(value, core.Import) and value.format == "Nickel" else None


def _is_deprecated(meta: core.Meta) -> bool:
    return meta.doc is not None and meta.doc.lstrip().lower().startswith("deprecated")


# ---- the library


def library_path(node: core.Core) -> tuple[str, ...] | None:
    """The names of an access to the library, `std` left out; None for any other term."""
    names: list[str] = []
    while isinstance(node, core.Access):
        names.append(node.name)
        node = node.record
    if isinstance(node, core.Var) and node.binding.kind == "std":
        return tuple(reversed(names))
    return None


@cache
def library_kind(names: tuple[str, ...]) -> str:
    """What a member of the library is: "namespace", "function", "type" or "property"."""
    record: core.Core | None = library_root().root
    kind = "namespace"
    for name in names:
        while isinstance(record, core.Let):
            record = record.body
        if isinstance(record, core.Import):
            unit = library_unit(record.key)
            record = None if unit is None else unit.root
            while isinstance(record, core.Let):
                record = record.body
        if not isinstance(record, core.Record):
            return "property"
        field = next((field for field in record.fields if field.name == name), None)
        if field is None:
            return "property"
        record = field.value
        if name in MODULES or isinstance(record, core.Record):
            kind = "namespace"
        elif name[:1].isupper():
            kind = "type"
        else:
            found = None if record is None else value_kind(record, field.meta, "function")
            kind = "function" if found == "function" else "property"
    return kind
