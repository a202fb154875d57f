"""The vouchers of a client by keyboard alone: from the list to one of them, and from there to a new one like it."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.e2e import books, tour
from tests.e2e.office import Sandbox
from tests.e2e.steps import Desk

pytestmark = [pytest.mark.e2e]
VOUCHER = r"/vouchers/[0-9a-f-]{36}/$"


def test_found_opened_copied_and_created_by_keyboard_alone(desk: Desk, sandbox: Sandbox) -> None:
    organization, keys = sandbox.named("Lesezeichen"), desk.page.keyboard
    earlier, later = (f"{name}{uuid.uuid4().hex[:6]}" for name in ("ALT", "NEU"))
    client = desk.client(organization)
    books.receipt(sandbox, organization, earlier)
    desk.ask_for_sync(client)
    tour.listed(desk, f"{client}vouchers/?q={earlier}")

    desk.go(f"{client}vouchers/")
    keys.press("/")
    keys.type(earlier)
    expect(desk.page).to_have_url(re.compile(rf"\?q={earlier}$"))
    expect(desk.rows).to_have_count(1)
    desk.page.locator("#rows a.row-link").focus()
    keys.press("Enter")
    desk.arrives(VOUCHER)
    expect(desk.link("Copy")).to_be_visible()
    keys.press("n")
    desk.arrives(r"/copy/$")
    expect(desk.field("line-0-amount")).to_have_value("119,00")
    desk.field("voucher_number").focus()
    keys.type(later)
    desk.field("voucher_date").focus()
    keys.type("heute")
    keys.press("Control+Enter")

    desk.arrives(VOUCHER)
    expect(desk.heading()).to_contain_text(later)
    expect(desk.main).to_contain_text("119,00")
    expect(desk.heading()).not_to_contain_text(desk.say("To review"))
