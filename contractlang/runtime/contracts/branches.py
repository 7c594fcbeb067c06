"""Several contracts at once: `any_of` and `Sequence`, which say which of their contracts failed and why."""

from __future__ import annotations

from collections.abc import Iterable

from contractlang.runtime.contracts.apply import check_contract
from contractlang.runtime.contracts.array import ArrayContract
from contractlang.runtime.contracts.arrow import ArrowContract
from contractlang.runtime.contracts.base import Failure
from contractlang.runtime.contracts.custom import ERROR, OK
from contractlang.runtime.contracts.dictionary import DictionaryContract
from contractlang.runtime.contracts.enum import EnumContract
from contractlang.runtime.contracts.flat import DynContract, FlatContract
from contractlang.runtime.contracts.polymorphic import ForallContract
from contractlang.runtime.contracts.record_type import RecordTypeContract
from contractlang.runtime.label import Label
from contractlang.runtime.record import data_record, lazy_field
from contractlang.runtime.show import name_text, tag_text
from contractlang.runtime.thunk import element
from contractlang.runtime.values import Array, Lazy, Record, Value, Variant

CUSTOM = "a custom contract"
_DELAYED = "any_of: a delayed check of the picked branch failed"
_NONE = "any_of: value didn't match any of the contracts"


def check_any(contracts: Array, label: Label, value: Lazy) -> Variant:
    """`'Ok` with what the first contract makes of the value whose immediate part accepts it, else `'Error` with all reasons."""
    checking = label.push().with_message(_DELAYED).push().with_value(value)
    failures: list[tuple[Value, Failure]] = []
    for i in range(len(contracts.items)):
        contract = element(contracts, i)
        result = check_contract(contract, checking, value, "contract/check")
        if type(result) is not Failure:
            return Variant(OK, result)
        failures.append((contract, result))
    ranked = sorted(range(len(failures)), key=[_distance(*each) for each in failures].__getitem__)
    notes = [f"branch {i + 1}, {describe(failures[i][0])}: {_reason(*failures[i])}" for i in ranked]
    return Variant(ERROR, data_record({"message": _NONE, "notes": Array(list(notes))}))


def check_all(contracts: Array, label: Label, value: Lazy) -> Variant:
    """`'Ok` with what the contracts make of the value in turn, else the `'Error` of the first that fails, with its number."""
    checking = label.push()
    count = len(contracts.items)
    for i in range(count):
        contract = element(contracts, i)
        result = check_contract(contract, checking.with_value(value), value, "contract/check")
        if type(result) is Failure:
            return Variant(ERROR, _numbered(result, f"contract {i + 1} of {count}, {describe(contract)}, failed"))
        value = result
    return Variant(OK, value)


def _numbered(failure: Failure, note: str) -> Record:
    data: dict[str, Lazy] = {}
    if failure.data is not None:
        shape = failure.data.shape
        for i, name in enumerate(shape.names):
            if shape.defs[i].sources and name != "notes":
                data[name] = lazy_field(failure.data, i)
    elif failure.message is not None:
        data["message"] = failure.message
    data["notes"] = Array([*failure.notes, note])
    data.setdefault("blame_location", failure.label)
    return data_record(data)


def _reason(contract: Value, failure: Failure) -> str:
    said = failure.message or (f"no {contract.name}" if isinstance(contract, FlatContract) else "not accepted")
    # What a branch says of itself comes after it, on the same line: a note is one line.
    return "; ".join([said, *(note for note in failure.notes if "too strict" not in note)])


def _distance(contract: Value, failure: Failure) -> int:
    """How far a value is from a contract: 0 where only its own test failed, large where it is of another class altogether."""
    message = failure.message or ""
    if isinstance(contract, FlatContract) or message.startswith("expected a"):
        return 1000
    if message == "not a record":
        return 1000
    if message.startswith(("missing field", "extra field")):
        return 1 + message.count(",")
    return 0


def describe(contract: Value, budget: int = 48) -> str:
    """A contract as text, as far as it can be told from its value."""
    text = _text(contract)
    return text if len(text) <= budget else text[: budget - 1] + "…"


def _text(contract: Lazy) -> str:
    if type(contract) is list:
        if contract[0] is not None:
            return "…"
        contract = contract[1]
    match contract:
        case FlatContract() | DynContract():
            return contract.name
        case ArrayContract():
            return f"Array {_atom(contract.item)}"
        case DictionaryContract():
            return f"{{ _ {'|' if contract.pending else ':'} {_text(contract.item)} }}"
        case ArrowContract():
            domain = _text(contract.domain)
            return f"{f'({domain})' if ' -> ' in domain else domain} -> {_text(contract.codomain)}"
        case RecordTypeContract():
            return _braces(f"{name_text(name)} : {_text(item)}" for name, item in contract.fields.items())
        case EnumContract():
            rows = [tag_text(name) for name in sorted(contract.tags)]
            rows += [f"{tag_text(name)} {_atom(item)}" for name, item in contract.variants.items()]
            return f"[| {', '.join(rows)} |]"
        case ForallContract():
            return f"forall … . {_text(contract.body)}"
        case Record():
            return _braces(name_text(name) for name in contract.shape.visible_names())
        case _:
            return CUSTOM


def _atom(contract: Lazy) -> str:
    text = _text(contract)
    return f"({text})" if " " in text and text[0] not in "{[" else text


def _braces(parts: Iterable[str]) -> str:
    return f"{{ {', '.join(parts)} }}"
