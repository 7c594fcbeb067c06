"""`contractlang playground`: the playground in a browser, served from here."""

from __future__ import annotations

import importlib.util
from argparse import ArgumentTypeError

from contractlang.cli import arguments as shared
from contractlang.cli.report import Reporting
from contractlang.cli.streams import write_stderr
from contractlang.cli.usage import Parser, UsageError, count, seconds, shown

SUMMARY = "the playground: edit and evaluate in a browser"
_NEEDED = ("starlette", "uvicorn", "websockets", "pygls")


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; no assignments are taken."""
    parser = Parser(
        "playground", "Serves the playground until it is interrupted; docs/playground.md says how to do so in public."
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1, this machine alone)"
    )
    parser.add_argument(
        "--port", type=_port, default=8080, help="the port to listen on (default: 8080; 0: any free one)"
    )
    parser.add_argument("--evaluations", type=count, metavar="N", help="how many evaluations run at once")
    parser.add_argument(
        "--editors", type=count, metavar="N", help="how many language servers run at once (default: 150)"
    )
    parser.add_argument(
        "--timeout", type=seconds, metavar="SECONDS", help="how long an evaluation may take (default: 5)"
    )
    parser.add_argument(
        "--max-memory", type=count, metavar="MIB", help="how much memory an evaluation may take (default: 256)"
    )
    parser.add_argument("--rate", type=seconds, metavar="N", help="requests a second of one address (default: 20)")
    parser.add_argument(
        "--trusted-proxy",
        action="append",
        default=[],
        metavar="NETWORK",
        help="believe X-Forwarded-For from there, such as 127.0.0.1 or 10.0.0.0/8 (repeatable)",
    )
    parser.add_argument(
        "--frame-ancestors", default="*", metavar="SOURCES", help="which sites may frame /embed (default: *, all)"
    )
    parser.add_argument(
        "--origin", action="append", default=[], metavar="ORIGIN", help="another origin that may use /lsp (repeatable)"
    )
    parser.add_argument("--public-metrics", action="store_true", help="show /healthz and /metrics to everybody")
    parser.add_argument(
        "--log", choices=("error", "warning", "info", "debug"), default="warning", help="what to log (default: warning)"
    )
    arguments = parser.parse(command_line)
    shared.no_assignments(assignments)
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        raise UsageError('the playground needs more than contractlang itself: pip install "contractlang[playground]"')

    from dataclasses import replace

    from contractlang_playground.serving import serve
    from contractlang_playground.settings import Settings

    settings = Settings()
    limits = settings.limits
    chosen = {
        "limits": replace(
            limits, timeout=arguments.timeout or limits.timeout, memory=arguments.max_memory or limits.memory
        ),
        "evaluations": arguments.evaluations,
        "editors": arguments.editors,
        "rate": arguments.rate,
        "burst": None if arguments.rate is None else max(1, round(3 * arguments.rate)),
        "trusted_proxies": tuple(_network(name) for name in arguments.trusted_proxy),
        "frame_ancestors": _sources(arguments.frame_ancestors),
        "origins": tuple(arguments.origin),
        "public_metrics": arguments.public_metrics,
    }
    settings = replace(settings, **{name: value for name, value in chosen.items() if value is not None})
    try:
        serve(settings, arguments.host, arguments.port, _announce, arguments.log)
    except OSError as error:
        where = f"{arguments.host}:{arguments.port}"
        raise UsageError(f"cannot listen on {where}: {error.strerror or error}") from None
    return 0


def _announce(address: str) -> None:
    write_stderr(f"the playground is at {address} (Ctrl-C ends it)\n")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 5 or int(text) > 65_535:
        raise ArgumentTypeError(f"{shown(text)} is no port")
    return int(text)


def _network(name: str) -> str:
    import ipaddress

    try:
        return str(ipaddress.ip_network(name, strict=False))
    except ValueError:
        raise UsageError(
            f"{shown(name)} is no network: write an address, or one with a prefix such as 10.0.0.0/8"
        ) from None


def _sources(text: str) -> str:
    """A list of sources for a header: nothing that would end it."""
    if not text.isascii() or not text.isprintable() or ";" in text or "," in text:
        raise UsageError(f"{shown(text)} is no list of sources such as 'self' https://example.org")
    return text
