"""From the tree of the 2021 grammar to the modern one: names of the library, wrappers, metadata of fields.

Walks with the names in scope, because the records of the library are ordinary variables that a program may shadow. What comes out
has the spans of the 2021 source throughout. What the modern language writes otherwise is noted on the way.
"""

from __future__ import annotations

from contractlang.edition2021.edits import LibraryName
from contractlang.edition2021.library import LIBRARY, member, record_text
from contractlang.edition2021.modern import modern_term
from contractlang.edition2021.nodes import Contracted, Modern, Switch, Wrapper
from contractlang.edition2021.values import LOOSE, extent, needs_parentheses
from contractlang.syntax import nodes as n
from contractlang.syntax.dump import fields
from contractlang.syntax.tokens import DOC, KEYWORDS, META, PRIORITY

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from contractlang.edition2021.builder import EditionBuilding
    from contractlang.edition2021.edits import Piece

# Words that the modern language has reserved since.
RESERVED = frozenset(
    {"rec", "match", "null", "or", "Number", "String", "Array", "force", "optional", "not_exported", "priority"}
)
# Those of them that may still name fields.
FIELD_WORDS = frozenset(word for word, kind in KEYWORDS.items() if kind in (META, DOC, PRIORITY)) | {"or"}
# What `scope` says of a name.
LOCAL = "local"
FIELD = "field"


