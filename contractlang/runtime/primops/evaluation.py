"""Primitives on values of any class: what class they are, when they are evaluated, their text."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from contractlang.runtime.deep import deep_force
from contractlang.runtime.errors import BlameError, OtherError
from contractlang.runtime.operands import class_name, wrong_operand
from contractlang.runtime.thunk import whnf
from contractlang.runtime.values import EnumTag, Lazy, Sealed, Value, Variant, enum_tag
from contractlang.text.numbers import number_to_string

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

_TAGS = {
    name: enum_tag(name)
    for name in ("Number", "Bool", "String", "Function", "CustomContract", "Array", "Record", "Label", "Type", "Other")
}
_TAGS["EnumTag"] = _TAGS["EnumVariant"] = enum_tag("Enum")
_TAGS["SealingKey"] = _TAGS["Null"] = _TAGS["Other"]


def typeof(value: Value) -> EnumTag:
    """The tag of the class of a value; looking at a sealed one is its function's fault."""
    if type(value) is Sealed:
        raise BlameError(value.label, value)
    return _TAGS[class_name(value)]


def cast(value: Value) -> Variant:
    return Variant(typeof(value), value)


def seq(_: Value, result: Lazy) -> Value:
    return whnf(result)


def deep_seq(value: Value, result: Lazy) -> Value:
    deep_force(value)
    return whnf(result)


def force(value: Value) -> Value:
    return deep_force(value)


def tracing(sink: Callable[[str], None] | None) -> Callable[[Value, Lazy], Value]:
    """The primitive `trace` of a run: it gives each message to `sink` (None: to nobody) when the result is demanded."""

    def trace(message: Value, result: Lazy) -> Value:
        if type(message) is not str:
            raise wrong_operand("trace", 0, "String", message)
        if sink is not None:
            sink(message)
        return whnf(result)

    return trace


def to_string(value: Value) -> str:
    kind = type(value)
    if kind is str:
        return str(value)
    if kind is int or kind is Fraction:
        return number_to_string(value)
    if kind is bool:
        return "true" if value else "false"
    if value is None:
        return "null"
    if kind is EnumTag:
        return str(value.name)
    if kind is Sealed:
        raise BlameError(value.label, value)
    raise OtherError(f"to_string: can't convert an argument of type {class_name(value)} to string")


def is_stringable(value: Value) -> bool:
    if type(value) is Sealed:
        raise BlameError(value.label, value)
    return type(value) in _STRINGABLE


_STRINGABLE = frozenset((int, Fraction, bool, str, type(None), EnumTag))


PRIMITIVES: dict[str, Callable[..., Any]] = {
    "typeof": typeof,
    "cast": cast,
    "seq": seq,
    "deep_seq": deep_seq,
    "force": force,
    "trace": tracing(None),
    "to_string": to_string,
    "is_stringable": is_stringable,
}
