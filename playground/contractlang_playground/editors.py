"""Language servers over WebSockets: one sandboxed process for each connection, one JSON-RPC message a frame.

The server here does not look into messages beyond their framing: it passes them on, in both directions, no faster than the
other side takes them.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from contractlang.workspace.workers.connection import Connection
from contractlang_playground.addresses import Addresses
from contractlang_playground.fairness import Bucket
from contractlang_playground.metrics import Metrics
from contractlang_playground.settings import Settings

_log = logging.getLogger(__name__)

BINARY, INVALID, POLICY, TOO_LARGE, DIED, TRY_LATER = 1003, 1007, 1008, 1009, 1011, 1013
SILENT, TOO_MANY = 4000, 4001
LARGEST_REPLY = 32 << 20
"""Bytes of the longest message that a language server may send."""


class Closed(Exception):
    """The conversation is to end. `code`: of the closing frame."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Editors:
    """All connections. `start` makes a language server."""

    def __init__(
        self, settings: Settings, addresses: Addresses, metrics: Metrics, start: Callable[[], Awaitable[Connection]]
    ) -> None:
        self._settings = settings
        self._addresses = addresses
        self._metrics = metrics
        self._start = start
        self._of_address: Counter[str] = Counter()
        self._connections: set[Connection] = set()

    @property
    def count(self) -> int:
        return self._of_address.total()

    async def serve(self, socket: WebSocket) -> None:
        """One connection from its handshake to its end."""
        if not self._same_origin(socket):
            self._metrics.count("sockets_refused", reason="origin")
            await socket.close(POLICY)  # before it is accepted: the handshake is answered with 403
            return
        address = self._addresses.of(socket)
        await socket.accept()
        if self.count >= self._settings.editors or self._of_address[address] >= self._settings.editors_each:
            self._metrics.count("sockets_refused", reason="too-many")
            await socket.close(TRY_LATER, "too many connections")
            return
        self._of_address[address] += 1
        self._metrics.count("sockets")
        try:
            await self._converse(socket)
        finally:
            self._of_address[address] -= 1
            if not self._of_address[address]:
                del self._of_address[address]

    async def close(self) -> None:
        for connection in list(self._connections):
            connection.kill()
        await asyncio.gather(*(connection.wait() for connection in self._connections))

    def _same_origin(self, socket: WebSocket) -> bool:
        """Browsers let any page connect to any server, and say whose page it was. Others say nothing."""
        origin = socket.headers.get("origin")
        if origin is None:
            return True
        if origin in self._settings.origins:
            return True
        try:
            return urlsplit(origin).netloc.lower() == socket.headers.get("host", "").lower() != ""
        except ValueError:
            return False

    async def _converse(self, socket: WebSocket) -> None:
        try:
            server = await self._start()
        except (OSError, TimeoutError) as error:
            _log.error("a language server does not start: %s", error)
            await socket.close(TRY_LATER, "no language server")
            return
        self._connections.add(server)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._forth(socket, server))
                group.create_task(_back(socket, server))
        except* Closed as ends:
            end = ends.exceptions[0]
            assert isinstance(end, Closed)
            self._metrics.count("sockets_closed", code=str(end.code))
            if socket.application_state == WebSocketState.CONNECTED != socket.client_state:
                pass
            elif socket.client_state == WebSocketState.CONNECTED:
                with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                    await socket.close(end.code, end.reason)
        except* (WebSocketDisconnect, ConnectionError, RuntimeError):
            pass  # the other end is gone
        finally:
            server.kill()
            await asyncio.shield(server.wait())
            server.writer.close()
            self._connections.discard(server)

    async def _forth(self, socket: WebSocket, server: Connection) -> None:
        """From the client to the language server."""
        settings = self._settings
        bucket = Bucket(settings.messages, settings.message_burst)
        while True:
            try:
                async with asyncio.timeout(settings.idle):
                    message = await socket.receive()
            except TimeoutError:
                raise Closed(SILENT, "nothing was said for a while") from None
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect
            text = message.get("text")
            if text is None:
                raise Closed(BINARY, "messages are text")
            if len(text) > settings.frame:
                raise Closed(TOO_LARGE, "the message is too large")
            if bucket.take():
                raise Closed(TOO_MANY, "too many messages")
            body = checked(text)
            server.writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            await server.writer.drain()


def checked(text: str) -> bytes:
    """The bytes of a message that is JSON-RPC on the face of it; raises `Closed`."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        raise Closed(INVALID, "the message is no JSON") from None
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        raise Closed(INVALID, "the message is no JSON-RPC")
    return text.encode("utf-8", "replace")


async def _back(socket: WebSocket, server: Connection) -> None:
    """From the language server to the client."""
    while True:
        try:
            length = await _announced(server.reader)
            body = await server.reader.readexactly(length)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError, ConnectionError):
            raise Closed(DIED, "the language server has ended") from None
        await socket.send_text(body.decode("utf-8"))


async def _announced(reader: asyncio.StreamReader) -> int:
    length = -1
    while (line := await reader.readuntil(b"\r\n")) != b"\r\n":
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    if not 0 <= length <= LARGEST_REPLY:
        raise ValueError(length)
    return length
