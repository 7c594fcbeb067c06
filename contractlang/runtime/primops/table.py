"""All primitives by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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

PRIMITIVES: dict[str, Callable[..., Any]] = {}
for _family in (arrays, contracts, enums, evaluation, folds, guards, hashing, numbers, records, sorting, strings):
    PRIMITIVES.update(_family.PRIMITIVES)
