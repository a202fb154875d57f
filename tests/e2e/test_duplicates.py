"""A receipt that is there twice: noticed, compared side by side, decided, taken back; and the e-invoice at it."""

import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import books
from tests.e2e.office import Organization, Sandbox
from tests.e2e.steps import Desk
from tests.einvoice.test_pdf import FACTUR_X
from tests.einvoice.test_reading import sample

pytestmark = [pytest.mark.e2e]
SOON = 90_000  # milliseconds until the sync has brought what is new


@pytest.fixture
def organization(sandbox: Sandbox) -> Organization:
    """An account that the demo connects."""
    return sandbox.named("Lesezeichen")


def _pair(desk: Desk, sandbox: Sandbox, organization: Organization, contents: list[tuple[str, bytes]]) -> list[str]:
    """Let one receipt come twice; return the addresses of both here, once both are known."""
    number = f"D-{uuid.uuid4().hex[:8]}"
    ids = [books.receipt(sandbox, organization, number) for _ in range(2)]
    for voucher_id, (name, content) in zip(ids, contents, strict=False):
        books.attach(sandbox, organization, voucher_id, name, content)
    client = desk.client(organization)
    desk.ask_for_sync(client)
    for _try in range(SOON // 1000):
        desk.go(f"{client}vouchers/?q={number}")
        if desk.rows.count() == len(ids):
            break
        desk.page.wait_for_timeout(1000)
    expect(desk.rows).to_have_count(len(ids))
    return [f"{client}vouchers/{voucher_id}/" for voucher_id in ids]


def _invoice_link(desk: Desk, address: str) -> Locator:
    """Open a voucher once the worker has looked into its file; return the way to the e-invoice."""
    link = desk.page.get_by_role("link", name=desk.say("Read the e-invoice"))
    for _try in range(30):
        desk.go(address)
        if link.count():
            break
        desk.page.wait_for_timeout(1000)
    return link


def test_noticed_compared_decided_and_taken_back_by_keyboard(
    desk: Desk, sandbox: Sandbox, organization: Organization, shots: Path
) -> None:
    one, other = _pair(
        desk, sandbox, organization, [("re.xml", sample("xrechnung.ubl.xml")), ("re.pdf", FACTUR_X)]
    )  # fmt: skip
    desk.go(one)
    notice = desk.main.locator(".notice", has_text=desk.say("Possible duplicate"))
    expect(notice).to_contain_text(desk.say("same number"))
    notice.get_by_role("link", name=desk.say("Compare")).focus()
    desk.page.keyboard.press("Enter")
    desk.arrives(r"/compare/")
    expect(desk.heading()).to_have_text(desk.say("Compare vouchers"))
    for address in (one, other):
        expect(desk.main.locator(f"thead a[href='{address[address.index('/clients/') :]}']")).to_be_visible()
    desk.page.screenshot(path=shots / "compare.png", full_page=True)

    desk.button("No duplicate").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.toasts).to_contain_text(desk.say("Remembered: these two are no duplicates."))
    expect(desk.button("Perhaps a duplicate after all")).to_be_visible()
    desk.button("Undo", within=desk.toasts).click()
    expect(desk.button("No duplicate")).to_be_visible()

    _invoice_link(desk, one).focus()
    desk.page.keyboard.press("Enter")
    desk.arrives(r"/invoice/$")
    expect(desk.main).to_contain_text("Beratungsstunde Warenwirtschaft")


def test_an_e_invoice_is_read_on_a_phone(desk: Desk, sandbox: Sandbox, organization: Organization, shots: Path) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 844})
    [one, _other] = _pair(desk, sandbox, organization, [("re.xml", sample("xrechnung.cii.xml"))])
    desk.go(one)
    desk.main.get_by_role("link", name=desk.say("Compare")).first.click()
    desk.arrives(r"/compare/")
    assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    desk.button("No duplicate").click()
    expect(desk.toasts).to_contain_text(desk.say("Remembered: these two are no duplicates."))

    link = _invoice_link(desk, one)
    expect(desk.main).to_contain_text(desk.say("The e-invoice says something else than what is booked"))
    link.click()
    desk.arrives(r"/invoice/$")
    expect(desk.main).to_contain_text("Beratungsstunde Warenwirtschaft")
    expect(desk.main).to_contain_text("DE89 3704 0044 0532 0130 00")
    assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    desk.page.screenshot(path=shots / "einvoice.png", full_page=True)
