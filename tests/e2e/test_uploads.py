"""Receipts from the disk into Lexware Office: by mouse, by keyboard alone, dropped on a list, and on a phone."""

import io
import random
import re
import uuid

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Route, expect

from tests.e2e.conftest import Desks
from tests.e2e.office import Organization, Sandbox
from tests.e2e.steps import Desk
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e]
GIF: FilePayload = {"name": "kein.pdf", "mimeType": "application/pdf", "buffer": b"GIF89a" + b"\0" * 100}
DROP = """async ([names, where]) => {
  const transfer = new DataTransfer();
  for (const [name, bytes] of names) transfer.items.add(new File([new Uint8Array(bytes)], name, {type: 'image/png'}));
  const send = (kind) => document.querySelector(where).dispatchEvent(
    new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
  send('dragover');
  send('drop');
}"""


@pytest.fixture
def organization(sandbox: Sandbox) -> Organization:
    """An account that the demo connects."""
    return sandbox.named("Lesezeichen")


def picture(name: str = "") -> FilePayload:
    """A picture that nobody has brought in yet, as the file dialog hands it over."""
    noise, written = random.randbytes(40 * 40 * 3), io.BytesIO()  # noqa: S311
    Image.frombytes("RGB", (40, 40), noise).save(written, "PNG")
    return {"name": name or f"{uuid.uuid4().hex[:8]}.png", "mimeType": "image/png", "buffer": written.getvalue()}


def _page(desk: Desk, organization: Organization) -> str:
    client = desk.client(organization)
    desk.go(f"{client}uploads/?state=waiting")
    return client


def _row(desk: Desk, name: str) -> Locator:
    return desk.rows.filter(has_text=name)


def test_brought_in_decided_sent_and_read_back(desk: Desk, sandbox: Sandbox, organization: Organization) -> None:
    _page(desk, organization)
    files = [picture() for _ in range(3)]
    desk.page.locator("[data-upload-first]").set_input_files([*files, GIF])
    for file in files:
        expect(_row(desk, file["name"])).to_contain_text(desk.say("Ready to send"))
    expect(_row(desk, "kein.pdf")).to_contain_text(desk.say("Cannot be sent"))
    expect(desk.page.locator("[data-upload-text]")).to_contain_text("4")
    desk.press(desk.button("Put aside", within=_row(desk, "kein.pdf")))
    expect(_row(desk, "kein.pdf")).to_have_count(0)

    # The same once more: everything is here.
    desk.page.locator("[data-upload-first]").set_input_files(files)
    expect(desk.page.locator("[data-upload-notes] li")).to_have_count(3)
    for file in files:
        expect(_row(desk, file["name"])).to_have_count(1)

    desk.press(desk.button("Discard", within=_row(desk, files[0]["name"])))
    expect(_row(desk, files[0]["name"])).to_have_count(0)
    for file in files[1:]:
        _row(desk, file["name"]).locator("[data-select]").check()
    sandbox.forget_requests()
    desk.page.locator("#bulk-send").click()
    expect(desk.page.locator("#dialog")).to_contain_text("2")
    desk.page.locator("#confirm").click()
    desk.arrives(r"state=sending$")
    expect(desk.button("Undo", within=desk.toasts)).to_be_visible()
    for file in files[1:]:
        expect(_row(desk, file["name"])).to_be_visible()
    desk.page.goto(desk.page.url.replace("sending", "done"))
    for file in files[1:]:
        expect(_row(desk, file["name"])).to_contain_text(desk.say("In Lexware Office"), timeout=90_000)
    assert len(sandbox.requests("POST", "/v1/files")) == 2


def test_by_keyboard_alone_and_taken_back(desk: Desk, organization: Organization) -> None:
    _page(desk, organization)
    file = picture()
    desk.page.locator("[data-upload-first]").set_input_files(file)
    row = _row(desk, file["name"])
    expect(row).to_contain_text(desk.say("Ready to send"))
    desk.settled()
    keys = desk.page.keyboard
    row.locator("a.row-link").focus()
    keys.press("x")
    expect(row).to_have_attribute("aria-selected", "true")
    desk.page.locator("#bulk-send").focus()
    keys.press("Enter")
    expect(desk.page.locator("#confirm")).to_be_focused()
    keys.press("Enter")
    desk.arrives(r"state=sending$")
    expect(desk.button("Undo", within=desk.toasts)).to_be_visible()
    keys.press("u")
    expect(desk.toasts).to_contain_text("1")
    desk.go(desk.page.url.replace("sending", "waiting"))
    expect(_row(desk, file["name"])).to_contain_text(desk.say("Ready to send"))


