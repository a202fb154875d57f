"""The review queue by keyboard alone, and on a phone: filter, keep a view, go through receipts, assign."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Desks
from tests.e2e.steps import Desk

pytestmark = [pytest.mark.e2e]
RECEIPT = re.compile(r"/review/[\w-]+/[0-9a-f-]{36}/")
WAIT = 60_000  # the mirror of the demo fills by itself, within a minute


@pytest.fixture
def queue(desk: Desk) -> Desk:
    """The queue, with receipts in it."""
    _filled(desk)
    return desk


def _filled(desk: Desk) -> None:
    for _second in range(WAIT // 1000):
        desk.go("/review/")
        if desk.rows.count() > 5:
            return
        desk.page.wait_for_timeout(1000)
    pytest.fail("No receipts have come.")


def press(desk: Desk, *keys: str) -> None:
    desk.settled()
    for key in keys:
        desk.page.keyboard.press(key)


def leave_field(desk: Desk) -> None:
    """Keys work outside of fields only."""
    expect(desk.page.locator("#desk")).to_be_visible()
    desk.settled()
    for _try in range(3):
        if desk.page.evaluate("() => !document.activeElement.matches('input, select, textarea')"):
            return
        desk.page.keyboard.press("Escape")


def test_the_queue_by_keyboard_alone(queue: Desk) -> None:
    desk = queue
    desk.go("/")
    press(desk, "g", "p")
    desk.arrives(r"/review/$")
    expect(desk.heading()).to_have_text(desk.say("Review queue"))
    expect(desk.page.locator(".rail-count")).not_to_be_empty()
    supplier = desk.rows.nth(1).locator("td.name").inner_text()

    press(desk, "/")
    expect(desk.page.locator("#q")).to_be_focused()
    desk.page.keyboard.type(supplier[:12])
    expect(desk.page).to_have_url(re.compile(r"\?q="))
    expect(desk.rows.first.locator("td.name")).to_contain_text(supplier[:12])
    desk.go("/review/")

    press(desk, "j", "j")
    expect(desk.rows.nth(1).get_by_role("link")).to_be_focused()
    press(desk, "x")
    expect(desk.rows.nth(1).get_by_role("checkbox")).to_be_checked()
    press(desk, "x")
    expect(desk.rows.nth(1).get_by_role("checkbox")).not_to_be_checked()
    desk.rows.nth(1).get_by_role("link").focus()
    press(desk, "Enter")
    desk.arrives(RECEIPT.pattern)
    expect(desk.page.locator("#desk [aria-current=true]")).to_contain_text(supplier[:12])


def test_from_receipt_to_receipt_without_a_full_load(queue: Desk) -> None:
    desk = queue
    desk.rows.first.get_by_role("link").click()
    desk.arrives(RECEIPT.pattern)
    desk.page.evaluate("() => { window.same = true }")
    first = desk.page.url
    second = desk.page.locator("#desk-next").get_attribute("href")
    assert second

    leave_field(desk)
    press(desk, "j")
    expect(desk.page).to_have_url(re.compile(re.escape(second)))
    leave_field(desk)
    press(desk, "k")
    expect(desk.page).to_have_url(first)
    assert desk.page.evaluate("() => window.same === true")
    desk.page.go_back()
    expect(desk.page).to_have_url(re.compile(re.escape(second)))
    expect(desk.page.locator(".desk-client")).to_be_visible()


def test_saved_the_next_one_is_there_with_the_focus_in_its_form(queue: Desk) -> None:
    desk = queue
    desk.go("/review/?kind=purchases&duplicate=&assigned=nobody")
    desk.rows.nth(2).get_by_role("link").click()
    desk.arrives(RECEIPT.pattern)
    desk.page.evaluate("() => { window.same = true }")
    client = desk.page.locator(".desk-client strong").inner_text()
    following = desk.page.locator("#desk-next").get_attribute("href")
    assert following
    desk.field("remark").fill("Geprüft von der Tastatur")
    leave_field(desk)
    press(desk, "e")

    expect(desk.page).to_have_url(re.compile(re.escape(following)))
    expect(desk.toasts).to_contain_text(client)
    expect(desk.page.locator("#desk .desk-body :focus")).to_have_count(1)
    assert desk.page.evaluate("() => window.same === true")


def test_what_is_typed_is_not_lost_without_a_question(queue: Desk) -> None:
    desk = queue
    desk.rows.first.get_by_role("link").click()
    desk.arrives(RECEIPT.pattern)
    here = desk.page.url
    desk.field("remark").fill("noch nicht gespeichert")
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append("asked")
        dialog.dismiss()  # type: ignore[attr-defined]

    desk.page.on("dialog", stay)
    leave_field(desk)
    press(desk, "j")
    desk.page.wait_for_timeout(300)
    assert asked == ["asked"]
    assert desk.page.url == here
    expect(desk.field("remark")).to_have_value("noch nicht gespeichert")
    desk.page.remove_listener("dialog", stay)
    desk.field("remark").fill("")


def test_assigned_by_keyboard(queue: Desk) -> None:
    desk = queue
    press(desk, "j", "a")
    dialog = desk.page.locator("#dialog")
    expect(dialog.get_by_role("heading")).to_have_text(desk.say("Assign"))
    dialog.get_by_label("Paula Sommer").check()
    press(desk, "Enter")
    expect(dialog).to_be_hidden()
    expect(desk.toasts).to_contain_text("Paula Sommer")
    expect(desk.rows.first).to_contain_text("Paula Sommer")
    mine = desk.page.get_by_role("link", name=re.compile(desk.say("Assigned to me")))
    expect(mine).to_contain_text("1")
    mine.click()
    expect(desk.rows).to_have_count(1)


def test_filters_are_kept_as_a_view(queue: Desk) -> None:
    desk = queue
    desk.page.locator("#more-filters").click()
    desk.field("least").fill("10,5")
    desk.button("Show").click()
    expect(desk.page).to_have_url(re.compile(r"/review/\?least=10%2C5$"))
    desk.link("Save view").click()
    desk.page.locator("#dialog [name=name]").fill("Ab zehn")
    press(desk, "Enter")
    tab = desk.page.get_by_role("link", name=re.compile("^Ab zehn"))
    expect(tab).to_have_attribute("aria-current", "page")

    desk.link("Change view").click()
    desk.button("Delete view").click()
    desk.arrives(r"/review/$")
    expect(tab).to_have_count(0)


def test_on_a_phone_form_and_image_are_tabs(open_desk: Desks) -> None:
    desk = open_desk("paula", viewport={"width": 390, "height": 800})
    _filled(desk)
    desk.rows.first.get_by_role("link").click()
    desk.arrives(RECEIPT.pattern)
    expect(desk.page.locator(".desk-client")).to_be_visible()
    expect(desk.page.locator(".desk-list")).to_be_hidden()
    expect(desk.field("remark")).to_be_visible()
    desk.page.locator("#pane-image").check()
    expect(desk.page.locator(".desk-image")).to_be_visible()
    expect(desk.field("remark")).to_be_hidden()
    assert desk.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")

    desk.go("/review/?kind=purchases&assigned=nobody")
    desk.rows.nth(1).get_by_role("link").click()
    desk.arrives(RECEIPT.pattern)
    following = desk.page.locator("#desk-next").get_attribute("href")
    assert following
    desk.field("remark").fill("Vom Handy")
    desk.button("Save").click()
    expect(desk.page).to_have_url(re.compile(re.escape(following)))
