"""Large records after an edit: only the declarations that it concerns are looked at one by one.

What is remembered are records of plain declarations, `name | … = value` with every name once, which is what large ones consist of.
The declarations at the beginning and at the end that are the same as before keep their fields, unless these use a name that was
declared in between; all others are resolved as ever. Where anything else has changed, all of it is resolved anew.
"""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.resolve.memory import Names
from contractlang.syntax import nodes as ast

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeGuard

    from contractlang.resolve.context import Context
    from contractlang.resolve.memory import Entry, Memory, Use

    ResolveField = Callable[[Context, str, list[tuple[ast.FieldDecl, int]], core.Binding | None], core.Field]


class LargeRecord:
    """A record as it was resolved last: for each declaration its name, its binding, its field, and what is remembered of it, None
    if nothing is. `uses`: the names from outside of the record that its fields use or used once, and those that they would hide if
    there were any; with more than `most_uses`, most of them are none any more."""

    __slots__ = ("bindings", "decls", "entries", "fields", "most_uses", "names", "uses")

    def __init__(
        self,
        decls: list[ast.FieldDecl],
        names: list[str],
        bindings: list[core.Binding],
        fields: list[core.Field],
        entries: list[Entry | None],
        uses: dict[Use, None],
        most_uses: int,
    ) -> None:
        self.most_uses = most_uses
        self.decls = decls
        self.names = names
        self.bindings = bindings
        self.fields = fields
        self.entries = entries
        self.uses = uses


def remember(memory: Memory, node: ast.Rec, bindings: list[core.Binding], fields: list[core.Field]) -> None:
    """Keeps what a record was resolved to, if it is one that can be remembered."""
    if len(bindings) != len(node.decls) or len(fields) != len(node.decls):
        return
    decls = [decl for decl in node.decls if _is_plain(decl) and memory.knows(decl)]
    if len(decls) < len(node.decls):
        return
    names = [decl.path[0].name or "" for decl in decls]
    entries = [memory.entry(decl) for decl in decls]
    uses: dict[Use, None] = {(name, None): None for name in names}
    _note_uses(uses, names, [entry for entry in entries if entry is not None])
    memory.keep_large(LargeRecord(decls, names, bindings, fields, entries, uses, 2 * len(uses) + 100))


def resolved_again(ctx: Context, node: ast.Rec, resolve_field: ResolveField) -> core.Record | None:
    """A record of which another version is remembered; None if it has to be resolved as if there were none."""
    memory, outer = ctx.memory, ctx.names
    if memory is None or ctx.type_variables:
        return None
    old = memory.large(node)
    if old is None or not isinstance(outer, Names) or len(old.uses) > old.most_uses or not _hold(outer, old.uses):
        return None
    first, last = _same_ends(old.decls, node.decls)
    behind = len(node.decls) - last
    changed = _changed(memory, old, node, first, last)
    if changed is None:
        return None
    decls, names, bindings = changed
    new_names = names[first : len(names) - last]
    if not outer.keys().isdisjoint(new_names):
        return None
    for decl, binding in zip(decls, bindings, strict=True):
        by = decl.start - binding.start
        if by:
            binding.start += by
            binding.end += by
    # What stood between the ends, now or before; an unedited declaration has the binding that it had.
    touched = {*new_names, *old.names[first : len(old.names) - last]}
    inner = Names(outer)
    inner.asked = outer.asked
    inner.update(zip(names, bindings, strict=True))
    inner.asked += old.uses
    inner.asked += [(name, None) for name in new_names]
    ctx.names = inner
    fields: list[core.Field] = []
    entries: list[Entry | None] = []
    looked_at: list[Entry] = []
    for index, decl in enumerate(decls):
        entry = None
        if index < first or index >= behind:
            entry = old.entries[index if index < first else index - len(decls)]
        field: core.Field | None = None if entry is None else memory.take(ctx, entry, touched)
        if field is not None:
            fields.append(field)
        else:
            fields.append(resolve_field(ctx, names[index], [(decl, 0)], bindings[index]))
            entry = memory.entry(decl)
            if entry is not None:
                looked_at.append(entry)
        entries.append(entry)
    ctx.names = outer
    old.uses.update(((name, None), None) for name in new_names)
    _note_uses(old.uses, names, looked_at)
    memory.keep_large(LargeRecord(decls, names, bindings, fields, entries, old.uses, old.most_uses), old)
    return core.Record(node.start, node.end, fields, [], node.ellipsis >= 0)


def _is_plain(decl: ast.FieldDecl | ast.Include) -> TypeGuard[ast.FieldDecl]:
    """Whether a declaration is `name | … = value`."""
    return type(decl) is ast.FieldDecl and decl.value is not None and len(decl.path) == 1 and decl.path[0].is_ident


def _hold(names: Names, uses: dict[Use, None]) -> bool:
    """Whether names mean what they meant."""
    look_up = dict.get
    return all(look_up(names, name) is binding for name, binding in uses)


def _note_uses(uses: dict[Use, None], names: list[str], entries: list[Entry]) -> None:
    own = set(names) if entries else set()
    for entry in entries:
        for use in entry.uses:
            if use[0] not in own:
                uses[use] = None


def _same_ends(old: list[ast.FieldDecl], new: list[Any]) -> tuple[int, int]:
    """How many declarations at the beginning and at the end are the same. Nodes are compared by identity."""
    most = min(len(old), len(new))
    first = _most(most, lambda low, high: old[low:high] == new[low:high])
    most -= first
    return first, _most(
        most, lambda low, high: old[len(old) - high : len(old) - low] == new[len(new) - high : len(new) - low]
    )


def _most(limit: int, same: Callable[[int, int], bool]) -> int:
    """How many, up to a limit, are the same, given whether those from one to another are."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _changed(
    memory: Memory, old: LargeRecord, node: ast.Rec, first: int, last: int
) -> tuple[list[ast.FieldDecl], list[str], list[core.Binding]] | None:
    """The declarations now, with their names and bindings; None if they are not plain."""
    decls: list[ast.FieldDecl] = old.decls[:first]
    names = old.names[:first]
    bindings = old.bindings[:first]
    for decl in node.decls[first : len(node.decls) - last]:
        if not _is_plain(decl) or not memory.knows(decl):
            return None
        part = decl.path[0]
        decls.append(decl)
        names.append(part.name or "")
        bindings.append(memory.binding(decl, part.name or "", "field", part.start, part.end))
    if last:
        decls += old.decls[-last:]
        names += old.names[-last:]
        bindings += old.bindings[-last:]
    if len(set(names)) < len(names) or not memory.knows(decls[0]):
        return None
    return decls, names, bindings
