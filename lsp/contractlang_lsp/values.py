"""Evaluated values of fields, for hovers: of programs that have been evaluated without a mistake and not been edited since.

A hover does not wait for a value for long. What comes later is there the next time.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contractlang.workspace.workers.job import Job
    from contractlang_lsp.session import Session

# How long a hover waits for a value, in seconds.
PATIENCE = 0.03


class Values:
    """The values found since the last edit. For the event loop's thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._changes = 0
        self._good: set[str] = set()
        self._found: dict[tuple[str, str | None], str] = {}
        self._task: asyncio.Task[None] | None = None

    def good(self, path: str) -> None:
        """A program was evaluated, and nothing is wrong with it."""
        self._forget_what_was()
        self._good.add(path)

    async def of(self, path: str, job: Job) -> str | None:
        """The value of the field of a job; None if there is none, or not yet."""
        self._forget_what_was()
        if path not in self._good:
            return None
        key = path, job.field
        if key not in self._found:
            self.stop()
            self._task = asyncio.create_task(self._find(key, job))
            await asyncio.wait({self._task}, timeout=PATIENCE)
        return self._found.get(key)

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _find(self, key: tuple[str, str | None], job: Job) -> None:
        changes = self._session.publisher.changes
        try:
            answer = await self._session.evaluator.run(job, "evaluating a field")
        except Exception as error:  # noqa: BLE001 - nobody waits for it who would have to be told
            self._session.report("hover", error)
            return
        if answer.text is not None and changes == self._session.publisher.changes:
            self._found[key] = answer.text.rstrip("\n")

    def _forget_what_was(self) -> None:
        if self._changes != self._session.publisher.changes:
            self._changes = self._session.publisher.changes
            self._good.clear()
            self._found.clear()
            self.stop()
