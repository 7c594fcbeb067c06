"""All primitives by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contractlang.runtime.primops import arrays, contracts, enums, evaluation, hashing, numbers, records, strings

PRIMITIVES: dict[str, Callable[..., Any]] = {}
for _family in (arrays, contracts, enums, evaluation, hashing, numbers, records, strings):
    PRIMITIVES.update(_family.PRIMITIVES)
