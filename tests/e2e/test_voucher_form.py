"""The form of a voucher by keyboard alone, and on a phone; days and amounts as the server reads them."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from lexweb.vouchers.writing import sums
from tests.e2e.conftest import Desks
from tests.e2e.office import Organization, Sandbox
from tests.e2e.steps import Desk
from tests.files import making
from tests.ui.test_typed import AMOUNTS, DAYS, TODAY

pytestmark = [pytest.mark.e2e]
EDIT = r"/vouchers/[0-9a-f-]{36}/edit/$"


@pytest.fixture
def organization(sandbox: Sandbox) -> Organization:
    """An account that the demo connects."""
    return sandbox.named("Petersen")


@pytest.fixture
def client(desk: Desk, organization: Organization) -> str:
    """Its client."""
    return desk.client(organization)


def to_review(desk: Desk, client: str, place: int) -> None:
    """Open the form of a receipt that is to be reviewed, from its page by the key e."""
    desk.go(f"{client}vouchers/?status=unchecked")
    desk.go(desk.rows.nth(place).locator("a.row-link").get_attribute("href") or "")
    expect(desk.link("Edit")).to_be_visible()
    desk.page.keyboard.press("e")
    desk.arrives(EDIT)
    expect(category(desk)).to_be_visible()


def category(desk: Desk, line: int = 0) -> Locator:
    """The combobox of a line's category."""
    return desk.page.locator(f"#id_line-{line}-category_id")


def offered(desk: Desk) -> Locator:
    """What the open combobox offers."""
    return desk.page.get_by_role("listbox").get_by_role("option")


def image(content: bytes) -> FilePayload:
    """A file from the person's disk."""
    return {"name": "Beleg.png", "mimeType": "image/png", "buffer": content}


def retype(desk: Desk, field: Locator, text: str) -> None:
    """Type over what stands in a field, and leave it."""
    field.focus()
    desk.page.keyboard.press("Control+a")
    desk.page.keyboard.type(text)
    desk.page.keyboard.press("Tab")


def test_a_receipt_is_completed_and_booked_by_keyboard_alone(desk: Desk, client: str) -> None:
    keys = desk.page.keyboard
    to_review(desk, client, 0)
    retype(desk, desk.field("voucher_number"), "R-4711")
    retype(desk, desk.field("voucher_date"), "0211")
    expect(desk.field("voucher_date")).to_have_value(re.compile(r"^02\.11\.20\d\d$"))
    retype(desk, desk.field("due_date"), "+14")
    expect(desk.field("due_date")).to_have_value(re.compile(r"^16\.11\.20\d\d$"))
    retype(desk, desk.field("line-0-amount"), "1.190")
    expect(desk.field("line-0-amount")).to_have_value("1.190,00")
    retype(desk, desk.field("line-0-tax_rate"), "19 %")
    expect(desk.field("line-0-tax_amount")).to_have_value("190,00")
    category(desk).focus()
    keys.type("büro")
    expect(offered(desk).first).to_be_visible()
    keys.press("Escape")
    expect(desk.page.get_by_role("listbox")).to_have_count(0)
    keys.type("bürobed")
    expect(desk.page.locator(".picker-option.active")).to_have_text(re.compile("Bürobedarf"))
    keys.press("Enter")
    expect(category(desk)).to_have_value("Bürobedarf")

    desk.page.locator("#add-line").focus()
    keys.press("Enter")
    expect(desk.field("line-1-amount")).to_be_focused()
    keys.type("10,70")
    retype(desk, desk.field("line-1-tax_rate"), "7")
    expect(desk.field("line-1-tax_amount")).to_have_value("0,70")
    expect(desk.page.locator("[data-sum=gross]")).to_have_text("1.200,70\N{NO-BREAK SPACE}€")
    keys.press("Control+Enter")  # the second line has no category yet
    expect(category(desk, 1)).to_be_focused()
    expect(category(desk, 1)).to_have_attribute("aria-invalid", "true")
    expect(desk.field("line-0-amount")).to_have_value("1.190,00")
    keys.type("bürobed")
    expect(desk.page.locator(".picker-option.active")).to_have_text(re.compile("Bürobedarf"))
    keys.press("Enter")
    expect(category(desk, 1)).to_have_value("Bürobedarf")
    keys.press("Control+Shift+Enter")

    desk.arrives(r"/vouchers/[0-9a-f-]{36}/$")
    expect(desk.toasts).to_contain_text("R-4711")
    expect(desk.main).to_contain_text("1.200,70")
    expect(desk.heading()).not_to_contain_text(desk.say("To review"))


