"""After many requests of every kind an instance has what it had before: processes, descriptors; and it ends without leaving any."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from playground.conftest import linux
from playground.instances import Editor, Instance, running
from playground.test_api import LOOP
from playground.test_security import descendants

pytestmark = linux


def descriptors(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def quiet(instance: Instance) -> tuple[int, int]:
    """How many processes and descriptors there are once nothing happens any more."""
    last, since = (0, 0), time.monotonic()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        now = len(descendants(instance.pid)), descriptors(instance.pid)
        if now != last:
            last, since = now, time.monotonic()
        elif time.monotonic() - since > 1.5:
            break
        time.sleep(0.05)
    return last


def trouble(instance: Instance, number: int) -> None:
    """Requests as they come: good, bad, abandoned, and editors."""
    address = f"10.1.0.{number}"
    with suppress(OSError):
        instance.request(
            "POST",
            "/api/evaluate",
            b'{"files": {"a": "' + LOOP.encode() + b'"}, "main": "a"}',
            {"Content-Type": "application/json"},
            timeout=0.2,
        )
    for text in ("1", '{ a | Number = "b" }', 'let rec f = fun x => f (x ++ x) in f "ab"', "("):
        instance.post("/api/evaluate", {"files": {"a.ncl": text}, "main": "a.ncl"}, X_Forwarded_For=address)
    instance.post("/api/evaluate", {"files": {"a.ncl": LOOP}, "main": "a.ncl"}, X_Forwarded_For=address)
    for end in (lambda socket: None, lambda socket: socket.send("no json"), lambda socket: socket.socket.close()):
        with suppress(Exception), instance.editor(additional_headers={"X-Forwarded-For": address}) as socket:
            Editor(socket).begin(main_ncl="1")
            end(socket)


def test_nothing_is_left_behind() -> None:
    with running("--trusted-proxy", "127.0.0.1", "--timeout", "0.5", "--rate", "1000") as instance:
        trouble(instance, 0)
        before = quiet(instance)
        with ThreadPoolExecutor(6) as threads:
            for _ in range(3):
                list(threads.map(lambda number: trouble(instance, number), range(6)))
        after = quiet(instance)
        assert after[0] <= before[0]
        assert after[1] <= before[1] + 3
        children = descendants(instance.pid)
        assert instance.stop() == 130  # interrupted
        deadline = time.monotonic() + 10
        while any(is_alive(child) for child in children) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(is_alive(child) for child in children)
        assert [line for line in instance.log if "Traceback" in line or "never retrieved" in line] == []


def test_children_end_when_the_server_is_killed() -> None:
    with running() as instance:
        children = descendants(instance.pid)
        assert children
        instance.process.kill()
        instance.process.wait()
        deadline = time.monotonic() + 15
        while any(is_alive(child) for child in children) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(is_alive(child) for child in children)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_zygote_that_dies_is_replaced() -> None:
    from playground.test_security import zygote_of

    with running() as instance:
        os.kill(zygote_of(instance.pid), 9)
        deadline = time.monotonic() + 30
        while True:
            reply = instance.post("/api/evaluate", {"files": {"a.ncl": "1"}, "main": "a.ncl"})
            if reply.status == 200 and reply.json["text"] == "1\n":
                break
            assert time.monotonic() < deadline, reply.body
            time.sleep(0.1)
        with instance.editor() as socket:
            Editor(socket).begin(main_ncl="1")
