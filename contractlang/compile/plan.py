"""What the compiler is asked for beside the meaning of the program: which optimisations to make, and whether literals tell where
they were born."""

from __future__ import annotations

OPTIMISATIONS = (
    "data",  # plain data is one constant, not code
    "eager",  # arithmetic on numbers that are there already is done at once
    "inline",  # function bodies test for the common classes in place and call the runtime only for others
    "known",  # functions that are known where they are called are called directly
    "library",  # well-known functions of the library do the usual case in place
    "loop",  # a tail call of the function itself is a loop
    "strict",  # loops evaluate at once the arguments that are certainly needed
)
"""The optimisations that can be left out, each by itself: programs mean the same without them."""


class Plan:
    """`optimise`: the names of the optimisations to make; `origins`: literals make objects of their own (`runtime/origins.py`)."""

    __slots__ = ("optimise", "origins")

    def __init__(self, optimise: frozenset[str] = frozenset(OPTIMISATIONS), *, origins: bool = False) -> None:
        unknown = optimise.difference(OPTIMISATIONS)
        if unknown:
            raise ValueError(f"no such optimisation: {', '.join(sorted(unknown))}")
        self.optimise = optimise
        self.origins = origins


STANDARD = Plan()
