"""Bytes in, bytes out: the protocol's framing over standard input and output, or over a TCP connection.

Messages are read by a thread of their own, so that a cancellation is seen while much else waits. When the client closes the
connection, or is gone, the server ends, whatever it was doing.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from typing import TYPE_CHECKING

from pygls.io_ import StdoutWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from contractlang_lsp.server import ContractlangServer

# A message larger than this, in bytes, is no message but a mistake in the framing.
LARGEST = 256 * 1024 * 1024

# How long the end may take before the process is ended the hard way, in seconds.
PATIENCE = 5.0


def serve_stdio(server: ContractlangServer) -> int:
    """Serve one client over standard input and output; returns the exit status when it is gone."""
    # The descriptor is read, not the file object: a thread that waits in a file object holds its lock when the process ends.
    descriptor = sys.stdin.fileno()
    sink = sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray print must not end up among the messages
    return asyncio.run(converse(server, lambda size: os.read(descriptor, size), StdoutWriter(sink)))


def serve_tcp(
    server: ContractlangServer, port: int, announce: Callable[[str, int], None], host: str = "127.0.0.1"
) -> int:
    """Wait for one client on a port (0: any free one), serve it; returns the exit status when it is gone.

    `announce` is told the address once a client can connect. Raises `OSError` when the port cannot be had.
    """
    import socket

    with socket.create_server((host, port)) as listening:
        announce(*listening.getsockname()[:2])
        connection, _ = listening.accept()
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection, connection.makefile("wb") as sink:
        return asyncio.run(converse(server, connection.recv, StdoutWriter(sink)))


async def converse(server: ContractlangServer, read: Callable[[int], bytes], writer: StdoutWriter) -> int:
    """Hand the messages of a client to the server. `read` waits for bytes, at most so many, and gives none at the end."""
    loop = asyncio.get_running_loop()
    messages: asyncio.Queue[bytes | None] = asyncio.Queue()

    def post(message: bytes | None) -> None:
        try:
            loop.call_soon_threadsafe(messages.put_nowait, message)
        except RuntimeError:  # the loop is closed: the conversation is over
            return
        if message is None:
            # The loop may be stuck in whatever the client asked for last. Nobody waits for the answer.
            end = threading.Timer(PATIENCE, os._exit, (1,))
            end.daemon = True
            end.start()

    protocol = server.protocol
    protocol.set_writer(writer)
    server.session.start(loop, gone=lambda: post(None))
    threading.Thread(target=_read, args=(read, post), name="reader", daemon=True).start()
    status = 1
    try:
        while (message := await messages.get()) is not None:
            protocol.receive(message)
            # What the message started begins before the next message is looked at: requests stay in order.
            await asyncio.sleep(0)
    except SystemExit as end:  # `exit`
        status = int(end.code or 0)
    except ConnectionError:
        pass
    finally:
        await server.session.stop()
    return status


def _read(read: Callable[[int], bytes], post: Callable[[bytes | None], None]) -> None:
    """Read messages until the end, and post them; `None` at the end."""
    try:
        for message in read_messages(read):
            post(message)
    except (OSError, ValueError):  # the connection broke, or what comes is not the protocol
        pass
    post(None)


def read_messages(read: Callable[[int], bytes]) -> Iterator[bytes]:
    """The contents of the messages in a stream of bytes. Raises `ValueError` where the framing is wrong."""
    buffer = bytearray()
    while True:
        while (end := buffer.find(b"\r\n\r\n")) < 0:
            if len(buffer) > LARGEST or not (more := read(65_536)):
                return
            buffer += more
        length = _content_length(bytes(buffer[:end]))
        del buffer[: end + 4]
        while len(buffer) < length:
            if not (more := read(max(65_536, length - len(buffer)))):
                return
            buffer += more
        yield bytes(buffer[:length])
        del buffer[:length]


def _content_length(header: bytes) -> int:
    for line in header.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
            if 0 <= length <= LARGEST:
                return length
    raise ValueError("a message has to say its length")
