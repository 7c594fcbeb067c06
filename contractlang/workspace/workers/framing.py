"""Messages over a pipe: four bytes of length, most significant first, then so many bytes of JSON."""

from __future__ import annotations

import json
from asyncio import IncompleteReadError, StreamReader
from typing import Any, BinaryIO

LARGEST = 1 << 30
"""Bytes of the longest message that is believed."""


def encode(message: dict[str, Any]) -> bytes:
    body = json.dumps(message, separators=(",", ":")).encode("ascii")
    return len(body).to_bytes(4, "big") + body


def read(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message of a blocking stream; None at its end."""
    header = stream.read(4)
    if len(header) < 4:
        return None
    size = _size(header)
    body = stream.read(size)
    return _decoded(body) if len(body) == size else None


async def receive(stream: StreamReader) -> dict[str, Any] | None:
    """The next message of an asynchronous stream; None at its end."""
    try:
        size = _size(await stream.readexactly(4))
        return _decoded(await stream.readexactly(size))
    except (IncompleteReadError, ConnectionError):
        return None


def _size(header: bytes) -> int:
    size = int.from_bytes(header, "big")
    if size > LARGEST:
        raise ValueError(f"a message of {size} bytes")
    return size


def _decoded(body: bytes) -> dict[str, Any]:
    message = json.loads(body)
    if not isinstance(message, dict):
        raise TypeError("a message is an object")
    return message
