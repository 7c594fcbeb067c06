"""Codes of hints that editors show: nothing is wrong, or nothing yet."""

from __future__ import annotations

from contractlang.diagnostics.codes.entry import Entry

EDITOR = (
    Entry(
        "unused-binding",
        "a binding or import that nothing uses",
        "A `let` binds a name, and nothing in its body refers to it. It can be removed without any difference; if it is there "
        "for a reason that the program does not show, begin its name with `_`.",
    ),
    Entry(
        "self-reference",
        "a field that is defined as itself",
        "Within a record, its fields' names mean the fields, also where a variable outside has the same name. So `{ x = x }` never "
        "has a value, whatever `x` is outside. To take the outer `x`, write `{ include x }`.",
    ),
)
