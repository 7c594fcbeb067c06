"""Classes of values, as `%typeof%` and error messages name them, and the error for an operand of the wrong class."""

from __future__ import annotations

from fractions import Fraction

from contractlang.runtime.errors import BlameError, EvaluationError, OperandError
from contractlang.runtime.label import Label
from contractlang.runtime.values import (
    Array,
    CustomContract,
    EnumTag,
    Function,
    PredicateContract,
    Record,
    Sealed,
    SealedRecord,
    SealingKey,
    ValidatorContract,
    Value,
    Variant,
)

_CLASSES: dict[type, str] = {
    type(None): "Null",
    bool: "Bool",
    int: "Number",
    Fraction: "Number",
    str: "String",
    Array: "Array",
    Record: "Record",
    SealedRecord: "Record",
    Function: "Function",
    EnumTag: "EnumTag",
    Variant: "EnumVariant",
    CustomContract: "CustomContract",
    PredicateContract: "CustomContract",
    ValidatorContract: "CustomContract",
    Label: "Label",
    SealingKey: "SealingKey",
    Sealed: "Sealed",
}


def class_name(value: Value) -> str:
    """The class of a value as error messages name it (`%typeof%` says `'Enum` for both kinds of enum and `'Other` for null)."""
    return _CLASSES.get(type(value), "Type")


def wrong_operand(operator: str, position: int, expected: str, value: Value) -> EvaluationError:
    """The error to raise for an operand of the wrong class: `position` from 1, 0 where there is only one.

    A sealed value is nobody's mistake but the polymorphic function's that looked at it: its seal is blamed.
    """
    if type(value) is Sealed:
        return BlameError(value.label, value)
    return OperandError(operator, position, expected, value)
