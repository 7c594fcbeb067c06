"""What resolution remembers of a program for the next time, so that only what an edit concerns is resolved anew.

The parts that can be remembered are those the parser handles as pieces: record literals, their declarations, definitions. What a
part resolves to depends on its tree, on what the names that it uses from outside refer to, and on where its imports lead. Trees are
compared by identity, for the parser keeps the nodes of what was not edited; the names that a part asked for, and what it was
told, are recorded. If all that is as it was, so is the result, but for its place: the nodes are then moved.

So that names refer to the same binding as before, the bindings of parts that were not edited are kept too.
"""

from __future__ import annotations

from contractlang.resolve import core

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, TypeVar

    from contractlang.resolve.context import Context
    from contractlang.syntax import nodes as ast

    Result = TypeVar("Result", bound=core.Node)
    Use = tuple[str, core.Binding | None]


class Names(dict[str, core.Binding]):
    """The names in scope, which remember what was asked of them."""

    __slots__ = ("asked",)

    def __init__(self, *args: Any) -> None:  # noqa: ANN401 - as `dict`
        super().__init__(*args)
        self.asked: list[Use] = []

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as `dict`
        binding = dict.get(self, name, default)
        self.asked.append((name, binding))
        return binding


class Entry:
    """What a part of a program was resolved to, the names that it `uses` from outside, and what it added to the context. `bound`:
    the names that it declares for others."""

    __slots__ = ("asked", "bound", "hidden", "imports", "moving", "node", "pass_number", "result", "typed", "uses")

    def __init__(self, node: ast.Node, bound: tuple[core.Binding, ...], ctx: Context, uses: tuple[Use, ...]) -> None:
        self.node = node
        self.bound = bound
        self.uses = uses
        self.imports = ctx.imports
        self.asked = ctx.asked
        self.hidden = ctx.hidden
        self.typed = ctx.typed
        self.result: core.Node | None = None
        self.moving: _Moving | None = None
        self.pass_number = 0


class Memory:
    """What is remembered of one file."""

    __slots__ = ("_bindings", "_entries", "_pass", "_roots", "std")

    def __init__(self) -> None:
        self.std = core.Binding("std", "std", 0, 0)
        self._entries: dict[int, Entry] = {}
        # The bindings of a declaration by name, with the declaration, by its identity.
        self._bindings: dict[int, tuple[ast.Node, dict[str, core.Binding]]] = {}
        self._roots: Mapping[int, ast.Node] = {}
        self._pass = 0

    def begin(self, roots: Iterable[ast.Node]) -> None:
        """A resolution begins; `roots` are the parts of the tree that can be remembered."""
        self._roots = {id(node): node for node in roots}
        self._pass += 1
        if len(self._entries) > 2 * len(self._roots) + 100:
            alive = self._roots.get
            self._entries = {key: entry for key, entry in self._entries.items() if alive(key) is entry.node}
            self._bindings = {key: known for key, known in self._bindings.items() if alive(key) is known[0]}

    def knows(self, node: ast.Node) -> bool:
        """Whether a node is a part that can be remembered."""
        return id(node) in self._roots

    def binding(self, declaration: ast.Node, binding: core.Binding) -> core.Binding:
        """The binding that a declaration had before, now at the place of the new one, which else becomes it."""
        if id(declaration) not in self._roots:
            return binding
        known = self._bindings.get(id(declaration))
        if known is None or known[0] is not declaration:
            known = self._bindings[id(declaration)] = declaration, {}
        old = known[1].get(binding.name)
        if old is None or old.kind != binding.kind:
            known[1][binding.name] = binding
            return binding
        old.start = binding.start
        old.end = binding.end
        return old

    def recall(
        self, ctx: Context, node: ast.Node, resolve: Callable[[], Result], bound: tuple[core.Binding, ...] = ()
    ) -> Result:
        """What a part is resolved to: what it was before, if nothing that it depends on has changed. `bound`: the names that it
        declares for others, which exist already."""
        if id(node) not in self._roots or ctx.type_variables:
            return resolve()
        entry = self._entries.get(id(node))
        if entry is not None and entry.node is node and self._holds(ctx, entry, bound):
            result: Result = self._reused(ctx, entry)
            return result
        return self._resolved(ctx, node, resolve, bound)

    def _holds(self, ctx: Context, entry: Entry, bound: tuple[core.Binding, ...]) -> bool:
        if entry.pass_number == self._pass or len(bound) != len(entry.bound):
            return False
        look_up = dict.get
        names = ctx.names
        for name, binding in entry.uses:
            if look_up(names, name) is not binding:
                return False
        return bound == entry.bound  # bindings are compared by identity

    def _reused(self, ctx: Context, entry: Entry) -> Any:  # noqa: ANN401 - the kind of result is that of the node
        result = entry.result
        assert result is not None
        by = entry.node.start - result.start
        if by:
            if entry.moving is None:
                entry.moving = _Moving(result, entry.bound)
            entry.moving.move(by)
        entry.pass_number = self._pass
        ctx.imports += entry.imports
        ctx.asked += entry.asked
        ctx.hidden.update(entry.hidden)
        ctx.typed = ctx.typed or entry.typed
        ctx.names.asked += entry.uses  # type: ignore[attr-defined] # `Names`, wherever there is a memory
        return result

    def _resolved(
        self, ctx: Context, node: ast.Node, resolve: Callable[[], Result], bound: tuple[core.Binding, ...]
    ) -> Result:
        names = ctx.names
        assert isinstance(names, Names)
        outer = ctx.imports, ctx.asked, ctx.hidden, ctx.typed, names.asked
        found = len(ctx.problems) + len(ctx.syntax_problems)
        ctx.imports, ctx.asked, ctx.hidden, ctx.typed, names.asked = [], [], {}, False, []
        result = resolve()
        look_up = dict.get
        uses = tuple(each for each in dict.fromkeys(names.asked) if look_up(names, each[0]) is each[1])
        entry = Entry(node, bound, ctx, uses)
        ctx.imports, ctx.asked, ctx.hidden, ctx.typed, names.asked = outer
        ctx.imports += entry.imports
        ctx.asked += entry.asked
        ctx.hidden.update(entry.hidden)
        ctx.typed = ctx.typed or entry.typed
        names.asked += uses
        # What is wrong has to be said again, at its new place.
        if len(ctx.problems) + len(ctx.syntax_problems) == found and result.start == node.start:
            entry.result = result
            entry.pass_number = self._pass
            self._entries[id(node)] = entry
        else:
            self._entries.pop(id(node), None)
        return result


