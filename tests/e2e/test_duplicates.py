"""A receipt that is there twice: noticed, compared side by side, decided, taken back; and the e-invoice at it."""

import json
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e import books
from tests.e2e.office import Organization, Sandbox
from tests.e2e.steps import Desk
from tests.einvoice.test_pdf import FACTUR_X
from tests.einvoice.test_reading import sample

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]


@pytest.fixture
def organization(sandbox: Sandbox) -> Organization:
    """An account that the demo connects."""
    return sandbox.named("Lesezeichen")


def _attach(sandbox: Sandbox, organization: Organization, voucher_id: str, name: str, content: bytes) -> None:
    boundary = uuid.uuid4().hex
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    request = urllib.request.Request(  # noqa: S310
        f"{sandbox.url}/v1/vouchers/{voucher_id}/files",
        head.encode() + content + f"\r\n--{boundary}--\r\n".encode(),
        {
            "Authorization": f"Bearer {organization.key}",
            "Content-Type": f"multipart/form-data; boundary={boundary}",
        },
    )
    for _try in range(books.TRIES):
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                assert json.loads(answer.read())["id"]
                return
        except urllib.error.HTTPError as error:
            if error.code != 429:
                raise
            time.sleep(0.3)
    raise AssertionError("too many calls, again and again")


def _pair(desk: Desk, sandbox: Sandbox, organization: Organization, contents: list[tuple[str, bytes]]) -> list[str]:
    """Let one receipt come twice; return the addresses of both here, once both are known."""
    number = f"D-{uuid.uuid4().hex[:8]}"
    ids = [books.receipt(sandbox, organization, number) for _ in range(2)]
    for voucher_id, (name, content) in zip(ids, contents, strict=False):
        _attach(sandbox, organization, voucher_id, name, content)
    client = desk.client(organization)
    addresses = [f"{client}vouchers/{voucher_id}/" for voucher_id in ids]
    for address in addresses:
        for _try in range(60):
            if desk.page.request.get(address).ok:
                break
            desk.page.wait_for_timeout(500)
    return addresses


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


def test_an_e_invoice_is_read_on_a_phone(desk: Desk, sandbox: Sandbox, organization: Organization, shots: Path) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 844})
    [one, _other] = _pair(desk, sandbox, organization, [("re.xml", sample("xrechnung.cii.xml"))])
    link = desk.page.get_by_role("link", name=desk.say("Read the e-invoice"))
    for _try in range(30):  # the worker looks into the file
        desk.go(one)
        if link.count():
            break
        desk.page.wait_for_timeout(1000)
    expect(desk.main).to_contain_text(desk.say("The e-invoice says something else than what is booked"))
    link.click()
    desk.arrives(r"/invoice/$")
    expect(desk.main).to_contain_text("Beratungsstunde Warenwirtschaft")
    expect(desk.main).to_contain_text("DE89 3704 0044 0532 0130 00")
    assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    desk.page.screenshot(path=shots / "einvoice.png", full_page=True)
