"""What TOML numbers, booleans and date-times denote (TOML 1.1)."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from fractions import Fraction

from contractlang.formats.data import Data
from contractlang.text.numbers import Number, float_to_number, integer_of

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

_DECIMAL: Final = r"[+-]?(?:0|[1-9](?:_?[0-9])*)"
_DIGITS: Final = r"[0-9](?:_?[0-9])*"
_INTEGER: Final = re.compile(_DECIMAL)
_FLOAT: Final = re.compile(rf"{_DECIMAL}(?:\.{_DIGITS}(?:[eE][+-]?{_DIGITS})?|[eE][+-]?{_DIGITS})")
_PREFIXED: Final = re.compile(r"0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|o[0-7](?:_?[0-7])*|b[01](?:_?[01])*)")
_DATE: Final = r"(?P<date>(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2}))"
_TIME: Final = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?)?"
_OFFSET: Final = r"(?P<offset>[Zz]|[+-](?P<offset_hour>[0-9]{2}):(?P<offset_minute>[0-9]{2}))?"
_MOMENT: Final = re.compile(rf"{_DATE}(?:[Tt]{_TIME}{_OFFSET})?")
_LOCAL_TIME: Final = re.compile(_TIME)
_RANGES: Final = {
    "month": (1, 12),
    "hour": (0, 23),
    "minute": (0, 59),
    "second": (0, 60),
    "offset_hour": (0, 23),
    "offset_minute": (0, 59),
}


class InvalidToken(Exception):
    """A word that denotes nothing; the message says why."""


def importable_scalar(token: str) -> Data:
    """The value in an imported file: integers of 64 bits, floats as the exact values of their doubles, date-times as strings."""
    return _scalar(token, importing=True)


def deserialized_scalar(token: str) -> Data:
    """The value in `std.deserialize`: integers of 128 bits, the simplest rationals of doubles, marked date-times."""
    return _scalar(token, importing=False)


def _scalar(token: str, *, importing: bool) -> Data:
    """The value of what stands unquoted after `=`. Raises InvalidToken."""
    if token == "true":
        return True
    if token == "false":
        return False
    if _INTEGER.fullmatch(token):
        return _in_range(integer_of(token.replace("_", "")), importing=importing)
    if _FLOAT.fullmatch(token):
        return _float(token, importing=importing)
    if _PREFIXED.fullmatch(token):
        return _in_range(int(token.replace("_", ""), 0), importing=importing)
    if token.lstrip("+-") in {"inf", "nan"} and len(token) <= 4:
        shown = token.lstrip("+") if token.endswith("inf") else "NaN"
        raise InvalidToken(f"couldn't convert {shown} to a Nickel number: Nickel doesn't support NaN nor infinity")
    match = _MOMENT.fullmatch(token) or _LOCAL_TIME.fullmatch(token)
    if match:
        moment = _normalised(match)
        return moment if importing else {"$__toml_private_datetime": moment}
    raise InvalidToken(_what_is_wrong(token))


def _in_range(value: int, *, importing: bool) -> int:
    smallest, largest = (-(2**63), 2**63 - 1) if importing else (-(2**127), 2**128 - 1)
    if not smallest <= value <= largest:
        raise InvalidToken("integer number overflowed")
    return value


def _float(token: str, *, importing: bool) -> Number:
    value = float(token.replace("_", ""))
    if math.isinf(value):
        raise InvalidToken("floating-point number overflowed")
    if value.is_integer():
        return int(value)
    return Fraction(value) if importing else float_to_number(value)


def _normalised(match: re.Match[str]) -> str:
    """A date-time with `T` between date and time, at most nine digits of a second and no zeros at their end."""
    parts = match.groupdict()
    for name, (smallest, largest) in _RANGES.items():
        digits = parts.get(name)
        if digits and not smallest <= int(digits) <= largest:
            raise InvalidToken(f"invalid {name.replace('_', ' ')}, expected {smallest:02} to {largest:02}")
    date = parts.get("date") or ""
    if date:
        days = monthrange(int(parts["year"]) or 400, int(parts["month"]))[1]  # year 0 is like 400: a leap year
        if not 1 <= int(parts["day"]) <= days:
            raise InvalidToken(f"invalid day, expected 01 to {days}")
    if not parts["hour"]:
        return date
    time = f"{parts['hour']}:{parts['minute']}"
    if parts["second"]:
        time += f":{parts['second']}"
    fraction = (parts["fraction"] or "")[:9].rstrip("0")
    if fraction:
        time += f".{fraction}"
    offset = (parts.get("offset") or "").upper().replace("-00:00", "+00:00")
    return f"{date}T{time}{offset}" if date else time


def _what_is_wrong(token: str) -> str:
    first = token.lstrip("+-")[:1]
    if not first.isdigit() and first != ".":
        if token.lower() in {"true", "false"}:
            return f"booleans are written in lower case: `{token.lower()}`"
        return "string values must be quoted"
    if ":" in token or token.count("-") > 1:
        return "invalid date or time; expected a form like 1979-05-27T07:32:00Z, 1979-05-27 or 07:32"
    if "_" in token and not token.lower().startswith("0x"):
        return "invalid number; `_` may only stand between digits"
    if token.lstrip("+-")[:2].isdigit() and first == "0":
        return "invalid number; leading zeros are not allowed"
    return "invalid number"
