"""The protocol's frame: what pygls does, except that documents go to our workspace and that every request gets an answer.

pygls keeps a copy of each open document, which costs time with each edit and fails on edits of documents that were
never opened. Here the workspace is the only source of truth. Messages at the wrong time (before `initialize`, after
`shutdown`) and messages that do not have the shape of the protocol are answered with the error that the protocol has
for them; pygls leaves the client waiting.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import JsonRPCResponseMessage, LanguageServerProtocol, lsp_method

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

    from cattrs import Converter

    from contractlang_lsp.server import ContractlangServer


class Protocol(LanguageServerProtocol):
    """One client's conversation."""

    _server: ContractlangServer

    def __init__(self, server: ContractlangServer, converter: Converter) -> None:
        super().__init__(server, converter)
        self._initialized = False
        self._execute: Callable[[types.ExecuteCommandParams], Awaitable[Any]]

    def execute_with(self, execute: Callable[[types.ExecuteCommandParams], Awaitable[Any]]) -> None:
        """Have commands executed by a function: pygls executes them in a way that cannot be cancelled."""
        self._execute = execute

    def receive(self, body: bytes) -> None:
        """Handle one message. Never raises, except `SystemExit` for `exit`."""
        try:
            data = json.loads(body)
        except (ValueError, RecursionError) as error:
            self._refuse(None, types.ErrorCodes.ParseError, f"this is no JSON: {error}")
            return
        if not isinstance(data, dict):
            self._refuse(None, types.ErrorCodes.InvalidRequest, "a message has to be an object")
            return
        number = data.get("id")
        method = data.get("method")
        if method is not None and not self._in_time(number, method):
            return
        try:
            message = self.structure_message(data)
        except (JsonRpcException, RecursionError):
            if method is not None and number is not None:
                self._refuse(
                    number, types.ErrorCodes.InvalidParams, f"the parameters of {method} are not as they should be"
                )
            return
        if isinstance(message, dict):
            self._refuse(number, types.ErrorCodes.InvalidRequest, "this is no message of JSON-RPC 2.0")
            return
        self.handle_message(message)

    def _serialize_message(self, data: Any) -> Any:  # noqa: ANN401 - JSON
        """What `json` asks for objects that it does not know. Of an answer the frame alone is taken apart here: features that
        answer with plain data, since there is much of it, are spared a converter that looks at each number."""
        if isinstance(data, JsonRPCResponseMessage):
            return {"jsonrpc": data.jsonrpc, "id": data.id, "result": data.result}
        return super()._serialize_message(data)

    def _in_time(self, number: int | str | None, method: str) -> bool:
        """Whether a message may come now; if it may not, it has been answered."""
        if method == types.EXIT:
            return True
        if self._shutdown:
            if number is not None:
                self._refuse(number, types.ErrorCodes.InvalidRequest, "the server is shutting down")
            return False
        if method == types.INITIALIZE:
            if self._initialized:
                self._refuse(number, types.ErrorCodes.InvalidRequest, "the server is initialized already")
                return False
            self._initialized = True
            return True
        if not self._initialized:
            if number is not None:
                self._refuse(number, types.ErrorCodes.ServerNotInitialized, "initialize comes first")
            return False
        return True

    def _refuse(self, number: int | str | None, code: types.ErrorCodes, sentence: str) -> None:
        self._server.log(sentence, types.MessageType.Warning)
        # As plain data, since `null` as the number of a request that nobody could read would be left out.
        error = {"code": code.value, "message": sentence}
        self._send_data({"jsonrpc": self.VERSION, "id": number, "error": error})

    # What pygls would do with documents, done by ours.

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        result: types.InitializeResult = yield from super().lsp_initialize(params)
        self._server.session.complete(result.capabilities)
        return result

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(  # type: ignore[override]  # handlers may be of any kind
        self, params: types.ExecuteCommandParams
    ) -> Any:  # noqa: ANN401 - JSON
        return await self._execute(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        self._server.session.documents.opened(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        self._server.session.documents.changed(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._server.session.documents.closed(params)
