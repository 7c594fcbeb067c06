"""What resolution remembers of a program for the next time, so that only what an edit concerns is resolved anew.

The parts that can be remembered are those the parser handles as pieces: record literals, their declarations, definitions. What a
part resolves to depends on its tree, on what the names that it uses from outside refer to, and on where its imports lead. Trees are
compared by identity, for the parser keeps the nodes of what was not edited; the names that a part asked for, and what it was
told, are recorded. If all that is as it was, so is the result, but for its place: the nodes are then moved.

So that names refer to the same binding as before, the bindings of parts that were not edited are kept too.
"""

from __future__ import annotations

from operator import attrgetter

from contractlang.resolve import core

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, TypeVar

    from contractlang.resolve.context import Context
    from contractlang.resolve.large_records import LargeRecord
    from contractlang.syntax import nodes as ast
    from contractlang.syntax.pieces import Piece

    Result = TypeVar("Result", bound=core.Node)
    Use = tuple[str, core.Binding | None]


# How many keys there may be for records of which whole versions are kept.
MOST_LARGE = 64


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

    __slots__ = ("_bindings", "_entries", "_large", "_pass", "_roots", "_unsettled", "std")

    def __init__(self) -> None:
        self.std = core.Binding("std", "std", 0, 0)
        self._entries: dict[int, Entry] = {}
        # The bindings of a declaration by name, with the declaration, by its identity.
        self._bindings: dict[int, tuple[ast.Node, dict[str, core.Binding]]] = {}
        # By the identities of their first and last declarations.
        self._large: dict[int, LargeRecord] = {}
        self._roots: Mapping[int, ast.Node] = {}
        self._unsettled: dict[int, Piece] = {}
        self._pass = 0

    def begin(self, roots: Iterable[ast.Node], unsettled: dict[int, Piece]) -> None:
        """A resolution begins; `roots` are the parts of the tree that can be remembered, `unsettled` those of which not all nodes
        are in their places, by the identity of the declaration."""
        self._unsettled = unsettled
        self._roots = {id(node): node for node in roots}
        self._pass += 1
        if len(self._entries) > 2 * len(self._roots) + 100:
            alive = self._roots.get
            self._entries = {key: entry for key, entry in self._entries.items() if alive(key) is entry.node}
            self._bindings = {key: known for key, known in self._bindings.items() if alive(key) is known[0]}

    def knows(self, node: ast.Node) -> bool:
        """Whether a node is a part that can be remembered."""
        return id(node) in self._roots

    def binding(self, declaration: ast.Node, name: str, kind: str, start: int, end: int) -> core.Binding:
        """The binding that a declaration had before, now at this place, or a new one."""
        if id(declaration) not in self._roots:
            return core.Binding(name, kind, start, end)
        known = self._bindings.get(id(declaration))
        if known is None or known[0] is not declaration:
            known = self._bindings[id(declaration)] = declaration, {}
        old = known[1].get(name)
        if old is None or old.kind != kind:
            new = known[1][name] = core.Binding(name, kind, start, end)
            return new
        old.start = start
        old.end = end
        return old

    def kept(self, declaration: ast.Node, binding: core.Binding) -> core.Binding:
        """The binding that a declaration had before, now at the place of a new one, which else becomes it."""
        return self.binding(declaration, binding.name, binding.kind, binding.start, binding.end)

    def recall(
        self, ctx: Context, node: ast.Node, resolve: Callable[[], Result], bound: tuple[core.Binding, ...] = ()
    ) -> Result:
        """What a part is resolved to: what it was before, if nothing that it depends on has changed. `bound`: the names that it
        declares for others, which exist already."""
        known = self.known(ctx, node, bound)
        if known is not None:
            return known  # type: ignore[no-any-return] # the kind of result is that of the node
        self.settle(node)
        if id(node) not in self._roots or ctx.type_variables:
            return resolve()
        return self._resolved(ctx, node, resolve, bound)

    def known(self, ctx: Context, node: ast.Node, bound: tuple[core.Binding, ...] = ()) -> Any:  # noqa: ANN401 - as above
        """What a part was resolved to before, if nothing that it depends on has changed; else None."""
        entry = self._entries.get(id(node))
        if entry is None or entry.node is not node or id(node) not in self._roots or ctx.type_variables:
            return None
        if entry.pass_number == self._pass or bound != entry.bound:  # bindings are compared by identity
            return None
        look_up = dict.get
        names = ctx.names
        for name, binding in entry.uses:
            if look_up(names, name) is not binding:
                return None
        names.asked += entry.uses  # type: ignore[attr-defined] # `Names`, wherever there is a memory
        return self._reused(ctx, entry)

    def settle(self, node: ast.Node) -> None:
        """Puts all nodes of a part in their places: it is going to be resolved."""
        piece = self._unsettled.pop(id(node), None)
        if piece is not None:
            piece.settle()

    def entry(self, node: ast.Node) -> Entry | None:
        """What is remembered of a part."""
        entry = self._entries.get(id(node))
        return entry if entry is not None and entry.node is node else None

    def take(self, ctx: Context, entry: Entry, changed: set[str]) -> Any:  # noqa: ANN401 - as above
        """What a part was resolved to before, unless it depends on one of the names that have changed; then None."""
        if entry.pass_number == self._pass or id(entry.node) not in self._roots:
            return None
        for name, _ in entry.uses:
            if name in changed:
                return None
        return self._reused(ctx, entry)

    def large(self, node: ast.Rec) -> LargeRecord | None:
        """What is remembered of an earlier version of a large record."""
        first, last = node.decls[0], node.decls[-1]
        known = self._large.get(id(first))
        if known is not None and known.decls[0] is first:
            return known
        known = self._large.get(id(last))
        return known if known is not None and known.decls[-1] is last else None

    def keep_large(self, record: LargeRecord, old: LargeRecord | None = None) -> None:
        """Remembers a large record in the place of an earlier version."""
        if old is not None:
            self._large.pop(id(old.decls[0]), None)
            self._large.pop(id(old.decls[-1]), None)
        if len(self._large) > MOST_LARGE:
            self._large.clear()
        self._large[id(record.decls[0])] = self._large[id(record.decls[-1])] = record

    def _reused(self, ctx: Context, entry: Entry) -> Any:  # noqa: ANN401 - the kind of result is that of the node
        result = entry.result
        assert result is not None
        by = entry.node.start - result.start
        if by:
            if entry.moving is None:
                entry.moving = _Moving(result, entry.bound)
            entry.moving.move(by)
        entry.pass_number = self._pass
        if entry.asked:
            ctx.imports += entry.imports
            ctx.asked += entry.asked
        if entry.hidden:
            ctx.hidden.update(entry.hidden)
        if entry.typed:
            ctx.typed = True
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
# By kind: how to get at what may be below an object of it; None: nothing that has a place is.
_BELOW: dict[type[object], Callable[[Any], tuple[object, ...]] | None] = {
    str: None,
    int: None,
    type(None): None,
    bool: None,
}


