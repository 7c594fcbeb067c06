"""Hashes of strings. What prints and reads data (`serialize`, `deserialize`) stands above the run time, in `export/`."""

from __future__ import annotations

from collections.abc import Callable

from contractlang.runtime.operands import wrong_operand
from contractlang.runtime.values import EnumTag, Value
from contractlang.text.encodings import HASH_ALGORITHMS, hash_text

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

_ALGORITHMS_TYPE = "[| 'Md5, 'Sha1, 'Sha256, 'Sha512 |]"


def hash_(algorithm: Value, text: Value) -> str:
    if type(algorithm) is not EnumTag or algorithm.name not in HASH_ALGORITHMS:
        raise wrong_operand("hash", 1, _ALGORITHMS_TYPE, algorithm)
    if type(text) is not str:
        raise wrong_operand("hash", 2, "String", text)
    return hash_text(algorithm.name, text)


PRIMITIVES: dict[str, Callable[..., Any]] = {"hash": hash_}
