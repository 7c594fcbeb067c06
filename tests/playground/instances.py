"""Instances of the playground for tests: started as whoever runs one does, asked over real connections."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from websockets.sync.client import ClientConnection, connect

SERVE = """
import sys
from contractlang_playground.serving import serve
from contractlang_playground.settings import Settings

serve({settings}, "127.0.0.1", 0, lambda address: print("the playground is at", address, file=sys.stderr, flush=True))
"""


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Instance:
    """A running server. `log`: what it wrote."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port
        self.log: list[str] = []

    @property
    def pid(self) -> int:
        return self.process.pid

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 30,
    ) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Reply:
        return self.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path: str, data: Any, **headers: str) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request("POST", path, json.dumps(data).encode(), {"Content-Type": "application/json", **named})

    def evaluate(self, text: str, **others: Any) -> Any:
        """The answer to a program; `files`: more of them."""
        files = {"main.ncl": text, **others.pop("files", {})}
        reply = self.post("/api/evaluate", {"files": files, "main": "main.ncl", **others})
        assert reply.status == 200, reply.body
        return reply.json

    def editor(self, **options: Any) -> ClientConnection:
        return connect(f"ws://127.0.0.1:{self.port}/lsp", max_size=None, proxy=None, **options)

    def health(self) -> Any:
        return self.get("/healthz").json

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(30)
        finally:
            self.process.kill()


@contextmanager
def running(*arguments: str, settings: str | None = None) -> Iterator[Instance]:
    """An instance on a port of its own, until the end of the block. `settings`: an expression for what has no option."""
    command = [sys.executable, "-m", "contractlang", "playground", "--port", "0", "--log", "warning", *arguments]
    if settings is not None:
        command = [sys.executable, "-c", SERVE.format(settings=settings)]
    environment = {**os.environ, "PLAYGROUND_SECRET": "secret-of-the-environment"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stderr is not None
    first = process.stderr.readline()
    assert "the playground is at" in first, first + process.stderr.read()
    port = int(first.split("127.0.0.1:")[1].split("/")[0])
    instance = Instance(process, port)
    reading = threading.Thread(target=lambda: instance.log.extend(process.stderr or ()), daemon=True)
    reading.start()
    try:
        _until_ready(instance)
        yield instance
    finally:
        instance.stop()
        reading.join(5)


def _until_ready(instance: Instance) -> None:
    reply = instance.post("/api/evaluate", {"files": {"a.ncl": "1"}, "main": "a.ncl"})
    assert reply.json["text"] == "1\n", reply.body


# ---- a client of the language server


class Editor:
    """Speaks JSON-RPC over a socket."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self._number = 0
        self.notices: list[Any] = []

    def notify(self, method: str, parameters: Any) -> None:
        self.socket.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": parameters}))

    def ask(self, method: str, parameters: Any) -> Any:
        self._number += 1
        message = {"jsonrpc": "2.0", "id": self._number, "method": method, "params": parameters}
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv(timeout=30))
            if answer.get("id") == self._number and "method" not in answer:
                return answer.get("result", answer.get("error"))
            self.notices.append(answer)

    def begin(self, **files: str) -> None:
        self.ask("initialize", {"processId": None, "rootUri": "file:///", "capabilities": {}})
        self.notify("initialized", {})
        for name, text in files.items():
            document = {"uri": uri(name), "languageId": "nickel", "version": 1, "text": text}
            self.notify("textDocument/didOpen", {"textDocument": document})

    def diagnostics(self, name: str) -> list[Any]:
        """The next ones of a file that are not none."""
        while True:
            message = self.notices.pop(0) if self.notices else json.loads(self.socket.recv(timeout=30))
            if message.get("method") == "textDocument/publishDiagnostics":
                parameters = message["params"]
                if parameters["uri"] == uri(name) and parameters["diagnostics"]:
                    return list(parameters["diagnostics"])


def uri(name: str) -> str:
    return f"file:///{name.replace('_', '.')}"
