"""Functions of the standard library that the compiler knows: hot code does in place what they do for the usual class of argument.

They all need their argument, so that it may be evaluated before the call. For every other class the function itself is called,
which says what is wrong.
"""

from __future__ import annotations

from contractlang.compile.context import BOOL, NUMBER, STRING

INTRINSICS: dict[tuple[str, ...], tuple[str, str]] = {
    ("array", "length"): ("len({x}.items) if type({x}) is Array else {call}", NUMBER),
    ("is_array",): ("type({x}) is Array or {call}", BOOL),
    ("is_bool",): ("type({x}) is bool or {call}", BOOL),
    ("is_function",): ("type({x}) is Function or {call}", BOOL),
    ("is_number",): ("type({x}) is int or {call}", BOOL),
    ("is_record",): ("type({x}) is Record or {call}", BOOL),
    ("is_string",): ("type({x}) is str or {call}", BOOL),
    ("string", "from_number"): ("text_of({x}) if type({x}) is int else {call}", STRING),
    ("to_string",): ("text_of({x}) if type({x}) is int or type({x}) is str else {call}", STRING),
}
"""By their path below `std`: an expression for the result, of the argument `x` and the call, and the class of the result."""
