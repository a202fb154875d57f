"""Booking many receipts over two clients: choose, look, confirm; one is refused and sent again; taken back in time."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.e2e import books
from tests.e2e.conftest import Desks
from tests.e2e.office import Organization, Sandbox
from tests.e2e.steps import Desk

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]
SOON = 40_000  # milliseconds until the hold is over and the worker has sent everything


@pytest.fixture
def accounts(sandbox: Sandbox) -> list[Organization]:
    """Two accounts that the demo connects."""
    return [sandbox.named("Lesezeichen"), sandbox.organizations()[2]]


def _synced(desk: Desk, accounts: list[Organization]) -> None:
    """Wait until the first sync of these is over: from then on events tell of what is new."""
    for account in accounts:
        desk.go(f"{desk.client(account)}sync/")
        desk.await_sync()


def _wait_for(desk: Desk, number: str, count: int) -> None:
    """Have the queue open at receipts whose number begins like that, once the sync has brought them all."""
    for _try in range(20):
        desk.go(f"/review/?q={number}")
        if desk.rows.count() == count:
            return
        desk.page.wait_for_timeout(1000)
    expect(desk.rows).to_have_count(count)


def test_booked_over_two_clients_one_refused_and_sent_again(
    desk: Desk, sandbox: Sandbox, accounts: list[Organization]
) -> None:
    _synced(desk, accounts)
    number = f"BK{uuid.uuid4().hex[:6]}"
    ids = [books.receipt(sandbox, each, f"{number}-{index}") for index, each in enumerate(accounts)]
    _wait_for(desk, number, 2)
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
    expect(desk.rows.get_by_text(re.compile(rf"^1 {desk.say('sent')}$"))).to_have_count(2, timeout=SOON)
    assert books.status(sandbox, accounts[1], ids[1]) == "open"


def test_taken_back_in_time_on_a_phone(open_desk: Desks, sandbox: Sandbox, accounts: list[Organization]) -> None:
    desk = open_desk("paula", viewport={"width": 390, "height": 780})
    _synced(desk, accounts[1:])
    number = f"PH{uuid.uuid4().hex[:6]}"
    voucher = books.receipt(sandbox, accounts[1], number)
    _wait_for(desk, number, 1)
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