_SKIPPED = frozenset(
    {"start", "end", "name", "name_start", "name_end", "decls", "binding", "rest", "var", "occurrences"}
)
_SLOTS: dict[type[object], tuple[str, ...]] = {}


def _slots(kind: type[object]) -> tuple[str, ...]:
    """Where objects of a kind may hold parts."""
    known = _SLOTS.get(kind)
    if known is None:
        names = [name for each in kind.__mro__ for name in getattr(each, "__slots__", ())]
        known = _SLOTS[kind] = tuple(name for name in names if name not in _SKIPPED)
    return known


class _Moving:
    """Everything below a node that has a place in the text."""

    __slots__ = ("accesses", "fields", "nodes", "rows")

    def __init__(self, root: core.Node, bound: tuple[core.Binding, ...]) -> None:
        self.nodes: list[core.Node | core.Binding] = []
        self.accesses: list[core.Access] = []
        self.fields: list[core.Field] = []
        self.rows: list[core.TRecord | core.TEnum] = []
        seen: set[int] = {id(binding) for binding in bound}
        work: list[object] = [root]
        while work:
            item = work.pop()
            if isinstance(item, (list, tuple)):
                work += item
                continue
            if not isinstance(item, (core.Node, core.Meta)) or id(item) in seen:
                continue
            seen.add(id(item))
            if isinstance(item, core.Node):
                self.nodes.append(item)
                for binding in _declared(item):
                    if id(binding) not in seen:
                        seen.add(id(binding))
                        self.nodes.append(binding)
            if isinstance(item, core.Access):
                self.accesses.append(item)
            elif isinstance(item, core.Field):
                self.fields.append(item)
            elif isinstance(item, (core.TRecord, core.TEnum)):
                self.rows.append(item)
            work += [getattr(item, slot) for slot in _slots(type(item))]

    def move(self, by: int) -> None:
        """Moves all of it."""
        for node in self.nodes:
            node.start += by
            node.end += by
        for access in self.accesses:
            access.name_start += by
            access.name_end += by
        for field in self.fields:
            field.occurrences = [(start + by, end + by) for start, end in field.occurrences]
        for type_ in self.rows:
            # A row is a name, a type, and its place, whatever the type.
            type_.rows = [(row[0], row[1], row[2] + by, row[3] + by) for row in type_.rows]


def _declared(node: core.Node) -> Iterable[core.Binding]:
    """The bindings that a node itself declares."""
    if isinstance(node, core.Field):
        return () if node.binding is None else (node.binding,)
    if isinstance(node, (core.PVar, core.PAlias)):
        return (node.binding,)
    if isinstance(node, (core.PRec, core.PArr)):
        return () if node.rest is None else (node.rest,)
    return ()
