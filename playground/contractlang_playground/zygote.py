"""The zygote: a process that has everything imported, and makes children by forking itself. Linux only.

A child that is forked is ready in milliseconds and shares its memory with all the others until it writes to it, so that a hundred
language servers fit where ten started afresh would. The zygote has one thread and no event loop, which is what makes
forking it safe. It does as it is told over one socket: messages of JSON, each with the child's two pipes beside it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import select
import signal
import socket
import sys
import threading
from typing import Any

from contractlang.workspace.workers.connection import environment
from contractlang_playground import children

_LARGEST = 4096
_PROBLEM = 75


def main() -> None:
    """Fork children until the parent closes the socket; then end them all."""
    control = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDWR)  # noqa: TID251 - a place for what is no input, no file of a program
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    wake, woken = os.pipe()
    os.set_blocking(woken, False)
    signal.set_wakeup_fd(woken)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    children.prepare()
    if threading.active_count() != 1:
        sys.exit(_PROBLEM)
    control.send(json.dumps({"ready": os.getpid()}).encode())
    _Zygote(control, wake).run()


class _Zygote:
    def __init__(self, control: socket.socket, wake: int) -> None:
        self._control = control
        self._wake = wake
        self._running: set[int] = set()

    def run(self) -> None:
        while True:
            control = self._control.fileno()
            ready, _, _ = select.select([control, self._wake], [], [])
            if self._wake in ready:
                os.read(self._wake, 4096)
                self._collect()
            if control in ready and not self._obey():
                break
        for child in self._running:
            os.kill(child, signal.SIGKILL)

    def _collect(self) -> None:
        """Take note of children that have ended."""
        while self._running:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            self._running.discard(child)
            self._say({"ended": child, "status": os.waitstatus_to_exitcode(status)})

    def _obey(self) -> bool:
        """Do what the next message says; False at the end."""
        data, descriptors, _, _ = socket.recv_fds(self._control, _LARGEST, 2)
        if not data:
            return False
        message = json.loads(data)
        if "kill" in message:
            # A number is not used again before its status has been collected, which happens here alone.
            if message["kill"] in self._running:
                os.kill(message["kill"], signal.SIGKILL)
            return True
        child = os.fork()
        if child == 0:
            self._become(message["kind"], *descriptors)
        self._running.add(child)
        for descriptor in descriptors:
            os.close(descriptor)
        self._say({"started": child, "id": message["id"]})
        return True

    def _become(self, kind: str, requests: int, replies: int) -> None:
        """In the child: be one of that kind, and end with it."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._control.close()
            os.close(self._wake)
            with os.fdopen(requests, "rb") as source, os.fdopen(replies, "wb") as sink:
                children.run(kind, source, sink)
        except BaseException:  # noqa: BLE001 - nothing may return into the zygote's own loop
            with contextlib.suppress(OSError):
                sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)

    def _say(self, message: dict[str, Any]) -> None:
        try:
            self._control.send(json.dumps(message).encode())
        except OSError:
            return  # the parent is gone, which the next reading tells


# ---- seen from the parent


class Forked:
    """A child of the zygote."""

    def __init__(
        self,
        zygote: Zygote,
        pid: int,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        source: asyncio.BaseTransport,
    ) -> None:
        self._zygote = zygote
        self._source = source
        self._ended = asyncio.Event()
        self.pid = pid
        self.reader = reader
        self.writer = writer
        self.returncode: int | None = None

    def kill(self) -> None:
        if self.returncode is None:
            self._zygote.tell({"kill": self.pid})

    async def wait(self) -> None:
        await self._ended.wait()

    def note_end(self, status: int) -> None:
        self.returncode = status
        self._ended.set()
        self._source.close()


class Zygote:
    """The parent's side. Children are had by `fork`; they end when the zygote does."""

    def __init__(self, process: asyncio.subprocess.Process, control: socket.socket) -> None:
        self._process = process
        self._control = control
        self._waiting: dict[int, asyncio.Future[int]] = {}
        self._children: dict[int, Forked] = {}
        self._ended: dict[int, int] = {}
        self._number = 0
        self._listening: asyncio.Task[None] | None = None

    @classmethod
    async def start(cls) -> Zygote:
        """Start a zygote, and wait until it has prepared itself. Raises `OSError`."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-m",
                "contractlang_playground.zygote",
                stdin=theirs.fileno(),
                env=environment(sandbox=True),
            )
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        ours.setblocking(False)
        zygote = cls(process, ours)
        if await zygote._receive() is None:
            await zygote.close()
            raise OSError("the process that forks others does not start")
        zygote._listening = asyncio.create_task(zygote._listen())
        return zygote

    @property
    def alive(self) -> bool:
        return self._listening is not None and not self._listening.done()

    @property
    def count(self) -> int:
        """How many children run."""
        return len(self._children)

    async def fork(self, kind: str) -> Forked:
        """A new child. Raises `OSError`."""
        if not self.alive:
            raise OSError("the process that forks others is gone")
        loop = asyncio.get_running_loop()
        requests, ours_out = os.pipe()
        ours_in, replies = os.pipe()
        self._number += 1
        number = self._number
        future = self._waiting[number] = loop.create_future()
        message = json.dumps({"kind": kind, "id": number}).encode()
        try:
            socket.send_fds(self._control, [message], [requests, replies])
            pid = await asyncio.shield(future)
        except BaseException:
            self._waiting.pop(number, None)
            os.close(ours_out)
            os.close(ours_in)
            raise
        finally:
            os.close(requests)
            os.close(replies)
        reader = asyncio.StreamReader()
        source, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(ours_in, "rb"))
        sink, protocol = await loop.connect_write_pipe(
            lambda: asyncio.streams.FlowControlMixin(loop=loop), os.fdopen(ours_out, "wb")
        )
        child = Forked(self, pid, reader, asyncio.StreamWriter(sink, protocol, None, loop), source)
        status = self._ended.pop(pid, None)
        if status is not None:
            child.note_end(status)
        else:
            self._children[pid] = child
        return child

    def tell(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            self._control.send(json.dumps(message).encode())

    async def close(self) -> None:
        """End the zygote and all its children."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        self._bury()
        self._control.close()
        try:
            async with asyncio.timeout(5):
                await self._process.wait()
        except TimeoutError:
            os.kill(self._process.pid, signal.SIGKILL)
            await self._process.wait()

    async def _listen(self) -> None:
        try:
            while (message := await self._receive()) is not None:
                if "started" in message:
                    future = self._waiting.pop(message["id"], None)
                    if future is None or future.done():
                        self.tell({"kill": message["started"]})
                    else:
                        future.set_result(message["started"])
                elif (child := self._children.pop(message["ended"], None)) is not None:
                    child.note_end(message["status"])
                else:
                    self._ended[message["ended"]] = message["status"]
        finally:
            self._bury()

    async def _receive(self) -> dict[str, Any] | None:
        try:
            data = await asyncio.get_running_loop().sock_recv(self._control, _LARGEST)
        except OSError:
            return None
        if not data:
            return None
        message: dict[str, Any] = json.loads(data)
        return message

    def _bury(self) -> None:
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(OSError("the process that forks others is gone"))
        self._waiting.clear()
        for child in self._children.values():
            child.note_end(-signal.SIGKILL)
        self._children.clear()


if __name__ == "__main__":
    main()
