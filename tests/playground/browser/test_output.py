"""What a program comes to, shown as it is typed."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect

from playground.browser.visit import ANY_WIDTH, Visit

TWICE = 'let twice | (Number -> Number) -> Number = fun f => f "x" in\n{ result = twice (fun n => n) }\n'


def test_the_document_follows_the_typing_in_four_notations(visit: Visit) -> None:
    visit.open()
    visit.write("{ name = 'web, ports = [80, 443] }")
    visit.expect_document('"name": "web"')
    visit.tab("yaml")
    visit.expect_document(re.compile(r"ports:\s*- 80"))
    visit.tab("toml")
    visit.expect_document('name = "web"')
    visit.tab("value")
    visit.expect_document("name = 'web")
    visit.picture("value")
    visit.write("{ name = 'api }")
    visit.expect_document("name = 'api")
    expect(visit.page.locator(".time")).to_have_text(re.compile(r"\d+(\.\d)? (µs|ms|s)"))


def test_a_problem_leads_to_its_place_also_in_another_file(visit: Visit) -> None:
    visit.open()
    visit.write('(import "lib.ncl").value + 1')
    visit.new_file("lib.ncl", '# first\n{ value | Number = "one" }')
    visit.file("main.ncl")
    visit.tab("problems")
    visit.expect_problem("contract broken by the value of value")
    visit.picture("problems")
    visit.page.get_by_role("button", name="Go to lib.ncl:2:").click()
    expect(visit.page.locator('#file-tabs [data-id="lib.ncl"]')).to_have_attribute("aria-selected", "true")
    expect(visit.editor()).to_be_focused()
    assert visit.page.evaluate("getSelection().toString()") == '"one"'


@ANY_WIDTH
def test_a_fix_is_applied_and_can_be_undone(visit: Visit) -> None:
    visit.open()
    visit.write('{ port | Number = "80" }')
    visit.page.get_by_role("button", name="Write the number 80").click()
    visit.expect_document('"port": 80')
    visit.page.keyboard.press("Control+z")
    visit.expect_problem("contract broken")


def test_the_drawing_of_blame_names_the_parties_and_leads_to_their_code(visit: Visit) -> None:
    visit.open()
    visit.write(TWICE)
    visit.expect_problem("contract broken by the function twice")
    visit.page.get_by_role("button", name="Who promised what?").click()
    expect(visit.page.locator(".blame-sentence")).to_have_text('The function twice promised Number, and gave "x".')
    guilty = visit.page.locator(".party.guilty")
    expect(guilty).to_have_count(1)
    expect(guilty).to_have_attribute(
        "aria-label", re.compile("^The function twice broke the promise fun f => .* main.ncl:1$")
    )
    expect(visit.page.locator(".party.innocent")).to_have_attribute(
        "aria-label", "The caller of twice not at fault twice (fun n => n) main.ncl:2"
    )
    expect(visit.page.locator(".party.contract .broken")).to_have_text("Number")
    expect(visit.page.locator(".pill")).to_have_attribute("aria-label", 'The value: "x"')
    expect(visit.page.locator(".mark-guilty").first).to_be_visible()
    visit.picture("blame")
    guilty.click()
    assert visit.page.evaluate("getSelection().toString()") == 'fun f => f "x"'
    visit.page.locator(".party.innocent").focus()
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("getSelection().toString()") == "twice (fun n => n)"


@ANY_WIDTH
def test_leaving_the_drawing_takes_its_marks_out_of_the_code(visit: Visit) -> None:
    visit.open()
    visit.write(TWICE)
    visit.expect_problem("contract broken")
    visit.tab("blame")
    expect(visit.page.locator(".mark-contract").first).to_be_visible()
    visit.tab("json")
    expect(visit.page.locator(".mark-contract")).to_have_count(0)


@ANY_WIDTH
def test_several_verdicts_are_looked_at_one_after_the_other(visit: Visit) -> None:
    visit.open()
    visit.write('{ a | Number = "1", b | Number = "2" }')
    visit.expect_problem("contract broken by the value of a")
    visit.tab("blame")
    expect(visit.page.locator(".blame-choice")).to_contain_text("1 of 2")
    visit.page.get_by_role("button", name="Next verdict").click()
    expect(visit.page.locator(".blame-sentence")).to_contain_text("The value of b")


@ANY_WIDTH
def test_an_endless_program_ends_in_a_friendly_message(visit: Visit) -> None:
    visit.open()
    visit.write("let rec loop = fun n => loop (n + 1) in loop 0")
    expect(visit.page.locator(".message h3")).to_have_text(re.compile("takes too long"), timeout=30_000)
    visit.picture("limit")
    visit.write("{ fine = true }")
    visit.expect_document('"fine": true')


@ANY_WIDTH
def test_only_the_last_of_several_programs_is_shown(visit: Visit) -> None:
    visit.open()
    with visit.page.expect_request(lambda request: "loop" in (request.post_data or "")):
        visit.write("let rec loop = fun n => loop (n + 1) in loop 0")
    visit.write("{ answer = 42 }")
    visit.expect_document('"answer": 42')
    visit.page.wait_for_timeout(1500)
    visit.expect_document('"answer": 42')


@ANY_WIDTH
def test_markup_in_values_messages_and_names_stays_text(visit: Visit) -> None:
    visit.open()
    markup = "<img src=x onerror=window.bad=1><script>window.bad=1</script>"
    visit.write("{ value = " + json.dumps(markup) + " }")
    visit.expect_document("<img src=x")
    visit.write('{ "' + markup + '" | Number = "' + markup + '" }')
    visit.expect_problem("<img src=x")
    visit.tab("blame")
    expect(visit.page.locator(".blame-sentence")).to_contain_text("<img src=x")
    assert visit.page.evaluate("window.bad") is None
    assert visit.page.locator("img").count() == 0


@ANY_WIDTH
def test_what_is_wrong_in_a_file_that_is_not_evaluated_is_listed_too(visit: Visit) -> None:
    visit.open()
    visit.language_server()
    visit.new_file("draft.ncl", "{ a = unknown_name }")
    visit.file("main.ncl")
    visit.tab("problems")
    visit.expect_problem("unknown_name")
    visit.page.get_by_role("button", name="Go to draft.ncl:1:7").click()
    expect(visit.page.locator('#file-tabs [data-id="draft.ncl"]')).to_have_attribute("aria-selected", "true")


@ANY_WIDTH
def test_a_lost_server_is_told_and_found_again(visit: Visit) -> None:
    visit.open()
    visit.page.route("**/api/evaluate", lambda route: route.abort())
    visit.write("{ here = 1 }")
    visit.tab("problems")
    expect(visit.page.locator(".message h3")).to_contain_text("cannot be reached")
    visit.page.unroute("**/api/evaluate")
    visit.tab("json")
    visit.expect_document('"here": 1')
