"""The editor speaks to the real language server; several files belong together."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import WebSocketRoute, expect

from playground.browser.visit import ANY_WIDTH, Visit

LIBRARY = "{\n  double | Number -> Number = fun n => n * 2,\n}\n"
MAIN = 'let library = import "library.ncl" in\n{\n  eight = library.double 4,\n}\n'


@pytest.fixture
def two_files(visit: Visit) -> Visit:
    visit.open()
    visit.write(MAIN)
    visit.new_file("library.ncl", LIBRARY)
    visit.file("main.ncl")
    visit.expect_document('"eight": 8')
    visit.language_server()
    return visit


def place_caret(visit: Visit, line: str, presses: int) -> None:
    """Puts the caret so many characters behind the beginning of a line's text."""
    visit.page.locator("#pane-first .cm-line", has_text=line).first.click()
    visit.page.keyboard.press("Home")
    for _ in range(presses):
        visit.page.keyboard.press("ArrowRight")


def test_what_is_wrong_is_underlined_and_says_why_under_the_pointer(visit: Visit) -> None:
    visit.open()
    visit.write('{ port | Number = "80" }')
    squiggle = visit.page.locator(".cm-lintRange-error")
    expect(squiggle.first).to_have_text('"80"')
    squiggle.first.hover()
    expect(visit.page.locator(".cm-diagnostic-error").first).to_contain_text("contract broken")
    visit.picture("squiggle")


def test_hovering_shows_documentation_of_the_standard_library(visit: Visit) -> None:
    visit.open()
    visit.language_server()
    visit.write("{ n = std.array.length [1, 2] }")
    visit.page.locator("#pane-first .cm-line span", has_text="length").first.hover()
    expect(visit.page.locator(".cm-lsp-hover-tooltip")).to_contain_text("length")
    visit.picture("hover")


def test_completion_offers_members_and_inserts_the_chosen_one(visit: Visit) -> None:
    visit.open()
    visit.language_server()
    visit.write("{ n = std.array.len")
    visit.page.keyboard.press("Control+Space")
    expect(visit.page.locator(".cm-tooltip-autocomplete")).to_contain_text("length")
    visit.picture("completion")
    visit.page.wait_for_timeout(200)  # a list that has just come up does not take keys that were meant for the text
    visit.page.keyboard.press("Enter")
    expect(visit.editor()).to_contain_text("std.array.length")


@ANY_WIDTH
def test_the_signature_of_a_called_function_is_shown(visit: Visit) -> None:
    visit.open()
    visit.language_server()
    visit.write("{ n = std.array.map")
    visit.page.keyboard.press("End")
    visit.page.keyboard.type(" ")
    visit.page.keyboard.press("Control+Shift+Space")
    expect(visit.page.locator(".cm-lsp-signature-tooltip")).to_be_visible()
    visit.picture("signature")


@ANY_WIDTH
def test_going_to_a_definition_opens_the_other_file(two_files: Visit) -> None:
    place_caret(two_files, "eight", len("eight = library.do"))
    two_files.page.keyboard.press("F12")
    expect(two_files.page.locator('#file-tabs [data-id="library.ncl"]')).to_have_attribute("aria-selected", "true")
    expect(two_files.page.locator("#pane-first .cm-activeLine")).to_contain_text("double")


@ANY_WIDTH
def test_renaming_a_symbol_changes_all_files_that_use_it(two_files: Visit) -> None:
    place_caret(two_files, "eight", len("eight = library.do"))
    two_files.page.keyboard.press("F2")
    field = two_files.page.locator(".cm-lsp-rename-panel input")
    field.fill("twofold")
    two_files.picture("rename")
    field.press("Enter")
    expect(two_files.editor()).to_contain_text("library.twofold 4")
    two_files.file("library.ncl")
    expect(two_files.editor()).to_contain_text("twofold | Number -> Number")
    two_files.expect_document('"eight": 8')


