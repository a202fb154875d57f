"""An API call by hand: by keyboard, on a phone, without a script; and the raw data beside a record."""

import json
import re
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Desks
from tests.e2e.office import Sandbox
from tests.e2e.steps import Desk
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e]
CALL = re.compile(r"/api/calls/[0-9a-f-]{36}/$")


@pytest.fixture
def client(desk: Desk, sandbox: Sandbox) -> str:
    """A connected client, with the console open."""
    client = desk.client(sandbox.named("Lesezeichen"))
    desk.go(f"{client}api/")
    return client


def _body() -> str:
    name = f"Handarbeit {uuid.uuid4().hex[:6]}"
    return json.dumps({"version": 0, "roles": {"customer": {}}, "company": {"name": name}}, indent=2)


def _field(desk: Desk, name: str):  # type: ignore[no-untyped-def]
    return desk.page.locator(f".console-form [name='{name}']:not([type=hidden])")


def test_a_read_by_keyboard_from_the_rail_to_the_answer(desk: Desk, client: str) -> None:
    keys = desk.page.keyboard
    desk.go(client)
    keys.type("ga")
    desk.arrives("/api/$")
    _field(desk, "path").focus()
    keys.type("/v1/contacts?page=0&size=25")
    keys.press("Control+Enter")
    answer = desk.page.locator("#answer")
    expect(answer.get_by_role("heading")).to_be_focused()
    expect(answer).to_contain_text("200 OK")
    expect(desk.page).to_have_url(CALL)
    shown = json.loads(answer.locator(".code").inner_text())
    assert len(shown["content"]) == 25
    expect(desk.page.locator("#calls")).to_contain_text("/v1/contacts")
    desk.page.reload()
    expect(answer).to_contain_text("200 OK")
    expect(_field(desk, "query")).to_have_value("page=0\nsize=25")
    desk.page.go_back()
    expect(desk.page).to_have_url(re.compile("/api/$"))


def test_a_write_is_asked_for_and_enter_alone_does_not_send_it(desk: Desk, client: str, sandbox: Sandbox) -> None:
    before = len(sandbox.requests("POST", "/v1/contacts"))
    expect(_field(desk, "body")).to_be_hidden()
    _field(desk, "verb").select_option("POST")
    _field(desk, "path").fill("/v1/contacts")
    _field(desk, "body").fill(_body())
    _field(desk, "body").press("Control+Enter")
    expect(desk.page.locator("#question")).to_be_focused()
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.press("Control+Enter")
    desk.settled()
    assert len(sandbox.requests("POST", "/v1/contacts")) == before
    desk.button("Back to editing").click()
    expect(_field(desk, "body")).to_be_visible()
    desk.button("Send").click()
    confirm = desk.page.locator("[name=confirmed]")
    confirm.dblclick()
    expect(desk.page.locator("#answer")).to_contain_text("201 Created")
    desk.page.reload()
    desk.page.go_back()
    desk.settled()
    desk.page.go_forward()
    expect(desk.page.locator("#answer")).to_contain_text("201 Created")
    assert len(sandbox.requests("POST", "/v1/contacts")) == before + 1


def test_a_mistake_in_the_json_is_shown_with_its_line(desk: Desk, client: str) -> None:
    _field(desk, "verb").select_option("PUT")
    _field(desk, "path").fill("/v1/contacts/1")
    _field(desk, "body").fill('{\n"a": }')
    desk.button("Send").click()
    expect(_field(desk, "body")).to_be_focused()
    expect(desk.page.locator("#id_body_error")).to_contain_text(
        desk.say("a value is missing, or a text without quotation marks stands there")
    )
    expect(desk.page.locator("#id_body_error")).to_contain_text("2")


def test_without_a_script(open_desk: Desks, sandbox: Sandbox) -> None:
    desk = open_desk("paula", java_script_enabled=False)
    client = desk.client(sandbox.named("Lesezeichen"))
    desk.page.goto(f"{client}api/?verb=POST&path=/v1/contacts")
    _field(desk, "body").fill(_body())
    desk.button("Send").click()
    desk.page.locator("[name=confirmed]").click()
    expect(desk.page).to_have_url(CALL)
    expect(desk.page.locator("#answer")).to_contain_text("201 Created")
    desk.page.reload()
    expect(desk.page.locator("#answer")).to_contain_text("201 Created")


def test_a_known_call_fills_the_form_and_a_download_is_a_file(desk: Desk, client: str) -> None:
    desk.page.locator(".call-groups summary").nth(1).click()
    desk.page.locator(".call-groups [open] a").first.click()
    expect(_field(desk, "path")).to_have_value("/v1/contacts")
    desk.button("Send").click()
    with desk.page.expect_download() as download:
        desk.link("Download").click()
    assert download.value.suggested_filename == "contacts.json"
    assert json.loads(Path(download.value.path()).read_text())["content"]


def test_raw_data_in_the_dialog_and_the_way_to_ask_live(desk: Desk, client: str) -> None:
    desk.go(f"{client}contacts/")
    desk.rows.first.get_by_role("link").click()
    desk.arrives(r"/contacts/[0-9a-f-]{36}/$")
    contact = desk.page.url.split("/")[-2]
    link = desk.link("Raw data (JSON)")
    link.click()
    dialog = desk.page.get_by_role("dialog", name=desk.say("Raw data"))
    assert json.loads(dialog.locator("#raw").inner_text())["version"] >= 1
    desk.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
    link.click()
    desk.link("Ask live").click()
    expect(_field(desk, "path")).to_have_value(f"/v1/contacts/{contact}")
    desk.button("Send").click()
    expect(desk.page.locator("#answer")).to_contain_text("200 OK")
    assert json.loads(desk.page.locator("#answer .code").inner_text())["id"] == contact


def test_a_long_answer_begins_where_one_looks(desk: Desk, client: str) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 640})
    desk.page.goto(f"{client}api/?path=/v1/contacts&query=size=100")
    desk.button("Send").click()
    heading = desk.page.locator("#answer-title")
    for _ in range(2):
        expect(heading).to_be_focused()
        expect(heading).to_be_in_viewport()
        desk.page.reload()


def test_uncertain_is_said_on_a_phone(desk: Desk, client: str, sandbox: Sandbox, watch: Watch) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 800})
    sandbox.misbehave("504_after", path="/v1/contacts", method="POST")
    desk.page.goto(f"{client}api/?verb=POST&path=/v1/contacts")
    _field(desk, "body").fill(_body())
    desk.button("Send").click()
    desk.page.locator("[name=confirmed]").click()
    answer = desk.page.locator("#answer")
    expect(answer).to_contain_text(desk.say("It is not certain whether it was carried out"))
    assert desk.page.evaluate("() => document.scrollingElement.scrollWidth") <= 390
    answer.get_by_role("link", name="GET /v1/contacts").click()
    expect(_field(desk, "path")).to_have_value("/v1/contacts")
    expect(_field(desk, "verb")).to_have_value("GET")
