"""Every code action, asked in turn."""

from __future__ import annotations

from contractlang.ide.actions import (
    corrections,
    extract,
    inferred_type,
    inline,
    missing_fields,
    organise,
    priority,
    quoting,
    static_type,
    unused,
)
from contractlang.ide.actions.action import EXTRACT, INLINE, ORGANISE, QUICK_FIX, REWRITE, Action, Request

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Final

    from contractlang.ide.diagnostics import Finding
    from contractlang.workspace.workspace import Snapshot

    Offers = Callable[[Request], Iterator[Action]]

ACTION_KINDS: Final = (QUICK_FIX, EXTRACT, INLINE, REWRITE, ORGANISE)
# In larger texts (some 3,000 lines), what has to analyse the whole file for every answer is offered only if it is asked for.
LARGE: Final = 100_000
_COSTLY: Final = (static_type.offers, inferred_type.offers)
# Whoever makes several kinds of action is asked if one of them is wanted.
_OFFERS: Final[tuple[tuple[tuple[str, ...], Offers], ...]] = (
    ((QUICK_FIX,), corrections.offers),
    ((QUICK_FIX,), unused.offers),
    ((QUICK_FIX, REWRITE), missing_fields.offers),
    ((EXTRACT,), extract.offers),
    ((INLINE,), inline.offers),
    ((REWRITE,), static_type.offers),
    ((REWRITE,), inferred_type.offers),
    ((REWRITE,), priority.offers),
    ((REWRITE,), quoting.offers),
    ((ORGANISE,), organise.offers),
)


def code_actions(
    snapshot: Snapshot,
    path: str,
    start: int,
    end: int,
    *,
    only: Sequence[str] | None = None,
    reported: Sequence[Finding] = (),
) -> list[Action]:
    """What can be done about a stretch of a file. `only`: the kinds that are wanted, as the protocol has them; `reported`: findings
    that were published earlier and may have fixes: those of evaluation, which costs too much to do again."""
    if snapshot.unit(path).unit.root is None or snapshot.parsed(path).source.language is not None:
        return []
    request = Request(snapshot, path, start, end, reported)
    found: list[Action] = []
    for kinds, offers in _OFFERS:
        if only is None and offers in _COSTLY and len(request.text) > LARGE:
            continue
        if only is None or any(_is_wanted(kind, only) for kind in kinds):
            found += [action for action in offers(request) if only is None or _is_wanted(action.kind, only)]
    return found


def _is_wanted(kind: str, only: Sequence[str]) -> bool:
    """Whether a kind is one of those that are wanted, or a sort of one."""
    return any(kind == wanted or kind.startswith(wanted + ".") or not wanted for wanted in only)
