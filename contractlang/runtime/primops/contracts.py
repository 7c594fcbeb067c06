"""Primitives on contracts and labels. Labels reach programs only as arguments of contract functions."""

from __future__ import annotations

from collections.abc import Callable

from contractlang.runtime.contracts.apply import apply_contract, check_contract
from contractlang.runtime.contracts.array import array_under
from contractlang.runtime.contracts.arrow import unwrapped
from contractlang.runtime.contracts.base import Failure, is_dyn
from contractlang.runtime.contracts.branches import check_all, check_any
from contractlang.runtime.contracts.custom import ERROR, OK
from contractlang.runtime.contracts.dictionary import with_pending
from contractlang.runtime.contracts.equal import apply_equal
from contractlang.runtime.contracts.record_contract import check_record
from contractlang.runtime.errors import BlameError
from contractlang.runtime.label import Label
from contractlang.runtime.merge import merge
from contractlang.runtime.operands import wrong_operand
from contractlang.runtime.record import data_record, lazy_field
from contractlang.runtime.thunk import element, force
from contractlang.runtime.values import (
    Array,
    CustomContract,
    Function,
    Lazy,
    PredicateContract,
    Record,
    SealedRecord,
    ValidatorContract,
    Value,
    Variant,
    enum_tag,
)

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

POSITIVE = enum_tag("Positive")
NEGATIVE = enum_tag("Negative")


def _label(operator: str, position: int, value: Value) -> Label:
    if type(value) is not Label:
        raise wrong_operand(operator, position, "Label", value)
    return value


def _string(operator: str, position: int, value: Value) -> str:
    if type(value) is not str:
        raise wrong_operand(operator, position, "String", value)
    return value


def _function(operator: str, value: Value) -> Function:
    if type(value) is not Function:
        raise wrong_operand(operator, 0, "Function or MatchExpression", value)
    return value


def custom(function: Value) -> CustomContract:
    return CustomContract(_function("contract/custom", function))


_BOOLEANS: frozenset[type] = frozenset((bool,))


def from_predicate(function: Value) -> CustomContract:
    wrapper = _function("contract/from_predicate", function)
    return PredicateContract(wrapper, *unwrapped(wrapper, _BOOLEANS))


def from_validator(function: Value) -> CustomContract:
    return ValidatorContract(_function("contract/from_validator", function))


def apply(contract: Value, label: Value, value: Lazy) -> Value:
    return apply_contract(contract, _label("contract/apply", 2, label), value)


def check(contract: Value, label: Value, value: Lazy) -> Variant:
    """`'Ok value`, or `'Error data` with the label under `blame_location` if the data has none."""
    if is_dyn(contract):
        _label("contract/check", 2, label)
        return Variant(OK, value)
    result = check_contract(contract, _label("contract/check", 2, label).with_value(value), value, "contract/check")
    if type(result) is not Failure:
        return Variant(OK, result)
    return Variant(ERROR, failure_data(result))


def failure_data(failure: Failure) -> Record:
    """What a failed check tells a program."""
    data: dict[str, Lazy] = {}
    if failure.data is not None:
        shape = failure.data.shape
        for i, name in enumerate(shape.names):
            if shape.defs[i].sources:
                data[name] = lazy_field(failure.data, i)
    elif failure.message is not None:
        data["message"] = failure.message
        if failure.notes:
            data["notes"] = Array(list(failure.notes))
    if "blame_location" not in data:
        data["blame_location"] = failure.label
    return data_record(data)


def equal(constant: Lazy, label: Value, value: Lazy) -> Value:
    """The naked contract function of `std.contract.Equal`."""
    if type(label) is list:
        label = force(label)
    return apply_equal(constant, _label("contract/equal", 2, label), value)


def _contracts(operator: str, value: Value) -> Array:
    if type(value) is not Array:
        raise wrong_operand(operator, 1, "Array", value)
    return value


def check_any_of(contracts: Value, label: Value, value: Lazy) -> Variant:
    """What `std.contract.any_of` does."""
    operator = "contract/check_any"
    return check_any(_contracts(operator, contracts), _label(operator, 2, label), value)


def check_all_of(contracts: Value, label: Value, value: Lazy) -> Variant:
    """What `std.contract.Sequence` does."""
    operator = "contract/check_all"
    return check_all(_contracts(operator, contracts), _label(operator, 2, label), value)


