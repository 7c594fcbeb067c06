"""The wording of fields that are not there."""

from __future__ import annotations

from contractlang.diagnostics.model import Blame, BlamedContract, Diagnostic
from contractlang.diagnostics.model import Label as Mark
from contractlang.diagnostics.suggest import closest
from contractlang.loaders.bundled import MODULES
from contractlang.runtime import errors
from contractlang.runtime.blame import (
    blame_for_missing,
)
from contractlang.runtime.fixes import name_fixes
from contractlang.runtime.places import (
    evaluated_field,
    library_path,
)
from contractlang.runtime.report import Report, data_literal
from contractlang.runtime.values import Record
from contractlang.source import Span


def missing_field(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.MissingField)
    name = error.name
    text = f"this requires the field `{name}` to exist"
    marks = report.marks(text)
    contract = _library_access(report) or _contract_with(report, f".{name}")
    place = None if contract is not None else report.place
    if contract is not None:
        marks = [Mark(contract, text)]
    if not marks:  # nothing in the program asks for the field: the command line does
        span = _record_span(report, error.record)
        marks = [] if span is None else [Mark(span, f"this record lacks the field `{name}`")]
    if place is not None and report.direct and place.operands:
        marks.append(Mark(place.operands[0], f"this record lacks the field `{name}`", primary=False))
        if report.is_parameter(place.operands[0]):
            marks += report.written_elsewhere(error.record, marks)
    names = list(error.record.shape.visible_names())
    if (library_path(report.traceback) or ("",))[0] == name:  # modules are looked up by name, and no fields of `std`
        names = [*sorted(MODULES), *names]
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


def missing_definition(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.MissingDefinition)
    name, record = error.name, error.record
    shape = record.shape
    definition = shape.defs[shape.index[name]]
    places = report.places
    marks: list[Mark] = []
    blamed, guilty = _missing_blame(report, record, name)
    lacking = report.locator.lacking(report.path) if report.locator is not None else None
    record_span = guilty or lacking or report.written(report.path[:-1]) or _record_span(report, record)
    span = None if definition.required is None else places.span(*definition.required)
    # Who has the record is to mend it, if the requirement stands in another file.
    lacks = guilty is not None or (
        span is not None and record_span is not None and span.source is not record_span.source
    )
    if span is not None:
        marks.append(Mark(span, "required here", primary=not lacks))
    if record_span is not None:
        marks.append(Mark(record_span, "this lacks it" if lacks else "in this record", primary=lacks or not marks))
        if lacks:
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


def _record_span(report: Report, record: Record) -> Span | None:
    """Where a record was written: the literal that its definitions come from first."""
    places = report.places
    parts = record.parts or (record,)
    for part in parts:
        span = report.data_place(part) if part.shape.place is None else places.span(*part.shape.place)
        if span is None and part.shape.uniform and report.locator is not None:
            literal = data_literal(part, places)
            span = None if literal is None else report.locator.data_record(literal)
        if span is not None:
            return span
    return places.span(*record.shape.place) if record.shape.place is not None else None
