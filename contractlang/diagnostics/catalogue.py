"""The catalogue: every diagnostic code, declared once, with what it means. `contractlang explain CODE` and the
documentation show it.

A code never changes its meaning and is never used again for another.
"""

from __future__ import annotations

from contractlang.diagnostics.codes.editor import EDITOR
from contractlang.diagnostics.codes.entry import Entry
from contractlang.diagnostics.codes.evaluation import EVALUATION
from contractlang.diagnostics.codes.exporting import EXPORTING
from contractlang.diagnostics.codes.limits import LIMITS
from contractlang.diagnostics.codes.loading import LOADING
from contractlang.diagnostics.codes.syntax import SYNTAX
from contractlang.diagnostics.codes.types import TYPES

SECTIONS: dict[str, tuple[Entry, ...]] = {
    "Syntax": SYNTAX,
    "Files, imports and the command line": LOADING,
    "Static types": TYPES,
    "Evaluation": EVALUATION,
    "Export": EXPORTING,
    "Limits": LIMITS,
    "Hints in editors": EDITOR,
}

CATALOGUE: dict[str, Entry] = {entry.code: entry for section in SECTIONS.values() for entry in section}


def find(code: str) -> Entry | None:
    """What the catalogue says of a code, None where there is no such code."""
    return CATALOGUE.get(code)
