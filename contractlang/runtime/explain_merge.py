"""The wording of merges that fail."""

from __future__ import annotations

from fractions import Fraction

from contractlang.diagnostics.model import Diagnostic
from contractlang.diagnostics.model import Label as Mark
from contractlang.runtime import errors
from contractlang.runtime.birth import birth, within
from contractlang.runtime.operands import class_name
from contractlang.runtime.places import (
    evaluated_field,
)
from contractlang.runtime.report import Report
from contractlang.runtime.shape import DEFAULT, FORCE
from contractlang.runtime.show import show, tag_text
from contractlang.runtime.values import EnumTag, Function, Value, Variant


def non_mergeable(report: Report) -> Diagnostic:
    error = report.error
    assert isinstance(error, errors.NonMergeable)
    notes = [_why_not_merged(error.left, error.right)]
    help_ = []
    marks = _merge_marks(report, error)
    if any(mark.message == _MERGED[0] for mark in marks):  # definitions of a field, which have priorities
        notes.append("both have the same merge priority, so neither gives way")
        help_.append(_advice(report))
    return Diagnostic("non-mergeable", "non mergeable terms", marks, notes, help_)


def _advice(report: Report) -> str:
    """How to let one of two definitions win, given the priority that both have."""
    found = evaluated_field(report.traceback)
    priority = 0 if found is None else found[0].shape.defs[found[1]].priority
    if priority == DEFAULT:
        return "both are marked `| default`: take the mark off the one that is to win"
    if priority == FORCE:
        return "both are marked `| force`: take the mark off the one that is to give way"
    if priority:
        return f"both have the priority {show(priority)}: give the one that is to win a higher one"
    return "mark one of them `| default` to let the other win, or `| force` to let it win itself"


def _why_not_merged(left: Value, right: Value) -> str:
    a, b = (
        "null" if left is None else f"of type {class_name(left)}",
        "null" if right is None else f"of type {class_name(right)}",
    )
    if a != b:
        return f"one is {a}, the other {b}; values of different types never merge"
    if type(left) is Variant and type(right) is Variant:
        tags = f"{tag_text(left.tag.name)} and {tag_text(right.tag.name)}"
        return f"the tags differ: {tags}; variants merge only under the same tag"
    if isinstance(left, (int, Fraction, str, EnumTag)):
        return f"the values are {show(left)} and {show(right)}, and such values merge only if they are equal"
    if type(left) is Function:
        return "both are functions (or match expressions), which never merge"
    return f"both are {a}, and such values never merge"


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
