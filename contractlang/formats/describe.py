"""`contractlang query`: what is known of a field — contracts, default, priority, documentation, value — as text."""

from __future__ import annotations

from contractlang.formats.pretty import pretty
from contractlang.runtime.operands import class_name
from contractlang.runtime.places import Places
from contractlang.runtime.record import field
from contractlang.runtime.shape import DEFAULT, FORCE, FieldDef
from contractlang.runtime.show import name_text, show
from contractlang.runtime.values import Record, Value


def describe_field(record: Record, path: list[str], places: Places) -> str:
    """The description of the field at `path`, which `record` declares. Raises `EvaluationError` where its value fails."""
    definition = record.shape.defs[record.shape.index[path[-1]]]
    lines = [f"field: {'.'.join(name_text(name) for name in path)}"]
    lines += _metadata(definition, places)
    lines.append(f"value: {_value_text(record, path[-1])}")
    return "\n".join(lines) + "\n"


def describe_whole(value: Value) -> str:
    """The description of a value in weak head normal form: of a record, which fields it has or declares."""
    if not isinstance(value, Record):
        return f"value: {show(value, 400)}\n"
    names = [name_text(name) for name in sorted(value.shape.names)]
    return "".join(
        f"{line}\n" for line in [f"a {class_name(value)} with the fields:", *(f"  {name}" for name in names)]
    )


def _metadata(definition: FieldDef, places: Places) -> list[str]:
    lines = []
    for pending in definition.pending:
        if pending.label is not None:
            annotation = pending.label.annotation
            span = places.span(annotation.unit, annotation.start, annotation.end)
            if span is not None:
                lines.append(f"contract: {' '.join(span.text.split())}")
    if definition.priority == DEFAULT:
        lines.append("priority: default")
    elif definition.priority == FORCE:
        lines.append("priority: force")
    elif definition.priority != 0:
        lines.append(f"priority: {definition.priority}")
    if definition.optional:
        lines.append("optional")
    if definition.not_exported:
        lines.append("not exported")
    if definition.doc is not None:
        lines.append("documentation:")
        lines += [f"  {line}".rstrip() for line in definition.doc.strip().splitlines()]
    return lines


def _value_text(record: Record, name: str) -> str:
    index = record.shape.index[name]
    if not record.shape.defs[index].sources:
        return "none"
    value = field(record, index)
    return pretty(value) if isinstance(value, (str, int, bool)) else show(value, 400)
