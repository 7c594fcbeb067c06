"""The one model of everything we report: errors and warnings of all stages, rendered elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field

from contractlang.source import Span


@dataclass(slots=True)
class Label:
    """A marked place: primary labels say where the mistake is, secondary ones what it has to do with."""

    span: Span
    message: str = ""
    primary: bool = True


@dataclass(slots=True)
class BlamedContract:
    """The annotation that was broken: its text as written and where it stands (None: made by evaluation)."""

    text: str
    at: Span | None


@dataclass(slots=True)
class Blame:
    """Who broke a contract.

    `party` is "value", "function", "caller" or "contract"; `name` the field or binding under contract, if it has one; `at` where
    the guilty party stands; `value` the offending value in the language's syntax, shortened.
    """

    party: str
    name: str | None
    at: Span | None
    contract: BlamedContract | None
    value: str | None = None


@dataclass(slots=True)
class Fix:
    """A change of the source that removes the error and adds none: `replacement` takes the place of `span`."""

    title: str
    span: Span
    replacement: str


@dataclass(slots=True)
class Diagnostic:
    """One report. `code` is declared in the catalogue; `path` is the place in the exported value (names and indices)."""

    code: str
    message: str
    labels: list[Label] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    help: list[str] = field(default_factory=list)
    severity: str = "error"
    path: list[str | int] | None = None
    blame: Blame | None = None
    fixes: list[Fix] = field(default_factory=list)
