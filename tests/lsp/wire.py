"""The protocol as plain JSON over the pipes of a server: a client for the tests and measurements that send thousands of messages.

It answers what a server asks of clients with `null`, keeps the diagnostics that it was sent, and takes the time of every answer.
"""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

SERVER = [sys.executable, "-m", "contractlang", "lsp"]


class Failed(Exception):
    """The server answered with an error: `code` and the message."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error['code']}: {error['message']}")
        self.code = error["code"]


class Wire:
    """One server process. `capabilities`: what the client claims to be able to do."""

    def __init__(
        self, root: str, capabilities: dict[str, Any] | None = None, *, settings: dict[str, Any] | None = None
    ) -> None:
        self.process = subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.diagnostics: dict[str, dict[str, Any]] = {}  # the last publication for each URI
        self.published: queue.Queue[tuple[float, dict[str, Any]]] = queue.Queue()
        self.log: list[str] = []
        self.errors: list[str] = []
        self._answers: dict[int, queue.Queue[dict[str, Any]]] = {}
        self._numbers = 0
        self._writing = threading.Lock()
        self.began = time.perf_counter()
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._read_errors, daemon=True).start()
        answer = self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root,
                "workspaceFolders": [{"uri": root, "name": "root"}],
                "capabilities": capabilities or {},
                "initializationOptions": settings or {},
            },
        )
        self.capabilities = answer["capabilities"]
        self.tell("initialized", {})

    def tell(self, method: str, params: Any) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def begin(self, method: str, params: Any) -> int:
        """Send a request; the number that `end` wants."""
        self._numbers += 1
        number = self._numbers
        self._answers[number] = queue.Queue()
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return number

    def end(self, number: int, timeout: float = 60.0) -> Any:
        """The result of a request; `Failed` if it was an error, `queue.Empty` if none came in time."""
        answer = self._answers[number].get(timeout=timeout)
        del self._answers[number]
        if "error" in answer:
            raise Failed(answer["error"])
        return answer["result"]

    def ask(self, method: str, params: Any, timeout: float = 60.0) -> Any:
        return self.end(self.begin(method, params), timeout)

    def open(self, uri: str, text: str) -> None:
        document = {"uri": uri, "languageId": "contractlang", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, version: int, changes: list[dict[str, Any]]) -> None:
        document = {"uri": uri, "version": version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def close(self) -> int:
        """End the conversation; the server's exit status."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.process.wait(timeout=30)

    def memory(self) -> int:
        """What the process has in use, in KiB. Linux only."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))

    def processor_time(self) -> float:
        """How many seconds the process has computed, in all its threads: what it would take on a machine with nothing else to do.
        Linux only."""
        nanoseconds = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            with contextlib.suppress(FileNotFoundError):  # a thread that has ended meanwhile
                nanoseconds += int((task / "schedstat").read_text().split()[0])
        return nanoseconds / 1e9

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        assert self.process.stdin is not None
        with self._writing:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self.process.stdin.flush()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while True:
            length = 0
            while line := stream.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                return
            self._take(json.loads(stream.read(length)))

    def _take(self, message: dict[str, Any]) -> None:
        now = time.perf_counter()
        if "method" not in message:
            if message["id"] in self._answers:
                self._answers[message["id"]].put(message)
        elif "id" in message:
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": None})
        elif message["method"] == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]
            self.published.put((now, message["params"]))
        elif message["method"] == "window/logMessage":
            self.log.append(message["params"]["message"])

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.errors.append(line.decode(errors="replace").rstrip())
