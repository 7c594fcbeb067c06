"""A short conversation with a language server of our own, before the first real one: whatever it imports or compiles only when
it is first needed, it has then.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import threading
from typing import Any

_TEXT = """let f | Number -> Number = fun x => x + 1 in
{
  # a comment
  port | Number | doc "where it listens" | default = 8080,
  name = std.string.uppercase "a%{std.to_string port}",
  more = f port,
  wrong : String = 1,
  other = import "other.ncl",
}
"""
_URI = "file:///rehearsal.ncl"
_HERE = {"textDocument": {"uri": _URI}}
_AT = {**_HERE, "position": {"line": 4, "character": 15}}
_WHOLE = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
_OPTIONS = {"options": {"tabSize": 2, "insertSpaces": True}}

_CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "synchronization": {"dynamicRegistration": False},
        "publishDiagnostics": {"relatedInformation": True},
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
    },
}

_REQUESTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("textDocument/hover", _AT),
    ("textDocument/completion", {**_AT, "context": {"triggerKind": 2, "triggerCharacter": "."}}),
    ("textDocument/signatureHelp", _AT),
    ("textDocument/definition", _AT),
    ("textDocument/typeDefinition", _AT),
    ("textDocument/declaration", _AT),
    ("textDocument/references", {**_AT, "context": {"includeDeclaration": True}}),
    ("textDocument/documentHighlight", _AT),
    ("textDocument/prepareRename", {**_HERE, "position": {"line": 3, "character": 3}}),
    ("textDocument/rename", {**_HERE, "position": {"line": 3, "character": 3}, "newName": "gate"}),
    ("textDocument/documentSymbol", _HERE),
    ("workspace/symbol", {"query": "p"}),
    ("textDocument/formatting", {**_HERE, **_OPTIONS}),
    ("textDocument/rangeFormatting", {**_HERE, **_OPTIONS, "range": _WHOLE}),
    ("textDocument/semanticTokens/full", _HERE),
    ("textDocument/foldingRange", _HERE),
    ("textDocument/selectionRange", {**_HERE, "positions": [{"line": 4, "character": 15}]}),
    ("textDocument/documentLink", _HERE),
    ("textDocument/codeLens", _HERE),
    ("textDocument/inlayHint", {**_HERE, "range": _WHOLE}),
    ("textDocument/codeAction", {**_HERE, "range": _WHOLE, "context": {"diagnostics": []}}),
    ("textDocument/prepareCallHierarchy", _AT),
    ("textDocument/diagnostic", _HERE),
)


def rehearse() -> None:
    """Have the conversation. Whatever a request is answered does not matter. Leaves no thread behind."""
    from pygls.io_ import StdoutWriter

    from contractlang.loaders.memory import MemoryLoader
    from contractlang_lsp.server import create_server
    from contractlang_lsp.transport import converse

    heard, said = os.pipe()
    answers, answered = os.pipe()
    before = set(threading.enumerate())
    speaker = threading.Thread(target=_speak, args=(said, answers))
    speaker.start()
    logging.disable(logging.CRITICAL)  # the conversation ends before all is said, which does not matter
    with os.fdopen(answered, "wb") as sink:
        server = create_server(MemoryLoader(), evaluation=False)
        asyncio.run(converse(server, lambda size: os.read(heard, size), StdoutWriter(sink)))
    # Only now, when nobody acts on it any more: a server whose client is gone ends the process.
    os.close(said)
    for thread in set(threading.enumerate()) - before:
        thread.join()
    logging.disable(logging.NOTSET)
    os.close(heard)
    os.close(answers)


def _speak(said: int, answers: int) -> None:
    from contractlang_lsp.transport import read_messages

    document = {"uri": _URI, "languageId": "nickel", "version": 1, "text": _TEXT}
    change = {"textDocument": {"uri": _URI, "version": 2}, "contentChanges": [{"range": _WHOLE, "text": _TEXT}]}
    initialize = {"processId": None, "rootUri": "file:///", "capabilities": _CAPABILITIES}
    last = len(_REQUESTS) + 1
    _send(said, {"id": 0, "method": "initialize", "params": initialize})
    _send(said, {"method": "initialized", "params": {}})
    _send(said, {"method": "textDocument/didOpen", "params": {"textDocument": document}})
    _send(said, {"method": "textDocument/didChange", "params": change})
    for number, (method, parameters) in enumerate(_REQUESTS, 1):
        _send(said, {"id": number, "method": method, "params": parameters})
    _send(said, {"id": last, "method": "shutdown"})
    for message in read_messages(lambda size: os.read(answers, size)):
        if json.loads(message).get("id") == last:
            _send(said, {"method": "exit"})


def _send(said: int, message: dict[str, Any]) -> None:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    os.write(said, b"Content-Length: %d\r\n\r\n" % len(body) + body)