def test_dropped_on_the_list_of_vouchers_and_attached_to_one(desk: Desk, organization: Organization) -> None:
    client = desk.client(organization)
    desk.go(f"{client}vouchers/")
    expect(desk.rows.first).to_be_visible()
    file = picture()
    desk.page.evaluate(DROP, [[[file["name"], list(file["buffer"])]], "main"])
    words = desk.page.locator("form[data-upload]").get_attribute("data-words-done") or ""
    here = words.replace("%d", "1").replace("%m", "1")
    expect(desk.page.locator("[data-upload-text]")).to_have_text(here)  # who leaves earlier takes it along
    desk.link("Look at them and send").click()
    desk.arrives(r"/uploads/$")
    desk.go(f"{client}uploads/?state=waiting")
    row = _row(desk, file["name"])
    desk.link("Attach …", within=row).click()
    choices = desk.page.locator("#choices label")
    expect(choices.first).to_be_visible()
    name = choices.first.locator(".attach-name").inner_text()
    choices.first.click()
    desk.button("Attach to this voucher").click()
    expect(_row(desk, file["name"])).to_contain_text(name.split(" · ")[-1])
    expect(desk.button("As a new voucher", within=_row(desk, file["name"]))).to_be_visible()


def test_on_the_page_of_the_firm_the_client_comes_first(desk: Desk, organization: Organization) -> None:
    desk.go("/uploads/")
    file = picture()
    desk.page.evaluate(DROP, [[[file["name"], list(file["buffer"])]], "main"])
    select = desk.page.locator("[data-upload-client]")
    expect(select).to_be_focused()
    option = select.locator("option").filter(has_text=organization.name)
    select.select_option(value=option.get_attribute("value"))
    desk.link("Look at them and send").click()
    desk.arrives(r"/uploads/$")
    expect(desk.heading()).to_have_text(desk.say("Upload receipts"))


def test_chosen_before_the_script_has_come(desk: Desk, organization: Organization) -> None:
    client, file = desk.client(organization), picture()
    line = desk.page.context.new_cdp_session(desk.page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    slow = {"offline": False, "latency": 1000, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", slow)
    desk.page.goto(f"{client}uploads/?state=waiting", wait_until="commit")
    desk.page.locator("[data-upload-first]").set_input_files(file)
    expect(_row(desk, file["name"])).to_contain_text(desk.say("Ready to send"))


def test_on_a_phone_through_a_bad_line(open_desk: Desks, organization: Organization, watch: Watch) -> None:
    watch.expects("ERR_CONNECTION_RESET")
    desk = open_desk("paula", viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    _page(desk, organization)
    expect(desk.page.locator("input[capture=environment]")).to_have_count(1)
    expect(desk.page.get_by_text(desk.say("Take a photo"))).to_be_visible()
    cut: list[Route] = []

    def once(route: Route) -> None:
        if cut:
            route.continue_()
        else:
            cut.append(route)
            route.abort("connectionreset")

    desk.page.route(re.compile("/uploads/add/"), once)
    watch_out = picture("Foto vom Handy.png")
    desk.page.locator("[data-upload-first]").set_input_files(watch_out)
    expect(_row(desk, "Foto vom Handy").first).to_contain_text(desk.say("Ready to send"))
    assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_the_network_ends_in_the_middle_of_many(desk: Desk, organization: Organization, watch: Watch) -> None:
    watch.expects("ERR_INTERNET_DISCONNECTED", "htmx:")
    _page(desk, organization)
    run = uuid.uuid4().hex[:6]
    files = [picture(f"{run}-{number}.png") for number in range(30)]
    form, text = desk.page.locator("form[data-upload]"), desk.page.locator("[data-upload-text]")
    waiting, done = (str(form.get_attribute(f"data-words-{name}")) for name in ("waiting", "done"))
    begun: list[Route] = []

    def cut(route: Route) -> None:
        begun.append(route)
        if len(begun) == 6:
            desk.page.context.set_offline(True)
        route.continue_()

    desk.page.route(re.compile("/uploads/add/"), cut)
    desk.page.locator("[data-upload-first]").set_input_files(files)
    expect(text).to_contain_text(waiting.split("%d")[0].strip())
    desk.page.context.set_offline(False)
    expect(text).to_have_text(done.replace("%d", "30").replace("%m", "30"))

    desk.go(desk.page.url)
    expect(desk.rows.filter(has_text=run)).to_have_count(30)  # each once