def test_a_new_vendor_comes_out_of_the_dialog_into_the_field(desk: Desk, client: str) -> None:
    keys = desk.page.keyboard
    to_review(desk, client, 1)
    retype(desk, desk.field("remark"), "bleibt stehen")
    desk.page.locator("#new-contact").focus()
    keys.press("Enter")
    name = desk.page.locator("#contact-form [name=company_name]")
    expect(name).to_be_focused()
    keys.type("Gerüstbau Nordlicht")
    keys.press("Control+Enter")

    expect(desk.page.locator("#dialog")).to_be_hidden()
    expect(desk.page.locator("#id_contact_id")).to_have_value("Gerüstbau Nordlicht")
    expect(desk.page.locator("#id_contact_id")).to_be_focused()
    expect(desk.field("collective")).not_to_be_checked()
    expect(desk.field("remark")).to_have_value("bleibt stehen")


def test_a_new_voucher_on_a_phone(open_desk: Desks, sandbox: Sandbox, organization: Organization, shots: Path) -> None:
    desk = open_desk("paula", viewport={"width": 390, "height": 844}, has_touch=True)
    client = desk.client(organization)
    desk.go(f"{client}vouchers/new/")
    desk.field("image").set_input_files(image(b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
    desk.field("voucher_number").fill("HANDY-1")
    desk.field("voucher_date").fill("heute")
    desk.field("collective").check()
    desk.field("line-0-amount").fill("119")
    desk.field("line-0-tax_rate").fill("19")
    category(desk).fill("bürobed")
    offered(desk).first.tap()
    assert desk.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    desk.button("Create and book").tap()
    expect(desk.field("image")).to_have_attribute("aria-invalid", "true")  # a drawing is no receipt
    expect(desk.field("voucher_number")).to_have_value("HANDY-1")
    expect(category(desk)).to_have_value("Bürobedarf")
    assert desk.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    desk.page.screenshot(path=shots / "voucher-form-390.png")
    desk.field("image").set_input_files(image(making.picture("PNG")))
    desk.button("Create and book").tap()
    desk.arrives(r"/vouchers/[0-9a-f-]{36}/$")
    expect(desk.heading()).to_contain_text("HANDY-1")
    expect(desk.main).to_contain_text("Beleg.png")


def test_the_browser_reads_days_and_amounts_as_the_server_does(desk: Desk) -> None:
    desk.go("/clients/")
    script = """async ([days, amounts, today]) => {
      const typed = await import("/static/js/typed.js");
      const now = new Date(today);
      const iso = (found) => found && found.toISOString().slice(0, 10);
      return [days.map((text) => iso(typed.parseDay(text, now))), amounts.map(typed.parseAmount)];
    }"""
    days, amounts = desk.page.evaluate(script, [list(DAYS), list(AMOUNTS), f"{TODAY}T00:00:00Z"])

    assert dict(zip(DAYS, days, strict=True)) == {text: day and day.isoformat() for text, day in DAYS.items()}
    cents = {text: None if amount is None else int(Decimal(amount) * 100) for text, amount in AMOUNTS.items()}
    assert dict(zip(AMOUNTS, amounts, strict=True)) == cents
    assert isinstance(TODAY, date)


def test_the_browser_computes_tax_as_the_server_does(desk: Desk) -> None:
    desk.go("/clients/")
    cases = [
        (cents, rate, kind)
        for cents in (1, 3, 14, 42, 50, 99, 119, 1270, 11900, 123456, 99999999, -1, -11900, -333)
        for rate in (0, 500, 550, 700, 1200, 1600, 1900)
        for kind in sums.TAX_TYPES
    ]
    script = """async (cases) => {
      const form = await import("/static/js/voucher_form.js");
      return cases.map(([cents, rate, kind]) => form.taxOf(cents, rate, kind));
    }"""
    found = desk.page.evaluate(script, [list(case) for case in cases])

    expected = [int(sums.tax(Decimal(cents) / 100, Decimal(rate) / 100, kind) * 100) for cents, rate, kind in cases]
    assert found == expected
