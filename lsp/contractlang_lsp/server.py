"""The language server: `create_server` makes one for any loader, `transport` lets it talk."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from contractlang.loaders.disk import DiskLoader
from contractlang.version import __version__
from contractlang_lsp.features.commands import COMMANDS, execute
from contractlang_lsp.lifecycle import NOTIFICATIONS
from contractlang_lsp.methods import REQUESTS
from contractlang_lsp.protocol import Protocol
from contractlang_lsp.requests import Request, guarded
from contractlang_lsp.session import Session

if TYPE_CHECKING:
    from contractlang.loaders.loader import Loader

LOGGER = logging.getLogger("contractlang.lsp")


class ContractlangServer(LanguageServer):
    """A language server for one client."""

    protocol: Protocol

    def __init__(self, loader: Loader, *, evaluation: bool) -> None:
        super().__init__("contractlang", __version__, protocol_cls=Protocol, converter_factory=default_converter)
        self.session = Session(self, loader, evaluation=evaluation)
        for request in REQUESTS:
            self.feature(request.method, request.options)(guarded(self.session, request))
        command = Request(types.WORKSPACE_EXECUTE_COMMAND, execute, awaits=True)
        self.protocol.execute_with(guarded(self.session, command))
        if evaluation:
            for name in COMMANDS:
                self.command(name)(_listed)
        for method, handle, options in NOTIFICATIONS:
            self.feature(method, options)(handle(self.session))

    def log(self, sentence: str, kind: types.MessageType = types.MessageType.Info) -> None:
        """Write to the client's log, and to ours. For the event loop's thread."""
        LOGGER.log(_LEVELS[kind], "%s", sentence)
        if self.protocol.writer is not None and self.session.running:
            self.window_log_message(types.LogMessageParams(kind, sentence))

    def report_server_error(self, error: Exception, source: object) -> None:
        """What pygls could not do. Requests have been answered where they were handled, all the rest is for the log."""
        LOGGER.error("%s: %s", type(error).__name__, error)


def _listed() -> None:
    """Stands for a command in the capabilities, which pygls makes of the functions that it knows."""


_LEVELS = {
    types.MessageType.Error: logging.ERROR,
    types.MessageType.Warning: logging.WARNING,
    types.MessageType.Info: logging.INFO,
    types.MessageType.Log: logging.DEBUG,
    types.MessageType.Debug: logging.DEBUG,
}


def create_server(loader: Loader | None = None, *, evaluation: bool = True) -> ContractlangServer:
    """A server for one client.

    `loader`: where files are that no editor has open (None: the disk). `evaluation` False: never start worker
    processes, so that there are no diagnostics of contracts and no commands that evaluate.
    """
    # pygls logs each message that it sends, and a traceback for each request that is refused.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    return ContractlangServer(DiskLoader() if loader is None else loader, evaluation=evaluation)
