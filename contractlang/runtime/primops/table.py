"""All primitives by name."""

from __future__ import annotations

from collections.abc import Callable

from contractlang.runtime.primops import (
    arrays,
    contracts,
    enums,
    evaluation,
    folds,
    guards,
    hashing,
    numbers,
    records,
    sorting,
    strings,
)

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

PRIMITIVES: dict[str, Callable[..., Any]] = {}
for _family in (arrays, contracts, enums, evaluation, folds, guards, hashing, numbers, records, sorting, strings):
    PRIMITIVES.update(_family.PRIMITIVES)
