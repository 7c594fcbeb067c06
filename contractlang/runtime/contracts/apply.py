"""Applying whatever stands in contract position (`contracts.md`, section 3)."""

from __future__ import annotations

from contractlang.runtime.contracts.base import Contract, Failure
from contractlang.runtime.errors import BlameError
from contractlang.runtime.label import Label
from contractlang.runtime.operands import wrong_operand
from contractlang.runtime.thunk import apply2, force
from contractlang.runtime.values import (
    CustomContract,
    Function,
    Lazy,
    PredicateContract,
    Record,
    SealedRecord,
    Thunk,
    Value,
)


def check_contract(contract: Lazy, label: Label, value: Lazy, operator: str = "contract/apply") -> Value | Failure:
    """The value under a contract in weak head normal form, or the `Failure` of the contract's immediate part.

    Raises where a naked function or a delayed check blames, and `OperandError` for what is no contract.
    """
    if type(contract) is list:
        contract = contract[1] if contract[0] is None else force(contract)
    kind = type(contract)
    if kind is PredicateContract:
        return check_predicate(contract, value, label)
    if isinstance(contract, Contract):
        return contract.check(value, label)
    if issubclass(kind, CustomContract):
        return check_custom(contract, value, label)
    if kind is Record or kind is SealedRecord:
        return check_record(contract, value, label)
    if kind is Function:
        return apply2(contract, label.with_value(value), value)
    raise wrong_operand(operator, 1, "Contract", contract)


def apply_contract(contract: Lazy, label: Label, value: Lazy) -> Value:
    """The value under a contract; blames where its immediate part fails."""
    result = check_contract(contract, label, value)
    if type(result) is Failure:
        raise BlameError(result.blamed(), value)
    return result


def apply_code(thunk: Thunk) -> Value:
    """Code of the thunk `[apply_code, contract, label, value]`."""
    _, contract, label, value = thunk
    result = check_contract(contract, label, value)
    if type(result) is Failure:
        raise BlameError(result.blamed(), value)
    return result


from contractlang.runtime.contracts.custom import check_custom, check_predicate  # noqa: E402 (contracts contain contracts)
from contractlang.runtime.contracts.record_contract import check_record  # noqa: E402
