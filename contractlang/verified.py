"""Fixes that are offered are fixes that were tried: the program is run once more with the text changed.

A fix stays with its diagnostic only if that error is gone afterwards and no other has come. All fixes are tried together first,
which is one run for a file full of the same mistake; if that does not do, each is tried by itself, as many as `MOST`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from contractlang.diagnostics.model import Diagnostic, Fix
from contractlang.loaders.loader import Loader
from contractlang.loaders.overlay import OverlayLoader
from contractlang.request import Outcome
from contractlang.source import Source

MOST = 16
"""The fixes of one run that are tried one by one; there is none for further errors until these are fixed."""

Again = Callable[[list[Source], Loader], Outcome]
Key = tuple[str, str, tuple[str | int, ...] | None]


def without_fixes(outcome: Outcome) -> Outcome:
    for diagnostic in outcome.diagnostics:
        diagnostic.fixes = []
    return outcome


def with_verified_fixes(outcome: Outcome, sources: Sequence[Source], loader: Loader, again: Again) -> Outcome:
    """The outcome of a failed run with those of its fixes that help. `again` runs changed sources in the same way."""
    suggested = [(diagnostic, fix) for diagnostic in outcome.diagnostics for fix in diagnostic.fixes]
    without_fixes(outcome)
    if not suggested or outcome.status == 3:
        return outcome
    trial = _Trial(outcome.diagnostics, sources, loader, again)
    if len(suggested) > 1 and trial.helps(suggested):
        helpful = suggested
    else:
        helpful = [one for one in suggested[:MOST] if trial.helps([one])]
    for diagnostic, fix in helpful:
        diagnostic.fixes.append(fix)
    return outcome


class _Trial:
    def __init__(
        self, diagnostics: Sequence[Diagnostic], sources: Sequence[Source], loader: Loader, again: Again
    ) -> None:
        self._before = Counter(_key(diagnostic) for diagnostic in diagnostics)
        self._sources = sources
        self._loader = loader
        self._again = again

    def helps(self, fixes: Sequence[tuple[Diagnostic, Fix]]) -> bool:
        """Whether the errors are gone, and none has come, with all these changes made."""
        changed = self._changed([fix for _, fix in fixes])
        if changed is None:
            return False
        after = self._again(*changed)
        fixed = {id(diagnostic): diagnostic for diagnostic, _ in fixes}.values()
        left = self._before - Counter(_key(diagnostic) for diagnostic in fixed)
        return after.status != 3 and not Counter(_key(diagnostic) for diagnostic in after.diagnostics) - left

    def _changed(self, fixes: Sequence[Fix]) -> tuple[list[Source], Loader] | None:
        """The program with the changes made; None if two of them are at odds, or where the text is not the user's."""
        texts: dict[int, tuple[Source, str]] = {}
        end: tuple[int, int] | None = None
        for fix in sorted(fixes, key=lambda fix: (id(fix.span.source), -fix.span.start)):
            span = fix.span
            if end is not None and end[0] == id(span.source) and span.end > end[1]:
                return None
            end = id(span.source), span.start
            text = texts.get(id(span.source), (span.source, span.source.text))[1]
            texts[id(span.source)] = span.source, text[: span.start] + fix.replacement + text[span.end :]
        loader = OverlayLoader(self._loader)
        sources = []
        for source in self._sources:
            new = source
            if id(source) in texts:
                new = Source(source.name, texts[id(source)][1], source.path)
                new.language = source.language
            sources.append(new)
        mains = {id(source) for source in self._sources}
        for source, text in texts.values():
            if source.path is not None:
                loader.open(source.path, text)
            elif id(source) not in mains:
                return None
        return sources, loader


def _key(diagnostic: Diagnostic) -> Key:
    return diagnostic.code, diagnostic.message, tuple(diagnostic.path) if diagnostic.path is not None else None
