"""One member of a module of the standard library, with what it refers to: a program pays for the functions that it uses."""

from __future__ import annotations

from contractlang.compile.types import bindings_in
from contractlang.resolve import core


def member_unit(unit: core.Unit, member: str) -> core.Unit | None:
    """The unit of a module reduced to a member and the siblings that it needs, directly or not; None if it has no such member."""
    root = unit.root
    if not isinstance(root, core.Record) or root.dynamic:
        return None
    by_binding = {field.binding: field for field in root.fields if field.binding is not None}
    wanted = [field for field in root.fields if field.name == member]
    if not wanted:
        return None
    needed: dict[str, core.Field] = {}
    while wanted:
        field = wanted.pop()
        if field.name in needed:
            continue
        needed[field.name] = field
        wanted.extend(by_binding[binding] for binding in bindings_in(field) if binding in by_binding)
    fields = [field for field in root.fields if field.name in needed]
    reduced = core.Record(root.start, root.end, fields, [], root.open)
    return core.Unit(f"{unit.key}.{member}", unit.source, reduced, [], unit.format, unit.path, unit.std, unit.typed)
