"""Running an instance on a host and port."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable

import uvicorn

from contractlang_playground.app import create_app
from contractlang_playground.settings import Settings

_BACKLOG = 2048
_LAST_ANSWERS = 5
"""Seconds that requests get to be answered when the server ends."""


def serve(
    settings: Settings, host: str, port: int, announce: Callable[[str], None], log_level: str = "warning"
) -> None:
    """Serve until interrupted. `announce` is told the address once browsers can connect. Raises `OSError` when the port cannot be
    had."""
    logging.basicConfig(level=log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
    with socket.create_server((host, port), family=_family(host), backlog=_BACKLOG) as listening:
        config = uvicorn.Config(
            create_app(settings),
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=True,
            proxy_headers=False,  # whom to believe is decided in `addresses.py`
            ws_max_size=settings.frame + 1,
            ws_max_queue=16,
            ws_ping_interval=30,
            ws_ping_timeout=30,
            h11_max_incomplete_event_size=16 * 1024,
            timeout_keep_alive=65,
            timeout_graceful_shutdown=_LAST_ANSWERS,
            limit_concurrency=settings.waiting + settings.editors + 256,
        )
        announce(_shown(*listening.getsockname()[:2]))
        uvicorn.Server(config).run(sockets=[listening])


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _shown(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
