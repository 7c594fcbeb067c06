"""When diagnostics are found, and how they get to the client: syntax at once, types next, evaluation after a pause.

Each edit begins a pass over the open documents, the edited one first, and ends the pass before. Clients that pull
diagnostics are told to ask again when a later stage found something new; to all others they are sent.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types

from contractlang.workspace.cancellation import Cancelled
from contractlang_lsp.analyst import Superseded
from contractlang_lsp.board import Board
from contractlang_lsp.diagnostics import to_protocol
from contractlang_lsp.evaluation import gave_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from contractlang.ide.diagnostics import Finding
    from contractlang_lsp.session import Session

# Who has not typed for so long, in seconds, is unlikely to ask for anything in the next moment.
PAUSE = 2.0

T = TypeVar("T")

# How long to wait after an edit before looking for types, in seconds: what an editor asks right after an edit comes first, and
# who types fast is not slowed down by an analysis that the next letter makes useless.
BREATH = 0.05

Publication = types.PublishDiagnosticsParams


class Publisher:
    """The passes of a session. For the event loop's thread, except `board` and what works on it."""

    def __init__(self, session: Session) -> None:
        self.board = Board()
        self._session = session
        self._pass: asyncio.Task[None] | None = None
        self._edited: str | None = None
        self._shown: dict[str, Publication] = {}  # the analyst's
        self._changed = asyncio.Event()
        self.changes = 0

    def changed(self, path: str | None) -> None:
        """An edit is on its way to the workspace; `path`: the open document that it is of, if it is of one."""
        self.changes += 1
        self._changed.set()
        self._changed = asyncio.Event()
        self.stop()
        self._edited = path or self._edited
        self._pass = self._session.loop.create_task(self._run())

    async def change(self) -> None:
        """Wait for the next edit, or for the next result of an evaluation."""
        await self._changed.wait()

    def closed(self, path: str) -> None:
        """A document is no longer open: what it said of files is taken back."""
        if self._edited == path:
            self._edited = None
        self._session.evaluator.forget(path)
        self._session.analyst.post("forget diagnostics", lambda: self._send(self.board.forget(path)))

    def stop(self) -> None:
        if self._pass is not None:
            self._pass.cancel()

    # A pass.

    async def _run(self) -> None:
        try:
            order = self._order()
            if self._edited in order:
                await self._stage(order[0], "syntax", background=False)
            await asyncio.sleep(BREATH)
            for path in order:
                await self._stage(path, "types")
            await asyncio.sleep(self._session.configuration.delay)
            for path in order:
                await self._stage(path, "hints")
            for path in order:
                await self._evaluate(path)
            await asyncio.sleep(PAUSE)
            self._session.tidy()
        except (Cancelled, Superseded):
            pass  # the edit that came in between began a pass of its own
        except Exception as error:  # noqa: BLE001 - a pass that fails must not take the conversation with it
            self._session.report("diagnostics", error)

    def _order(self) -> list[str]:
        """The open documents, the one that was edited last first."""
        paths = list(self._session.documents.open)
        if self._edited in paths:
            paths.remove(self._edited)
            paths.insert(0, self._edited)
        return paths

    async def _stage(self, path: str, stage: str, *, background: bool = True) -> None:
        def work() -> bool:
            before = self.board.of(path)
            self._send(self.board.analyse(self._session.workspace.snapshot(), path, stage))
            return self._differs(before, path)

        name = f"diagnostics ({stage})"
        differs = await self._session.analyst.submit(name, work, background=background, passing=True)
        if differs and stage == "hints":
            self.refresh()  # whoever asks for syntax and types is told at once

    async def _evaluate(self, path: str) -> None:
        """Evaluate a program unless nothing that it consists of has changed since it was last evaluated."""
        session = self._session
        prepared = await self._background(lambda: session.evaluator.prepared(path))
        if prepared is None:
            return
        answer = None
        if prepared.job is not None:
            try:
                answer = await session.evaluator.run(prepared.job, f"evaluating {prepared.title}")
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if task is None or task.cancelling():
                    raise
                session.log(f"the evaluation of {prepared.title} was cancelled")
                return
        session.evaluator.done(path, prepared)
        if answer is not None and answer.status == 0:
            session.values.good(path)
        sentence = None if answer is None else gave_up(answer)
        if sentence is not None:
            session.log(f"the evaluation of {prepared.title} was given up: {sentence}")

        def work() -> bool:
            before = self.board.of(path)
            affected = self.board.evaluated(session.workspace.snapshot(), path, answer)
            self._send(affected)
            return self._differs(before, path) or len(affected) > 1

        if await self._background(work):
            self._changed.set()
            self._changed = asyncio.Event()
            self.refresh()

    async def _background(self, work: Callable[[], T]) -> T:
        result: T = await self._session.analyst.submit("evaluation", work, background=True, passing=True)
        return result

    def refresh(self) -> None:
        """Have a client that pulls ask again."""
        session = self._session
        if session.client.pulls:
            session.ask_client(session.server.workspace_diagnostic_refresh_async(None))

    # On the analyst's thread.

    def _differs(self, before: list[Finding], path: str) -> bool:
        after = self.board.of(path)
        return [(each.place, each.message) for each in before] != [(each.place, each.message) for each in after]

    def _send(self, paths: Iterable[str]) -> None:
        """Show a client that does not pull what there is to be shown in files, as far as it is something new."""
        session = self._session
        if session.client.pulls:
            return
        view = session.view()
        for path in sorted(paths):
            found = [to_protocol(view, finding) for finding in self.board.of(path)]
            publication = Publication(view.uris.uri(path), found, view.snapshot.document(path).version)
            if self._shown.get(path, Publication("", [])) == publication:
                continue
            known = path in self._shown
            if not found and not known and publication.version is None:
                continue  # nothing was shown, and nothing is
            self._shown[path] = publication
            if not found and publication.version is None:
                del self._shown[path]
            session.post(session.server.text_document_publish_diagnostics, publication)
