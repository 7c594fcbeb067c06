"""Fields that a record contract does not know: which ones, and how the search for further failures goes on in spite of them.

What follows such a failure is learnt by evaluating the same once more, with this one failure tolerated: the check then goes on
with the fields that the contract knows. Whatever fails next is a mistake of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextvars import ContextVar, Token

from contractlang.runtime.label import Label

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from contractlang.runtime.errors import EvaluationError


class ExtraFields:
    """The fields that were too many: their `names`, and the names that the contract knows and the record lacks (`unused`)."""

    __slots__ = ("names", "unused")

    def __init__(self, names: Sequence[str], unused: Iterable[str]) -> None:
        self.names = tuple(names)
        self.unused = tuple(unused)

    def meant(self) -> dict[str, str]:
        """For each extra field that is spelt almost like one that the record lacks: that one."""
        from contractlang.diagnostics.suggest import closest  # (failures only)

        near = {name: closest(name, self.unused) for name in self.names}
        return {name: known for name, known in near.items() if known is not None}


def extra_fields(error: EvaluationError) -> ExtraFields | None:
    """The fields that an error says are too many."""
    label = getattr(error, "label", None)
    return label.extra if isinstance(label, Label) else None


def is_tolerated(label: Label, extra: ExtraFields) -> bool:
    """Whether this failure is one that is tolerated: each of those is so once."""
    left = _TOLERATED.get()
    if not left:
        return False
    key = _key(label, extra)
    if key not in left:
        return False
    left.remove(key)
    return True


class Tolerance:
    """A context in which some failures, known by their labels, are tolerated once each."""

    __slots__ = ("_keys", "_token")

    def __init__(self, labels: Iterable[Label]) -> None:
        self._keys = [_key(label, label.extra) for label in labels if label.extra is not None]
        self._token: Token[list[object]] | None = None

    def __enter__(self) -> None:
        self._token = _TOLERATED.set(self._keys)

    def __exit__(self, *_: object) -> None:
        assert self._token is not None
        _TOLERATED.reset(self._token)


def same_failure(label: Label, other: Label) -> bool:
    """Whether two labels speak of the same fields that are too many, in the same place."""
    if label.extra is None or other.extra is None:
        return False
    return _key(label, label.extra) == _key(other, other.extra)


def _key(label: Label, extra: ExtraFields) -> object:
    # What is evaluated again may be checked under labels of its own, so they are told apart by what they say.
    annotation = label.annotation
    place = annotation.unit, annotation.start, annotation.end, annotation.value_start
    return place, label.path, label.polarity, label.site, extra.names, extra.unused


_TOLERATED: ContextVar[list[object]] = ContextVar("contractlang_tolerated", default=[])  # noqa: B039 - nobody changes it
"""What is still to be tolerated."""
