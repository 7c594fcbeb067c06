"""Evaluation errors to diagnostics: the one place that words them."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from contractlang.diagnostics.model import Blame, BlamedContract, Diagnostic
from contractlang.diagnostics.model import Label as Mark
from contractlang.diagnostics.suggest import closest
from contractlang.runtime import errors
from contractlang.runtime.birth import birth, only_literal, within
from contractlang.runtime.blame import (
    Origin,
    blame_contract,
    blame_for_missing,
    broken_call,
    explain_blame,
    written_elsewhere,
)
from contractlang.runtime.fixes import name_fixes
from contractlang.runtime.label import ARRAY
from contractlang.runtime.label import Label as BlameLabel
from contractlang.runtime.locate import Locator
from contractlang.runtime.operands import class_name
from contractlang.runtime.places import (
    Place,
    Places,
    contract_at_fault,
    evaluated_field,
    exported_path,
    field_under,
    library_path,
    promising_function,
)
from contractlang.runtime.show import show, tag_text
from contractlang.runtime.values import Array, EnumTag, Function, Record, Variant
from contractlang.source import Span

_ORDINALS = ("", "1st", "2nd", "3rd", "4th", "5th", "6th")


class Report:
    """An error being worded: where it happened, innermost place in user code first. `locator` finds values by their path."""

    def __init__(
        self, error: errors.EvaluationError, places: Places, traceback: TracebackType | None, locator: Locator | None
    ) -> None:
        self.error = error
        self.places = places
        self.locator = locator
        self.traceback = traceback
        trace = places.trace(traceback)
        self.trace = trace
        self.here: Place | None = trace[-1] if trace else None
        user = [place for place in trace if not place.is_library]
        self.user: Place | None = user[-1] if user else None
        self.path = exported_path(traceback)

    @property
    def place(self) -> Place | None:
        """Where to point: in user code if any of it is involved."""
        return self.user or self.here

    def written(self, path: list[str | int] | None = None) -> Span | None:
        """Where the value that was being forced for output was written."""
        path = self.path if path is None else path
        return self.locator.find(path) if self.locator is not None and path else None

    def nearest(self) -> Span | None:
        """The smallest expression at or around that place."""
        return self.locator.nearest(self.path) if self.locator is not None and self.path else None

    def checked(self, label: BlameLabel) -> Span | None:
        """The value of the field whose contract is broken, where it was defined; the element of it, where that is known."""
        found = field_under(self.traceback, label.annotation)
        if found is None or self.locator is None:
            return None
        record, index, elements = found
        if ARRAY not in label.path:
            elements = []
        definition = record.shape.defs[index]
        for place in reversed(definition.places):
            name = self.places.span(*place)
            value = None if name is None else self.locator.definition(name, elements)
            if value is not None:
                return value
        parts = record.parts or (record,)
        for number, _, _ in reversed(definition.sources):
            # Plain data has no definitions of its own, but knows where it was written.
            origin = parts[number].env
            if (
                isinstance(origin, tuple)
                and len(origin) == 2
                and isinstance(origin[0], str)
                and parts[number].shape.uniform
            ):
                literal = self.places.span(origin[0], origin[1], origin[1])
                name_text = record.shape.names[index]
                value = None if literal is None else self.locator.data_field(literal, name_text, elements)
                if value is not None:
                    return value
        return None

    def defined(self) -> Span | None:
        """The value of the field that was being checked, where it was defined; None if it was none."""
        found = evaluated_field(self.traceback)
        if found is None or self.locator is None:
            return None
        record, index = found
        for place in record.shape.defs[index].places:
            name = self.places.span(*place)
            value = None if name is None else self.locator.definition(name)
            if value is not None:
                return value
        return self.locator.find(self.path)

    def written_elsewhere(self, value: object, marks: list[Mark]) -> list[Mark]:
        """A mark where a value was written, unless the marks show that already."""
        return written_elsewhere(birth(value, self.places) or only_literal(value, self.places), marks)

    @property
    def direct(self) -> bool:
        """Whether user code itself failed, rather than a library function that it called."""
        return self.here is not None and self.here is self.user

    def marks(self, message: str, operand: int | None = None) -> list[Mark]:
        place = self.place
        if place is None:
            return []
        span = place.span
        if operand is not None and self.direct and operand < len(place.operands):
            span = place.operands[operand]
        return [Mark(span, message)]


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
        notes.append(f"found {article} {found}: {shown}")
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


def _missing_field(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.MissingField)
    name = error.name
    text = f"this requires the field `{name}` to exist"
    marks = report.marks(text)
    contract = _library_access(report) or _contract_with(report, f".{name}")
    place = None if contract is not None else report.place
    if contract is not None:
        marks = [Mark(contract, text)]
    if place is not None and report.direct and place.operands:
        marks.append(Mark(place.operands[0], f"this record lacks the field `{name}`", primary=False))
    names = list(error.record.shape.visible_names())
    notes = []
    near = closest(name, names)
    if near is not None:
        notes.append(f"Did you mean `{near}`?")
    elif names:
        listed = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
        notes.append(f"the record has these fields: {listed}")
    diagnostic = Diagnostic("missing-field", f"missing field `{name}`", marks, notes)
    if near is not None and place is not None and report.direct:
        diagnostic.fixes = name_fixes(name, near, place.span)
    elif near is not None and contract is not None:
        diagnostic.fixes = name_fixes(name, near, contract)
    return diagnostic


def _library_access(report: Report) -> Span | None:
    """Where the program names the member of the standard library that is not there: members are looked up by no code that has a
    place."""
    path = library_path(report.traceback)
    return None if path is None or report.locator is None else report.locator.library_access(path)


def _contract_with(report: Report, text: str) -> Span | None:
    """The end of a contract of the field being evaluated, up to `text` in it: contracts are evaluated where no code runs that
    has a place."""
    found = evaluated_field(report.traceback)
    if found is None:
        return None
    record, index = found
    for pending in record.shape.defs[index].pending:
        if pending.label is None:
            continue
        annotation = pending.label.annotation
        span = report.places.span(annotation.unit, annotation.start, annotation.end)
        at = -1 if span is None else span.text.find(text)
        if span is not None and at >= 0:
            return Span(span.source, span.start, span.start + at + len(text))
    return None


def _missing_definition(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.MissingDefinition)
    name, record = error.name, error.record
    shape = record.shape
    definition = shape.defs[shape.index[name]]
    places = report.places
    marks: list[Mark] = []
    blamed, guilty = _missing_blame(report, record, name)
    lacking = report.locator.lacking(report.path) if report.locator is not None else None
    record_span = guilty or lacking or report.written(report.path[:-1]) or _record_span(places, record)
    if definition.required is not None:
        span = places.span(*definition.required)
        if span is not None:
            marks.append(Mark(span, "required here", primary=guilty is None))
    if record_span is not None:
        text = "this lacks it" if guilty is not None else "in this record"
        marks.append(Mark(record_span, text, primary=guilty is not None or not marks))
        if guilty is not None:
            marks.reverse()
    if definition.required is None:
        for place in definition.places[:1]:
            span = places.span(*place)
            if span is not None:
                marks.insert(0, Mark(span, "declared here without a value"))
                for mark in marks[1:]:
                    mark.primary = False
        if report.place is not None and not report.path and all(mark.span != report.place.span for mark in marks):
            marks.append(Mark(report.place.span, "accessed here", primary=not marks))
    help_ = [f"give `{name}` a value, a default (`| default = …`), or mark it `| optional`"]
    diagnostic = Diagnostic("missing-definition", f"missing definition for `{name}`", marks, [], help_)
    if blamed is not None:
        diagnostic.blame = blamed
    elif definition.required is not None and record_span is not None:
        at = places.span(*definition.required)
        diagnostic.blame = Blame("value", name, record_span, BlamedContract(at.text if at else name, at))
    if not marks:
        diagnostic.labels = report.marks("here")
    return diagnostic


def _missing_blame(report: Report, record: Record, name: str) -> tuple[Blame | None, Span | None]:
    """For a field that the contract of an argument or result requires: who did not give it, and where they stand."""
    parts = record.parts
    if parts is None:
        return None, None
    for pending in record.shape.defs[record.shape.index[name]].pending:
        if pending.label is None and pending.by_field:
            label = parts[pending.label_part].slots[pending.label_raw].field(name)
            return blame_for_missing(label, report.places, report.trace, None)
    return None, None


def _record_span(places: Places, record: Record) -> Span | None:
    """Where a record was written: the literal that its definitions come from first."""
    parts = record.parts or (record,)
    for part in parts:
        if part.shape.place is not None:
            span = places.span(*part.shape.place)
            if span is not None:
                return span
    return places.span(*record.shape.place) if record.shape.place is not None else None


def _infinite_recursion(report: Report) -> Diagnostic:
    marks = report.marks("recursive reference")
    notes = ["evaluating this value requires the value itself"]
    help_ = []
    if marks and marks[0].span.text.isidentifier():
        name = marks[0].span.text
        help_.append(f"within a record, `{name}` is its own field `{name}`; call an outer one by another name")
    return Diagnostic("infinite-recursion", "infinite recursion", marks, notes, help_)


def _non_mergeable(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.NonMergeable)
    left, right = error.left, error.right
    notes = ["Merge operands have the same merge priority but they can't be combined."]
    a, b = class_name(left), class_name(right)
    if a != b:
        notes += [
            f"One value is of type {b} while the other is of type {a}",
            "Values of different types can't be merged",
        ]
    elif a in ("String", "Number", "Bool", "Array", "EnumTag"):
        notes += [
            f"Both values are of type {a} but they aren't equal.",
            f"{a} values can only be merged if they are equal",
        ]
    elif type(left) is Function:
        notes += [
            "Both values are functions (or match expressions)",
            "Functions can never be merged with anything else, even another function.",
        ]
    elif type(left) is Variant and type(right) is Variant:
        notes += [
            f"Both values are enum variants, but their tags differ ({tag_text(right.tag.name)} vs {tag_text(left.tag.name)})",
            "Enum variants can only be merged if they have the same tag.",
        ]
    else:
        notes += [
            "Primitive values (Number, String, EnumTag and Bool) and arrays can only be merged if they are equal",
            "Enum variants must have the same tag.",
            "Functions can never be merged.",
        ]
    if isinstance(left, (int, str)) and isinstance(right, (int, str)):
        notes.append(f"the values are {show(left)} and {show(right)}")
    help_ = ["to let one side win, mark the other with `| default` or this one with `| force` or `| priority`"]
    return Diagnostic("non-mergeable", "non mergeable terms", _merge_marks(report, error), notes, help_)


_MERGED = ("cannot merge this definition", "with this one")


def _merge_marks(report: Report, error: errors.NonMergeable) -> list[Mark]:
    written = [birth(error.left, report.places), birth(error.right, report.places)]
    marks = _merged_definitions(report)
    if written[0] is not None and written[1] is not None and written[0] != written[1]:
        if len(marks) < 2:
            return [Mark(span, text) for span, text in zip(written, _MERGED, strict=True) if span is not None]
        for span in written:
            if span is not None and all(not within(span, mark.span) for mark in marks):
                marks.append(Mark(span, "the value was written here", primary=False))
    return marks


def _merged_definitions(report: Report) -> list[Mark]:
    found = evaluated_field(report.traceback)
    if found is not None:
        definitions = [report.places.span(*place) for place in found[0].shape.defs[found[1]].places]
        spans = [span for span in definitions if span is not None]
        if len(spans) < 2 and report.locator is not None and report.path:
            spans = report.locator.find_all(report.path)
        if len(spans) >= 2:
            texts = [*_MERGED, *["nor with this one"] * len(spans)]
            return [Mark(span, text) for span, text in zip(spans, texts, strict=False)]
    place = report.place
    if place is None:
        return []
    if report.direct and len(place.operands) == 2:
        return [
            Mark(place.operands[0], "cannot merge this expression"),
            Mark(place.operands[1], "with this expression"),
            Mark(place.span, "originally merged here", primary=False),
        ]
    return [Mark(place.span, "merged here")]


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
    return Diagnostic(error.code, "unmatched pattern", report.marks("in this match expression"), notes, help_)


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
    return Diagnostic("destructuring-failed", "destructuring failed", report.marks("this pattern"), notes, help_)


def _export(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.ExportError)
    notes = list(error.notes)
    marks = report.marks("here")
    written = report.written(list(error.path))
    if written is not None:
        marks = [Mark(written, "this value")]
    diagnostic = Diagnostic(error.code, error.message, marks, notes)
    if error.path:
        notes.insert(0, f"When exporting field `{path_text(error.path)}`")
        diagnostic.path = list(error.path)
    return diagnostic


def path_text(path: tuple[str | int, ...] | list[str | int]) -> str:
    """`a.b[1].c`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


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
    errors.MissingField: _missing_field,
    errors.MissingDefinition: _missing_definition,
    errors.InfiniteRecursion: _infinite_recursion,
    errors.NonMergeable: _non_mergeable,
    errors.Incomparable: _incomparable,
    errors.UnmatchedPattern: _unmatched,
    errors.DestructuringFailed: _destructuring,
    errors.ExportError: _export,
    errors.ImportedDataError: _imported_data,
}
