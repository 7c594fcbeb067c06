"""Work that takes long, shown as progress in clients that can, with a button to cancel it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types

if TYPE_CHECKING:
    from contractlang_lsp.session import Session

T = TypeVar("T")

_numbers = itertools.count(1)


class Progresses:
    """What is being shown: the tasks by token."""

    def __init__(self) -> None:
        self._tasks: dict[types.ProgressToken, asyncio.Future[object]] = {}

    def begin(self, token: types.ProgressToken, task: asyncio.Future[object]) -> None:
        self._tasks[token] = task

    def end(self, token: types.ProgressToken) -> None:
        self._tasks.pop(token, None)

    def cancel(self, token: types.ProgressToken) -> None:
        """The user has had enough. What is not being shown any more is none of our business."""
        task = self._tasks.get(token)
        if task is not None:
            task.cancel()


async def shown(
    session: Session,
    task: asyncio.Future[T],
    title: str,
    *,
    after: float = 0.0,
    token: types.ProgressToken | None = None,
) -> T:
    """The result of a task, shown as progress if it takes longer than `after` seconds.

    `token`: of the client's own; else one is made and the client asked to show it. Cancelling this cancels the task.
    """
    try:
        done, _ = await asyncio.wait({task}, timeout=after)
        if done:
            return task.result()
        if token is None:
            token = await _created(session)
        if token is None:
            return await task
        session.progresses.begin(token, task)  # type: ignore[arg-type]  # futures are invariant, for no reason here
        try:
            _tell(session, token, types.WorkDoneProgressBegin(title=title, cancellable=True))
            return await task
        finally:
            session.progresses.end(token)
            _tell(session, token, types.WorkDoneProgressEnd())
    finally:
        if not task.done():
            task.cancel()


async def _created(session: Session) -> types.ProgressToken | None:
    """A token that the client agreed to show; None if it cannot."""
    if not session.client.progress:
        return None
    token = f"contractlang-{next(_numbers)}"
    with contextlib.suppress(Exception):
        await session.server.window_work_done_progress_create_async(types.WorkDoneProgressCreateParams(token))
        return token
    return None


def _tell(
    session: Session,
    token: types.ProgressToken,
    value: types.WorkDoneProgressBegin | types.WorkDoneProgressEnd,
) -> None:
    if session.running:
        session.server.progress(types.ProgressParams(token, value))