@ANY_WIDTH
def test_formatting_keeps_the_history(visit: Visit) -> None:
    visit.open()
    visit.language_server()
    untidy = "{a=1,   b   =  [1,2]}"
    visit.write(untidy)
    visit.page.keyboard.press("Shift+Alt+f")
    expect(visit.editor()).to_contain_text("b = [1, 2]")
    visit.page.keyboard.press("Control+z")
    expect(visit.editor()).to_contain_text(untidy)
    visit.page.keyboard.press("Control+z")
    expect(visit.editor()).not_to_contain_text(untidy)


def test_files_are_made_renamed_and_deleted(visit: Visit) -> None:
    visit.open()
    visit.write('import "numbers.json"')
    visit.expect_problem("import")
    visit.new_file("digits.json", '{"one": 1}')
    visit.page.get_by_role("button", name="Actions for this file").click()
    visit.page.get_by_role("menuitem", name="Rename").click()
    visit.page.get_by_label("Name", exact=True).fill("main.ncl")
    visit.page.get_by_role("button", name="Rename", exact=True).click()
    expect(visit.page.get_by_text("There is a file main.ncl already.")).to_be_visible()
    visit.page.get_by_label("Name", exact=True).fill("numbers.json")
    visit.page.get_by_role("button", name="Rename", exact=True).click()
    visit.expect_document('"one": 1')
    visit.picture("files")
    visit.page.get_by_role("button", name="Actions for this file").click()
    visit.page.get_by_role("menuitem", name="Delete").click()
    visit.page.get_by_role("button", name="Delete").click()
    expect(visit.page.locator("#file-tabs [role=tab]")).to_have_count(1)
    visit.expect_problem("import")


@ANY_WIDTH
@pytest.mark.parametrize(
    ("name", "text", "coloured"),
    [("data.json", '{"key": 1}', "1"), ("data.yaml", "key: true # note", "# note"), ("data.toml", 'key = "x"', '"x"')],
)
def test_data_of_every_notation_is_coloured_and_can_be_imported(
    visit: Visit, name: str, text: str, coloured: str
) -> None:
    visit.open()
    visit.write(f'import "{name}"')
    visit.new_file(name, text)
    visit.expect_document('"key"')
    expect(
        visit.page.locator("#pane-first .cm-line [class^=t-]", has_text=re.compile(re.escape(coloured))).first
    ).to_be_visible()


@ANY_WIDTH
def test_markup_in_documentation_is_shown_without_becoming_part_of_the_page(visit: Visit) -> None:
    visit.open()
    visit.language_server()
    visit.write('{ f | doc "<img src=x onerror=window.bad=1> <b onclick=window.bad=1>loud</b>" = 1, result = f }')
    visit.page.locator("#pane-first .cm-line span", has_text=re.compile("^f$")).last.hover()
    tooltip = visit.page.locator(".cm-lsp-hover-tooltip")
    expect(tooltip).to_contain_text("loud")
    assert tooltip.locator("img, b, [onclick]").count() == 0
    assert visit.page.evaluate("window.bad") is None


@ANY_WIDTH
@pytest.mark.parametrize("code", [1011, 4000])
def test_a_lost_language_server_is_found_again_and_knows_the_files_as_they_are(visit: Visit, code: int) -> None:
    sockets: list[WebSocketRoute] = []

    def pass_on(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    visit.page.route_web_socket("**/lsp", pass_on)
    visit.open()
    visit.language_server()
    visit.write("{ before = 1 }")
    sockets[0].close(code=code)
    expect(visit.page.locator('.server[data-state="ready"]')).to_have_count(0)
    visit.write("{ after = 1, twice = after }")
    visit.language_server()
    assert len(sockets) == 2
    place_caret(visit, "after", len("{ after = 1, twice = af"))
    visit.page.keyboard.press("F2")
    visit.page.locator(".cm-lsp-rename-panel input").fill("later")
    visit.page.keyboard.press("Enter")
    expect(visit.editor()).to_contain_text("{ later = 1, twice = later }")