class Lowering:
    """One pass over one tree. `names`: for each name what binds it, innermost last; `gaps`: what cannot be written today."""

    __slots__ = ("building", "edits", "gaps", "library", "names", "renamed", "used", "variables")

    def __init__(self, building: EditionBuilding) -> None:
        self.building = building
        self.edits = building.edits
        self.names: dict[str, list[str]] = {}
        self.variables: frozenset[str] = frozenset()
        self.gaps: list[tuple[int, int, str]] = []
        self.used = {value for value in building.tokens.values if isinstance(value, str)}
        self.renamed: dict[str, str] = {}
        self.library = "std"

    def program(self, tree: n.Expr) -> n.Expr:
        """The whole program. Where it binds `std` itself, the library gets another name."""
        tokens = self.building.tokens
        if any(kind == 0 and value == "std" for kind, value in zip(tokens.kinds, tokens.values, strict=True)):
            self.library = self.fresh("std")
            self.used.add(self.library)
        result = self.expr(tree)
        if self.library == "std":
            return result
        at = tree.start
        pattern = n.PVar(at, at, self.library)
        return n.Let(at, tree.end, False, [n.Binding(at, at, pattern, [], n.Var(at, at, "std"))], result)

    def fresh(self, name: str) -> str:
        """A name like this one that the program does not use."""
        found = self.renamed.get(name)
        while found is None:
            name += "_"
            if name not in self.used:
                found = name
        return found

    # ---- scopes

    def bind(self, names: Iterable[str], kind: str) -> list[str]:
        bound = list(names)
        for name in bound:
            self.names.setdefault(name, []).append(kind)
        return bound

    def leave(self, bound: list[str]) -> None:
        for name in bound:
            self.names[name].pop()

    def is_bound(self, name: str) -> bool:
        return bool(self.names.get(name))

    # ---- terms

    def expr(self, node: n.Expr) -> n.Expr:
        """A term in modern terms."""
        handler = HANDLERS.get(type(node))
        if handler is None:
            self.children(node)
            return node
        result: n.Expr = handler(self, node)
        if result is not node:
            found = self.building.parentheses.get(id(node))
            if found is not None:
                self.building.parentheses[id(result)] = (found[0], found[1], result)
        return result

    def children(self, node: n.Node) -> None:
        """Lowers the terms that a node consists of."""
        for name in fields(type(node)):
            value = getattr(node, name)
            if isinstance(value, n.Expr):
                setattr(node, name, self.expr(value))
            elif isinstance(value, n.Node):
                self.children(value)
            elif isinstance(value, list):
                for index, item in enumerate(value):
                    if isinstance(item, n.Expr):
                        value[index] = self.expr(item)
                    elif isinstance(item, n.Node):
                        self.children(item)

    def variable(self, node: n.Var) -> n.Expr:
        name = node.name
        bound = self.names.get(name)
        if bound:
            if name in RESERVED or name == "std":
                self.reserved_variable(node.start, node.end, name, bound[-1])
            return node
        if name == "std":
            self.building.report("std-2021", node.start, node.end)
            return n.Hole(node.start, node.end)
        if name in LIBRARY:
            text = record_text(name)
            self.edits.replace(node.start, node.end, LibraryName(text))
            return modern_term(text, node.start, node.end, self.library)
        if name in RESERVED:
            self.gap(node.start, node.end, f"`{name}` is a word of the language today")
        return node

    def reserved_variable(self, start: int, end: int, name: str, kind: str) -> None:
        if kind == LOCAL:
            self.edits.replace(start, end, self.rename(name))
        elif name != "std":
            self.gap(start, end, f"`{name}` is a word of the language today, so the field cannot be used as a variable")

    def rename(self, name: str) -> str:
        found = self.renamed.get(name)
        if found is None:
            found = self.renamed[name] = self.fresh(name)
            self.used.add(found)
        return found

    def gap(self, start: int, end: int, message: str) -> None:
        self.gaps.append((start, end, message))

    def library_member(self, node: n.Expr) -> tuple[str, tuple[int, ...], str] | None:
        """The member of the library that a term names: its modern name, the order of arguments, and it as a term."""
        if type(node) is not n.Access or type(node.record) is not n.Var or node.field.name is None:
            return None
        record = node.record.name
        if record not in LIBRARY or self.is_bound(record):
            return None
        found = member(record, node.field.name)
        return None if found is None else (found.modern, found.order, found.term)

    def access(self, node: n.Access) -> n.Expr:
        found = self.library_member(node)
        if found is not None:
            self.edits.replace(node.start, node.end, LibraryName(found[2]))
            return modern_term(found[2], node.start, node.end, self.library)
        node.record = self.expr(node.record)
        self.field_name(node.field)
        return node

    def field_name(self, name: n.FieldName) -> None:
        if name.expr is not None:
            self.children(name.expr)
        elif name.is_ident and name.name in RESERVED - FIELD_WORDS:
            self.edits.replace(name.start, name.end, f'"{name.name}"')

    def application(self, node: n.App) -> n.Expr:
        found = self.library_member(node.head)
        order = () if found is None else found[1]
        if found is None or not order or len(node.args) < len(order):
            node.head = self.expr(node.head)
            node.args = [self.expr(argument) for argument in node.args]
            return node
        pieces: list[Piece] = []
        arguments = [node.args[index] for index in order] + node.args[len(order) :]
        for argument in arguments:
            pieces += [" ", extent(self.building, argument)]
        self.edits.replace(node.start, node.end, LibraryName(found[0]), *pieces)
        node.head = modern_term(found[0], node.head.start, node.head.end, self.library)
        node.args = [self.expr(argument) for argument in arguments]
        return node

    def modern(self, node: Modern) -> n.Expr:
        return modern_term(node.text, node.start, node.end, self.library)

    def switch(self, node: Switch) -> n.Expr:
        self.children(node.match)
        return n.BinOp(node.start, node.end, "|>", self.expr(node.subject), node.match)

    def infix(self, node: n.BinOp) -> n.Expr:
        """`x & Contract(T)` is `x | T`; all other operators are what they were."""
        if node.op == "&":
            for wrapper, other in ((node.right, node.left), (node.left, node.right)):
                if isinstance(wrapper, Wrapper) and wrapper.name == "Contract" and wrapper.annotation is not None:
                    first, last = extent(self.building, wrapper.annotation)
                    self.edits.replace(
                        node.start, node.end, "(", extent(self.building, other), " | ", (first, last), ")"
                    )
                    annotation = n.Annot(wrapper.start, wrapper.end, "|", self.type(wrapper.annotation))
                    return n.Annotated(node.start, node.end, self.expr(other), [annotation])
        node.left = self.expr(node.left)
        node.right = self.expr(node.right)
        return node

    # ---- binders

    def let(self, node: n.Let) -> n.Expr:
        binding = node.bindings[0]
        binding.annots = self.annotations(binding.annots, binding.pattern.end)
        binding.value = self.expr(binding.value)
        bound = self.pattern(binding.pattern)
        node.body = self.expr(node.body)
        self.leave(bound)
        return node

    def function(self, node: n.Fun) -> n.Expr:
        bound: list[str] = []
        for param in node.params:
            bound += self.pattern(param)
        node.body = self.expr(node.body)
        self.leave(bound)
        return node

    def pattern(self, pattern: n.Pattern) -> list[str]:
        """Brings the variables of a pattern into scope."""
        if isinstance(pattern, n.PVar):
            if pattern.name in RESERVED or pattern.name == "std":
                self.edits.replace(pattern.start, pattern.end, self.rename(pattern.name))
            return self.bind([pattern.name], LOCAL)
        bound: list[str] = []
        if isinstance(pattern, n.PAlias):
            bound += self.bind([pattern.name], LOCAL)
            bound += self.pattern(pattern.pattern)
        elif isinstance(pattern, n.PRec):
            for field in pattern.fields:
                if field.name in RESERVED:
                    self.gap(field.start, field.end, f"`{field.name}` is a word of the language today")
                if field.default is not None:
                    field.default = self.expr(field.default)
                bound += self.bind([field.name], FIELD) if field.pattern is None else self.pattern(field.pattern)
            if pattern.rest:
                bound += self.bind([pattern.rest], LOCAL)
        return bound

    # ---- annotations

    def annotated(self, node: n.Annotated) -> n.Expr:
        value = node.expr
        end = extent(self.building, value)[1]
        if isinstance(value, (n.Let, n.Fun, n.If, n.Import)) and needs_parentheses(self.building, value):
            # Annotations bind more tightly than these today.
            self.edits.surround(value.start, value.end, "(", ")")
        node.expr = self.expr(value)
        node.annots = self.annotations(node.annots, end)
        return node if node.annots else node.expr

    def annotations(self, annots: list[n.Annot], end: int) -> list[n.Annot]:
        """Annotations of what is no field: types and contracts; metadata means nothing there."""
        kept: list[n.Annot] = []
        for annot in annots:
            if isinstance(annot.value, n.Expr):
                annot.value = self.type(annot.value)
                kept.append(annot)
            else:
                self.edits.replace(end, annot.end, "")
            end = annot.end
        return kept

    def wrapper(self, node: Wrapper) -> n.Expr:
        """A wrapper that is no field."""
        annotation, value = node.annotation, node.value
        if value is None:
            assert annotation is not None
            self.edits.replace(node.start, node.end, "(", extent(self.building, annotation), ")")
            return self.type(annotation)
        place = extent(self.building, value)
        if annotation is None:
            plain = not needs_parentheses(self.building, value)
            self.edits.replace(node.start, node.end, *((place,) if plain else ("(", place, ")")))
            return self.expr(value)
        sign = ":" if node.name == "Promise" else "|"
        loose = isinstance(value, LOOSE) and needs_parentheses(self.building, value)
        inner: list[Piece] = ["(", place, ")"] if loose else [place]
        self.edits.replace(node.start, node.end, "(", *inner, f" {sign} ", extent(self.building, annotation), ")")
        annot = n.Annot(annotation.start, annotation.end, sign, self.type(annotation))
        return n.Annotated(node.start, node.end, self.expr(value), [annot])

    def contracted(self, node: Contracted) -> n.Expr:
        return self.type(node)

    # ---- records

    def record(self, node: n.Rec) -> n.Expr:
        declarations = [decl for decl in node.decls if isinstance(decl, n.FieldDecl)]
        bound = self.bind([decl.path[0].name for decl in declarations if decl.path[0].name is not None], FIELD)
        for decl in declarations:
            self.declaration(decl)
        self.leave(bound)
        return node

    def declaration(self, decl: n.FieldDecl) -> None:
        """A field: metadata of its value becomes its own."""
        for name in decl.path:
            self.field_name(name)
        path_end = decl.annots[-1].end if decl.annots else decl.path[-1].end
        inner: list[n.Annot] = []
        pieces: list[list[Piece]] = []
        value = decl.value
        first = None if value is None else extent(self.building, value)[0]
        while value is not None:
            lifted = self.lift(value)
            if lifted is None:
                break
            value, annots, text = lifted
            inner = annots + inner
            pieces.insert(0, text)
        for annot in [*inner, *decl.annots]:
            if isinstance(annot.value, n.Expr):
                annot.value = self.type(annot.value)
        decl.annots = [*decl.annots, *inner]
        if pieces and first is not None:
            moved: list[Piece] = [piece for text in pieces for piece in text]
            if value is not None:
                moved += [(path_end, first), extent(self.building, value)]
            self.edits.replace(decl.start, decl.end, (decl.start, path_end), *moved)
        decl.value = None if value is None else self.expr(value)

    def lift(self, value: n.Expr) -> tuple[n.Expr | None, list[n.Annot], list[Piece]] | None:
        """Takes one layer of metadata off a field's value: what is left, the annotations, and how they are written."""
        if isinstance(value, n.Annotated):
            if all(annot.kind == ":" for annot in value.annots):
                return None
            end = extent(self.building, value.expr)[1]
            stretch = (end, value.annots[-1].end)
            return value.expr, value.annots, [" " * (stretch[0] == value.annots[0].start), stretch]
        if not isinstance(value, Wrapper) or value.name in ("Assume", "Promise"):
            return None
        start, end = value.start, value.end
        annots: list[n.Annot] = []
        pieces: list[Piece] = []
        if value.annotation is not None:
            annots.append(n.Annot(start, end, "|", value.annotation))
            pieces += [" | ", extent(self.building, value.annotation)]
        if value.name in ("Default", "ContractDefault"):
            annots.append(n.Annot(start, end, "default", None))
            pieces.append(" | default")
        if value.doc is not None:
            if isinstance(value.doc, n.Str):
                annots.append(n.Annot(start, end, "doc", value.doc.value))
                pieces += [" | doc ", (value.doc.start, value.doc.end)]
            else:
                self.gap(value.doc.start, value.doc.end, "documentation cannot contain interpolations today")
        return value.value, annots, pieces

    # ---- types

    def type(self, node: n.Expr) -> n.Expr:
        """A type in modern terms; plain identifiers have to be type variables."""
        if isinstance(node, Contracted):
            hidden, self.variables = self.variables, frozenset()
            inner = self.expr(node.expr)
            self.variables = hidden
            # Today a bare name would be the type variable, if there is one.
            shadowed = isinstance(inner, n.Var) and inner.name in self.variables
            if shadowed:
                self.gap(node.start, node.end, "a type variable has the name of the contract, which hides it today")
            return n.Annotated(inner.start, inner.end, inner, []) if shadowed else inner
        if isinstance(node, n.Var):
            self.type_variable(node.name, node.start, node.end)
        elif isinstance(node, (n.ArrayType, n.DictType)):
            node.item = self.type(node.item)
        elif isinstance(node, n.BinOp):
            node.left = self.type(node.left)
            node.right = self.type(node.right)
        elif isinstance(node, n.Forall):
            outer = self.variables
            self.variables = outer | {name.name for name in node.names}
            node.body = self.type(node.body)
            self.variables = outer
        elif isinstance(node, n.Rec):
            for decl in node.decls:
                annot = decl.annots[0]
                assert isinstance(annot.value, n.Expr)
                annot.value = self.type(annot.value)
        if isinstance(node, (n.Rec, n.EnumType)) and node.tail is not None and node.tail.name != "Dyn":
            self.type_variable(node.tail.name, node.tail.start, node.tail.end)
        return node

    def type_variable(self, name: str, start: int, end: int) -> None:
        if name not in self.variables:
            known = self.is_bound(name) or name[:1].isupper()
            self.building.report("unbound-type-variable", start, end, (name, known))


HANDLERS: dict[type[n.Node], Callable[[Lowering, Any], n.Expr]] = {
    n.Var: Lowering.variable,
    n.Access: Lowering.access,
    n.App: Lowering.application,
    n.BinOp: Lowering.infix,
    n.Let: Lowering.let,
    n.Fun: Lowering.function,
    n.Annotated: Lowering.annotated,
    n.Rec: Lowering.record,
    n.BaseType: Lowering.type,
    n.ArrayType: Lowering.type,
    n.DictType: Lowering.type,
    n.EnumType: Lowering.type,
    n.Forall: Lowering.type,
    Contracted: Lowering.contracted,
    Modern: Lowering.modern,
    Switch: Lowering.switch,
    Wrapper: Lowering.wrapper,
}
