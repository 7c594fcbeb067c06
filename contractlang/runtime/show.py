"""Values as people read them in messages: in the language's syntax, shortened, without evaluating anything."""

from __future__ import annotations

from fractions import Fraction

from contractlang.runtime.label import Label
from contractlang.runtime.record import is_present
from contractlang.runtime.values import (
    Array,
    CustomContract,
    EnumTag,
    Function,
    Lazy,
    Record,
    Sealed,
    SealedRecord,
    Variant,
)

UNEVALUATED = "…"


def show(value: Lazy, budget: int = 60) -> str:
    """About `budget` characters of a value; what is not evaluated yet shows as `…`."""
    if type(value) is list:
        if value[0] is not None:
            return UNEVALUATED
        value = value[1]
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return (
                str(value)
                if -(10**30) < value < 10**30
                else f"{value:.3e}"
                if abs(value) < 10**300
                else "a huge number"
            )
        case Fraction():
            return _show_fraction(value)
        case str():
            return quoted(value, budget)
        case EnumTag():
            return tag_text(value.name)
        case Variant():
            argument = show(value.arg, budget - len(value.tag.name) - 3)
            if argument[0] == "'" and " " in argument:
                argument = f"({argument})"
            return f"{tag_text(value.tag.name)} {argument}"
        case Array():
            return _show_array(value, budget)
        case Record() | SealedRecord():
            return _show_record(value, budget)
        case Function():
            return "<function>"
        case CustomContract():
            return "<contract>"
        case Label():
            return "<label>"
        case Sealed():
            return "<value of a polymorphic type>"
        case _:
            return "<type>"


def _show_fraction(value: Fraction) -> str:
    denominator = value.denominator
    for factor in (2, 5):
        while denominator % factor == 0:
            denominator //= factor
    if denominator == 1 and value.denominator < 10**15:
        return format(float(value), ".15g")
    return f"{value.numerator}/{value.denominator}"


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str, budget: int = 1 << 30) -> str:
    """A string literal of the language; control and invisible characters escaped, too long ones cut."""
    cut = len(text) > budget
    parts = []
    for char in text[:budget]:
        escaped = _ESCAPES.get(char)
        if escaped is not None:
            parts.append(escaped)
        elif char.isprintable():
            parts.append(char)
        else:
            parts.append(f"\\u{{{ord(char):x}}}")
    body = "".join(parts).replace("%{", "\\%{")
    return f'"{body}…"' if cut else f'"{body}"'


def tag_text(name: str) -> str:
    plain = name.lstrip("_")
    if plain[:1].isascii() and plain[:1].isalpha() and all(c.isascii() and (c.isalnum() or c in "_-'") for c in plain):
        return f"'{name}"
    return f"'{quoted(name)}"


def name_text(name: str) -> str:
    return tag_text(name)[1:]


def _show_array(value: Array, budget: int) -> str:
    parts: list[str] = []
    used = 2
    for i, item in enumerate(value.items):
        text = show(item, budget - used)
        used += len(text) + 2
        if used > budget and i:
            parts.append(f"… ({len(value.items)} elements)")
            break
        parts.append(text)
    return f"[{', '.join(parts)}]"


def _show_record(value: Record, budget: int) -> str:
    shape = value.shape
    parts: list[str] = []
    used = 4
    for i, name in enumerate(shape.names):
        if not is_present(shape, i):
            continue
        text = name_text(name)
        if shape.defs[i].sources:
            text += f" = {show(value.slots[i], budget - used - len(text))}"
        used += len(text) + 2
        if used > budget and parts:
            parts.append(f"… ({len(shape.names)} fields)")
            break
        parts.append(text)
    return f"{{ {', '.join(parts)} }}" if parts else "{}"
