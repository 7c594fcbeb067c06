"""A name for a diagnostic that stays the same while the file around it changes, so that tools can tell new ones from known ones."""

from __future__ import annotations

import hashlib

from contractlang.diagnostics.model import Diagnostic
from contractlang.diagnostics.places import main_label


def fingerprint(diagnostic: Diagnostic) -> str:
    """A hash of code, file name, message, the trimmed source line and the path; line numbers do not count."""
    label = main_label(diagnostic)
    parts = [diagnostic.code]
    if label is not None:
        source = label.span.source
        line = source.lines.position(label.span.start)[0]
        start = source.lines.starts[line - 1]
        # No line that a person wrote is longer; of data on one endless line the place itself tells more.
        begin = max(start, label.span.start - 500)
        end = source.text.find("\n", label.span.start, label.span.start + 500)
        parts += [source.name, source.text[begin : end if end >= 0 else label.span.start + 500].strip()]
    parts.append(diagnostic.message)
    parts += [repr(step) for step in diagnostic.path or ()]
    content = "\0".join(parts).encode("utf-8", "backslashreplace")
    return hashlib.sha256(content).hexdigest()[:16]
