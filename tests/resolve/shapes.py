"""Everything that Core says, as plain data, to compare what two resolutions gave: places, and which names are the same."""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.resolve.resolver import Resolution
from contractlang.resolve.traversal import walk

SLOTS: dict[type, list[str]] = {}


def shape(done: Resolution) -> list[object]:
    """The unit, its imports, what fields hide, and the problems."""
    numbers: dict[core.Binding, int] = {done.unit.std: 0}
    described = describe(done.unit.root, numbers)
    # What a field hides matters where its value is a bare name.
    bare = {
        field.binding
        for field in walk(done.unit.root)
        if isinstance(field, core.Field) and isinstance(field.value, (core.Var, core.Annot))
    }
    hidden = sorted((numbers[one], numbers[other]) for one, other in done.unit.hidden.items() if one in bare)
    problems = [
        (each.code, each.message, [(label.span.start, label.span.end, label.message) for label in each.labels])
        for each in (*done.syntax_problems, *done.problems)
    ]
    imports = [(each.start, each.end, each.path, each.key) for each in done.unit.imports]
    return [described, hidden, problems, imports, done.unit.typed]


def describe(root: object, numbers: dict[core.Binding, int]) -> list[object]:
    found: list[object] = []
    work = [root]
    while work:
        item = work.pop()
        if isinstance(item, core.Binding):
            number = numbers.setdefault(item, len(numbers))
            found.append((number, item.name, item.kind, item.start, item.end))
        elif isinstance(item, (list, tuple)):
            found.append(len(item))
            work += reversed(item)
        elif isinstance(item, (core.Node, core.Meta)):
            kind = type(item)
            if kind not in SLOTS:
                SLOTS[kind] = sorted(name for each in kind.__mro__ for name in getattr(each, "__slots__", ()))
                if kind is core.Record:  # its fields may wait until somebody asks for them
                    SLOTS[kind] = ["dynamic", "end", "fields", "open", "start"]
            found.append(kind.__name__)
            work += [getattr(item, name) for name in SLOTS[kind]]
        elif isinstance(item, core.TypeVar):
            found.append((item.name, item.kind, sorted(item.excluded)))
        elif hasattr(item, "start"):  # a declaration of the tree
            found.append((type(item).__name__, item.start, item.end))
        else:
            found.append(repr(item))
    return found
