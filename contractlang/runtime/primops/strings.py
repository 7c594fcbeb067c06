"""Primitives on strings, on top of `contractlang/text/`. They take their subject first, the library's functions take it last."""

from __future__ import annotations

from collections.abc import Callable

from contractlang.runtime.contracts.custom import ERROR, OK
from contractlang.runtime.errors import OtherError
from contractlang.runtime.limits import HARMLESS, check_string
from contractlang.runtime.operands import wrong_operand
from contractlang.runtime.primops.orders import EQUAL, GREATER, LESSER
from contractlang.runtime.record import data_record
from contractlang.runtime.thunk import element, whnf
from contractlang.runtime.values import NUMBER_TYPES, Array, EnumTag, Function, Lazy, Record, Value, Variant
from contractlang.text import clusters
from contractlang.text import strings as text_strings
from contractlang.text.encodings import BASE64_VARIANTS, base64_decode, base64_encode
from contractlang.text.errors import TextError

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

    from contractlang.text.regex import Match, Pattern

_VARIANTS_TYPE = "[| 'Standard, 'UrlSafe, 'NoPad, 'UrlSafeNoPad |]"


def _string(operator: str, position: int, value: Value) -> str:
    if type(value) is not str:
        raise wrong_operand(operator, position, "String", value)
    return value


def _two(operator: str, first: Value, second: Value) -> None:
    _string(operator, 1, first)
    _string(operator, 2, second)


def _check_length(length: int) -> None:
    if length > HARMLESS:
        check_string(length)


# ---- whole strings


def length(text: Value) -> int:
    return clusters.length(_string("string/length", 0, text))


def chars(text: Value) -> Array:
    return Array(list(clusters.characters(_string("string/chars", 0, text))))


def trim(text: Value) -> str:
    return text_strings.trim(_string("string/trim", 0, text))


def uppercase(text: Value) -> str:
    return text_strings.uppercase(_string("string/uppercase", 0, text))


def lowercase(text: Value) -> str:
    return text_strings.lowercase(_string("string/lowercase", 0, text))


def compare(left: Value, right: Value) -> EnumTag:
    _two("string/compare", left, right)
    if left == right:
        return EQUAL
    return LESSER if left < right else GREATER


def join(array: Array, separator: Lazy) -> str:
    """The strings of an array with the separator, which is not looked at unless there are two, between them."""
    count = len(array.items)
    if not count:
        return ""
    pieces = [_string("string/join", 1, element(array, 0))]
    if count == 1:
        return pieces[0]
    between = _string("string/join", 2, whnf(separator))
    for i in range(1, count):
        piece = element(array, i)
        pieces.append(piece if type(piece) is str else _string("string/join", 1, piece))
    _check_length(sum(map(len, pieces)) + len(between) * (count - 1))
    return between.join(pieces)


# ---- parts


def split(text: Value, separator: Value) -> Array:
    _two("string/split", text, separator)
    return Array(list(text_strings.split(text, separator)))


def contains(text: Value, needle: Value) -> bool:
    _two("string/contains", text, needle)
    return text_strings.contains(text, needle)


def replace(text: Value, pattern: Value, replacement: Value) -> str:
    _two("string/replace", text, pattern)
    growth = len(_string("string/replace", 3, replacement)) - len(pattern)
    if len(text) * growth > HARMLESS:
        # (An empty pattern occurs once more than there are characters.)
        _check_length(len(text) + text.count(pattern) * growth)
    return text_strings.replace(text, pattern, replacement)


def substr(text: Value, start: Value, end: Value) -> str:
    _string("string/substr", 1, text)
    for position, value in enumerate((start, end), 2):
        if type(value) not in NUMBER_TYPES:
            raise wrong_operand("string/substr", position, "Number", value)
    try:
        return clusters.substring(text, start, end)
    except TextError as error:
        raise OtherError(error.message) from None


# ---- regular expressions


def _compiled(operator: str, position: int, pattern: Value) -> Pattern:
    """A pattern ready to match, remembered from last time if there was one."""
    from contractlang.text.regex import compile_pattern  # many programs have no pattern

    text = _string(operator, position, pattern)
    try:
        return compile_pattern(text)
    except TextError as error:
        raise OtherError(error.message) from None


def _subject(value: Lazy) -> str:
    return _string("a compiled regular expression match", 0, whnf(value))


def is_match(pattern: Value) -> Function:
    return Function(_is_match, 1, _compiled("string/is_match", 0, pattern))


def _is_match(pattern: Pattern, subject: Lazy) -> bool:
    return pattern.is_match(_subject(subject))


def find(pattern: Value) -> Function:
    return Function(_find, 1, _compiled("string/find", 0, pattern))


def _find(pattern: Pattern, subject: Lazy) -> Record:
    found = pattern.find(_subject(subject))
    if found is None:
        return data_record({"matched": "", "index": -1, "groups": Array([])})
    return _match_record(found)


def find_all(pattern: Value) -> Function:
    return Function(_find_all, 1, _compiled("string/find_all", 0, pattern))


def _find_all(pattern: Pattern, subject: Lazy) -> Array:
    return Array([_match_record(found) for found in pattern.find_all(_subject(subject))])


def _match_record(found: Match) -> Record:
    return data_record({"matched": found.matched, "index": found.index, "groups": Array(list(found.groups))})


def replace_regex(text: Value, pattern: Value, replacement: Value) -> str:
    _two("string/replace_regex", text, pattern)
    _string("string/replace_regex", 3, replacement)
    found = _compiled("string/replace_regex", 2, pattern)
    if len(text) * len(replacement) > HARMLESS:
        return found.replace_all(text, replacement, _check_length)
    return found.replace_all(text, replacement)


# ---- Base64


def _variant(operator: str, variant: Value, text: Value) -> str:
    """The name of a Base64 variant; the text is checked too."""
    if type(variant) is not EnumTag or variant.name not in BASE64_VARIANTS:
        raise wrong_operand(operator, 1, _VARIANTS_TYPE, variant)
    _string(operator, 2, text)
    return variant.name


def encode_base64(variant: Value, text: Value) -> str:
    variant = _variant("string/base64_encode", variant, text)
    _check_length(len(text) // 3 * 4)
    return base64_encode(variant, text)


def decode_base64(variant: Value, text: Value) -> Variant:
    """`'Ok text`, or `'Error` with a message that says what is wrong."""
    try:
        return Variant(OK, base64_decode(_variant("string/base64_decode", variant, text), text))
    except TextError as error:
        return Variant(ERROR, data_record({"message": error.message}))


PRIMITIVES: dict[str, Callable[..., Any]] = {
    "string/length": length,
    "string/chars": chars,
    "string/trim": trim,
    "string/uppercase": uppercase,
    "string/lowercase": lowercase,
    "string/compare": compare,
    "string/join": join,
    "string/split": split,
    "string/contains": contains,
    "string/replace": replace,
    "string/substr": substr,
    "string/is_match": is_match,
    "string/find": find,
    "string/find_all": find_all,
    "string/replace_regex": replace_regex,
    "string/base64_encode": encode_base64,
    "string/base64_decode": decode_base64,
}
