"""All that one conversation knows: the client, the workspace, and who does what for them.

What belongs to which thread: `workspace`, `maps` and the board of diagnostics to the analyst's thread, all the rest
to the event loop's.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import sys
import threading
import traceback
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.uris import to_fs_path

from contractlang.workspace.workspace import Workspace
from contractlang_lsp.analyst import Analyst
from contractlang_lsp.client import Client
from contractlang_lsp.configuration import Configuration
from contractlang_lsp.documents import Documents
from contractlang_lsp.evaluation import Evaluator
from contractlang_lsp.features import content
from contractlang_lsp.features.completion import CompletionMemory
from contractlang_lsp.features.content import Results
from contractlang_lsp.parent import watch_parent
from contractlang_lsp.progress import Progresses
from contractlang_lsp.publisher import Publisher
from contractlang_lsp.semantic import TokenMemory
from contractlang_lsp.uris import Uris
from contractlang_lsp.values import Values
from contractlang_lsp.view import PositionMaps, View

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine

    from contractlang.loaders.loader import Loader
    from contractlang_lsp.server import ContractlangServer

LOGGER = logging.getLogger("contractlang.lsp")


class Session:
    """The state of one conversation."""

    analyst: Analyst
    loop: asyncio.AbstractEventLoop

    def __init__(self, server: ContractlangServer, loader: Loader, *, evaluation: bool) -> None:
        self.server = server
        self.loader = loader
        self.client = Client.unknown()
        self.workspace = Workspace(loader)
        self.uris = Uris(loader)
        self.maps = PositionMaps()
        self.folders: list[str] = []
        self.tokens = TokenMemory()
        self.completions = CompletionMemory()
        self.results = Results()
        self.progresses = Progresses()
        self.documents = Documents(self)
        self.configuration = Configuration(self)
        self.evaluator = Evaluator(self, enabled=evaluation)
        self.publisher = Publisher(self)
        self.values = Values(self)
        self.running = False
        self._questions: set[asyncio.Task[None]] = set()
        self._gone: Callable[[], None] = lambda: None
        self._home = 0

    # Life.

    def start(self, loop: asyncio.AbstractEventLoop, gone: Callable[[], None]) -> None:
        """Begin to work on an event loop. `gone` ends the conversation, from any thread."""
        self.loop = loop
        self._home = threading.get_ident()
        self._gone = gone
        # The process is ours. Trees of programs are many objects that live long: looking for garbage among them again and again
        # would take longer than any request. It is done when the client pauses.
        gc.set_threshold(100_000, 50, 1000)
        # Messages are to be read and sent while the analyst computes.
        sys.setswitchinterval(0.001)
        self.analyst = Analyst(loop)
        self.workspace.set_interruption(self.analyst.unwanted)
        self.running = True

    async def stop(self) -> None:
        """End whatever runs, the worker processes too."""
        self.running = False
        self.publisher.stop()
        self.values.stop()
        self.analyst.stop()
        await self.evaluator.close()

    def introduce(self, params: types.InitializeParams) -> None:
        """Take note of who the client is and which folders it has open."""
        options = params.initialization_options
        self.client = Client(params.capabilities, options if isinstance(options, dict) else {})
        self.uris.virtual_std = self.client.virtual_documents
        self.configuration.begin(options)
        if params.process_id is not None:
            watch_parent(params.process_id, self._gone)
        roots = [folder.uri for folder in params.workspace_folders or ()]
        if not roots and params.root_uri:
            roots = [params.root_uri]
        if not roots and params.root_path:
            self.folders = [self.loader.key(params.root_path)]
        self.folders += [self.loader.key(path) for path in map(to_fs_path, roots) if path is not None]
        folders = list(self.folders)
        self.analyst.submit("initialize", lambda: self.workspace.set_folders(folders), edit=True)

    def complete(self, capabilities: types.ServerCapabilities) -> None:
        """Take note of the encoding that was agreed on, and add what pygls does not know of."""
        encoding = capabilities.position_encoding
        self.maps.encoding = str(getattr(encoding, "value", encoding) or "utf-16")
        if not self.client.pulls:
            capabilities.diagnostic_provider = None
        if capabilities.workspace is not None and self.client.virtual_documents:
            capabilities.workspace.text_document_content = content.OPTIONS

    def ask_client(self, question: Coroutine[Any, Any, object]) -> None:
        """Send a request whose answer does not matter, and do not wait for it: some clients never answer."""
        task = self.loop.create_task(_unheeded(question))
        self._questions.add(task)
        task.add_done_callback(self._questions.discard)

    def plain(self, value: object) -> Any:  # noqa: ANN401 - JSON
        """A value of the protocol as plain data, for where messages have it untyped."""
        return self.server.protocol._converter.unstructure(value)

    def tidy(self) -> None:
        """The client has paused: a good moment to look for garbage, which takes the longer the more there is."""
        self.analyst.post("garbage", _collect, background=True, passing=True)

    # For features, on the analyst's thread.

    def view(self) -> View:
        """The workspace as it is, in the client's terms."""
        return View(self.workspace.snapshot(), self.uris, self.maps, self.client)

    # For everybody, on any thread.

    def log(self, sentence: str, kind: types.MessageType = types.MessageType.Info) -> None:
        self.post(self.server.log, sentence, kind)

    def report(self, where: str, error: BaseException) -> None:
        """Log what should not have happened."""
        LOGGER.error("internal error in %s", where, exc_info=error)
        last = traceback.extract_tb(error.__traceback__)[-1:]
        place = f" at {last[0].name}" if last else ""
        self.post(self.server.log, f"internal error in {where}: {type(error).__name__}{place}", types.MessageType.Error)

    def post(self, function: Callable[..., Any], *arguments: object) -> None:
        """Call a function on the event loop's thread, in the order of the calls of this."""
        if not self.running:
            return
        if threading.get_ident() == self._home:
            function(*arguments)
            return
        try:
            self.loop.call_soon_threadsafe(function, *arguments)
        except RuntimeError:  # the conversation is over
            return


async def _unheeded(question: Coroutine[Any, Any, object]) -> None:
    with contextlib.suppress(Exception):
        await question


def _collect() -> None:
    """Collect the garbage of the edits so far. What is left stays out of sight until the next time."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
