"""Custom contracts: a function of label and value that returns `'Ok value` or `'Error data`."""

from __future__ import annotations

from contractlang.runtime.contracts import apply as application
from contractlang.runtime.contracts.base import Failure
from contractlang.runtime.errors import BlameError, OperandError
from contractlang.runtime.label import Label
from contractlang.runtime.record import field
from contractlang.runtime.thunk import apply1, apply2, element, whnf
from contractlang.runtime.values import (
    Array,
    CustomContract,
    EnumTag,
    Function,
    Lazy,
    PredicateContract,
    Record,
    Sealed,
    ValidatorContract,
    Value,
    Variant,
    enum_tag,
)

OK = enum_tag("Ok")
ERROR = enum_tag("Error")


def check_custom(contract: CustomContract, value: Lazy, label: Label) -> Value | Failure:
    """The value that the contract's function answers with, or a `Failure` with its data."""
    if type(contract) is PredicateContract:
        return check_predicate(contract, value, label)
    if type(contract) is ValidatorContract:
        return check_validator(contract, value, label)
    function: Function = contract.function
    result = apply2(function, label.with_value(value), value)
    if type(result) is Variant:
        if result.tag is OK:
            return whnf(result.arg)
        if result.tag is ERROR:
            return failure_from_data(label.with_value(value), result.arg)
    if type(result) is Sealed:
        raise BlameError(result.label, result)
    raise OperandError("contract/postprocess_result", 0, "[| 'Ok, 'Error _ |]", result)


def check_predicate(contract: PredicateContract, value: Lazy, label: Label) -> Value | Failure:
    code = contract.code
    if code is not None:
        result = code(contract.env, value)
        if result is not True and result is not False and contract.answer is not None:
            result = application.apply_contract(*contract.answer, result)
    else:
        result = apply1(contract.function, value)
    if result is True:
        return value if type(value) is not list else whnf(value)
    if result is False:
        return Failure(label.with_value(value))
    raise _wrong_result("contract/from_predicate", "Bool", result)


def check_validator(contract: CustomContract, value: Lazy, label: Label) -> Value | Failure:
    result = apply1(contract.function, value)
    if type(result) is EnumTag and result is OK:
        return whnf(value)
    if type(result) is Variant and result.tag is ERROR:
        return failure_from_data(label.with_value(value), result.arg)
    raise _wrong_result("contract/from_validator", "[| 'Ok, 'Error _ |]", result)


def _wrong_result(operator: str, expected: str, result: Value) -> Exception:
    if type(result) is Sealed:
        return BlameError(result.label, result)
    return OperandError(operator, 0, expected, result)


def failure_from_data(label: Label, data: Lazy) -> Failure:
    """What `'Error data` says: `message`, `notes`, and whom to blame instead (`blame_location`)."""
    record = deep.deep_force(whnf(data))
    if not isinstance(record, Record):
        raise OperandError("label/with_error_data", 1, "Record", record)
    message: str | None = None
    notes: tuple[str, ...] = ()
    found = _get(record, "blame_location")
    if isinstance(found, Label):
        label = found
    found = _get(record, "message")
    if type(found) is str:
        message = found
    found = _get(record, "notes")
    if type(found) is Array:
        texts = [element(found, i) for i in range(len(found.items))]
        for text in texts:
            if type(text) is not str:
                raise OperandError("label/with_error_data", 1, "String", text)
        notes = tuple(texts)
    return Failure(label, message, notes, record)


def _get(record: Record, name: str) -> Value:
    index = record.shape.index.get(name)
    if index is None or not record.shape.defs[index].sources:
        return None
    return field(record, index)


from contractlang.runtime import deep  # noqa: E402 (forcing applies contracts)
