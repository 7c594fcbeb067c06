"""How many diagnostics of each severity there are, and how many are not shown."""

from __future__ import annotations

from collections.abc import Iterable

from contractlang.diagnostics.model import Diagnostic


class Summary:
    """Counts of what is reported, and of what is not: `consequences` of reported errors, and those `cut` by `--max-errors`."""

    __slots__ = ("consequences", "cut", "errors", "warnings")

    def __init__(self, diagnostics: Iterable[Diagnostic], consequences: int = 0, cut: int = 0) -> None:
        self.errors = 0
        self.warnings = 0
        self.consequences = consequences
        self.cut = cut
        for diagnostic in diagnostics:
            if diagnostic.severity == "error":
                self.errors += 1
            elif diagnostic.severity == "warning":
                self.warnings += 1

    @property
    def hidden(self) -> int:
        return self.consequences + self.cut

    def __str__(self) -> str:
        """As in `3 errors, 1 warning (2 consequences hidden)`."""
        parts = []
        if self.errors:
            parts.append(counted(self.errors, "error"))
        if self.warnings:
            parts.append(counted(self.warnings, "warning"))
        asides = []
        if self.consequences:
            asides.append(f"{counted(self.consequences, 'consequence')} hidden")
        if self.cut:
            asides.append(f"{self.cut} more not shown")
        text = ", ".join(parts) or "no errors"
        return f"{text} ({', '.join(asides)})" if asides else text


def counted(number: int, noun: str) -> str:
    """As in `1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
