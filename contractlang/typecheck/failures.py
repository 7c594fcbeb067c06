"""Why two types do not fit together: what unification and subsumption raise, for `reports` to word.

`path` leads from the whole types to the place of the failure, outermost first; it is collected while the failure travels up.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.typecheck.types import Ty

    # ("domain", ""), ("codomain", ""), ("field", name), ("tag", name), ("item", ""), ("values", ""), ("forall", variable)
    Step = tuple[str, str]


class TypeFailure(Exception):
    """`code` says what is wrong with `expected` and `found`, the parts of the types that differ; `name` is the row at issue."""

    def __init__(self, code: str, expected: Ty, found: Ty, name: str = "", detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.expected = expected
        self.found = found
        self.name = name
        self.detail = detail
        self.path: list[Step] = []

    def inside(self, kind: str, name: str = "") -> TypeFailure:
        """Records that this happened inside a component of larger types."""
        self.path.insert(0, (kind, name))
        return self


class LimitReached(Exception):
    """Checking a source takes more steps than it may."""
