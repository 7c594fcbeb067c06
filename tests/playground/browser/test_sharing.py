"""Work travels in links, frames and archives, and survives reloads and crashes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from playground.browser.visit import ANY_WIDTH, Visit


def shared_link(visit: Visit) -> str:
    visit.page.get_by_role("button", name="Share").click()
    link = str(visit.page.get_by_label("Link", exact=True).input_value())
    visit.picture("share")
    visit.page.keyboard.press("Escape")
    return link


def two_files(visit: Visit) -> None:
    visit.open()
    visit.write('import "data.yaml"')
    visit.new_file("data.yaml", "greeting: 'grüß dich 🐙'")
    visit.expect_document("grüß dich 🐙")


def test_a_link_opens_the_whole_workspace_elsewhere(visit: Visit, visitor: Callable[..., Visit]) -> None:
    two_files(visit)
    link = shared_link(visit)
    assert re.search(r"/#v1\.[A-Za-z0-9_-]+$", link)
    other = visitor(visit.size)
    other.open(link.removeprefix(other.server))
    other.expect_document("grüß dich 🐙")
    assert other.page.locator("#file-tabs [role=tab]").all_inner_texts() == ["main.ncl", "data.yaml"]


@ANY_WIDTH
def test_nothing_of_a_link_reaches_the_server_but_what_is_evaluated(
    visit: Visit, visitor: Callable[..., Visit]
) -> None:
    two_files(visit)
    link = shared_link(visit)
    other = visitor(visit.size)
    addresses: list[str] = []
    other.page.on("request", lambda request: addresses.append(request.url))
    other.open(link.removeprefix(other.server))
    other.expect_document("grüß dich")
    assert not any("v1." in address for address in addresses)


@ANY_WIDTH
def test_work_on_a_shared_workspace_survives_a_reload_and_the_own_one_is_kept(visit: Visit) -> None:
    two_files(visit)
    link = shared_link(visit)
    visit.command("Start a new workspace")
    visit.write("{ own = 1 }")
    visit.expect_document('"own": 1')
    visit.page.goto("about:blank")
    visit.open(link.removeprefix(visit.server))
    expect(visit.page.locator(".notice")).to_contain_text("Yours is kept")
    visit.write("{ changed = 2 }")
    visit.expect_document('"changed": 2')
    visit.page.reload()
    visit.expect_document('"changed": 2')
    visit.command("Back to my own work")
    visit.expect_document('"own": 1')


@ANY_WIDTH
@pytest.mark.parametrize(
    "fragment", ["#v1.AAAA", "#v1.<script>alert(1)</script>", "#v1.", "#v9.AAAA", "#v1." + "A" * 200_000]
)
def test_a_damaged_link_is_told_and_harms_nothing(visit: Visit, fragment: str) -> None:
    visit.open()
    visit.write("{ safe = true }")
    visit.expect_document('"safe": true')
    visit.page.wait_for_timeout(400)
    visit.page.goto("about:blank")
    visit.open(f"/{fragment}")
    expect(visit.page.locator(".notice")).to_contain_text("This link")
    visit.expect_document('"safe": true')


def test_a_frame_shows_the_workspace_and_lets_nobody_change_it(visit: Visit) -> None:
    two_files(visit)
    fragment = shared_link(visit).split("#")[1]
    visit.page.goto("about:blank")
    visit.open(f"/embed#{fragment}")
    visit.expect_document("grüß dich 🐙")
    visit.picture("embed")
    before = visit.text()
    visit.editor().click()
    visit.page.keyboard.type("changed")
    assert visit.text() == before
    assert visit.page.get_by_role("button", name="Examples and tour").count() == 0
    link = visit.page.get_by_role("link", name="Open in the playground")
    expect(link).to_have_attribute("href", re.compile(r"^/#v1\."))
    assert visit.page.evaluate("localStorage.getItem('contractlang-playground:running')") is None


def test_another_site_can_embed_the_frame_as_the_page_offers_it(
    visit: Visit, visitor: Callable[..., Visit], foreign_site: Callable[[str], str]
) -> None:
    two_files(visit)
    visit.page.get_by_role("button", name="Share").click()
    html = visit.page.get_by_label("Read-only, for other pages").input_value()
    reader = visitor(visit.size)
    reader.page.goto(foreign_site(f"<!doctype html><meta name=viewport content='width=device-width'>{html}"))
    frame = reader.page.frame_locator("iframe")
    expect(frame.locator(".document .cm-content")).to_contain_text("grüß dich 🐙")
    editor = frame.locator("#pane-first .cm-content")
    expect(editor).to_contain_text('import "data.yaml"')
    reader.picture("embedded-elsewhere")
    editor.click()
    reader.page.keyboard.type("changed")
    reader.page.keyboard.press("Control+a")
    reader.page.keyboard.press("Delete")
    expect(editor).to_have_text('import "data.yaml"')
    expect(editor).to_have_attribute("aria-readonly", "true")
    expect(editor).to_have_attribute("inputmode", "none")  # a phone shows no keyboard
    frame.get_by_role("tab", name="data.yaml").click()
    expect(editor).to_contain_text("greeting")
    with reader.page.context.expect_page() as opened:
        frame.get_by_role("link", name="Open in the playground").click()
    expect(opened.value.locator(".document .cm-content")).to_contain_text("grüß dich 🐙")


@ANY_WIDTH
def test_a_frame_works_where_the_browser_keeps_storage_from_it(
    visit: Visit, visitor: Callable[..., Visit], foreign_site: Callable[[str], str]
) -> None:
    two_files(visit)
    fragment = shared_link(visit).split("#")[1]
    reader = visitor(visit.size)
    # As a browser does that blocks other sites' data.
    reader.page.add_init_script(
        "if (window !== top) for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty("
        "window, name, { get() { throw new DOMException('denied', 'SecurityError'); } })"
    )
    reader.page.goto(foreign_site(f'<iframe src="{visit.server}/embed#{fragment}"></iframe>'))
    expect(reader.page.frame_locator("iframe").locator(".document .cm-content")).to_contain_text("grüß dich 🐙")


@ANY_WIDTH
def test_no_site_can_frame_the_playground_itself(visit: Visit, foreign_site: Callable[[str], str]) -> None:
    messages: list[str] = []
    visit.page.on("console", lambda message: messages.append(message.text))
    visit.page.goto(
        foreign_site(f'<iframe src="{visit.server}/"></iframe><iframe src="{visit.server}/?embed"></iframe>')
    )
    visit.page.wait_for_timeout(500)
    assert len([message for message in messages if "frame-ancestors" in message]) == 2
    for number in (0, 1):
        assert visit.page.frame_locator("iframe").nth(number).locator(".cm-editor").count() == 0


@ANY_WIDTH
def test_the_archive_has_every_file(visit: Visit) -> None:
    two_files(visit)
    with visit.page.expect_download() as download:
        visit.command("Download everything as a zip")
    with zipfile.ZipFile(download.value.path()) as archive:
        assert sorted(archive.namelist()) == ["data.yaml", "main.ncl"]
        assert archive.read("data.yaml").decode() == "greeting: 'grüß dich 🐙'"


@ANY_WIDTH
def test_work_survives_a_reload(visit: Visit) -> None:
    two_files(visit)
    visit.page.reload()
    visit.expect_document("grüß dich 🐙")
    assert visit.page.locator("#file-tabs [role=tab]").all_inner_texts() == ["main.ncl", "data.yaml"]


def test_after_a_crash_nothing_is_evaluated_until_the_user_says_so(visit: Visit) -> None:
    visit.open()
    visit.write("{ calm = true }")
    visit.expect_document('"calm": true')
    visit.page.wait_for_timeout(500)
    visit.page.goto("about:blank")
    requests: list[str] = []
    visit.page.on("request", lambda request: requests.append(request.url))
    # What a page that dies while it evaluates leaves behind.
    visit.page.route(
        "**/theme.js",
        lambda route: route.fulfill(
            body="localStorage.setItem('contractlang-playground:running', '1')", content_type="text/javascript"
        ),
    )
    visit.open()
    expect(visit.page.locator(".message h3")).to_have_text("Evaluation is paused")
    visit.picture("paused")
    assert "calm" in visit.text()
    visit.write("{ calm = false }")
    visit.page.wait_for_timeout(800)
    assert not any("evaluate" in url for url in requests)
    visit.page.get_by_role("button", name="Evaluate", exact=True).click()
    visit.expect_document('"calm": false')


def test_a_workspace_can_be_reset_without_being_opened(visit: Visit) -> None:
    visit.open()
    visit.write("{ gone = true }")
    visit.expect_document('"gone": true')
    visit.page.wait_for_timeout(500)
    visit.page.goto(visit.server + "/?reset")
    expect(visit.page.get_by_role("heading", name="Start afresh?")).to_be_visible()
    assert visit.page.locator(".cm-editor").count() == 0
    visit.picture("reset")
    visit.page.get_by_role("button", name="Keep everything").click()
    visit.expect_document('"gone": true')
    visit.page.goto(visit.server + "/?reset")
    visit.page.get_by_role("button", name="Start afresh").click()
    visit.expect_document('"port": 8080')
    assert "gone" not in visit.text()


@ANY_WIDTH
def test_storage_that_holds_anything_else_does_not_keep_the_page_from_starting(visit: Visit) -> None:
    visit.open()
    visit.page.goto("about:blank")
    visit.page.add_init_script(
        "for (const key of ['workspace:1', 'settings:1', 'lessons:1', 'set-aside:1'])"
        " localStorage.setItem('contractlang-playground:' + key, '{\"files\": 3, \"theme\": []}')"
    )
    visit.open()
    visit.expect_document('"port": 8080')
