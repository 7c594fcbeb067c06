"""Evaluation errors to diagnostics: the one place that words them."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from contractlang.diagnostics.model import Diagnostic
from contractlang.diagnostics.model import Label as Mark
from contractlang.diagnostics.places import path_text
from contractlang.diagnostics.suggest import closest
from contractlang.runtime import errors
from contractlang.runtime.birth import birth
from contractlang.runtime.blame import (
    Origin,
    blame_contract,
    broken_call,
    explain_blame,
)
from contractlang.runtime.explain_fields import missing_definition, missing_field
from contractlang.runtime.explain_merge import non_mergeable
from contractlang.runtime.label import Label as BlameLabel
from contractlang.runtime.locate import Locator
from contractlang.runtime.operands import class_name
from contractlang.runtime.places import (
    Places,
    contract_at_fault,
    promising_function,
)
from contractlang.runtime.report import Report
from contractlang.runtime.show import show, tag_text
from contractlang.runtime.values import Array, EnumTag, Function, Record
from contractlang.source import Span

_ORDINALS = ("", "1st", "2nd", "3rd", "4th", "5th", "6th")


def diagnose(
    error: errors.EvaluationError,
    places: Places,
    traceback: TracebackType | None,
    locator: Locator | None = None,
    path: Sequence[str | int] | None = None,
) -> Diagnostic:
    """The diagnostic for an error that ended an evaluation. `path`: the place that failed, else the traceback tells."""
    report = Report(error, places, traceback, locator)
    if path is not None:
        report.path = list(path)
    if isinstance(error, errors.BlameError):
        origin = Origin(
            report.written(),
            report.defined(),
            report.nearest(),
            report.checked(error.label),
            birth(error.value, places),
            promising_function(traceback, error.label, places),
            report.extra_fields(),
            handed_in=locator is not None and locator.is_handed_in,
        )
        diagnostic = explain_blame(error, places, report.trace, origin)
    else:
        diagnostic = _WORDED.get(type(error), _other)(report)
    failed = contract_at_fault(traceback, places, broken_call(error, places))
    if failed is not None and not _is_its_verdict(error, failed):
        blame_contract(diagnostic, failed, places, error.label if isinstance(error, errors.BlameError) else None)
    if report.path:
        diagnostic.path = report.path
    return diagnostic


def _is_its_verdict(error: errors.EvaluationError, label: BlameLabel) -> bool:
    """Whether an error is what a contract says about the value, or what its constructor says about the contract's result."""
    if not isinstance(error, errors.BlameError):
        return isinstance(error, errors.MissingDefinition)
    blamed = error.label.annotation
    if blamed is label.annotation or blamed.field in _CONSTRUCTORS:
        return True
    # A value or function that breaks a contract of its own is at fault itself, whoever came across it.
    return error.label.polarity or not error.label.is_higher_order


_CONSTRUCTORS = frozenset(("custom", "from_predicate", "from_validator", "message", "notes", "blame_location"))


def _other(report: Report) -> Diagnostic:
    error = report.error
    message = getattr(error, "message", None) or str(error) or error.code
    return Diagnostic(error.code, message, report.marks("here"), list(getattr(error, "notes", ())))


def _operand(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.OperandError)
    found = class_name(error.value)
    notes = [_operand_note(error)]
    help_: list[str] = []
    shown = show(error.value)
    article = "an" if found[0] in "AEO" else "a"
    if found not in ("Function", "Type", "CustomContract", "Label"):
        notes.append("found null" if error.value is None else f"found {article} {found}: {shown}")
    operand = max(error.position - 1, 0)
    marks = report.marks(f"this expression has type {found}, but {error.expected} was expected", operand)
    marks += report.written_elsewhere(error.value, marks)
    if error.operator == "(-)" and error.position == 1 and type(error.value) is Function:
        help_.append("for unary negation, add parentheses: write `f (-1)` instead of `f -1`")
    elif error.expected == "Number" and type(error.value) is str and _looks_like_number(error.value):
        help_.append("convert the string with `std.string.to_number`")
    elif (
        error.expected in ("String", "Stringable") and error.operator == "string/concat" and found in ("Number", "Bool")
    ):
        help_.append('convert it with `std.to_string`, or interpolate it: `"%{…}"`')
    return Diagnostic("dynamic-type-error", "dynamic type error", marks, notes, help_)


def _looks_like_number(text: str) -> bool:
    digits = text.lstrip("+-")
    return bool(digits) and digits.replace(".", "", 1).isdigit()


def _operand_note(error: errors.OperandError) -> str:
    operator, expected = error.operator, error.expected
    if operator == "if":
        return "the condition in an if expression must have type Bool"
    if operator == "record/access":
        return "field access only makes sense for records"
    if operator == "interpolation":
        return "interpolated values must be Stringable (string, number, boolean, enum tag or null)"
    if error.position == 0:
        return f"{operator} expects its argument to be a {expected}"
    return f"{operator} expects its {_ORDINALS[error.position]} argument to be a {expected}"


