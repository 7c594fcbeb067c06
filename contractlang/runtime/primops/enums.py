"""Primitives on enums."""

from __future__ import annotations

from collections.abc import Callable

from contractlang.runtime.errors import BlameError
from contractlang.runtime.operands import wrong_operand
from contractlang.runtime.thunk import whnf
from contractlang.runtime.values import EnumTag, Lazy, Sealed, Value, Variant, enum_tag

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any


def _name(operator: str, position: int, value: Value) -> str:
    if type(value) is not str:
        raise wrong_operand(operator, position, "String", value)
    return value


def from_string(name: Value) -> EnumTag:
    return enum_tag(_name("enum/from_string", 0, name))


def make_variant(name: Value, argument: Lazy) -> Variant:
    return Variant(enum_tag(_name("enum/make_variant", 0, name)), argument)


def is_variant(value: Value) -> bool:
    if type(value) is Sealed:
        raise BlameError(value.label, value)
    return type(value) is Variant


def get_tag(value: Value) -> EnumTag:
    if type(value) is EnumTag:
        return value
    if type(value) is Variant:
        return value.tag
    raise wrong_operand("enum/get_tag", 0, "Enum", value)


def get_arg(value: Value) -> Value:
    if type(value) is Variant:
        return whnf(value.arg)
    raise wrong_operand("enum/get_arg", 0, "Enum variant", value)


PRIMITIVES: dict[str, Callable[..., Any]] = {
    "enum/from_string": from_string,
    "enum/make_variant": make_variant,
    "enum/is_variant": is_variant,
    "enum/get_tag": get_tag,
    "enum/get_arg": get_arg,
}
