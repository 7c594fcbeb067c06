"""Which names of fields can be referred to."""

from __future__ import annotations

RESERVED = (
    "Dyn Number Bool String Array if then else forall in let rec match null true false fun import "
    "default doc force optional priority not_exported"
)
KEYWORDS = frozenset(RESERVED.split())


def spells_identifier(name: str) -> bool:
    """Whether a quoted field name can also be written without quotes, and so be referred to."""
    bare = name.lstrip("_")
    return (
        bare != ""
        and name.isascii()
        and bare[0].isalpha()
        and bare.replace("_", "a").replace("-", "a").replace("'", "a").isalnum()
        and name not in KEYWORDS
    )
