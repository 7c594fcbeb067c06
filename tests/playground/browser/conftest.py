"""A real browser in front of a real server. Skipped, with a reason, where there is no Chromium or no Playwright."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
Browser, Page, expect = playwright.Browser, playwright.Page, playwright.expect

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
RECORD_REFUSALS = """
  document.addEventListener('securitypolicyviolation', (event) => {
    // Chromium itself styles text that replaces a selection in an editable element; refusing that changes nothing.
    const inEditor = event.target === document || event.target.closest('.cm-content') !== null;
    const typing = event.violatedDirective === 'style-src-attr' && inEditor;
    if (!typing) console.log('refused: ' + event.violatedDirective + ' ' + event.blockedURI);
  });
"""
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
        with urllib.request.urlopen(url, timeout=2) as response:
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
        command = [sys.executable, "-m", "contractlang", "playground", "--port", str(port), "--rate-limit", "0"]
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


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        yield started
        started.close()


class Visit:
    """One visitor with a profile of their own: a page, and the hands and eyes for it."""

    def __init__(self, page: Page, server: str, size: str, pictures: Path) -> None:
        self.page = page
        self.server = server
        self.size = size
        self.pictures = pictures
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.add_init_script(RECORD_REFUSALS)
        page.on("console", self._console)

    def _console(self, message: Any) -> None:
        if message.text.startswith("refused: "):
            self.complaints.append(message.text)

    def open(self, path: str = "/") -> Visit:
        self.page.goto(self.server + path)
        expect(self.page.locator("html[data-ready]")).to_be_attached()
        return self

    def picture(self, name: str) -> None:
        self.page.screenshot(path=self.pictures / f"{name}-{self.size}.png", full_page=True)

    def editor(self, pane: str = "first") -> Any:
        return self.page.locator(f"#pane-{pane} .cm-content")

    def write(self, text: str, pane: str = "first") -> None:
        """Replaces what stands in the editor, by the keyboard."""
        self.editor(pane).click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def text(self, pane: str = "first") -> str:
        return "\n".join(self.page.locator(f"#pane-{pane} .cm-line").all_inner_texts()).replace("\u200b", "")

    def tab(self, name: str) -> None:
        self.page.locator(f'#output-tabs [data-id="{name}"]').click()

    def file(self, name: str) -> None:
        self.page.locator(f'#file-tabs [data-id="{name}"]').click()

    def new_file(self, name: str, text: str) -> None:
        self.page.get_by_role("button", name="New file").click()
        self.page.get_by_label("Name", exact=True).fill(name)
        self.page.get_by_role("button", name="Create").click()
        expect(self.page.locator(f'#file-tabs [data-id="{name}"]')).to_have_attribute("aria-selected", "true")
        self.write(text)

    def command(self, title: str) -> None:
        self.page.keyboard.press("Control+k")
        self.page.get_by_role("combobox", name="Command").fill(title)
        self.page.keyboard.press("Enter")

    def lesson(self, title: str) -> None:
        self.page.get_by_role("button", name="Examples and tour").click()
        self.page.locator(
            ".lesson-card", has=self.page.locator(".lesson-title", has_text=re.compile(f"^{re.escape(title)}"))
        ).click()

    def expect_document(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator(".document .cm-content")).to_contain_text(text)
        expect(self.page.locator(".document")).to_be_visible()

    def expect_problem(self, text: str) -> None:
        expect(self.page.locator(".problem h3").first).to_contain_text(text)

    def language_server(self) -> None:
        """Waits until the language server is there."""
        expect(self.page.locator('.server[data-state="ready"]')).to_be_visible()


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