def _below(kind: type[object]) -> Callable[[Any], tuple[object, ...]] | None:
    """How to get at what may be below an object of a kind."""
    found = None
    if issubclass(kind, (core.Node, core.Meta)):
        slots = [name for each in kind.__mro__ for name in getattr(each, "__slots__", ()) if name not in _SKIPPED]
        # With fewer than two names it would give no tuple.
        found = attrgetter(*slots, *["__class__"] * (2 - len(slots)))
    _BELOW[kind] = found
    return found


class _Moving:
    """Everything below a node that has a place in the text."""

    __slots__ = ("accesses", "fields", "nodes", "rows")

    def __init__(self, root: core.Node, bound: tuple[core.Binding, ...]) -> None:
        self.nodes: list[core.Node | core.Binding] = []
        self.accesses: list[core.Access] = []
        self.fields: list[core.Field] = []
        self.rows: list[core.TRecord | core.TEnum] = []
        seen: set[object] = set(bound)
        work: list[Any] = [root]
        below = _BELOW
        while work:
            item = work.pop()
            kind = type(item)
            if kind is list or kind is tuple:
                work += item
                continue
            parts = below[kind] if kind in below else _below(kind)
            if parts is None or item in seen:
                continue
            seen.add(item)
            if kind is not core.Meta:
                self.nodes.append(item)
                if kind in _DECLARING:
                    for binding in _declared(item):
                        if binding not in seen:
                            seen.add(binding)
                            self.nodes.append(binding)
                if kind is core.Access:
                    self.accesses.append(item)
                elif kind is core.Field:
                    self.fields.append(item)
                elif kind is core.TRecord or kind is core.TEnum:
                    self.rows.append(item)
            work += parts(item)

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


_DECLARING = frozenset({core.Field, core.PVar, core.PAlias, core.PRec, core.PArr})


def _declared(node: core.Node) -> Iterable[core.Binding]:
    """The bindings that a node itself declares."""
    if isinstance(node, core.Field):
        return () if node.binding is None else (node.binding,)
    if isinstance(node, (core.PVar, core.PAlias)):
        return (node.binding,)
    if isinstance(node, (core.PRec, core.PArr)):
        return () if node.rest is None else (node.rest,)
    return ()
