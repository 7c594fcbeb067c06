"""The application: routes, and what they share. Nothing of it outlives a request but counters; any instance can answer any."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from contractlang.version import __version__
from contractlang.workspace.workers.connection import Connection, Subprocess
from contractlang.workspace.workers.job import Answer, Job
from contractlang.workspace.workers.pool import Pool
from contractlang_playground import bodies
from contractlang_playground.addresses import Addresses
from contractlang_playground.bodies import Order
from contractlang_playground.children import EVALUATOR, LANGUAGE_SERVER
from contractlang_playground.editors import Editors
from contractlang_playground.fairness import FairQueue, Rates
from contractlang_playground.headers import SecurityHeaders
from contractlang_playground.metrics import Metrics, Sample
from contractlang_playground.pages import Pages
from contractlang_playground.problems import Refused, rate_limited
from contractlang_playground.settings import Settings
from contractlang_playground.superseding import Turns

_log = logging.getLogger(__name__)

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_GONE = 499
"""As nginx logs a client that did not wait for its answer; nobody receives it."""


class Playground:
    """One instance: its processes, queues and counters."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.metrics = Metrics()
        self.addresses = Addresses(settings.trusted_proxies)
        self.rates = Rates(settings.rate, settings.burst)
        self.queue = FairQueue(
            settings.evaluations,
            each=settings.evaluations_each,
            reserve=settings.reserve,
            waiting=settings.waiting,
            waiting_each=settings.waiting_each,
        )
        self.turns = Turns()
        self.pages = Pages(settings.frame_ancestors)
        self.forge = Forge(use_zygote=settings.zygote)
        self.pool = Pool(
            settings.evaluations,
            limits=settings.limits,
            sandbox=True,
            spares=2,
            patience=settings.patience,
            connect=lambda: self.forge.make(EVALUATOR),
        )
        self.editors = Editors(settings, self.addresses, self.metrics, lambda: self.forge.make(LANGUAGE_SERVER))

    @contextlib.asynccontextmanager
    async def running(self, _app: Starlette) -> AsyncIterator[None]:
        await self.forge.start()
        self.pool.start()
        try:
            yield
        finally:
            await self.editors.close()
            await self.pool.close()
            await self.forge.close()

    # ---- evaluation

    async def evaluate(self, request: Request) -> Response:
        async def answer(data: dict[str, Any]) -> dict[str, Any]:
            job, order = bodies.evaluation(data, self.settings)
            return await self._run(request, job, order)

        return await self._answer(request, "evaluate", answer)

    async def convert(self, request: Request) -> Response:
        async def answer(data: dict[str, Any]) -> dict[str, Any]:
            job, order, name = bodies.conversion(data, self.settings)
            return {**await self._run(request, job, order), "name": name}

        return await self._answer(request, "convert", answer)

    async def validate(self, request: Request) -> Response:
        async def answer(data: dict[str, Any]) -> dict[str, Any]:
            job, order = bodies.validation(data, self.settings)
            return await self._run(request, job, order)

        return await self._answer(request, "validate", answer)

    async def _answer(
        self, request: Request, endpoint: str, answer: Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]
    ) -> Response:
        if request.method != "POST":  # (the route takes all, else the one for files would have them)
            raise HTTPException(405, headers={"Allow": "POST"})
        start = time.monotonic()
        try:
            retry = self.rates.take(self.addresses.of(request))
            if retry:
                raise rate_limited(retry)
            response: Response = JSONResponse(await answer(await bodies.read_body(request, self.settings.body)))
        except Refused as refused:
            response = refused.response()
        except _Left:
            response = Response(status_code=_GONE)
        self.metrics.count("requests", endpoint=endpoint, status=str(response.status_code))
        self.metrics.observe(endpoint, time.monotonic() - start)
        return response

    async def _run(self, request: Request, job: Job, order: Order) -> dict[str, Any]:
        address = self.addresses.of(request)

        async def run() -> Answer:
            with self.turns.turn(address, order):
                async with self.queue.place(address, order.client or ""):
                    return await self.pool.run(job)

        answer = await _while_connected(request, run())
        if answer.limit is not None:
            self.metrics.count("limits", limit=answer.limit)
        return asdict(answer)

    # ---- everything else

    async def info(self, _request: Request) -> Response:
        limits, settings = self.settings.limits, self.settings
        return JSONResponse(
            {
                "version": __version__,
                "limits": {
                    "timeout": limits.timeout,
                    "memory": limits.memory,
                    "depth": limits.depth,
                    "body": settings.body,
                    "files": settings.files,
                    "frame": settings.frame,
                },
                "formats": list(bodies.FORMATS),
            }
        )

    async def health(self, request: Request) -> Response:
        self._only_for_operators(request)
        counts = self.pool.counts
        healthy = bool(self.pool.pids) and self.pages.complete
        state = {
            "status": "ok" if healthy else "starting" if not counts.started else "failing",
            "version": __version__,
            "sandbox": self.pool.sandbox,
            "workers": {"processes": len(self.pool.pids), "running": self.pool.running, **asdict(counts)},
            "editors": self.editors.count,
            "zygote": self.forge.state,
            "front end": self.pages.complete,
        }
        return JSONResponse(state, 200 if healthy else 503)

    async def show_metrics(self, request: Request) -> Response:
        self._only_for_operators(request)
        return PlainTextResponse(self.metrics.text(self._gauges()), media_type="text/plain; version=0.0.4")

    def _gauges(self) -> list[Sample]:
        counts = asdict(self.pool.counts)
        return [
            ("evaluations_running", (), self.queue.running),
            ("evaluations_waiting", (), self.queue.waiting),
            ("worker_processes", (), len(self.pool.pids)),
            ("editors", (), self.editors.count),
            *(("worker_events", (("event", name),), value) for name, value in counts.items()),
        ]

    def _only_for_operators(self, request: Request) -> None:
        if not self.settings.public_metrics and not self.addresses.is_local(request):
            raise HTTPException(404)

    async def editor(self, socket: WebSocket) -> None:
        await self.editors.serve(socket)


