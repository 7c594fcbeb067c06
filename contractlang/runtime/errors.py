"""What evaluation raises: typed errors that carry values, worded in one place (`runtime/explain.py`).

An error carries no span. Generated code maps each of its lines to a span, so the place is read off the traceback when, and only
when, somebody reports the error.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import NoReturn

    from contractlang.runtime.label import Label
    from contractlang.runtime.values import Record, Value


class EvaluationError(Exception):
    """An error of the program that is being evaluated. `code` is its code in the catalogue."""

    code = "evaluation-other"


class OtherError(EvaluationError):
    """An error that its message describes in full: arithmetic, indices, regular expressions."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class OperandError(EvaluationError):
    """An operand of the wrong class. `position` counts the operands of `operator` from 1 (0: it has just one);
    `expected` is a class name or a type."""

    code = "dynamic-type-error"

    def __init__(self, operator: str, position: int, expected: str, value: Value) -> None:
        super().__init__(operator, position, expected)
        self.operator = operator
        self.position = position
        self.expected = expected
        self.value = value


class NotAFunction(EvaluationError):
    code = "not-a-function"

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


class NotEnoughArguments(EvaluationError):
    code = "not-enough-arguments"

    def __init__(self, operator: str, count: int) -> None:
        super().__init__(operator, count)
        self.operator = operator
        self.count = count


class MissingField(EvaluationError):
    """Access to a field that the record does not have."""

    code = "missing-field"

    def __init__(self, name: str, record: Record) -> None:
        super().__init__(name)
        self.name = name
        self.record = record


class MissingDefinition(EvaluationError):
    """A field that is declared but has no value."""

    code = "missing-definition"

    def __init__(self, name: str, record: Record) -> None:
        super().__init__(name)
        self.name = name
        self.record = record


class InfiniteRecursion(EvaluationError):
    code = "infinite-recursion"


class NonMergeable(EvaluationError):
    code = "non-mergeable"

    def __init__(self, left: Value, right: Value) -> None:
        super().__init__()
        self.left = left
        self.right = right


class Incomparable(EvaluationError):
    code = "cannot-compare"

    def __init__(self, left: Value, right: Value) -> None:
        super().__init__()
        self.left = left
        self.right = right


class UnmatchedPattern(EvaluationError):
    """No branch of a match took the value; `tags`: the tags that the match knows, if it is made of bare tags only."""

    code = "unmatched-pattern"

    def __init__(self, value: Value, tags: tuple[str, ...] | None = None) -> None:
        super().__init__()
        self.value = value
        self.tags = tags
        if tags is not None:
            self.code = "unmatched-enum-pattern"


class DestructuringFailed(EvaluationError):
    code = "destructuring-failed"

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


class BlameError(EvaluationError):
    """A contract is broken; the label says which and by whom."""

    code = "contract-broken"

    def __init__(self, label: Label, value: Value) -> None:
        super().__init__()
        self.label = label
        self.value = value


class SealedTailError(BlameError):
    """Forbidden access to the hidden fields of a sealed record; `action` is what was tried."""

    code = "sealed-tail-access"

    def __init__(self, label: Label, value: Value, action: str) -> None:
        super().__init__(label, value)
        self.action = action


class ExportError(EvaluationError):
    """A value that the format cannot express; `path` leads to it from the exported value."""

    def __init__(
        self,
        code: str,
        message: str,
        value: Value,
        path: tuple[str | int, ...],
        notes: tuple[str, ...],
        help_: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.value = value
        self.path = path
        self.notes = notes
        self.help = help_


class DeserializationError(EvaluationError):
    """Text that is not of its format."""

    code = "deserialization"

    def __init__(self, message: str, notes: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.notes = notes


class ImportedDataError(EvaluationError):
    """An imported data file that is not of its format: `key` is its unit, `start` an offset into it."""

    code = "data-parse"

    def __init__(self, message: str, key: str, start: int) -> None:
        super().__init__(message)
        self.message = message
        self.key = key
        self.start = start


class LimitReached(EvaluationError):
    """A limit of the run ended it: nothing was decided about the program."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def blame(label: Label, value: Value) -> NoReturn:
    """Abort, blaming whom the label says."""
    raise BlameError(label, value)
