"""One visitor of the playground, with the hands and eyes that a test needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

Pane = Literal["first", "second"]
ANY_WIDTH = pytest.mark.parametrize("size", ["desktop"])
"""For what does not depend on the width of the screen: once is enough."""
RECORD_REFUSALS = """
  document.addEventListener('securitypolicyviolation', (event) => {
    // Chromium itself styles text that replaces a selection in an editable element; refusing that changes nothing.
    const inEditor = event.target === document || event.target.closest('.cm-content') !== null;
    const typing = event.violatedDirective === 'style-src-attr' && inEditor;
    if (!typing) console.log('refused: ' + event.violatedDirective + ' ' + event.blockedURI);
  });
"""


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

    def _console(self, message: ConsoleMessage) -> None:
        if message.text.startswith("refused: "):
            self.complaints.append(message.text)

    def open(self, path: str = "/") -> Visit:
        self.page.goto(self.server + path)
        expect(self.page.locator("html[data-ready]")).to_be_attached()
        return self

    def picture(self, name: str) -> None:
        self.page.screenshot(path=self.pictures / f"{name}-{self.size}.png", full_page=True)

    def editor(self, pane: Pane = "first") -> Locator:
        return self.page.locator(f"#pane-{pane} .cm-content")

    def write(self, text: str, pane: Pane = "first") -> None:
        """Replaces what stands in the editor, by the keyboard."""
        self.editor(pane).click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def text(self, pane: Pane = "first") -> str:
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
        heading = self.page.locator(".lesson-title", has_text=re.compile(f"^{re.escape(title)}"))
        self.page.locator(".lesson-card", has=heading).click()

    def expect_document(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator(".document .cm-content")).to_contain_text(text)
        expect(self.page.locator(".document")).to_be_visible()

    def expect_problem(self, text: str) -> None:
        expect(self.page.locator(".problem h3").first).to_contain_text(text)

    def language_server(self) -> None:
        """Waits until the language server is there."""
        expect(self.page.locator('.server[data-state="ready"]')).to_be_visible()
