"""Keyboard, Vim, light and dark, small screens, screen readers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from playground.browser.visit import ANY_WIDTH, Visit

AXE = Path(__file__).parents[3] / "playground" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def focused(visit: Visit) -> str:
    return str(
        visit.page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent")
    )


@ANY_WIDTH
def test_everything_is_reached_from_the_palette_by_keyboard_alone(visit: Visit) -> None:
    visit.open()
    visit.expect_document('"port": 8080')
    visit.page.keyboard.press("Control+k")
    expect(visit.page.get_by_role("combobox", name="Command")).to_be_focused()
    visit.picture("palette")
    visit.page.keyboard.type("yam")
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("ArrowUp")
    expect(visit.page.locator('[role=option][aria-selected="true"]')).to_contain_text(re.compile("yaml", re.IGNORECASE))
    visit.page.keyboard.press("Escape")
    visit.command("Show YAML")
    visit.expect_document("port: 8080")


@ANY_WIDTH
def test_keys_run_switch_tabs_and_lead_to_problems(visit: Visit) -> None:
    visit.open()
    visit.write('{ a | Number = "x" }')
    visit.new_file("other.ncl", "1")
    visit.expect_problem("contract broken")
    visit.page.keyboard.press("Alt+,")
    expect(visit.page.locator('#file-tabs [data-id="main.ncl"]')).to_have_attribute("aria-selected", "true")
    visit.page.keyboard.press("Alt+.")
    expect(visit.page.locator('#file-tabs [data-id="other.ncl"]')).to_have_attribute("aria-selected", "true")
    visit.page.keyboard.press("F8")
    expect(visit.editor()).to_be_focused()
    assert visit.page.evaluate("getSelection().toString()") == '"x"'
    visit.page.keyboard.press("Shift+Alt+.")
    expect(visit.page.locator('#output-tabs [data-id="yaml"]')).to_have_attribute("aria-selected", "true")
    with visit.page.expect_request("**/api/evaluate"):
        visit.page.keyboard.press("Control+Enter")


def test_the_shortcuts_are_listed(visit: Visit) -> None:
    visit.open()
    visit.page.keyboard.press("F1")
    expect(visit.page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Evaluate now")
    visit.picture("shortcuts")


def test_the_focus_moves_through_the_page_in_the_order_of_reading_and_leaves_the_editor(visit: Visit) -> None:
    visit.open()
    visit.expect_document('"port"')
    order: list[str] = []
    for _ in range(12):
        visit.page.keyboard.press("Tab")
        order.append(focused(visit))
        if order[-1].startswith("main.ncl, editor"):
            break
    assert order[:3] == ["Skip to the editor", "Examples and tour", "Check YAML against a contract"]
    assert order[-1] == "main.ncl, editor"
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press("Tab")
    assert not focused(visit).startswith("main.ncl, editor")


@ANY_WIDTH
def test_arrows_move_through_tabs(visit: Visit) -> None:
    visit.open()
    visit.expect_document('"port": 8080')
    visit.page.locator('#output-tabs [data-id="json"]').focus()
    visit.page.keyboard.press("ArrowRight")
    assert focused(visit) == "YAML"
    visit.expect_document("port: 8080")
    visit.page.keyboard.press("End")
    assert focused(visit).startswith("Blame")


@ANY_WIDTH
def test_vim_mode_moves_edits_and_writes(visit: Visit) -> None:
    visit.open()
    visit.write("{ one = 1 }")
    visit.command("Vim mode on or off")
    expect(visit.page.locator(".cm-vim-panel")).to_be_visible()
    visit.editor().click()
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.type("ggcc")
    visit.page.keyboard.type("{ two = 2 }")
    visit.page.keyboard.press("Escape")
    visit.expect_document('"two": 2')
    visit.picture("vim")
    visit.page.keyboard.type(":w\n")
    expect(visit.page.locator(".notice").first).to_contain_text("Saved in this browser")
    visit.page.reload()
    expect(visit.page.locator(".cm-vim-panel")).to_be_visible()


@pytest.mark.parametrize(("scheme", "light"), [("light", True), ("dark", False)])
def test_light_and_dark_follow_the_system_and_the_user(
    visitor: Callable[..., Visit], size: str, scheme: str, *, light: bool
) -> None:
    def is_light(visit: Visit) -> bool:
        colour = visit.page.evaluate("getComputedStyle(document.querySelector('.cm-editor')).backgroundColor")
        return sum(int(part) for part in re.findall(r"\d+", colour)[:3]) > 380

    visit = visitor(size, color_scheme=scheme)
    visit.open()
    visit.expect_document('"port"')
    visit.picture(f"first-{scheme}")
    assert is_light(visit) is light
    visit.command("Light, dark")
    expect(visit.page.locator("html[data-theme]")).to_be_attached()
    assert is_light(visit) is not light
    visit.page.reload()
    expect(visit.page.locator("html[data-ready]")).to_be_attached()
    assert is_light(visit) is not light


def test_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    visit.open()
    for title in ("Higher-order blame", "Checking YAML"):
        visit.lesson(title)
        visit.page.get_by_role("button", name="Show a solution").click()
        expect(visit.page.locator(".lesson-status")).to_have_class(re.compile("done"))
        for tab in ("json", "problems", "blame"):
            visit.tab(tab)
            assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{title}, {tab}"
    for tab in visit.page.locator("#output-tabs [role=tab]").all():
        box = tab.bounding_box()
        assert box["x"] + box["width"] <= visit.page.viewport_size["width"]


def test_nothing_jumps_while_results_problems_and_hints_come_and_go(visit: Visit) -> None:
    visit.page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) shift += entry.value })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    visit.open()
    visit.expect_document('"port": 8080')
    visit.language_server()
    visit.write('{ port | Number = "80" }')
    visit.expect_problem("contract broken")
    visit.write("{ port | Number = 80 }")
    visit.expect_document('"port": 80')
    assert visit.page.evaluate("window.shift") < 0.02


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci in playground/frontend")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visitor: Callable[..., Visit], size: str, scheme: str) -> None:
    visit = visitor(size, color_scheme=scheme, bypass_csp=True)
    visit.open()
    visit.expect_document('"port"')
    visit.page.add_script_tag(path=AXE)
    looked_at = {}

    def look(name: str) -> None:
        visit.page.wait_for_timeout(250)  # colours fade in
        found = visit.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
        looked_at[name] = [
            (item["id"], item["impact"], [node["html"][:160] + str(node["any"][:1]) for node in item["nodes"][:3]])
            for item in found
            if item["impact"] in {"serious", "critical"}
        ]

    look("first page")
    visit.write('let f | Number -> Number = fun n => n in\n{ port = f "80" } # comment')
    visit.expect_problem("contract broken")
    look("problem")
    visit.tab("blame")
    look("blame")
    visit.page.keyboard.press("Control+k")
    look("palette")
    visit.page.keyboard.press("Escape")
    visit.page.get_by_role("button", name="More", exact=True).click()
    look("menu")
    visit.page.keyboard.press("Escape")
    visit.page.get_by_role("button", name="Share").click()
    look("share")
    visit.page.keyboard.press("Escape")
    visit.page.get_by_role("button", name="Examples and tour").click()
    look("gallery")
    visit.page.locator(".lesson-card").nth(10).click()
    expect(visit.page.locator(".lesson-status")).to_have_class(re.compile("open"))
    look("lesson with two panes")
    assert looked_at == {name: [] for name in looked_at}
