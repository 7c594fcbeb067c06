"""The boundary around every request: conversion in a feature, work on the analyst's thread, errors as the protocol wants them.

A feature is a function `(session, parameters) -> result` that runs on the analyst's thread. Nothing that it raises
gets further than this module: what is expected has an error code of the protocol, what is not is logged and answered
as an internal error.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from contractlang.workspace.cancellation import Cancelled
from contractlang_lsp.analyst import Superseded
from contractlang_lsp.errors import Refused, content_modified, internal_error, request_failed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from contractlang_lsp.session import Session


class Request:
    """How a method is answered.

    `answer`: on the analyst's thread. `options`: what the server tells of it in its capabilities. `passing`: nobody
    wants the answer for a text that has been edited meanwhile. `awaits`: `answer` is a coroutine function for the
    event loop instead.
    """

    __slots__ = ("answer", "awaits", "method", "options", "passing")

    def __init__(
        self,
        method: str,
        answer: Callable[[Session, Any], Any],
        options: object | None = None,
        *,
        passing: bool = False,
        awaits: bool = False,
    ) -> None:
        self.method = method
        self.answer = answer
        self.options = options
        self.passing = passing
        self.awaits = awaits


def guarded(session: Session, request: Request) -> Callable[[Any], Awaitable[Any]]:
    """The handler for pygls of a request."""

    async def handle(parameters: Any) -> Any:  # noqa: ANN401 - each method has its own types
        try:
            if request.awaits:
                return await request.answer(session, parameters)
            return await session.analyst.submit(
                request.method, lambda: request.answer(session, parameters), passing=request.passing
            )
        except asyncio.CancelledError:  # the client took the request back: pygls answers that
            raise
        except (Cancelled, Superseded):
            raise content_modified() from None
        except Refused as refusal:
            raise request_failed(str(refusal)) from None
        except Exception as error:  # noqa: BLE001 - the boundary: no request can end the server
            session.report(request.method, error)
            raise internal_error(request.method, error) from None

    return handle
