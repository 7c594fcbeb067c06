"""What it means that both implementations agree on a program, and where they are known not to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from differential.oracle import CRASH, TIMEOUT
from language import Result
from spec.agreement import blames


@dataclass(frozen=True, slots=True)
class Deviation:
    """A known disagreement. `applies` decides from the program and both results; `docs/compatibility.md` has the same list."""

    name: str
    reason: str
    applies: Callable[[str, Result, Result], bool]


# The codes of what the parser finds.
SYNTAX = {
    "disabled-feature",
    "duplicate-include",
    "duplicate-let-binding",
    "duplicate-pattern-binding",
    "invalid-ascii-escape",
    "invalid-contract",
    "invalid-escape",
    "invalid-import-format",
    "invalid-record-type",
    "invalid-unicode-escape",
    "string-delimiter",
    "type-variable-kind",
    "typed-field-without-value",
    "unexpected-eof",
    "unexpected-token",
    "unmatched-brace",
}

KNOWN: list[Deviation] = [
    Deviation(
        "reference-crashes",
        "the reference panics, overflows its stack or does not end, where an answer or a report is due",
        lambda _source, reference, _ours: reference.code in {CRASH, TIMEOUT},
    ),
    Deviation(
        "infinite-type",
        "the reference has no occurs check: it makes types that contain themselves and may never notice",
        lambda _source, _reference, ours: ours.code == "infinite-type",
    ),
    Deviation(
        "unbound-in-a-pattern",
        "the reference resolves the names in a pattern's annotations and defaults only when the variable is used",
        lambda source, reference, ours: (
            ours.code == "unbound-identifier"
            and reference.code != "unbound-identifier"
            and re.search(r"\{[^{}=]*[|?:]", source) is not None
        ),
    ),
    Deviation(
        "unbound-before-a-match",
        "the reference does not notice unbound names in the contract of what a pipe hands to a `match`",
        lambda source, reference, ours: (
            ours.code == "unbound-identifier"
            and reference.code != "unbound-identifier"
            and re.search(r"\|> match", source) is not None
        ),
    ),
    Deviation(
        "hidden-syntax-errors",
        "of several syntax errors the reference may report a later one and hide the first; we report all, in order",
        lambda _source, reference, ours: ours.code in SYNTAX and reference.code in SYNTAX,
    ),
    Deviation(
        "alias-of-a-variable",
        "the reference forgets the alias in `x @ y` (`let`, `fun`) and in `x @ _` and `x @ 'A` (`match` of tags)",
        lambda source, reference, ours: (
            reference.code == "unbound-identifier"
            and ours.code != "unbound-identifier"
            and re.search(r"\w @ [a-z_']", source) is not None
        ),
    ),
    Deviation(
        "repeated-tag",
        "where all branches of a `match` are tags or wildcards, the last branch of a tag counts in the reference, not the first",
        lambda source, _reference, _ours: re.search(r"('\w+|'\"[^\"]*\") =>.*\1 =>", source, re.DOTALL) is not None,
    ),
    Deviation(
        "sibling-that-hides-a-name",
        "the reference takes a field that is a bare sibling name for one of the type that this name has outside the record",
        lambda source, reference, ours: (
            "type-mismatch" in {reference.code, ours.code} and re.search(r"\b\w+ = \w+ ?[,}]", source) is not None
        ),
    ),
    Deviation(
        "fields-of-a-dictionary",
        "fields of a record that is checked against a dictionary type cannot refer to each other in the reference",
        lambda source, reference, ours: (
            reference.code == "unbound-identifier"
            and ours.code != "unbound-identifier"
            and re.search(r"\{ ?_ ?:", source) is not None
        ),
    ),
]


def known(source: str, reference: Result, ours: Result) -> Deviation | None:
    """The known deviation that a disagreement is, if any."""
    return next((deviation for deviation in KNOWN if deviation.applies(source, reference, ours)), None)


def difference(reference: Result, ours: Result) -> str | None:
    """How two results differ: in the document, in the error's kind or in who is blamed. None if they agree."""
    if reference.text is not None:
        if ours.text is not None and ours.text.removesuffix("\n") == reference.text:
            return None
        return f"the reference says {reference.text}, we say {ours.outcome()}"
    if ours.code != reference.code:
        return f"the reference reports {reference.outcome()}, we {ours.outcome()}"
    if reference.blamed is not None and not blames(ours, reference.blamed):
        return f"the reference blames {reference.blamed}, we blame {ours.blamed}: {reference.outcome()}"
    return None
