"""Remove a binding that nothing uses."""

from __future__ import annotations

from contractlang.ide.actions.action import QUICK_FIX, Action
from contractlang.ide.actions.removal import innermost_let, removal
from contractlang.ide.actions.trial import is_sound

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator

    from contractlang.ide.actions.action import Request


def offers(request: Request) -> Iterator[Action]:
    """The removal of the unused bindings whose names the request touches."""
    for finding in request.hints:
        if finding.code != "unused-binding" or not (finding.start <= request.end and request.start <= finding.end):
            continue
        found = innermost_let(request, finding.start)
        edit = None if found is None else removal(request, *found)
        if edit is not None and is_sound(request, [edit]):
            name = request.text[finding.start : finding.end]
            yield Action(f"Remove the unused `{name}`", QUICK_FIX, [edit], fixes=[finding], preferred=True)