class Forge:
    """Makes child processes: forked from a zygote where that is possible, else started afresh."""

    def __init__(self, *, use_zygote: bool) -> None:
        self._use_zygote = use_zygote and sys.platform == "linux"
        self._zygote: Any = None
        self._starting = asyncio.Lock()

    async def start(self) -> None:
        if self._use_zygote:
            from contractlang_playground.zygote import Zygote

            self._zygote = await Zygote.start()

    @property
    def state(self) -> str:
        if self._zygote is None:
            return "off"
        return "on" if self._zygote.alive else "gone"

    async def make(self, kind: str) -> Connection:
        """A process of that kind. Raises `OSError`."""
        if not self._use_zygote:
            return await Subprocess.start("contractlang_playground.children", sandbox=True, arguments=[kind])
        try:
            return await self._fork(kind)
        except OSError:  # it may have ended a moment ago, which is noticed now
            await asyncio.sleep(0.05)
            return await self._fork(kind)

    async def _fork(self, kind: str) -> Connection:
        async with self._starting:
            if self._zygote is None or not self._zygote.alive:
                _log.error("the process that forks others is gone: it is started again")
                if self._zygote is not None:
                    await self._zygote.close()
                await self.start()
        connection: Connection = await self._zygote.fork(kind)
        return connection

    async def close(self) -> None:
        if self._zygote is not None:
            await self._zygote.close()


class _Left(Exception):
    """The client has closed the connection."""


async def _while_connected(request: Request, work: Any) -> Answer:  # noqa: ANN401 - a coroutine
    """The result of some work, which is cancelled when the client closes the connection."""
    task: asyncio.Task[Answer] = asyncio.ensure_future(work)
    watch = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait((task, watch), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise _Left
        return task.result()
    finally:
        for pending in (task, watch):
            pending.cancel()
        await asyncio.gather(task, watch, return_exceptions=True)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    codes = {404: "not-found", 405: "method-not-allowed"}
    code = codes.get(error.status_code, "refused")
    return JSONResponse({"error": code, "message": error.detail}, error.status_code, error.headers)


def create_app(settings: Settings | None = None) -> Starlette:
    """The ASGI application of one instance."""
    playground = Playground(settings or Settings())
    pages = playground.pages
    app = Starlette(
        routes=[
            Route("/", pages.page),
            Route("/embed", pages.page),
            Route("/api/evaluate", playground.evaluate, methods=_METHODS),
            Route("/api/convert", playground.convert, methods=_METHODS),
            Route("/api/validate", playground.validate, methods=_METHODS),
            Route("/api/info", playground.info),
            Route("/healthz", playground.health),
            Route("/metrics", playground.show_metrics),
            WebSocketRoute("/lsp", playground.editor),
            Route("/{path:path}", pages.file),
        ],
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={HTTPException: _problem},
        lifespan=playground.running,
    )
    app.state.playground = playground
    return app
