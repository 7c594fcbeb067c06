"""How much a first visit loads, and that it can be used before the language server has answered."""

from __future__ import annotations

import gzip
from typing import Any

from playwright.sync_api import expect

from playground.browser.visit import ANY_WIDTH, Visit

MOST_KB = 350


def test_a_first_visit_loads_less_than_350_kb_compressed(visit: Visit) -> None:
    loaded: dict[str, int] = {}

    def record(response: Any) -> None:
        if "/api/" not in response.url and response.ok:
            loaded[response.url.removeprefix(visit.server)] = len(gzip.compress(response.body(), 6))

    visit.page.on("response", record)
    visit.open()
    visit.expect_document('"port"')
    visit.language_server()  # which is loaded after everything else, and counted too
    visit.page.wait_for_load_state("networkidle")
    print(
        {name: f"{size / 1000:.1f} kB" for name, size in loaded.items()}, f"{sum(loaded.values()) / 1000:.1f} kB in all"
    )
    assert not any("vim" in name or "yaml" in name or "toml" in name for name in loaded)
    assert 50_000 < sum(loaded.values()) < MOST_KB * 1000


@ANY_WIDTH
def test_the_page_can_be_used_before_the_language_server_answers(visit: Visit) -> None:
    visit.page.route_web_socket("**/lsp", lambda socket: None)  # accepted, and never answered
    visit.open()
    visit.write('{ early = "bird" }')
    visit.expect_document('"early": "bird"')
    visit.write('{ early | Number = "bird" }')
    expect(visit.page.locator(".cm-lintRange-error").first).to_be_visible()
    expect(visit.page.locator(".server")).to_have_attribute("data-state", "connecting")
