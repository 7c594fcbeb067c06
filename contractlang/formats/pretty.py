"""Values in the language's own syntax, for `contractlang eval`: everything is evaluated, two spaces of indentation."""

from __future__ import annotations

from contractlang.runtime.record import field
from contractlang.runtime.show import name_text, quoted, show, tag_text
from contractlang.runtime.thunk import element, whnf
from contractlang.runtime.values import Array, Record, SealedRecord, Value, Variant

WIDTH = 80


def pretty(value: Value, indent: str = "") -> str:
    """A deeply forced value as source text; functions and contracts as a description in angle brackets."""
    kind = type(value)
    if kind is str:
        return quoted(value)
    if kind is Array:
        items = [pretty(element(value, i), indent + "  ") for i in range(len(value.items))]
        return _block("[", items, "]", indent)
    if kind is Record or kind is SealedRecord:
        return _record(value, indent)
    if kind is Variant:
        argument = pretty(whnf(value.arg), indent)
        if type(whnf(value.arg)) is Variant or argument.startswith("-"):
            argument = f"({argument})"
        return f"{tag_text(value.tag.name)} {argument}"
    return show(value, 1 << 30)


def _record(value: Record, indent: str) -> str:
    shape = value.shape
    items = []
    for name in shape.visible_names():
        i = shape.index[name]
        if shape.defs[i].not_exported:
            continue
        items.append(f"{name_text(name)} = {pretty(field(value, i), indent + '  ')}")
    return _block("{ ", items, " }", indent) if items else "{}"


def _block(opening: str, items: list[str], closing: str, indent: str) -> str:
    flat = f"{opening}{', '.join(items)}{closing}"
    if len(flat) + len(indent) <= WIDTH and "\n" not in flat:
        return flat
    inner = indent + "  "
    lines = "".join(f"{inner}{item},\n" for item in items)
    return f"{opening.strip()}\n{lines}{indent}{closing.strip()}"
