"""JSON text as data (serialization.md §7, stdlib.md §12), strictly by RFC 8259.

The standard library's decoder does the work at the speed of C. What it would do wrongly is sorted out beforehand, cheaply: nesting
that could exhaust the C stack or is beyond the limit, and lone surrogates, which it accepts. Whatever it refuses, the parser of
`json_parser.py` reads once more, to word the error (or, for deep texts, to read them without a stack).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from json import JSONDecoder

from contractlang.formats.data import Data, Duplicates
from contractlang.formats.json_numbers import approximate_number, machine_integer
from contractlang.formats.json_parser import JsonParser
from contractlang.text.numbers import Number, decimal_number, integer_of

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final, Literal, NoReturn

DEEPEST_DESERIALIZED: Final = 127  # arrays and objects within each other; imported files may nest as deep as they like
_DEEPEST_DECODED: Final = 500  # by the C decoder, which recurses

_ALL_BUT_STRUCTURE: Final = bytes(code for code in range(256) if code not in b'[]{}"')
_LONE_SURROGATE: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]"
    r"|\\\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD]"
)
"""Finds a high surrogate that no low one follows, a low one that no high one precedes (or only text that looks so, after an escaped
backslash), and some harmless text."""


def read_json(text: str, mode: Literal["import", "deserialize"]) -> Data:
    """The data of a JSON text.

    In mode "import" numbers are exact decimals and the values of a repeated key come as `Duplicates`; in mode "deserialize"
    numbers go through doubles and the last value of a repeated key wins. Raises DataError.
    """
    importing = mode == "import"
    parse_int: Callable[[str], Number] = integer_of if importing else machine_integer
    parse_float: Callable[[str], Number] = decimal_number if importing else approximate_number
    deepest = None if importing else DEEPEST_DESERIALIZED
    if is_nested_at_most(text, deepest or _DEEPEST_DECODED) and not ("\\u" in text and _LONE_SURROGATE.search(text)):
        decoder = JSONDecoder(
            object_pairs_hook=object_with_duplicates if importing else None,
            parse_float=parse_float,
            parse_int=None
            if importing
            else machine_integer,  # without a function it is faster, but fails on long integers
            parse_constant=_refuse_constant,
        )
        try:
            data: Data = decoder.decode(text)
        except (ValueError, OverflowError, RecursionError, _ConstantFound):
            pass
        else:
            return data
    return JsonParser(text, parse_int, parse_float, object_with_duplicates if importing else dict, deepest).parse()


class _ConstantFound(Exception):
    """`NaN`, `Infinity` or `-Infinity`, which the standard library reads and JSON does not have."""


def _refuse_constant(name: str) -> NoReturn:
    raise _ConstantFound(name)


def object_with_duplicates(pairs: list[tuple[str, Data]]) -> dict[str, Data]:
    """The fields of an object, the values of repeated keys gathered."""
    fields = dict(pairs)
    if len(fields) == len(pairs):
        return fields
    values: dict[str, list[Data]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return {name: several[0] if len(several) == 1 else Duplicates(several) for name, several in values.items()}


def is_nested_at_most(text: str, depth: int) -> bool:
    """Whether surely no more brackets are open at once, in JSON or any other text; takes a tenth of the time of decoding.

    Only brackets and quotes are kept, then quotes that enclose no brackets go, then what the others enclose. Each removal of
    the adjacent `[]` and `{}` makes the rest shallower by at most two levels.
    """
    if text.count("[") + text.count("{") <= depth:
        return True
    if "\\" in text:
        text = text.replace("\\\\", "").replace('\\"', "")
    structure = text.encode("utf-8", "replace").translate(None, _ALL_BUT_STRUCTURE)
    brackets = b"".join(structure.replace(b'""', b"").split(b'"')[::2])
    for removed in range(0, depth, 2):
        if brackets.count(b"[") + brackets.count(b"{") + removed <= depth:
            return True
        shorter = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if len(shorter) == len(brackets):
            return False
        brackets = shorter
    return False
