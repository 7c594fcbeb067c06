"""A first-time visit, step by step: from opening the page to the first blame message of one's own making."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from playground.browser.visit import Visit


def test_from_opening_the_page_to_the_first_own_blame(visit: Visit) -> None:
    page = visit.page

    # 1. The page opens on a program and what it comes to.
    visit.open()
    visit.expect_document('"port": 8080')
    visit.picture("visit-1-opened")

    # 2. Its comment suggests to change the port: the report stands where the result was.
    page.locator("#pane-first .cm-line", has_text="port | Port").click()
    page.keyboard.press("End")
    for _ in "8080,":
        page.keyboard.press("Backspace")
    page.keyboard.type("80,")
    visit.expect_problem("not an unprivileged port")
    visit.picture("visit-2-first-report")

    # 3. The examples lead to the one about blame.
    page.get_by_role("button", name="Examples and tour").click()
    visit.picture("visit-3-examples")
    page.get_by_role("button", name=re.compile("The caller is to blame")).click()
    expect(page.locator(".lesson h2")).to_have_text("The caller is to blame")
    visit.expect_document('"eight": 8')
    visit.picture("visit-4-lesson")

    # 4. The visitor breaks the caller's promise, with quotes of their own.
    page.locator("#pane-first .cm-line", has_text="double 4").click()
    page.keyboard.press("End")
    for _ in "4,":
        page.keyboard.press("Backspace")
    page.keyboard.type('"four')
    page.keyboard.press("End")
    page.keyboard.type(",")
    visit.expect_problem("contract broken by the caller of double")
    expect(page.locator(".lesson-status")).to_have_text("Done.")
    visit.picture("visit-5-report")

    # 5. The drawing says who promised what, and leads to the code.
    page.get_by_role("button", name="Who promised what?").click()
    expect(page.locator(".blame-sentence")).to_have_text('The caller of double promised Number, and gave "four".')
    visit.picture("visit-6-blame")
    page.locator(".party.guilty").click()
    assert page.evaluate("getSelection().toString()") == '"four"'