def _not_a_function(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.NotAFunction)
    marks = report.marks("this term is applied, but it is not a function", 0)
    if report.direct and report.place is not None:
        marks.append(Mark(report.place.span, "applied here", primary=False))
    marks += report.written_elsewhere(error.value, marks)
    help_ = []
    value = error.value
    if type(value) is Record:
        help_.append(
            "a record cannot be called; access one of its fields with `.`, or check a value against it with `|`"
        )
    elif type(value) is EnumTag:
        help_.append("only a tag written directly before its argument makes a variant, as in `'Tag argument`")
    return Diagnostic(
        "not-a-function", "not a function", marks, [f"found a value of type {class_name(value)}: {show(value)}"], help_
    )


def _not_enough(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.NotEnoughArguments)
    text = f"{error.operator} expects {error.count} arguments, but not enough were provided"
    return Diagnostic("not-enough-arguments", "not enough arguments", report.marks(text))


def _infinite_recursion(report: Report) -> Diagnostic:
    marks = report.marks("recursive reference")
    notes = ["evaluating this value requires the value itself"]
    help_ = []
    if marks and marks[0].span.text.isidentifier():
        name = marks[0].span.text
        help_.append(f"within a record, `{name}` is its own field `{name}`; call an outer one by another name")
    return Diagnostic("infinite-recursion", "infinite recursion", marks, notes, help_)


def _incomparable(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.Incomparable)
    a, b = class_name(error.left), class_name(error.right)
    marks = report.marks("in this equality comparison")
    place = report.place
    if report.direct and place is not None and len(place.operands) == 2:
        marks.append(Mark(place.operands[0], f"left argument has type {a}", primary=False))
        marks.append(Mark(place.operands[1], f"right argument has type {b}", primary=False))
    note = f"A {a} can't be meaningfully compared with a {b}"
    return Diagnostic("cannot-compare", "cannot compare values for equality", marks, [note])


def _unmatched(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.UnmatchedPattern)
    notes = []
    if error.tags is not None:
        tags = ", ".join(tag_text(tag) for tag in error.tags)
        notes += [
            f"This match expression isn't exhaustive, matching only the following pattern(s): `{tags}`",
            "But it has been applied to an argument which doesn't match any of those patterns",
        ]
        if isinstance(error.value, EnumTag):
            near = closest(error.value.name, list(error.tags))
            if near is not None:
                notes.append(f"Did you mean `'{near}`?")
    notes.append(f"the value is {show(error.value)}")
    help_ = ["add a branch for it, or a last branch `_ => …` for everything else"]
    marks = report.marks("in this match expression")
    marks += report.written_elsewhere(error.value, marks)
    return Diagnostic(error.code, "unmatched pattern", marks, notes, help_)


def _destructuring(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.DestructuringFailed)
    notes = [f"the value is {show(error.value)}"]
    value = error.value
    help_ = []
    if type(value) is Record:
        help_.append("if the record may have further fields, end the pattern with `..`")
    elif type(value) is Array:
        help_.append("if the array may have further elements, end the pattern with `..`")
    marks = report.marks("this pattern")
    marks += report.written_elsewhere(value, marks)
    return Diagnostic("destructuring-failed", "destructuring failed", marks, notes, help_)


def _export(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.ExportError)
    notes = list(error.notes)
    marks = report.marks("here")
    by_program = bool(marks)  # the path begins at what the program serializes, not at the exported value
    if by_program:
        marks += report.written_elsewhere(error.value, marks)
    else:
        written = _written_part(report, error)
        if written is not None:
            marks = [Mark(written, "this value")]
    diagnostic = Diagnostic(error.code, error.message, marks, notes, list(error.help))
    if error.path:
        asked = error.code == "query-non-record"
        notes.insert(0, f"{'At' if asked else 'When exporting'} field `{path_text(list(error.path))}`")
        if not by_program:
            diagnostic.path = list(error.path)
    return diagnostic


def _written_part(report: Report, error: errors.ExportError) -> Span | None:
    """Where the part of the exported value that is at fault was written; else the smallest expression around it."""
    locator = report.locator
    if locator is None:
        return None
    return locator.find(error.path) or birth(error.value, report.places) or locator.nearest(error.path)


def _imported_data(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.ImportedDataError)
    span = report.places.span(error.key, error.start, error.start + 1)
    marks = [] if span is None else [Mark(span)]
    marks += [Mark(mark.span, "imported here", primary=False) for mark in report.marks("")]
    return Diagnostic("data-parse", error.message, marks)


_WORDED = {
    errors.OperandError: _operand,
    errors.NotAFunction: _not_a_function,
    errors.NotEnoughArguments: _not_enough,
    errors.MissingField: missing_field,
    errors.MissingDefinition: missing_definition,
    errors.InfiniteRecursion: _infinite_recursion,
    errors.NonMergeable: non_mergeable,
    errors.Incomparable: _incomparable,
    errors.UnmatchedPattern: _unmatched,
    errors.DestructuringFailed: _destructuring,
    errors.ExportError: _export,
    errors.ImportedDataError: _imported_data,
}
