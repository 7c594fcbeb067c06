"""Ways in: examples with exercises that check themselves, data against a contract, files that are dropped."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from playground.browser.visit import ANY_WIDTH, Visit

LESSONS = 15


def test_every_exercise_is_open_at_first_and_done_by_its_solution(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_role("button", name="Examples and tour").click()
    expect(visit.page.locator(".lesson-card")).to_have_count(LESSONS)
    visit.picture("gallery")
    visit.page.locator(".lesson-card").first.click()
    status = visit.page.locator(".lesson-status")
    for number in range(1, LESSONS + 1):
        expect(visit.page.locator(".lesson-where")).to_have_text(f"{number} of {LESSONS}")
        expect(status, f"lesson {number} at first").to_have_class(re.compile("open"))
        visit.page.get_by_role("button", name="Show a solution").click()
        expect(status, f"lesson {number} solved").to_have_class(re.compile("done"))
        if number in {1, LESSONS}:
            visit.picture(f"lesson-{number}")
        if number < LESSONS:
            visit.page.get_by_role("button", name="Next").click()
    visit.page.get_by_role("button", name="Examples and tour").click()
    expect(visit.page.locator(".dialog")).to_contain_text("15 of 15 done")


@ANY_WIDTH
def test_an_exercise_cannot_be_talked_round(visit: Visit) -> None:
    visit.open()
    visit.lesson("Fields see each other")
    status = visit.page.locator(".lesson-status")
    expect(status).to_contain_text("is not http://example.org:8080/ yet")
    visit.write('{ host = "example.org", port = 8080, url = "http://example.org:8080/" }')
    expect(status).to_contain_text("right for port 8080 only")
    visit.write('{ host = "example.org", port = 8080, url = "http://%{host}:%{std.to_string port}/" }')
    expect(status).to_have_text("Done.")


@ANY_WIDTH
def test_lessons_done_are_remembered_and_own_work_is_kept(visit: Visit) -> None:
    visit.open()
    visit.write("{ mine = true }")
    visit.expect_document('"mine": true')
    visit.lesson("A first record")
    visit.page.get_by_role("button", name="Show a solution").click()
    expect(visit.page.locator(".lesson-status")).to_have_text("Done.")
    visit.page.reload()
    expect(visit.page.locator(".lesson h2")).to_have_text("A first record")
    visit.command("Back to my own work")
    visit.expect_document('"mine": true')
    expect(visit.page.locator("#lesson")).to_be_hidden()
    visit.page.get_by_role("button", name="Examples and tour").click()
    expect(visit.page.locator(".dialog")).to_contain_text("1 of 15 done")


def test_yaml_is_held_against_a_contract(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_role("button", name="Check YAML").click()
    expect(visit.editor("first")).to_contain_text("service: web")
    expect(visit.editor("second")).to_contain_text("What the data has to be")
    visit.expect_problem("not a port")
    expect(visit.page.locator("#pane-first .cm-lintRange-error").first).to_have_text('"8080"')
    visit.picture("validation")
    if visit.size == "desktop":
        first, second = visit.editor("first").bounding_box(), visit.editor("second").bounding_box()
        assert first["x"] + first["width"] <= second["x"]
    visit.write("service: web\nport: 8080\nhosts: []\n")
    visit.tab("yaml")
    visit.expect_document(re.compile("protocol: https"))
    visit.write("{ service | Number, .. }", pane="second")
    visit.expect_problem("contract broken by the value of service")


DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  for (const type of ['dragenter', 'dragover', 'drop']) {
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}"""


def test_a_dropped_file_is_converted(visit: Visit) -> None:
    visit.open()
    visit.page.evaluate(DROP, ["my config.yaml", "name: web\nports: [80]\n"])
    expect(visit.page.locator('#file-tabs [data-id="my-config.yaml"]')).to_have_attribute("aria-selected", "true")
    visit.expect_document('"name": "web"')
    visit.picture("dropped")
    visit.tab("toml")
    visit.expect_document("ports = [80]")
    visit.tab("value")
    visit.expect_document(re.compile(r"\{.*name = \"web\"", re.DOTALL))
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Download the document").click()
    assert download.value.suggested_filename == "my-config.ncl"


@ANY_WIDTH
def test_a_file_dropped_into_the_validation_becomes_the_data(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_role("button", name="Check YAML").click()
    visit.expect_problem("not a port")
    visit.page.evaluate(DROP, ["theirs.json", '{"service": "api", "port": 1, "hosts": []}'])
    expect(visit.editor("first")).to_contain_text('"api"')
    visit.tab("json")
    visit.expect_document('"protocol": "https"')


@ANY_WIDTH
def test_what_is_no_configuration_is_refused_with_a_reason(visit: Visit) -> None:
    visit.open()
    visit.page.evaluate(DROP, ["picture.png", "x"])
    expect(visit.page.locator(".notice")).to_contain_text(
        "picture.png: A name ends in .ncl, .json, .yaml, .yml or .toml."
    )
    expect(visit.page.locator("#file-tabs [role=tab]")).to_have_count(1)