def array_lazy_apply(label: Value, array: Value, contract: Lazy) -> Array:
    _label("contract/array_lazy_apply", 1, label)
    if type(array) is not Array:
        raise wrong_operand("contract/array_lazy_apply", 2, "Array", array)
    return array_under(array, contract, label)


def record_lazy_apply(label: Value, record: Value, contracts: Lazy) -> Record:
    """The record whose field `k` gets the contract `contracts k`, as if annotated."""
    _label("contract/record_lazy_apply", 1, label)
    if type(record) is not Record and type(record) is not SealedRecord:
        raise wrong_operand("contract/record_lazy_apply", 2, "Record", record)
    return with_pending(record, contracts, label, by_name=True)


def merge_contract(label: Value, value: Value, contract: Value) -> Value:
    """`'Ok record` or `'Error data`: a record contract applied."""
    if type(contract) is not Record:
        raise wrong_operand("record/merge_contract", 3, "Record", contract)
    if not isinstance(value, Record):
        return merge(value, contract)
    result = check_record(contract, value, label)
    if type(result) is Failure:
        return Variant(ERROR, failure_data(result))
    return Variant(OK, result)


def blame(label: Value) -> Value:
    label = _label("blame", 0, label)
    raise BlameError(label, label.value)


def with_message(message: Value, label: Value) -> Label:
    text = _string("label/with_message", 1, message)
    return _label("label/with_message", 2, label).with_message(text)


def append_note(note: Value, label: Value) -> Label:
    text = _string("label/append_note", 1, note)
    return _label("label/append_note", 2, label).append_note(text)


def with_notes(notes: Value, label: Value) -> Label:
    if type(notes) is not Array:
        raise wrong_operand("label/with_notes", 1, "Array", notes)
    texts = []
    for i in range(len(notes.items)):
        note = element(notes, i)
        texts.append(_string("label/with_notes", 1, note))
    return _label("label/with_notes", 2, label).with_notes(tuple(texts))


def push_diag(label: Value) -> Label:
    return _label("label/push_diag", 0, label).push()


def polarity(label: Value) -> Value:
    return POSITIVE if _label("label/polarity", 0, label).polarity else NEGATIVE


def flip_polarity(label: Value) -> Label:
    return _label("label/flip_polarity", 0, label).flip()


def go_dom(label: Value) -> Label:
    return _label("label/go_dom", 0, label).go_domain()


def go_codom(label: Value) -> Label:
    return _label("label/go_codom", 0, label).codomain()


def go_array(label: Value) -> Label:
    return _label("label/go_array", 0, label).array()


def go_dict(label: Value) -> Label:
    return _label("label/go_dict", 0, label).dictionary()


def go_field(name: Value, label: Value) -> Label:
    text = _string("label/go_field", 1, name)
    return _label("label/go_field", 2, label).field(text)


def _keyed(operator: str, position: int) -> Callable[..., Value]:
    """Primitives on sealing keys, which no program can obtain: always an error."""

    def fail(*args: Value) -> Value:
        raise wrong_operand(operator, position, "SealingKey", args[position - 1])

    return fail


PRIMITIVES: dict[str, Callable[..., Any]] = {
    "contract/custom": custom,
    "contract/from_predicate": from_predicate,
    "contract/from_validator": from_validator,
    "contract/apply": apply,
    "contract/check": check,
    "contract/equal": equal,
    "contract/check_any": check_any_of,
    "contract/check_all": check_all_of,
    "contract/array_lazy_apply": array_lazy_apply,
    "contract/record_lazy_apply": record_lazy_apply,
    "record/merge_contract": merge_contract,
    "blame": blame,
    "label/with_message": with_message,
    "label/append_note": append_note,
    "label/with_notes": with_notes,
    "label/push_diag": push_diag,
    "label/polarity": polarity,
    "label/flip_polarity": flip_polarity,
    "label/go_dom": go_dom,
    "label/go_codom": go_codom,
    "label/go_array": go_array,
    "label/go_dict": go_dict,
    "label/go_field": go_field,
    "label/insert_type_variable": _keyed("label/insert_type_variable", 1),
    "label/lookup_type_variable": _keyed("label/lookup_type_variable", 1),
    "seal": _keyed("seal", 1),
    "unseal": _keyed("unseal", 1),
}
