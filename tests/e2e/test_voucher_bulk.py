"""Booking many receipts over two clients: choose, look, confirm; one is refused and sent again; taken back in time."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.e2e import books
from tests.e2e.conftest import Desks
from tests.e2e.office import Organization, Sandbox
from tests.e2e.steps import Desk

pytestmark = [pytest.mark.e2e]
SOON = 90_000  # milliseconds until the hold is over and the worker has sent everything


@pytest.fixture
def accounts(sandbox: Sandbox) -> list[Organization]:
    """Two accounts that the demo connects."""
    return [sandbox.named("Lesezeichen"), sandbox.organizations()[2]]


def _arrive(desk: Desk, accounts: list[Organization], number: str) -> None:
    """Have the queue open at receipts whose number begins like that, one of each account, once a sync brought them."""
    for account in accounts:
        desk.ask_for_sync(desk.client(account))
    queue = f"/review/?q={number}"
    for _try in range(SOON // 1000):
        desk.go(queue)
        if desk.rows.count() == len(accounts):
            break
        desk.page.wait_for_timeout(1000)
    expect(desk.rows).to_have_count(len(accounts))
    links = [each.get_attribute("href") or "" for each in desk.rows.locator("a.row-link").all()]
    for link in links:  # what is opened is read at once; the worker gets to it later
        desk.go(link)
        expect(desk.field("voucher_number")).to_have_value(re.compile(number))
    desk.go(queue)


def test_booked_over_two_clients_one_refused_and_sent_again(
    desk: Desk, sandbox: Sandbox, accounts: list[Organization]
) -> None:
    number = f"BK{uuid.uuid4().hex[:6]}"
    ids = [books.receipt(sandbox, each, f"{number}-{index}") for index, each in enumerate(accounts)]
    _arrive(desk, accounts, number)
    keys = desk.page.keyboard

    for key in ("j", "x", "j", "X"):
        keys.press(key)
    expect(desk.rows.locator("input:checked")).to_have_count(2)
    keys.press("b")
    expect(desk.heading()).to_have_text(desk.say("Change vouchers"))
    desk.page.locator("[name=change][value=book]").check()
    desk.button("Show what changes").click()
    expect(desk.page.locator("#plan .bulk-client")).to_have_count(2)
    expect(desk.page.locator("#plan")).to_contain_text(desk.say("Booking cannot be taken back"))
    busy = {"method": "PUT", "path": "/v1/vouchers/*", "changes": {"remark": "schneller"}, "count": None}
    sandbox.misbehave("foreign_edit", accounts[1], **busy)
    desk.page.locator("#confirm").click()

    desk.arrives(rf"/review/\?q={number}$")
    expect(desk.rows.get_by_text(desk.say("being sent"))).to_have_count(2)
    expect(desk.button("Undo", within=desk.toasts)).to_be_visible()

    desk.go("/outbox/")
    desk.rows.first.get_by_role("link").click()
    desk.arrives(r"/outbox/groups/")
    refused = desk.page.locator("#retry")
    expect(refused).to_be_visible(timeout=SOON)
    expect(desk.main).to_contain_text(f"{number}-1")
    assert books.status(sandbox, accounts[0], ids[0]) == "open"
    assert books.status(sandbox, accounts[1], ids[1]) == "unchecked"
    sandbox.behave()
    refused.click()
    expect(refused).to_have_count(0)
    expect(desk.rows.get_by_text(f"1 {desk.say('sent')}", exact=True)).to_have_count(2, timeout=SOON)
    assert books.status(sandbox, accounts[1], ids[1]) == "open"


def test_taken_back_in_time_on_a_phone(open_desk: Desks, sandbox: Sandbox, accounts: list[Organization]) -> None:
    desk = open_desk("paula", viewport={"width": 390, "height": 780})
    number = f"PH{uuid.uuid4().hex[:6]}"
    voucher = books.receipt(sandbox, accounts[1], number)
    _arrive(desk, accounts[1:], number)
    desk.page.locator("input[data-select]").first.check()
    desk.button("Change …").click()
    desk.page.locator("[name=change][value=assign]").check()
    desk.field("assignee").select_option(label="Klaus Brandt")
    desk.button("Show what changes").click()
    assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    desk.page.locator("#confirm").click()
    expect(desk.toasts).to_contain_text("Klaus Brandt")
    desk.button("Undo", within=desk.toasts).click()
    expect(desk.toasts).to_contain_text("1")

    desk.go(f"{desk.client(accounts[1])}vouchers/?q={number}")
    desk.page.locator("input[data-select]").first.check()
    desk.button("Change …").click()
    desk.page.locator("[name=change][value=book]").check()
    desk.button("Show what changes").click()
    assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    desk.page.locator("#confirm").click()
    expect(desk.rows.get_by_text(desk.say("being sent"))).to_have_count(1)
    desk.button("Undo", within=desk.toasts).click()
    expect(desk.rows.get_by_text(desk.say("being sent"))).to_have_count(0)
    assert books.status(sandbox, accounts[1], voucher) == "unchecked"
