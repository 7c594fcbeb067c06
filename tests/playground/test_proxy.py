"""Two instances behind nginx, configured as `playground/deploy/nginx.conf` says: no instance is needed in particular."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from playground.instances import Editor, Instance, Reply, running

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")

DEPLOYED = Path(__file__).parents[2] / "playground" / "deploy" / "nginx.conf"


@dataclass
class Proxied:
    """What clients see, and what is behind it."""

    front: Instance
    instances: list[Instance]


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    with ExitStack() as stack:
        instances = [stack.enter_context(running("--trusted-proxy", "127.0.0.1", "--rate", "10")) for _ in range(2)]
        folder = tmp_path_factory.mktemp("nginx")
        port = free_port()
        configuration = folder / "nginx.conf"
        configuration.write_text(configured(folder, port, [instance.port for instance in instances]))
        assert NGINX is not None
        process = subprocess.Popen(
            [NGINX, "-c", str(configuration), "-p", str(folder), "-e", str(folder / "error.log")]
        )
        try:
            front = Instance(process, port)  # type: ignore[arg-type]  # only its port is used
            until_answered(front)
            yield Proxied(front, instances)
        finally:
            process.terminate()
            process.wait(20)


def configured(folder: Path, port: int, ports: list[int]) -> str:
    """The deployed configuration, without TLS, on other ports."""
    text = DEPLOYED.read_text()
    text = re.sub(r"listen 443 ssl;", f"listen 127.0.0.1:{port};", text)
    text = re.sub(r"\n *(ssl_certificate|ssl_certificate_key|add_header) .*", "", text)
    for written, chosen in zip((8081, 8082), ports, strict=True):
        assert f"127.0.0.1:{written}" in text
        text = text.replace(f"127.0.0.1:{written}", f"127.0.0.1:{chosen}")
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; events {{}}\n"
        f"http {{ access_log off; {temporary}\n{text}\n}}\n"
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def until_answered(front: Instance) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            assert front.evaluate("1")["text"] == "1\n"
            return
        except (OSError, http.client.HTTPException):
            assert time.monotonic() < deadline
            time.sleep(0.1)


def answered(instance: Instance) -> int:
    return int(instance.health()["workers"]["answered"])


def test_both_instances_answer(proxied: Proxied) -> None:
    before = [answered(instance) for instance in proxied.instances]
    for number in range(20):
        assert proxied.front.evaluate(f"{{ a = {number} }}")["text"] == f"{{ a = {number} }}\n"
    after = [answered(instance) for instance in proxied.instances]
    assert all(now > then for now, then in zip(after, before, strict=True))


def test_pages_editors_and_origins_work_through_the_proxy(proxied: Proxied) -> None:
    assert proxied.front.get("/").status == 200
    origin = f"http://127.0.0.1:{proxied.front.port}"
    for _ in range(4):
        with proxied.front.editor(origin=origin) as opened:
            editor = Editor(opened)
            editor.begin(main_ncl='let x : Number = "a" in x')
            assert editor.diagnostics("main.ncl")


def test_the_proxy_says_who_asks_whatever_they_claim(proxied: Proxied) -> None:
    """… so that a claim neither evades the rate nor lets anybody look at the metrics."""
    assert proxied.front.get("/metrics").status == 404
    assert proxied.front.get("/healthz", X_Forwarded_For="127.0.0.1").status == 404
    body = {"files": {"a.ncl": "1"}, "main": "a.ncl"}

    def ask(number: int) -> Reply:
        return proxied.front.post("/api/evaluate", body, X_Forwarded_For=f"198.51.100.{number}")

    with ThreadPoolExecutor(16) as threads:
        replies = list(threads.map(ask, range(250)))
    assert any(reply.status == 429 for reply in replies)


def test_oversized_bodies_are_refused_by_the_proxy(proxied: Proxied) -> None:
    assert proxied.front.post("/api/evaluate", {"files": {"a.ncl": "1" * 2_000_000}, "main": "a.ncl"}).status == 413


def test_one_instance_may_go(proxied: Proxied) -> None:
    time.sleep(3.5)  # (the rate of the test before)
    proxied.instances[0].stop()
    for number in range(20):
        assert proxied.front.evaluate(f"{number}")["text"] == f"{number}\n"
        time.sleep(0.12)
