"""A real browser in front of a real server. Skipped, with a reason, where there is no Chromium."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from playground.browser.visit import Visit

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"desktop": (1280, 800), "phone": (360, 740)}
START_SECONDS = 30
expect.set_options(timeout=15_000)  # the machine may be busy; a passing test does not wait


@pytest.fixture(scope="session")
def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path is not None:
            return path
    pytest.skip("no Chromium on this machine")


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 -- our own address, made above
            return bool(response.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a playground: one that runs already (`PLAYGROUND_URL`), or one of our own."""
    running = os.environ.get("PLAYGROUND_URL")
    if running is not None:
        yield running
        return
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "contractlang", "playground", "--port", str(port)]
        process = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            deadline = time.monotonic() + START_SECONDS
            while not _answers(f"{url}/healthz"):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, "the playground does not start"
                time.sleep(0.1)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def foreign_site() -> Iterator[Callable[[str], str]]:
    """Serves a page of another site, whose HTML the test gives; returns its address."""
    pages: dict[str, bytes] = {}

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path)
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page or b"")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()

        def serve(html: str) -> str:
            path = f"/{len(pages)}"
            pages[path] = html.encode()
            # Not only another port but another host than the playground's, so that browsers take it for another site.
            return f"http://localhost:{site.server_port}{path}"

        yield serve
        site.shutdown()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(params=sorted(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visitor(browser: Browser, server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Visit]]:
    """Makes visitors. A page that complained of an error or of its own policy fails the test."""
    pictures = Path(os.environ.get("PLAYGROUND_PICTURES") or tmp_path_factory.mktemp("pictures"))
    pictures.mkdir(parents=True, exist_ok=True)
    visits: list[Visit] = []

    def make(size: str, **options: Any) -> Visit:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True, **options)
        visit = Visit(context.new_page(), server, size, pictures)
        visits.append(visit)
        return visit

    yield make
    for visit in visits:
        visit.page.context.close()
        assert visit.complaints == []


@pytest.fixture
def visit(visitor: Callable[..., Visit], size: str) -> Visit:
    return visitor(size)
