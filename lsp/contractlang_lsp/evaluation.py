"""Evaluation of open programs in worker processes: what it costs the editor is the message that asks for it.

Workers are started when there is first something to evaluate. An evaluation that reaches a limit says so in the
editor, as a diagnostic of the lowest severity at the top of the file and in the log.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from contractlang.ide.diagnostics import evaluation_job
from contractlang.ide.jobs import data_contracts
from contractlang.workspace.documents import Document
from contractlang_lsp.errors import Refused

if TYPE_CHECKING:
    from lsprotocol.types import ProgressToken

    from contractlang.workspace.workers.job import Answer, Job
    from contractlang.workspace.workers.pool import Pool
    from contractlang_lsp.session import Session

# One for diagnostics, one for commands.
SIZE = 2

# Nobody needs to be told of what takes less, in seconds.
WORTH_TELLING = 1.0


class Prepared:
    """What is to be evaluated of a program. `job` None: nothing, and what was found before no longer counts."""

    __slots__ = ("job", "texts", "title")

    def __init__(self, title: str, texts: list[object], job: Job | None) -> None:
        self.title = title
        self.texts = texts
        self.job = job


class Evaluator:
    """The worker processes of a session. `enabled` False: there are none, ever. For the event loop's thread."""

    def __init__(self, session: Session, *, enabled: bool) -> None:
        self._session = session
        self._enabled = enabled
        self._pool: Pool | None = None
        self._closed = False
        self._evaluated: dict[str, list[object]] = {}

    @property
    def available(self) -> bool:
        return self._enabled and not self._closed

    def prepared(self, path: str) -> Prepared | None:
        """What to evaluate of an open document; None if nothing that it consists of has changed since it was last
        evaluated. On the analyst's thread."""
        session = self._session
        snapshot = session.workspace.snapshot()
        values = session.configuration.values
        wanted = self.available and values.evaluation_enabled
        texts: list[object] = [snapshot.settings, self._session.configuration.limits if wanted else None]
        for part in (path, *data_contracts(snapshot, path)):
            texts += (snapshot.document(unit.path or part) for unit in snapshot.program(part).units.values())
        known = self._evaluated.get(path)
        if known is not None and len(known) == len(texts) and all(map(_same, known, texts)):
            return None
        title = snapshot.document(path).source.name
        return Prepared(title, texts, evaluation_job(snapshot, path) if wanted else None)

    def done(self, path: str, prepared: Prepared) -> None:
        """Take note that a document was evaluated as it was."""
        self._evaluated[path] = prepared.texts

    def forget(self, path: str) -> None:
        """The document is not open any more."""
        self._evaluated.pop(path, None)

    async def run(self, job: Job, title: str, *, token: ProgressToken | None = None) -> Answer:
        """The answer to a job; cancelling takes it back. What takes long is shown as progress, which the user can cancel."""
        from contractlang_lsp.progress import shown

        if not self.available:
            raise Refused("evaluation is switched off")
        pool = self._pool
        limits = self._session.configuration.limits
        if pool is None or pool.limits != limits:
            pool = await self._renew()
        return await shown(self._session, asyncio.ensure_future(pool.run(job)), title, after=WORTH_TELLING, token=token)

    async def close(self) -> None:
        """End the processes."""
        self._closed = True
        if self._pool is not None:
            pool, self._pool = self._pool, None
            await pool.close()

    async def _renew(self) -> Pool:
        from contractlang.workspace.workers.pool import Pool

        old = self._pool
        self._pool = Pool(SIZE, limits=self._session.configuration.limits, spares=0)
        if old is not None:
            await old.close()
        return self._pool


def gave_up(answer: Answer) -> str | None:
    """Why an evaluation decided nothing; None if it did."""
    if answer.limit is None and answer.status != 70:
        return None
    return answer.diagnostics[0]["message"] if answer.diagnostics else "evaluation ended without an answer"


def _same(one: object, other: object) -> bool:
    """Documents are the same object as long as nobody changed them; settings and limits are compared."""
    return one is other or (not isinstance(one, Document) and one == other)
