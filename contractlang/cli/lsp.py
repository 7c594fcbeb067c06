"""`contractlang lsp`: the language server, over standard input and output or for one client that connects to a port."""

from __future__ import annotations

import importlib.util

from contractlang.cli import arguments as shared
from contractlang.cli.report import Reporting
from contractlang.cli.streams import write_stderr
from contractlang.cli.usage import Parser, UsageError

SUMMARY = "the language server for editors"


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; no assignments are taken."""
    parser = Parser("lsp", "Serves one editor, over standard input and output, until it leaves.")
    parser.add_argument("--stdio", action="store_true", help="the default; some editors insist on saying it")
    parser.add_argument(
        "--tcp", type=_port, metavar="PORT", help="wait for the editor on this port of 127.0.0.1 (0: any free one)"
    )
    parser.add_argument(
        "--log",
        choices=("error", "warning", "info", "debug"),
        default="warning",
        help="what to write to standard error (default: warning)",
    )
    arguments = parser.parse(command_line)
    shared.no_assignments(assignments)
    if arguments.stdio and arguments.tcp is not None:
        raise UsageError("--stdio and --tcp exclude each other")
    if importlib.util.find_spec("pygls") is None:
        raise UsageError('the language server needs more than contractlang itself: pip install "contractlang[lsp]"')

    import logging

    from contractlang_lsp.server import create_server
    from contractlang_lsp.transport import serve_stdio, serve_tcp

    logging.basicConfig(level=arguments.log.upper(), format="%(levelname)s %(name)s: %(message)s")
    server = create_server()
    if arguments.tcp is None:
        return serve_stdio(server)
    try:
        return serve_tcp(server, arguments.tcp, _announce)
    except OSError as error:
        raise UsageError(f"cannot listen on port {arguments.tcp}: {error.strerror or error}") from None


def _announce(host: str, port: int) -> None:
    write_stderr(f"listening on {host}:{port}\n")


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:
        raise ValueError(text)
    return port
