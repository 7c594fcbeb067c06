"""What YAML scalars denote: the core schema of YAML 1.2, with the oddities of the reference (stdlib.md §12)."""

from __future__ import annotations

import re

from contractlang.formats.data import Data
from contractlang.text.numbers import decimal_number, integer_of

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

_WORDS: Final[dict[str, Data]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INFINITE: Final = frozenset(
    (
        *(".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF"),
        *(".nan", ".NaN", ".NAN"),
    )
)
_NUMBER_STARTS: Final = frozenset("0123456789+-.")
_INTEGER: Final = re.compile(r"\+?([-+]?[0-9]+)", re.ASCII)  # the sign is read once more after a plus
_FLOAT: Final = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_PREFIXED: Final = re.compile(r"0(?:x([-+]?[0-9a-fA-F]+)|o([-+]?[0-7]+))", re.ASCII)
_TAG: Final = "tag:yaml.org,2002:"
_NOT_FINITE: Final = "Nickel numbers cannot be inf or NaN"
_TOO_LARGE: Final = "number out of range"


class InvalidScalar(Exception):
    """A scalar that denotes nothing we have, or not what its tag says."""


def plain_scalar(text: str) -> Data:
    """The value of a scalar without quotes and tag. Raises InvalidScalar for infinities and NaN."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    match = _INTEGER.fullmatch(text)
    if match:
        return integer_of(match[1])
    if _FLOAT.fullmatch(text):
        return _decimal(text)
    if text in _INFINITE:
        raise InvalidScalar(_NOT_FINITE)
    match = _PREFIXED.fullmatch(text)
    if match:
        value = int(match[1], 16) if match[1] else int(match[2], 8)
        if -(2**63) <= value < 2**63:
            return value
    return text


def tagged_scalar(tag: str, text: str) -> Data:
    """The value of a scalar without quotes but with a tag. Raises InvalidScalar."""
    if not tag.startswith(_TAG):
        return plain_scalar(text)
    kind = tag.removeprefix(_TAG)
    if kind == "str":
        return text
    if kind == "int":
        digits = _INTEGER.fullmatch(text)
        if digits and len(digits[1]) == len(text) and -(2**63) <= integer_of(text) < 2**63:
            return integer_of(text)
    elif kind == "float":
        if _FLOAT.fullmatch(text):
            return _decimal(text)
        if text in _INFINITE:
            raise InvalidScalar(_NOT_FINITE)
    elif kind == "bool":
        if text in {"true", "false"}:
            return text == "true"
    elif kind == "null":
        if text in {"", "~", "null"}:
            return None
    else:
        raise InvalidScalar("unknown tag")
    raise InvalidScalar(f"invalid {kind} scalar")


def _decimal(text: str) -> Data:
    try:
        return decimal_number(text)
    except OverflowError:
        raise InvalidScalar(_TOO_LARGE) from None
